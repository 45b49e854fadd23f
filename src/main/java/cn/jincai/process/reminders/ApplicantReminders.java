package cn.jincai.process.reminders;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseClock;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Text;
import cn.jincai.payment.LaterInstalments;
import cn.jincai.policy.Step.Kind;
import cn.jincai.process.reminders.ReminderTable.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reminds applicants before a supplement, a hearing, another account or the time for a later instalment lapses, on the days that the city names. Each day is told once, and nothing is
 * told of what has been done: whether it is still asked for is looked up when the day has come.
 */
@Component
class ApplicantReminders implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicantReminders.class);
    private static final int AT_ONCE = 200;

    private final ReminderTable table;
    private final OpenLimits open;
    private final LaterInstalments instalments;
    private final CaseFile cases;
    private final CaseClock holds;
    private final CityReminders city;
    private final CityClock clock;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    ApplicantReminders(
            ReminderTable table,
            OpenLimits open,
            LaterInstalments instalments,
            CaseFile cases,
            CaseClock holds,
            CityReminders city,
            CityClock clock,
            TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        this.table = table;
        this.open = open;
        this.instalments = instalments;
        this.cases = cases;
        this.holds = holds;
        this.city = city;
        this.clock = clock;
        this.transaction = transaction;
        this.events = events;
    }

    @EventListener(condition = "#event.number() != null")
    void happened(CaseEvent event) {
        CaseNumber number = event.number();
        if (number == null) return;
        LocalDate today = clock.today();
        switch (event.kind()) {
            case "stage" -> asked(number).ifPresent(kind -> table.begins(number, kind, "", today, today));
            case "account-asked" -> table.begins(number, Limit.Kind.ACCOUNT, "", today, today);
            case "closed" ->
                instalments
                        .open(cases.get(number))
                        .forEach(later ->
                                table.begins(number, Limit.Kind.INSTALMENT, later.key(), later.from(), later.from()));
            default -> {}
        }
    }

    private Optional<Limit.Kind> asked(CaseNumber number) {
        Case file = cases.get(number);
        if (file.stage().is(Kind.ASKS_APPLICANT)) return Optional.of(Limit.Kind.SUPPLEMENT);
        return file.stage().is(Kind.HEARING) ? Optional.of(Limit.Kind.HEARING) : Optional.empty();
    }

    @Override
    public Optional<Instant> next() {
        return table.next()
                .map(day -> day.atTime(city.at()).atZone(CityClock.ZONE).toInstant());
    }

    /** Each in a transaction of its own, so that one which fails stops none of the others; it is tried again tomorrow, and told to operators. */
    @Override
    public void run() {
        RuntimeException broken = null;
        if (clock.instant()
                .isBefore(clock.today().atTime(city.at()).atZone(CityClock.ZONE).toInstant())) return;
        for (Row row : table.due(AT_ONCE)) {
            try {
                transaction.executeWithoutResult(status -> {
                    holds.hold(row.number()); // first, as whoever moves a case does
                    if (table.isStill(row)) look(row);
                });
            } catch (RuntimeException failed) {
                LOG.warn(
                        "nobody was reminded of {}: {}",
                        row.number(),
                        failed.getClass().getName());
                transaction.executeWithoutResult(
                        status -> table.lookAgain(row, clock.today().plusDays(1)));
                broken = failed;
            }
        }
        if (broken != null) throw broken;
    }

    private void look(Row row) {
        Limit limit = row.limit();
        LocalDate today = clock.today();
        LocalDate last = open.last(row.number(), limit).orElse(null);
        if (last == null || today.isAfter(last)) {
            table.end(row.number(), limit.kind(), limit.subject());
            return;
        }
        SortedSet<LocalDate> all = city.days(limit, last);
        boolean due = all.stream().anyMatch(day -> !day.isAfter(today) && isNew(day, row.told()));
        if (due) tell(row.number(), limit, last);
        LocalDate next =
                all.stream().filter(day -> day.isAfter(today)).findFirst().orElse(last.plusDays(1));
        table.looked(row, last, due ? today : row.told(), next);
    }

    private static boolean isNew(LocalDate day, @Nullable LocalDate told) {
        return told == null || day.isAfter(told);
    }

    private void tell(CaseNumber number, Limit limit, LocalDate last) {
        LocalDate today = clock.today();
        long left = ChronoUnit.DAYS.between(today, last);
        String kind = "reminded-" + limit.kind().code;
        Text when = left == 0 ? Text.of("process.reminder.today", last) : Text.of("process.reminder.days", last, left);
        Text what = limit.kind() == Limit.Kind.INSTALMENT
                ? instalments
                        .named(cases.get(number), limit.subject())
                        .map(name -> Text.of("process.event." + kind, name, when))
                        .orElseThrow()
                : Text.of("process.event." + kind, when);
        events.publishEvent(new CaseEvent(
                number,
                kind,
                cases.get(number).stage().code(),
                what,
                Actor.SYSTEM,
                null,
                Audience.APPLICANT,
                Map.of("last", last.toString())));
    }
}
