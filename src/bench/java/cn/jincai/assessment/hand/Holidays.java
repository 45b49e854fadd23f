package cn.jincai.assessment.hand;

import cn.jincai.calendar.WorkingCalendar;
import java.time.LocalDate;

/** Rest days of the years that are loaded, by day. */
final class Holidays {
    private final long first;
    private final boolean[] rest;

    Holidays(WorkingCalendar calendar, int firstYear, int lastYear) {
        first = LocalDate.of(firstYear, 1, 1).toEpochDay();
        rest = new boolean[(int) (LocalDate.of(lastYear + 1, 1, 1).toEpochDay() - first)];
        for (int i = 0; i < rest.length; i++) rest[i] = calendar.isRestDay(LocalDate.ofEpochDay(first + i));
    }

    /** The last day of a period; provisional where its year is not loaded. */
    record LastDay(LocalDate day, boolean provisional) {
        boolean mayBeOver(LocalDate applied) {
            return applied.isAfter(day);
        }

        boolean isOver(LocalDate applied) {
            return applied.isAfter(provisional ? day.plusDays(WorkingCalendar.PROVISIONAL_DAYS) : day);
        }
    }

    LastDay endOfPeriod(LocalDate from, int months) {
        LocalDate nominal = from.plusMonths(months);
        long day = nominal.toEpochDay() - first;
        if (day < 0) return new LastDay(nominal, true);
        int moved = 0;
        while (day + moved < rest.length && rest[(int) day + moved]) moved++;
        if (day + moved >= rest.length) return new LastDay(nominal, true);
        return new LastDay(moved == 0 ? nominal : nominal.plusDays(moved), false);
    }

    /** A birthday completes the year; 29 February on 28 February in common years. */
    static int completedYears(LocalDate birth, LocalDate on) {
        int years = on.getYear() - birth.getYear();
        return on.isBefore(birth.plusYears(years)) ? years - 1 : years;
    }
}
