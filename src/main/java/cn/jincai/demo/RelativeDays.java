package cn.jincai.demo;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Days and months in samples, so that they stay true as time goes by: {@code today}, {@code today - 3 months}, {@code today - 2 years + 1 day},
 * {@code month of today - 2 months}.
 */
final class RelativeDays {
    private static final String MONTH = "month of ";
    private static final Pattern WHOLE = Pattern.compile("(" + MONTH + ")?today( [+-] \\d{1,5} (day|month|year)s?)*");
    private static final Pattern STEP = Pattern.compile("([+-]) (\\d{1,5}) (day|month|year)s?");

    private RelativeDays() {}

    static boolean isTime(String words) {
        return WHOLE.matcher(words).matches();
    }

    /** As facts and answers write it: YYYY-MM-DD, a month YYYY-MM. */
    static String written(String words, LocalDate today) {
        LocalDate day = day(words, today);
        return words.startsWith(MONTH) ? YearMonth.from(day).toString() : day.toString();
    }

    /** @throws java.time.DateTimeException for other words; a plain YYYY-MM-DD is a day too */
    static LocalDate day(String words, LocalDate today) {
        if (!isTime(words)) return LocalDate.parse(words);
        LocalDate day = today;
        Matcher step = STEP.matcher(words);
        while (step.find()) {
            long count = Long.parseLong(step.group(1) + step.group(2));
            day = day.plus(count, ChronoUnit.valueOf(step.group(3).toUpperCase(Locale.ROOT) + "S"));
        }
        return day;
    }
}
