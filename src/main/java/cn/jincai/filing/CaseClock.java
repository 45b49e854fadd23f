package cn.jincai.filing;

import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.NoticeLoaded;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.filing.deadlines.CaseDeadline;
import cn.jincai.filing.deadlines.CaseDeadlines;
import cn.jincai.filing.deadlines.Promise;
import cn.jincai.filing.events.Withdrawn;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.Step;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The clock of a case from acceptance to decision (rulebook 7.8): a number of working days is promised; whole days at steps that
 * stop the clock don't count. The promised day only ever moves later once it was told. The lawful days (by analogy with 行政许可法 42) are counted the same way.
 */
@Component
public class CaseClock {
    private final JdbcClient db;
    private final Calendars calendars;
    private final CaseTable cases;
    private final CaseDeadlines deadlines;
    private final CityClock clock;
    private final int promisedWorkingDays;
    private final int lawfulWorkingDays;

    CaseClock(
            JdbcClient db,
            Calendars calendars,
            CaseTable cases,
            CaseDeadlines deadlines,
            CityClock clock,
            @Value("${jincai.clock.promised-working-days:15}") int promisedWorkingDays,
            @Value("${jincai.clock.lawful-working-days:20}") int lawfulWorkingDays) {
        this.db = db;
        this.calendars = calendars;
        this.cases = cases;
        this.deadlines = deadlines;
        this.clock = clock;
        this.promisedWorkingDays = promisedWorkingDays;
        this.lawfulWorkingDays = lawfulWorkingDays;
    }

    /** Working days from acceptance to decision that everybody is promised. */
    public int promisedWorkingDays() {
        return promisedWorkingDays;
    }

    /** The day promised to somebody whose case is accepted now. */
    LocalDate promise() {
        return calendars.workingDays(clock.instant(), promisedWorkingDays).day();
    }

    /** The case was accepted. */
    void begins(Case file) {
        count(file, 0);
    }

    /** The decision is signed: how long it took is kept, and nobody is reminded any more. */
    void signed(Case file) {
        Instant accepted = file.acceptedAt();
        int extended =
                deadlines.find(file.number()).map(CaseDeadline::extendedDays).orElse(0);
        if (accepted != null && deadlines.find(file.number()).isPresent())
            deadlines.signed(
                    file.number(),
                    file.scheme(),
                    used(
                            calendars.current(),
                            accepted.atZone(CityClock.ZONE).toLocalDate(),
                            clock.today(),
                            stops(file.number())),
                    promisedWorkingDays + extended,
                    lawfulWorkingDays + extended);
        deadlines.end(file.number());
    }

    /** The case ended otherwise. */
    void ended(CaseNumber number) {
        deadlines.end(number);
    }

    @EventListener
    void withdrawn(Withdrawn event) {
        ended(event.number());
    }

    /** Counted anew from where it began, with all its stops. */
    public void recounted(CaseNumber number) {
        Case file = cases.hold(number);
        if (file.acceptedAt() == null || file.signedAt() != null || file.isClosed()) return;
        count(file, deadlines.find(number).map(CaseDeadline::extendedDays).orElse(0));
        deadlines.stands(number, file.stage().step().stopsTheClock());
    }

    /** The day on which the clock stopped that stands now. */
    public Optional<LocalDate> stoodSince(CaseNumber number) {
        return db.sql("select min(from_day) from case_stops where case_number = ? and to_day is null")
                .param(number.value())
                .query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single();
    }

    /** To the end of the transaction nobody else moves the case. */
    public void hold(CaseNumber number) {
        cases.hold(number);
    }

    /**
     * So many more working days, lawful and promised.
     *
     * @return the clock as it is now
     */
    public CaseDeadline extend(CaseNumber number, int workingDays) {
        Case file = cases.hold(number);
        deadlines.extend(number, workingDays);
        int extended = deadlines.find(number).orElseThrow().extendedDays();
        promiseLater(file, List.of(), extended, true);
        count(cases.get(number), extended);
        return deadlines.find(number).orElseThrow();
    }

    private void count(Case file, int extended) {
        LocalDate promised = file.promisedBy();
        if (promised == null) return;
        int lawful = lawfulWorkingDays + extended;
        deadlines.count(
                file.number(), file.scheme(), promised, counted(file, (2 * lawful + 2) / 3), counted(file, lawful));
    }

    private LocalDate counted(Case file, int workingDays) {
        Instant accepted = file.acceptedAt();
        if (accepted == null) throw new IllegalStateException(file.number() + " was not accepted");
        return promised(
                calendars.current(), accepted.atZone(CityClock.ZONE).toLocalDate(), workingDays, stops(file.number()));
    }

    /** The case leaves one stage and enters another: the clock stops, runs on, or goes as it went. */
    void moved(Case file, Step to) {
        if (file.acceptedAt() == null) return;
        boolean stood = file.stage().step().stopsTheClock();
        if (stood && !to.stopsTheClock()) runOn(file);
        if (!stood && to.stopsTheClock()) stop(file.number(), to);
    }

    /** Holidays that nobody knew of when a day was promised move it later; a day that was told never comes earlier (rulebook 7.8). */
    @EventListener
    @Order(0) // whoever looks at the days afterwards sees them counted anew
    void loaded(NoticeLoaded notice) {
        for (CaseNumber number : cases.dueFrom(LocalDate.of(notice.year(), 1, 1))) {
            promiseLater(cases.hold(number), List.of());
            recounted(number);
        }
    }

    /** Null until a day is promised. For lists: without the moves. */
    @Nullable
    Promise standing(Case file) {
        return promise(file, List.of());
    }

    /** With each move of the day. */
    @Nullable
    Promise promise(Case file) {
        if (file.promisedBy() == null) return null;
        List<Promise.Moved> moved = db.sql(
                        "select from_day, to_day, stages, extended from case_promise_moves where case_number = ? order by id")
                .param(file.number().value())
                .query((row, n) -> new Promise.Moved(
                        row.getObject("from_day", LocalDate.class),
                        row.getObject("to_day", LocalDate.class),
                        Stream.of(row.getString("stages").split(","))
                                .filter(stage -> !stage.isEmpty())
                                .toList(),
                        row.getBoolean("extended")))
                .list();
        return promise(file, moved);
    }

    private @Nullable Promise promise(Case file, List<Promise.Moved> moved) {
        Instant accepted = file.acceptedAt();
        LocalDate day = file.promisedBy();
        if (accepted == null || day == null) return null;
        return new Promise(day, state(file, day), isProvisional(accepted, day), moved);
    }

    private String state(Case file, LocalDate promised) {
        if (file.signedAt() != null || file.isClosed()) return "ended";
        if (file.stage().step().stopsTheClock()) return "stands";
        return clock.today().isAfter(promised) ? "past" : "running";
    }

    private boolean isProvisional(Instant accepted, LocalDate promised) {
        WorkingCalendar calendar = calendars.current();
        return IntStream.rangeClosed(accepted.atZone(CityClock.ZONE).getYear(), promised.getYear())
                .anyMatch(year -> !calendar.isLoaded(year));
    }

    private void stop(CaseNumber number, Step stage) {
        db.sql("insert into case_stops (case_number, stage, from_day) values (?, ?, ?)")
                .params(number.value(), stage.key(), clock.today())
                .update();
        deadlines.stands(number, true);
    }

    private void runOn(Case file) {
        LocalDate since = stoodSince(file.number()).orElse(clock.today());
        db.sql("update case_stops set to_day = ? where case_number = ? and to_day is null")
                .params(clock.today(), file.number().value())
                .update();
        promiseLater(file, stopsSince(file, since));
        deadlines.stands(file.number(), false);
    }

    /** One stop may lead from one step to the next: from the panel to the notice. */
    private List<String> stopsSince(Case file, LocalDate day) {
        return db
                .sql("select stage from case_timeline where case_number = ? and kind = 'stage' and at >= ? order by id")
                .params(file.number().value(), day.atStartOfDay(CityClock.ZONE).toOffsetDateTime())
                .query(String.class)
                .list()
                .stream()
                .filter(code -> file.stage().steps().get(code).stopsTheClock())
                .distinct()
                .toList();
    }

    /** @param stages whose days did not count, none where the calendar has changed */
    private void promiseLater(Case file, List<String> stages) {
        int extended =
                deadlines.find(file.number()).map(CaseDeadline::extendedDays).orElse(0);
        promiseLater(file, stages, extended, false);
        Case now = cases.get(file.number());
        if (now.signedAt() == null && !now.isClosed()) count(now, extended);
    }

    private void promiseLater(Case file, List<String> stages, int extended, boolean byLeader) {
        LocalDate before = file.promisedBy();
        if (file.acceptedAt() == null || before == null) return;
        LocalDate moved = counted(file, promisedWorkingDays + extended);
        if (!moved.isAfter(before)) return;
        cases.change(file.number(), c -> c.promised(moved));
        db.sql(
                        "insert into case_promise_moves (case_number, moved_at, from_day, to_day, stages, extended) values (?, ?, ?, ?, ?, ?)")
                .params(file.number().value(), clock.timestamp(), before, moved, String.join(",", stages), byLeader)
                .update();
    }

    /** The promised working days counted one by one; a day that lies wholly in a stop is passed over. */
    static LocalDate promised(WorkingCalendar calendar, LocalDate accepted, int workingDays, List<Stop> stops) {
        LocalDate day = accepted;
        for (int counted = 0; counted < workingDays; ) {
            LocalDate next = calendar.plusWorkingDays(day, 1).date();
            if (stops.stream().noneMatch(s -> next.isAfter(s.from) && next.isBefore(s.to))) counted++;
            day = next;
        }
        return day;
    }

    /** How many working days went by after the day of acceptance, up to {@code today}, that lie in no stop. */
    static int used(WorkingCalendar calendar, LocalDate accepted, LocalDate today, List<Stop> stops) {
        int used = 0;
        for (LocalDate day = calendar.plusWorkingDays(accepted, 1).date();
                !day.isAfter(today);
                day = calendar.plusWorkingDays(day, 1).date()) {
            LocalDate at = day;
            if (stops.stream().noneMatch(s -> at.isAfter(s.from) && at.isBefore(s.to))) used++;
        }
        return used;
    }

    private List<Stop> stops(CaseNumber number) {
        return db.sql("select from_day, to_day from case_stops where case_number = ? and to_day is not null")
                .param(number.value())
                .query((row, n) ->
                        new Stop(row.getObject("from_day", LocalDate.class), row.getObject("to_day", LocalDate.class)))
                .list();
    }

    /** The day on which the clock stopped and that on which it ran on; on both it ran for some time. */
    record Stop(LocalDate from, LocalDate to) {}
}
