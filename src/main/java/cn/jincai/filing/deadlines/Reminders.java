package cn.jincai.filing.deadlines;

import cn.jincai.filing.CaseClock;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reminds whoever works on a case once two thirds of its lawful days are over, and tells the leader on the last of them; each stands once on record. Nothing is ever decided by that
 * (rulebook 7.8).
 */
@Component
class Reminders implements DueWork, SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(Reminders.class);
    private static final int AT_ONCE = 200;

    private final CaseDeadlines deadlines;
    private final CaseClock cases;
    private final CaseFile files;
    private final CaseLifecycle way;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    Reminders(
            CaseDeadlines deadlines,
            CaseClock cases,
            CaseFile files,
            CaseLifecycle way,
            TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        this.deadlines = deadlines;
        this.cases = cases;
        this.files = files;
        this.way = way;
        this.transaction = transaction;
        this.events = events;
    }

    /** Cases that were accepted before there was a table of clocks. One that does not open keeps no office from its work. */
    @Override
    public void afterSingletonsInstantiated() {
        for (CaseNumber number : deadlines.missing()) {
            try {
                transaction.executeWithoutResult(status -> cases.recounted(number));
            } catch (RuntimeException failed) {
                LOG.warn(
                        "the clock of {} was not counted: {}",
                        number,
                        failed.getClass().getName());
            }
        }
    }

    @Override
    public Optional<Instant> next() {
        return deadlines.next().map(day -> day.atStartOfDay(CityClock.ZONE).toInstant());
    }

    @Override
    public void run() {
        tell(deadlines.toRemind(AT_ONCE), this::remind);
        tell(deadlines.toEscalate(AT_ONCE), this::escalate);
    }

    /** Each in a transaction of its own, so that one which fails stops none of the others. */
    private void tell(List<CaseDeadline> due, Predicate<CaseNumber> one) {
        for (CaseDeadline deadline : due) {
            try {
                transaction.execute(status -> {
                    cases.hold(deadline.number()); // first, as whoever moves a case does
                    return one.test(deadline.number());
                });
            } catch (RuntimeException failed) {
                LOG.warn(
                        "nobody was told of the deadline of {}: {}",
                        deadline.number(),
                        failed.getClass().getName());
            }
        }
    }

    private boolean remind(CaseNumber number) {
        return deadlines.remindedNow(number) && record(number, "deadline-near");
    }

    private boolean escalate(CaseNumber number) {
        if (!deadlines.escalatedNow(number)) return false;
        way.letIn(number, Role.LEADER);
        return record(number, "deadline-reached");
    }

    private boolean record(CaseNumber number, String kind) {
        LocalDate lawful = deadlines.find(number).orElseThrow().lawfulBy();
        events.publishEvent(new CaseEvent(
                number,
                kind,
                files.get(number).stage().code(),
                Text.of("filing.event." + kind, lawful),
                Actor.SYSTEM,
                null,
                Audience.OFFICERS,
                Map.of("lawfulBy", lawful.toString())));
        return true;
    }
}
