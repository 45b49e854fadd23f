package cn.jincai.process;

import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** The limits that diagrams name, in working days (rulebook 7): {@code ${limits.workingDays(3)}}, {@code ${limits.lapse(15)}}. */
@Component("limits")
public class Limits {
    /** How long a provisional day waits for its year's notice (rulebook 7.8). */
    private static final Duration WAITING = Duration.ofDays(31);

    private final Calendars calendars;
    private final CityClock clock;
    /** What the thread's last expression was counted to. */
    private final ThreadLocal<Deadline> counted = new ThreadLocal<>();

    private final ThreadLocal<Again> again = new ThreadLocal<>();

    /** Counted anew since a year's notice has come in: from where, the time that was set before, and the calendar by which it was. */
    private record Again(Instant from, Instant before, WorkingCalendar calendar) {}

    Limits(Calendars calendars, CityClock clock) {
        this.calendars = calendars;
        this.clock = clock;
    }

    /** 24:00 of the last day; for due days, and for a silence that costs nobody a right. */
    public Date workingDays(int days) {
        return Date.from(count(clock.instant(), days, Duration.ZERO).end());
    }

    /** The same from an earlier moment on. */
    Date workingDays(Instant from, int days) {
        return Date.from(count(from, days, Duration.ZERO).end());
    }

    /** When a lapse acts: 24:00 of the last day, yet on a provisional day not before the year's notice is there or 31 days have passed. */
    public Date lapse(int days) {
        return Date.from(count(clock.instant(), days, WAITING).actsAt());
    }

    /** A day that was told may move back, never forward (rulebook 7.8). @param waiting by how much a provisional day was put off */
    private Deadline count(Instant from, int days, Duration waiting) {
        Again since = again.get();
        Deadline due = calendars.workingDays(since == null ? from : since.from(), days);
        if (since != null) {
            boolean waited = since.calendar().workingDays(since.from(), days).provisional();
            Instant told = waited ? since.before().minus(waiting) : since.before();
            if (told.isAfter(due.end()))
                due = new Deadline(told, due.provisional(), due.provisional() ? told.plus(WAITING) : told);
        }
        counted.set(due);
        return due;
    }

    /** The limit that an expression of a diagram stands for. */
    Deadline of(Expression limit, VariableScope scope) {
        counted.remove();
        limit.getValue(scope);
        return counted.get();
    }

    /**
     * Counts anew what began at {@code from} and was set to act at {@code before}, by another calendar.
     *
     * @return the limit that was counted; null where it was none of ours
     */
    Deadline again(Instant from, Instant before, WorkingCalendar calendar, Runnable work) {
        again.set(new Again(from, before, calendar));
        counted.remove();
        try {
            work.run();
            return counted.get();
        } finally {
            again.remove();
        }
    }
}
