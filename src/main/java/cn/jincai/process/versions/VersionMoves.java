package cn.jincai.process.versions;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Publication;
import cn.jincai.process.Completions;
import cn.jincai.process.versions.VersionMove.Rule;
import cn.jincai.process.versions.VersionMove.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A rule for the running cases of a version: proposed by one, decided by another, as a version itself is; taken back as a whole by whoever may decide. */
@Service
public class VersionMoves {
    /** So many cases are named where a move can't be taken back. */
    private static final int NAMED = 10;

    private final MoveTable table;
    private final CaseMigration migration;
    private final MoveWork work;
    private final Publication publication;
    private final CityClock clock;
    private final Completions rooms;
    private final MoveRecord record;

    VersionMoves(
            MoveTable table,
            CaseMigration migration,
            MoveWork work,
            Publication publication,
            CityClock clock,
            Completions rooms,
            MoveRecord record) {
        this.table = table;
        this.migration = migration;
        this.work = work;
        this.publication = publication;
        this.clock = clock;
        this.rooms = rooms;
        this.record = record;
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

    /** Those that concern the reader, or are shut to him otherwise, without their numbers. */
    public Page<MovedCase> cases(VersionMove move, Actor reader, int page, int size) {
        Page<MovedCase> cases = table.cases(move, page, size);
        Set<CaseNumber> shut = rooms.concerned(
                reader,
                cases.items().stream()
                        .flatMap(one -> Stream.ofNullable(one.number()))
                        .collect(Collectors.toSet()));
        return new Page<>(
                cases.items().stream()
                        .map(one -> shut.contains(one.number()) ? one.withoutNumber() : one)
                        .toList(),
                cases.page(),
                cases.size(),
                cases.total());
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
        record.tell("process.event.move-proposed", by, Role.POLICY_ADMIN, move);
        return move;
    }

    /** From when on the version is in force; now where it is already. */
    private Instant begins(String scheme, String to) {
        LocalDate today = clock.today();
        LocalDate day = publication
                .version(scheme, to)
                .begins(today)
                .orElseThrow(() -> Problem.conflict("process.versions.NOT_IN_FORCE"));
        return day.isAfter(today) ? MoveWork.startOf(day) : clock.instant();
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
        record.tell("process.event.move-approved", by, Role.POLICY_APPROVER, move);
    }

    /** @throws Problem INVALID without a reason; else as {@link #approve} */
    @Transactional
    public void decline(long id, String reason, Actor by) {
        by.mustBe(Role.POLICY_APPROVER);
        mustSayWhy(reason);
        VersionMove move = anothers(id, by);
        table.decide(id, State.DECLINED, by.account(), reason.strip(), null);
        record.tell("process.event.move-declined", by, Role.POLICY_APPROVER, move);
    }

    /** By whoever proposed it. */
    @Transactional
    public void withdraw(long id, Actor by) {
        by.mustBe(Role.POLICY_ADMIN);
        VersionMove move = open(id);
        if (!move.proposedBy().equals(by.account())) throw Problem.forbidden("policy.publication.OTHER_PERSON");
        table.decide(id, State.WITHDRAWN, by.account(), null, null);
        record.tell("process.event.move-withdrawn", by, Role.POLICY_ADMIN, move);
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

    /**
     * What was approved does not take place: by one of the two, as long as no case was looked at yet.
     *
     * @throws Problem FORBIDDEN for anybody else, INVALID without a reason, CONFLICT where it has begun or was never approved
     */
    @Transactional
    public void callOff(long id, String reason, Actor by) {
        if (!by.is(Role.POLICY_APPROVER)) by.mustBe(Role.POLICY_ADMIN);
        mustSayWhy(reason);
        VersionMove move = table.hold(id).orElseThrow(Problem::notFound);
        if (!move.isOf(by.account())) throw Problem.forbidden("process.versions.OTHER_PERSON");
        if (!mayBeCalledOff(move)) throw Problem.conflict("process.versions.BEGUN");
        table.end(id, State.CALLED_OFF, by.account(), reason.strip(), null);
        Role as = by.account().equals(move.decidedBy()) ? Role.POLICY_APPROVER : Role.POLICY_ADMIN;
        record.tell("process.event.move-called-off", by, as, move);
    }

    /** Approved, and no case was looked at yet. */
    public boolean mayBeCalledOff(VersionMove move) {
        return move.state() == State.MOVING && table.counts(move.id()).isEmpty();
    }

    /**
     * Of the moved cases those that have gone on since; while there is one, nothing can be taken back.
     *
     * @param numbers the first of those that the reader may be told
     */
    public record GoneOn(long cases, List<CaseNumber> numbers) {}

    public GoneOn goneOn(VersionMove move, Actor reader) {
        List<CaseNumber> gone = move.state() == State.DONE ? work.goneOn(move) : List.of();
        Set<CaseNumber> shut = rooms.concerned(reader, Set.copyOf(gone));
        return new GoneOn(
                gone.size(),
                gone.stream().filter(one -> !shut.contains(one)).limit(NAMED).toList());
    }

    /**
     * Asks for the move to be taken back, all cases or none; it is done within seconds.
     *
     * @throws Problem CONFLICT where it is not done yet or nothing moved, or with the cases that have gone on
     */
    @Transactional
    public void undo(long id, Actor by) {
        by.mustBe(Role.POLICY_APPROVER);
        VersionMove move = table.hold(id).orElseThrow(Problem::notFound);
        if (move.state() != State.DONE || progress(id).moved() == 0)
            throw Problem.conflict("process.versions.NOT_DONE");
        GoneOn gone = goneOn(move, by);
        if (gone.cases() > 0) throw goneOn(gone);
        table.become(id, State.UNDOING, clock.instant());
        record.tell("process.event.move-undo-asked", by, Role.POLICY_APPROVER, move);
    }

    private static Problem goneOn(GoneOn gone) {
        List<Text> which = new ArrayList<>(
                gone.numbers().stream().map(CaseNumber::value).map(Text::same).toList());
        long more = gone.cases() - which.size();
        if (more > 0) which.add(Text.of("process.versions.more", more));
        return Problem.conflict("process.versions.GONE_ON", gone.cases(), Text.joined("kernel.list", which));
    }
}
