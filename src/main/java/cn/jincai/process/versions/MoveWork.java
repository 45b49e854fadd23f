package cn.jincai.process.versions;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseVersions;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import cn.jincai.policy.Publication;
import cn.jincai.process.versions.Places.Place;
import cn.jincai.process.versions.VersionMove.Rule;
import cn.jincai.process.versions.VersionMove.State;
import cn.jincai.process.versions.VersionMove.Why;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries out what was decided: each case in a transaction of its own; and takes it back, all cases in one. */
@Service
class MoveWork implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(MoveWork.class);
    /** So many cases a run, so that other due work is not held up; the next goes on. */
    static final int AT_ONCE = 200;

    private final MoveTable table;
    private final CaseMigration migration;
    private final CaseVersions versions;
    private final Places places;
    private final Publication publication;
    private final MoveRecord record;
    private final CityClock clock;
    private final TransactionTemplate transaction;

    MoveWork(
            MoveTable table,
            CaseMigration migration,
            CaseVersions versions,
            Places places,
            Publication publication,
            MoveRecord record,
            CityClock clock,
            TransactionTemplate transaction) {
        this.table = table;
        this.migration = migration;
        this.versions = versions;
        this.places = places;
        this.publication = publication;
        this.record = record;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public Optional<Instant> next() {
        return table.firstDue();
    }

    @Override
    public void run() {
        RuntimeException broken = null; // of one move, which stops no other and yet is told
        int left = AT_ONCE;
        for (VersionMove move : table.due()) {
            try {
                if (move.state() == State.UNDOING) undo(move);
                else if (left > 0) left -= carryOut(move, left);
            } catch (RuntimeException failed) {
                broken = failed;
            }
        }
        if (broken != null) throw broken;
    }

    /** @return how many cases were looked at */
    private int carryOut(VersionMove move, int most) {
        if (!Objects.requireNonNull(transaction.execute(t -> begin(move)))) return 0;
        StepMapping mapping = migration.mapping(move.from(), move.to());
        List<CaseNumber> waiting = table.in(move.id(), MovedCase.State.WAITING, most);
        boolean again = false;
        for (CaseNumber number : waiting) again |= !carryOut(move, mapping, number);
        boolean rest = waiting.size() == most;
        if (again && !rest)
            return waiting.size(); // in other hands: it keeps its time, and is tried as often as other work
        transaction.executeWithoutResult(
                t -> table.become(move.id(), rest ? State.MOVING : State.DONE, rest ? soon() : null));
        return waiting.size();
    }

    static Instant startOf(LocalDate day) {
        return day.atStartOfDay(CityClock.ZONE).toInstant();
    }

    private Instant soon() {
        return clock.instant().plusMillis(1); // other due work comes first
    }

    /** Whether there is something to carry out now: the version may have been put out of force since, or given another day. Who goes by the old one is written down once. */
    private boolean begin(VersionMove decided) {
        VersionMove move = table.hold(decided.id()).orElseThrow();
        if (move.state() != State.MOVING) return false; // called off meanwhile
        LocalDate today = clock.today();
        Optional<LocalDate> day = publication.version(move.scheme(), move.to()).begins(today);
        if (day.isEmpty()) {
            boolean some = table.counts(move.id()).containsKey(MovedCase.State.MOVED.code());
            table.stayAll(move.id(), Stays.NOT_IN_FORCE);
            table.end(move.id(), some ? State.DONE : State.CALLED_OFF, null, null, Why.NOT_IN_FORCE);
            record.tell("process.event.move-ended", move, Why.NOT_IN_FORCE);
            return false;
        }
        if (day.get().isAfter(today)) {
            table.become(move.id(), State.MOVING, startOf(day.get()));
            return false;
        }
        if (table.counts(move.id()).isEmpty()) table.wait(move.id(), versions.goingBy(move.from()));
        return true;
    }

    /** @return whether the case is settled; otherwise it was in other hands at that second and is tried again */
    private boolean carryOut(VersionMove move, StepMapping mapping, CaseNumber number) {
        try {
            transaction.executeWithoutResult(t -> carryOutOne(move, mapping, number));
            return true;
        } catch (OptimisticLockingException | TransientDataAccessException overtaken) {
            return false;
        } catch (RuntimeException failed) {
            LOG.warn(
                    "a case of the move {} stays: {}",
                    move.id(),
                    failed.getClass().getName());
            transaction.executeWithoutResult(
                    t -> table.settle(move.id(), number, MovedCase.State.STAYED, Stays.FAILED));
            return true;
        }
    }

    private void carryOutOne(VersionMove move, StepMapping mapping, CaseNumber number) {
        Case file = versions.hold(number);
        Stays why = file.isClosed()
                        || file.isDraft()
                        || !file.packageHash().equals(mapping.from().hash())
                ? Stays.ELSEWHERE
                : migration.refusal(CaseVersions.Going.of(file), places.of(number), mapping, move.rule());
        if (why == null) why = migration.otherResult(file, mapping, move.rule());
        if (why != null) {
            table.settle(move.id(), number, MovedCase.State.STAYED, why);
            return;
        }
        if (!table.settle(move.id(), number, MovedCase.State.MOVED, null)) return; // another node was faster
        table.moved(move.id(), number, migration.move(number, mapping, move.rule(), move.rule() == Rule.ASK_AGAIN));
    }

    /** All in one transaction, and where one has gone on meanwhile, none. What another had in hand at that second is tried again. */
    private void undo(VersionMove move) {
        try {
            Why not = transaction.execute(t -> undone(move));
            if (not != null) notUndone(move, not);
        } catch (OptimisticLockingException | TransientDataAccessException overtaken) {
            LOG.info("the move {} is undone in the next run", move.id());
        } catch (RuntimeException failed) {
            LOG.warn(
                    "the move {} stays as it is: {}",
                    move.id(),
                    failed.getClass().getName());
            notUndone(move, Why.UNDO_FAILED);
        }
    }

    /** @return why nothing was undone, or null */
    private @Nullable Why undone(VersionMove asked) {
        VersionMove move = table.hold(asked.id()).orElseThrow();
        if (move.state() != State.UNDOING) return null; // another node was faster
        List<CaseNumber> moved = table.in(move.id(), MovedCase.State.MOVED, Integer.MAX_VALUE);
        moved.forEach(versions::hold);
        if (!goneOn(move).isEmpty()) return Why.GONE_ON;
        StepMapping back = migration.mapping(move.to(), move.from());
        for (CaseNumber number : moved) migration.move(number, back, Rule.MOVE, move.rule() == Rule.ASK_AGAIN);
        table.undone(move.id());
        table.become(move.id(), State.UNDONE, null);
        record.tell("process.event.move-undone", move, null);
        return null;
    }

    private void notUndone(VersionMove move, Why why) {
        transaction.executeWithoutResult(t -> {
            table.end(move.id(), State.DONE, null, null, why);
            record.tell("process.event.move-not-undone", move, why);
        });
    }

    /** Of the moved cases those that have gone on since, however many they are asked at once. */
    List<CaseNumber> goneOn(VersionMove move) {
        Map<CaseNumber, List<Place>> now = places.movedBy(move.id());
        return table.moved(move.id()).stream()
                .filter(one -> one.now() != one.then().version()
                        || !Places.told(now.getOrDefault(one.number(), List.of()))
                                .equals(one.then().place()))
                .map(MoveTable.Standing::number)
                .toList();
    }
}
