package cn.jincai.kernel;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * A day written YYYY-MM-DD that exists, and nothing else. Read digit by digit: every request of the public call has half a dozen days, and the JDK's formatter takes
 * longer for them than the rules do.
 */
public final class IsoDay {
    private IsoDay() {}

    /** @return the day, or null where the text is none */
    public static @Nullable LocalDate read(String text) {
        if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') return null;
        int year = digits(text, 0, 4), month = digits(text, 5, 7), day = digits(text, 8, 10);
        if (year < 0
                || month < 1
                || month > 12
                || day < 1
                || day > YearMonth.of(year, month).lengthOfMonth()) return null;
        return LocalDate.of(year, month, day);
    }

    /** @return -1 where one of them is no digit */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') return -1;
            number = number * 10 + c - '0';
        }
        return number;
    }
}
