package cn.jincai.web.office;

import cn.jincai.calendar.WorkingCalendar;
import java.time.LocalDate;

/**
 * How many working days a task's limit leaves, with its light.
 *
 * @param day   the last day
 * @param days  working days from tomorrow to the last one, 0 on the last day itself; past it, calendar days since then
 * @param light {@code late}, {@code soon} (today or the next working day is the last one) or {@code calm}
 */
record DaysLeft(LocalDate day, long days, String light) {
    /** Beyond this nobody counts working days. */
    private static final int FAR = 60;

    static DaysLeft of(LocalDate last, LocalDate today, WorkingCalendar calendar) {
        if (today.isAfter(last))
            return new DaysLeft(last, last.datesUntil(today).count(), "late");
        int days = 0;
        while (days < FAR && !calendar.plusWorkingDays(today, days + 1).date().isAfter(last)) days++;
        return new DaysLeft(last, days, days <= 1 ? "soon" : "calm");
    }

    boolean isLate() {
        return light.equals("late");
    }
}
