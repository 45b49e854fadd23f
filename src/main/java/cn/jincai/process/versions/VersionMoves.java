package cn.jincai.process.versions;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Version;
import cn.jincai.process.versions.VersionMove.Rule;
import cn.jincai.process.versions.VersionMove.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A rule for the running cases of a version: proposed by one, decided by another, as a version itself is; taken back as a whole by whoever may decide. */
@Service
public class VersionMoves {
    private final MoveTable table;
    private final CaseMigration migration;
    private final MoveWork work;
    private final Publication publication;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    VersionMoves(
            MoveTable table,
            CaseMigration migration,
            MoveWork work,
            Publication publication,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.table = table;
        this.migration = migration;
        this.work = work;
        this.publication = publication;
        this.clock = clock;
        this.events = events;
    }

    public Page<VersionMove> list(int page, int size) {
        return table.list(page, size);
    }

    /** @throws Problem NOT_FOUND */
    public VersionMove find(long id) {
        return table.find(id).orElseThrow(Problem::notFound);
    }

    /** How many of its cases wait, have moved, stayed, were taken back. */
    public record Progress(long waiting, long moved, long stayed, long undone) {}

    public Progress progress(long id) {
        Map<String, Long> counts = table.counts(id);
        return new Progress(
                counts.getOrDefault(MovedCase.State.WAITING.code(), 0L),
                counts.getOrDefault(MovedCase.State.MOVED.code(), 0L),
                counts.getOrDefault(MovedCase.State.STAYED.code(), 0L),
                counts.getOrDefault(MovedCase.State.UNDONE.code(), 0L));
    }

    public Page<MovedCase> cases(VersionMove move, int page, int size) {
        return table.cases(move, page, size);
    }

    /**
     * @param to a version of the same scheme that is in force or will be
     * @throws Problem NOT_FOUND for versions that there are not; INVALID without a reason; CONFLICT where nothing would come of it or something is in hand for these cases already
     */
    @Transactional
    public VersionMove propose(String scheme, String from, String to, Rule rule, String reason, Actor by) {
        by.mustBe(Role.POLICY_ADMIN);
        publication.version(scheme, from);
        if (from.equals(to)) throw Problem.invalid("to", "process.versions.SAME_VERSION");
        begins(scheme, to);
        mustSayWhy(reason);
        migration.mapping(from, to); // or says that one of them is damaged
        if (table.isInHand(from)) throw Problem.conflict("process.versions.IN_HAND");
        VersionMove move = find(table.propose(scheme, from, to, rule, reason.strip(), by.account()));
        tell("process.event.move-proposed", by, Role.POLICY_ADMIN, move);
        return move;
    }

    /** From when on the version is in force; now where it is already. */
    private Instant begins(String scheme, String to) {
        Version version = publication.version(scheme, to);
        LocalDate today = clock.today();
        if (version.inForce()) return clock.instant();
        return version.days().stream()
                .filter(day -> day.isAfter(today))
                .min(LocalDate::compareTo)
                .map(day -> day.atStartOfDay(CityClock.ZONE).toInstant())
                .orElseThrow(() -> Problem.conflict("process.versions.NOT_IN_FORCE"));
    }

    /**
     * From now on, or from the new version's first day, the cases move one by one.
     *
     * @throws Problem FORBIDDEN for the one who proposed it (two persons), CONFLICT where it is decided already
     */
    @Transactional
    public void approve(long id, Actor by) {
        by.mustBe(Role.POLICY_APPROVER);
        VersionMove move = anothers(id, by);
        Instant due = begins(move.scheme(), move.to());
        table.decide(id, State.MOVING, by.account(), null, due);
        tell("process.event.move-approved", by, Role.POLICY_APPROVER, move);
    }

    /** @throws Problem INVALID without a reason; else as {@link #approve} */
    @Transactional
    public void decline(long id, String reason, Actor by) {
        by.mustBe(Role.POLICY_APPROVER);
        mustSayWhy(reason);
        VersionMove move = anothers(id, by);
        table.decide(id, State.DECLINED, by.account(), reason.strip(), null);
        tell("process.event.move-declined", by, Role.POLICY_APPROVER, move);
    }

    /** By whoever proposed it. */
    @Transactional
    public void withdraw(long id, Actor by) {
        by.mustBe(Role.POLICY_ADMIN);
        VersionMove move = open(id);
        if (!move.proposedBy().equals(by.account())) throw Problem.forbidden("policy.publication.OTHER_PERSON");
        table.decide(id, State.WITHDRAWN, by.account(), null, null);
        tell("process.event.move-withdrawn", by, Role.POLICY_ADMIN, move);
    }

    private static void mustSayWhy(String reason) {
        if (reason == null || reason.isBlank() || reason.length() > 2000)
            throw Problem.invalid("reason", "process.versions.reason.REQUIRED");
    }

    /** Two persons decide. */
    private VersionMove anothers(long id, Actor by) {
        VersionMove move = open(id);
        if (move.proposedBy().equals(by.account())) throw Problem.forbidden("policy.publication.SAME_PERSON");
        return move;
    }

    private VersionMove open(long id) {
        VersionMove move = table.hold(id).orElseThrow(Problem::notFound);
        if (!move.isOpen()) throw Problem.conflict("policy.publication.DECIDED_ALREADY");
        return move;
    }

    /** Of the moved cases those that have gone on since; while there is one, nothing can be taken back. */
    public List<CaseNumber> goneOn(long id) {
        return work.goneOn(find(id));
    }

    /**
     * Takes the move back, all cases or none.
     *
     * @throws Problem CONFLICT where it is not done yet or nothing moved, or with the cases that have gone on
     */
    @Transactional
    public void undo(long id, Actor by) {
        by.mustBe(Role.POLICY_APPROVER);
        VersionMove move = table.hold(id).orElseThrow(Problem::notFound);
        if (move.state() != State.DONE || progress(id).moved() == 0)
            throw Problem.conflict("process.versions.NOT_DONE");
        List<CaseNumber> gone = work.goneOn(move);
        if (!gone.isEmpty()) throw MoveWork.goneOn(gone);
        table.become(id, State.UNDOING, clock.instant());
        tell("process.event.move-undone", by, Role.POLICY_APPROVER, move);
    }

    private void tell(String key, Actor by, Role as, VersionMove move) {
        events.publishEvent(CaseEvent.forAuditors(
                key,
                by,
                as,
                Map.of(
                        "move", Long.toString(move.id()),
                        "scheme", move.scheme(),
                        "from", move.from(),
                        "to", move.to(),
                        "rule", move.rule().code())));
    }
}
