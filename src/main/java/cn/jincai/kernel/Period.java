package cn.jincai.kernel;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A month, quarter or half-year that is claimed as a whole, written {@code 2026-03}, {@code 2026-Q1} or {@code 2026-H1}.
 *
 * @param number counted from the year 0, so that the next one has the next number
 */
public record Period(Kind kind, int number) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{4})-(?:(\\d{2})|Q([1-4])|H([12]))");
    private static final DateTimeFormatter ZH = DateTimeFormatter.ofPattern("yyyy年M月", Locale.CHINA),
            EN = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.UK);
    /** Months are told of these years. */
    private static final int FIRST = 1900, LAST = 2999;

    public enum Kind {
        MONTH("month", 1),
        QUARTER("quarter", 3),
        HALF_YEAR("half-year", 6);

        public final String word;
        public final int months;

        Kind(String word, int months) {
            this.word = word;
            this.months = months;
        }

        public static Optional<Kind> of(String word) {
            return Stream.of(values()).filter(k -> k.word.equals(word)).findFirst();
        }

        int inAYear() {
            return 12 / months;
        }
    }

    /** Empty where it is not written as a period is, or its month does not exist. */
    public static Optional<Period> of(String written) {
        Matcher parts = WRITTEN.matcher(written);
        if (!parts.matches()) return Optional.empty();
        int year = Integer.parseInt(parts.group(1));
        Kind kind = parts.group(2) != null ? Kind.MONTH : parts.group(3) != null ? Kind.QUARTER : Kind.HALF_YEAR;
        int part = Integer.parseInt(parts.group(kind.ordinal() + 2));
        return year < FIRST || year > LAST || part < 1 || part > kind.inAYear()
                ? Optional.empty()
                : Optional.of(new Period(kind, year * kind.inAYear() + part - 1));
    }

    /** The one in which a day lies. */
    public static Period on(Kind kind, LocalDate day) {
        return new Period(kind, (day.getYear() * 12 + day.getMonthValue() - 1) / kind.months);
    }

    /** @return null where it is no month, written YYYY-MM */
    public static @Nullable YearMonth month(String written) {
        return of(written)
                .filter(p -> p.kind == Kind.MONTH)
                .map(Period::firstMonth)
                .orElse(null);
    }

    public YearMonth firstMonth() {
        int month = number * kind.months;
        return YearMonth.of(month / 12, month % 12 + 1);
    }

    public YearMonth lastMonth() {
        return firstMonth().plusMonths(kind.months - 1L);
    }

    public LocalDate firstDay() {
        return firstMonth().atDay(1);
    }

    public LocalDate lastDay() {
        return lastMonth().atEndOfMonth();
    }

    /** Its months in their order. */
    public List<YearMonth> months() {
        return Stream.iterate(firstMonth(), m -> m.plusMonths(1))
                .limit(kind.months)
                .toList();
    }

    public Period plus(int periods) {
        return new Period(kind, number + periods);
    }

    private int year() {
        return number / kind.inAYear();
    }

    private int part() {
        return number % kind.inAYear() + 1;
    }

    /** As JSON has it. */
    public String written() {
        return switch (kind) {
            case MONTH -> firstMonth().toString();
            case QUARTER -> "%04d-Q%d".formatted(year(), part());
            case HALF_YEAR -> "%04d-H%d".formatted(year(), part());
        };
    }

    /** As people write it: 2026年第1季度, quarter 1 of 2026. */
    public Text said() {
        return switch (kind) {
            case MONTH -> said(firstMonth());
            case QUARTER -> Text.of("kernel.period.quarter", String.valueOf(year()), part());
            case HALF_YEAR -> Text.of("kernel.period.half." + part(), String.valueOf(year()));
        };
    }

    /** 2026年3月, March 2026. */
    public static Text said(YearMonth month) {
        return new Text(ZH.format(month), EN.format(month));
    }
}
