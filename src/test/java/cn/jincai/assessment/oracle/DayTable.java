package cn.jincai.assessment.oracle;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.BitSet;

/** Which days of 2024 to 2026 are rest days, written down by hand from the State Council's notices (rulebook 8), one bit a day. */
final class DayTable {
    static final int FIRST_YEAR = 2024, LAST_YEAR = 2026;
    private static final long FIRST_DAY = LocalDate.of(FIRST_YEAR, 1, 1).toEpochDay();
    private static final BitSet REST = new BitSet();

    static {
        for (LocalDate day = LocalDate.of(FIRST_YEAR, 1, 1); day.getYear() <= LAST_YEAR; day = day.plusDays(1)) {
            boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
            REST.set(place(day), weekend);
        }
        rest("2024-01-01", "2024-01-01");
        rest("2024-02-10", "2024-02-17");
        rest("2024-04-04", "2024-04-06");
        rest("2024-05-01", "2024-05-05");
        rest("2024-06-10", "2024-06-10");
        rest("2024-09-15", "2024-09-17");
        rest("2024-10-01", "2024-10-07");
        worked(
                "2024-02-04",
                "2024-02-18",
                "2024-04-07",
                "2024-04-28",
                "2024-05-11",
                "2024-09-14",
                "2024-09-29",
                "2024-10-12");
        rest("2025-01-01", "2025-01-01");
        rest("2025-01-28", "2025-02-04");
        rest("2025-04-04", "2025-04-06");
        rest("2025-05-01", "2025-05-05");
        rest("2025-05-31", "2025-06-02");
        rest("2025-10-01", "2025-10-08");
        worked("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11");
        rest("2026-01-01", "2026-01-03");
        rest("2026-02-15", "2026-02-23");
        rest("2026-04-04", "2026-04-06");
        rest("2026-05-01", "2026-05-05");
        rest("2026-06-19", "2026-06-21");
        rest("2026-09-25", "2026-09-27");
        rest("2026-10-01", "2026-10-07");
        worked("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10");
    }

    private DayTable() {}

    /** The last day of a period; provisional where its year has no notice, so that it could not be moved (rulebook 2.14). */
    record LastDay(LocalDate date, boolean provisional) {}

    /** Whether an application came in time; OPEN while that can't be told. */
    enum InTime {
        YES,
        NO,
        OPEN
    }

    static boolean loaded(LocalDate day) {
        return day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR;
    }

    static boolean isRestDay(LocalDate day) {
        if (!loaded(day)) throw new IllegalArgumentException("no notice for " + day.getYear());
        return REST.get(place(day));
    }

    /** Months from a day, the day itself not counted, moved to the next day that is not a rest day (民法典 201-203). */
    static LastDay endOfPeriod(LocalDate from, int months) {
        LocalDate nominal = from.plusMonths(months);
        LocalDate day = nominal;
        while (loaded(day)) {
            if (!REST.get(place(day))) return new LastDay(day, false);
            day = day.plusDays(1);
        }
        return new LastDay(nominal, true);
    }

    static InTime inTime(LocalDate applied, LastDay last) {
        if (!applied.isAfter(last.date())) return InTime.YES;
        if (last.provisional() && !applied.isAfter(last.date().plusDays(31))) return InTime.OPEN;
        return InTime.NO;
    }

    /** Completed on the birthday itself, 29 February's on the 28th in common years (rulebook 2.12). */
    static int completedYears(LocalDate birth, LocalDate on) {
        int years = on.getYear() - birth.getYear();
        LocalDate birthday = birth.plusYears(years);
        return on.isBefore(birthday) ? years - 1 : years;
    }

    private static int place(LocalDate day) {
        return (int) (day.toEpochDay() - FIRST_DAY);
    }

    private static void rest(String from, String to) {
        REST.set(place(LocalDate.parse(from)), place(LocalDate.parse(to)) + 1);
    }

    private static void worked(String... days) {
        for (String day : days) REST.clear(place(LocalDate.parse(day)));
    }
}
