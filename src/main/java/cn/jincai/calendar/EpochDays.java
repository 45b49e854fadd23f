package cn.jincai.calendar;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Days as epoch days, by tables instead of calendar arithmetic: rules count years and months for every case of a what-if run. Days outside the
 * tables are counted by java.time.
 */
public final class EpochDays {
    private static final int FIRST_YEAR = 1900, LAST_YEAR = 2149;
    private static final long FIRST = LocalDate.of(FIRST_YEAR, 1, 1).toEpochDay();
    /** Year, month and day of month of each day, packed so that they compare like the days. */
    private static final int[] WRITTEN =
            new int[(int) (LocalDate.of(LAST_YEAR + 1, 1, 1).toEpochDay() - FIRST)];
    /** First day and length of each month from {@code FIRST_YEAR} on. */
    private static final int[] MONTH_START = new int[(LAST_YEAR - FIRST_YEAR + 1) * 12];

    private static final byte[] MONTH_LENGTH = new byte[MONTH_START.length];

    static {
        LocalDate day = LocalDate.ofEpochDay(FIRST);
        for (int i = 0; i < WRITTEN.length; i++, day = day.plusDays(1))
            WRITTEN[i] = day.getYear() << 9 | day.getMonthValue() << 5 | day.getDayOfMonth();
        for (int m = 0; m < MONTH_START.length; m++) {
            YearMonth month = YearMonth.of(FIRST_YEAR + m / 12, m % 12 + 1);
            MONTH_START[m] = (int) (month.atDay(1).toEpochDay());
            MONTH_LENGTH[m] = (byte) month.lengthOfMonth();
        }
    }

    private EpochDays() {}

    /** The corresponding day some months later, or that month's last. */
    public static long plusMonths(long day, int months) {
        long index = day - FIRST;
        if (index >= 0 && index < WRITTEN.length) {
            int written = WRITTEN[(int) index];
            long month = ((written >>> 9) - FIRST_YEAR) * 12L + (written >>> 5 & 15) - 1 + months;
            if (month >= 0 && month < MONTH_START.length)
                return MONTH_START[(int) month] + Math.min(written & 31, MONTH_LENGTH[(int) month]) - 1L;
        }
        return LocalDate.ofEpochDay(day).plusMonths(months).toEpochDay();
    }

    /** Age N is completed on the N-th birthday itself, by one born on 29 February on 28 February in common years (rulebook 2.12). */
    public static int completedYears(long birth, long on) {
        long born = birth - FIRST, now = on - FIRST;
        if (born < 0 || now < 0 || born >= WRITTEN.length || now >= WRITTEN.length)
            return WorkingCalendar.completedYears(LocalDate.ofEpochDay(birth), LocalDate.ofEpochDay(on));
        int b = WRITTEN[(int) born], o = WRITTEN[(int) now];
        int years = (o >>> 9) - (b >>> 9), birthday = b & 511, today = o & 511;
        if (birthday == (2 << 5 | 29)
                && today == (2 << 5 | 28)
                && MONTH_LENGTH[((o >>> 9) - FIRST_YEAR) * 12 + 1] == 28) return years;
        return today < birthday ? years - 1 : years;
    }

    /** Whole months, counted like years. */
    public static int completedMonths(long from, long to) {
        return WorkingCalendar.completedMonths(LocalDate.ofEpochDay(from), LocalDate.ofEpochDay(to));
    }
}
