package cn.jincai.calendar;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Deadline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Working days and periods by the notices loaded so far. It never changes; another notice makes another calendar. */
public final class WorkingCalendar {
    /** Days for which a provisional last day may still turn out later: no holiday is longer (rulebook 2.14). */
    public static final int PROVISIONAL_DAYS = 31;

    private static final int NOT_LOADED = -1, REST_UNTIL_UNKNOWN = -2;

    private final SortedMap<Integer, CalendarNotice> notices = new TreeMap<>();
    /** How many days later the next working day is, from the epoch day {@code first} on: 0 for a working day itself, negative where that is not known. */
    private final int[] rest;

    private final long first;

    /** @param notices of two for one year the later counts */
    public WorkingCalendar(Collection<CalendarNotice> notices) {
        for (CalendarNotice notice : notices) this.notices.put(notice.year(), notice);
        first = this.notices.isEmpty()
                ? 0
                : LocalDate.of(this.notices.firstKey(), 1, 1).toEpochDay();
        rest = new int
                [this.notices.isEmpty()
                        ? 0
                        : (int) (LocalDate.of(this.notices.lastKey() + 1, 1, 1).toEpochDay() - first)];
        for (int i = rest.length - 1; i >= 0; i--)
            rest[i] = rest(LocalDate.ofEpochDay(first + i), i + 1 < rest.length ? rest[i + 1] : NOT_LOADED);
    }

    private int rest(LocalDate day, int dayAfter) {
        CalendarNotice notice = notices.get(day.getYear());
        if (notice == null) return NOT_LOADED;
        CalendarNotice next = notices.get(day.getYear() + 1); // New Year may begin in December
        boolean isWorked = notice.worked().contains(day)
                || next != null && next.worked().contains(day)
                || !CalendarNotice.isWeekend(day)
                        && !notice.rest().contains(day)
                        && !(next != null && next.rest().contains(day));
        return isWorked ? 0 : dayAfter < 0 ? REST_UNTIL_UNKNOWN : dayAfter + 1;
    }

    /** A last day; provisional where its year's notice is not loaded, so that it is the nominal day and may still move. */
    public record Day(LocalDate date, boolean provisional) {}

    public boolean isLoaded(int year) {
        return notices.containsKey(year);
    }

    /** @throws YearNotLoaded where the day's year has no notice */
    public boolean isWorkingDay(LocalDate day) {
        int rest = rest(day.toEpochDay());
        if (rest == NOT_LOADED) throw new YearNotLoaded(day.getYear());
        return rest == 0;
    }

    private int rest(long epochDay) {
        long index = epochDay - first;
        return index >= 0 && index < rest.length ? rest[(int) index] : NOT_LOADED;
    }

    /** @throws YearNotLoaded where the day's year has no notice */
    public boolean isRestDay(LocalDate day) {
        return !isWorkingDay(day);
    }

    /**
     * The n-th working day after {@code from}, which is not counted; {@code from} itself for 0. In a year without notice Saturdays and Sundays are
     * the rest days and the answer is provisional: the deadline of a step never stops a case (rulebook 2.7).
     */
    public Day plusWorkingDays(LocalDate from, int n) {
        LocalDate day = from;
        boolean provisional = false;
        for (int left = n; left > 0; ) {
            day = day.plusDays(1);
            boolean loaded = isLoaded(day.getYear());
            if (!loaded) provisional = true;
            if (loaded ? isWorkingDay(day) : !CalendarNotice.isWeekend(day)) left--;
        }
        return new Day(day, provisional);
    }

    /**
     * The last day of a period in months (民法典 201 to 203): the corresponding day or the month's last one; where it is a rest day, the next
     * that is not. In a year without notice the nominal day stays, provisional (rulebook 2.14).
     */
    public Day endOfPeriod(LocalDate from, int months) {
        long nominal = from.plusMonths(months).toEpochDay();
        long last = nextWorkingDay(nominal);
        return last == NONE ? new Day(LocalDate.ofEpochDay(nominal), true) : new Day(LocalDate.ofEpochDay(last), false);
    }

    /** Where {@link #nextWorkingDay} can't tell. */
    public static final long NONE = Long.MIN_VALUE;

    /** The same on epoch days: this day, or the next that is none of rest; {@link #NONE} where that needs a year without notice. */
    public long nextWorkingDay(long epochDay) {
        int rest = rest(epochDay);
        return rest < 0 ? NONE : epochDay + rest;
    }

    /** The limit of a step: {@code n} working days, not counting the day of {@code from}. */
    public Deadline workingDays(Instant from, int n) {
        Day last = plusWorkingDays(from.atZone(CityClock.ZONE).toLocalDate(), n);
        Instant end = last.date().plusDays(1).atStartOfDay(CityClock.ZONE).toInstant();
        return new Deadline(
                end, last.provisional(), last.provisional() ? end.plus(PROVISIONAL_DAYS, ChronoUnit.DAYS) : end);
    }

    /**
     * Age N is completed on the N-th birthday itself; one born on 29 February completes a year on 28 February in common years (rulebook 2.12).
     * Negative where {@code on} lies before the birth.
     */
    public static int completedYears(LocalDate birth, LocalDate on) {
        int born = birth.getMonthValue() == 2 && birth.getDayOfMonth() == 29 && !on.isLeapYear()
                ? 28
                : birth.getDayOfMonth();
        boolean before = on.getMonthValue() < birth.getMonthValue()
                || on.getMonthValue() == birth.getMonthValue() && on.getDayOfMonth() < born;
        return on.getYear() - birth.getYear() - (before ? 1 : 0);
    }

    /** Whole months from one day to another, counted like {@link #completedYears}. */
    public static int completedMonths(LocalDate from, LocalDate to) {
        int months = (to.getYear() - from.getYear()) * 12 + to.getMonthValue() - from.getMonthValue();
        return from.plusMonths(months).isAfter(to) ? months - 1 : months;
    }

    /** The notices in force, by year. */
    public Map<Integer, CalendarNotice> notices() {
        return Map.copyOf(notices);
    }

    /** As it was before the notices of later years: what an example calls "the notice is not out" stays so. */
    public WorkingCalendar until(int year) {
        return new WorkingCalendar(notices.headMap(year + 1).values());
    }

    /** Changes with every notice, so that what was computed with another calendar can be told apart: {@code 2024,2025,2026.2}. */
    public String version() {
        return notices.values().stream().map(CalendarNotice::version).collect(Collectors.joining(","));
    }
}
