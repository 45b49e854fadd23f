package cn.jincai.calendar;

import java.time.LocalDate;
import java.util.TreeSet;

/** A made-up notice that comes to as many holidays as the law gives: what a test does not say of its year is made up with weekdays of August, about which no test cares. */
public final class PlausibleNotice {
    private PlausibleNotice() {}

    /** @param rest and @param worked as in the file: {@code [01-01..01-03]} */
    public static String of(int year, String source, String rest, String worked) {
        CalendarNotice said = CalendarNotice.read("{year: %d, source: {zh: %s, en: Notice of %d}, rest: %s, worked: %s}"
                .formatted(year, source, year, rest, worked));
        TreeSet<LocalDate> all = new TreeSet<>(said.rest());
        long missing = (year < 2025 ? 11 : 13)
                + said.worked().size()
                - all.stream().filter(d -> !CalendarNotice.isWeekend(d)).count();
        for (LocalDate day = LocalDate.of(year, 8, 1); missing > 0; day = day.plusDays(1))
            if (!CalendarNotice.isWeekend(day) && all.add(day)) missing--;
        return new CalendarNotice(year, 1, said.source(), all, said.worked()).yaml();
    }
}
