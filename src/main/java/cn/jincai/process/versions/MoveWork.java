package cn.jincai.process.versions;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseVersions;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.process.versions.Places.Place;
import cn.jincai.process.versions.VersionMove.Rule;
import cn.jincai.process.versions.VersionMove.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries out what was decided: each case in a transaction of its own; and takes it back, all cases in one. */
@Service
class MoveWork implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(MoveWork.class);
    /** As many cases are named where a move can't be taken back. */
    private static final int NAMED = 10;

    private final MoveTable table;
    private final CaseMigration migration;
    private final CaseVersions versions;
    private final CaseFile cases;
    private final Places places;
    private final TransactionTemplate transaction;

    MoveWork(
            MoveTable table,
            CaseMigration migration,
            CaseVersions versions,
            CaseFile cases,
            Places places,
            TransactionTemplate transaction) {
        this.table = table;
        this.migration = migration;
        this.versions = versions;
        this.cases = cases;
        this.places = places;
        this.transaction = transaction;
    }

    @Override
    public Optional<Instant> next() {
        return table.firstDue();
    }

    @Override
    public void run() {
        RuntimeException broken = null; // of one move, which stops no other and yet is told
        for (VersionMove move : table.due()) {
            try {
                if (move.state() == State.UNDOING) undo(move);
                else carryOut(move);
            } catch (RuntimeException failed) {
                broken = failed;
            }
        }
        if (broken != null) throw broken;
    }

    private void carryOut(VersionMove move) {
        transaction.executeWithoutResult(t -> gather(move));
        StepMapping mapping = migration.mapping(move.from(), move.to());
        boolean again = false;
        for (CaseNumber number : table.in(move.id(), MovedCase.State.WAITING))
            again |= !carryOut(move, mapping, number);
        if (!again) transaction.executeWithoutResult(t -> table.become(move.id(), State.DONE, null));
    }

    /** Who goes by the version when it is carried out, once. */
    private void gather(VersionMove move) {
        table.hold(move.id());
        if (!table.counts(move.id()).isEmpty()) return;
        for (CaseNumber number : versions.goingBy(move.from()))
            table.waits(move.id(), number, cases.get(number).stage().code());
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
        List<Place> standing = places.of(number);
        Stays why = migration.refusal(file, standing, mapping, move.rule(), true);
        if (why != null) {
            table.settle(move.id(), number, MovedCase.State.STAYED, why);
            return;
        }
        if (!table.settle(move.id(), number, MovedCase.State.MOVED, null)) return; // another node was faster
        table.moved(move.id(), number, migration.move(number, mapping, move.rule(), move.rule() == Rule.ASK_AGAIN));
    }

    /** All in one transaction, and where one has gone on meanwhile, none. */
    private void undo(VersionMove move) {
        try {
            transaction.executeWithoutResult(t -> {
                StepMapping back = migration.mapping(move.to(), move.from());
                for (CaseNumber number : table.in(move.id(), MovedCase.State.MOVED)) {
                    versions.hold(number);
                    if (hasGoneOn(move, number)) throw goneOn(List.of(number));
                    migration.move(number, back, Rule.MOVE, move.rule() == Rule.ASK_AGAIN);
                }
                table.undone(move.id());
                table.become(move.id(), State.UNDONE, null);
            });
        } catch (RuntimeException failed) {
            LOG.warn(
                    "the move {} stays as it is: {}",
                    move.id(),
                    failed.getClass().getName());
            transaction.executeWithoutResult(t -> table.become(move.id(), State.DONE, null));
        }
    }

    List<CaseNumber> goneOn(VersionMove move) {
        return table.in(move.id(), MovedCase.State.MOVED).stream()
                .filter(number -> hasGoneOn(move, number))
                .toList();
    }

    private boolean hasGoneOn(VersionMove move, CaseNumber number) {
        CaseMigration.Moved then = table.standing(move.id(), number);
        return cases.get(number).version() != then.version()
                || !Places.told(places.of(number)).equals(then.place());
    }

    static Problem goneOn(List<CaseNumber> gone) {
        return Problem.conflict(
                "process.versions.GONE_ON",
                gone.size(),
                Text.list(gone.stream().limit(NAMED).map(CaseNumber::value).toList()));
    }
}
