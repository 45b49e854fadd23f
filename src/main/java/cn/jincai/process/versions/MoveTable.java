package cn.jincai.process.versions;

import cn.jincai.filing.CaseVersions.Going;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Steps;
import cn.jincai.process.versions.VersionMove.Ending;
import cn.jincai.process.versions.VersionMove.Rule;
import cn.jincai.process.versions.VersionMove.State;
import cn.jincai.process.versions.VersionMove.Why;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of moves and of the cases in them. */
@Component
class MoveTable {
    private final JdbcClient db;
    private final JdbcOperations batches;
    private final Packages packages;
    private final CityClock clock;

    MoveTable(JdbcClient db, JdbcOperations batches, Packages packages, CityClock clock) {
        this.db = db;
        this.batches = batches;
        this.packages = packages;
        this.clock = clock;
    }

    long propose(String scheme, String from, String to, Rule rule, String note, String by) {
        db.sql(
                        "insert into version_moves (scheme, from_hash, to_hash, rule, note, state, proposed_by, proposed_at) values (?, ?, ?, ?, ?, 'open', ?, ?)")
                .params(scheme, from, to, rule.code(), note, by, clock.timestamp())
                .update();
        return db.sql("select max(id) from version_moves where from_hash = ? and proposed_by = ?")
                .params(from, by)
                .query(Long.class)
                .single();
    }

    void wish(long proposal, Rule rule) {
        db.sql("insert into wished_moves (proposal_id, rule) values (?, ?)")
                .params(proposal, rule.code())
                .update();
    }

    Optional<Rule> wished(long proposal) {
        return db.sql("select rule from wished_moves where proposal_id = ?")
                .param(proposal)
                .query((row, n) -> Rule.of(row.getString("rule")))
                .optional();
    }

    /** Wishes for a version that is published, and of which nothing has come yet. */
    List<WishedMoves.Wish> wishes(String hash) {
        return db.sql(
                        "select w.proposal_id, w.rule from wished_moves w join policy_proposals p on p.id = w.proposal_id where p.package_hash = ? and p.state = 'published' and w.proposed_at is null order by w.proposal_id")
                .param(hash)
                .query((row, n) -> new WishedMoves.Wish(row.getLong(1), Rule.of(row.getString(2))))
                .list();
    }

    void fulfil(long proposal) {
        db.sql("update wished_moves set proposed_at = ? where proposal_id = ?")
                .params(clock.timestamp(), proposal)
                .update();
    }

    Optional<VersionMove> find(long id) {
        return db.sql("select * from version_moves where id = ?")
                .param(id)
                .query(MoveTable::read)
                .optional();
    }

    /** The same, held until the transaction ends. */
    Optional<VersionMove> hold(long id) {
        return db.sql("select * from version_moves where id = ? for update")
                .param(id)
                .query(MoveTable::read)
                .optional();
    }

    /** Newest first. */
    Page<VersionMove> list(int page, int size) {
        long total =
                db.sql("select count(*) from version_moves").query(Long.class).single();
        return new Page<>(
                db.sql("select * from version_moves order by id desc limit :size offset :from")
                        .param("size", Page.size(size))
                        .param("from", Page.offset(page, size))
                        .query(MoveTable::read)
                        .list(),
                Math.max(0, page),
                Page.size(size),
                total);
    }

    /** Whether something is proposed for this version's cases, or on its way. */
    boolean isInHand(String from) {
        return db.sql(
                        "select count(*) > 0 from version_moves where from_hash = ? and state in ('open', 'moving', 'undoing')")
                .param(from)
                .query(Boolean.class)
                .single();
    }

    void decide(long id, State state, String by, @Nullable String reason, @Nullable Instant due) {
        db.sql(
                        "update version_moves set state = ?, decided_by = ?, decided_at = ?, reason = ?, due_at = ? where id = ?")
                .params(Arrays.asList(state.code(), by, clock.timestamp(), reason, Instants.utc(due), id))
                .update();
    }

    /** Called off by somebody, or come to nothing by itself. */
    void end(long id, State state, @Nullable String by, @Nullable String words, @Nullable Why why) {
        db.sql(
                        "update version_moves set state = ?, due_at = null, ended_at = ?, ended_by = ?, end_note = ?, ended_why = ? where id = ?")
                .params(Arrays.asList(state.code(), clock.timestamp(), by, words, why == null ? null : why.code(), id))
                .update();
    }

    void become(long id, State state, @Nullable Instant due) {
        db.sql("update version_moves set state = ?, due_at = ?, ended_at = null, ended_why = null where id = ?")
                .params(Arrays.asList(state.code(), Instants.utc(due), id))
                .update();
    }

    Optional<Instant> firstDue() {
        return db
                .sql("select due_at from version_moves where due_at is not null order by due_at limit 1")
                .query((row, n) -> Instants.always(row, "due_at"))
                .list()
                .stream()
                .findFirst();
    }

    List<VersionMove> due() {
        return db.sql("select * from version_moves where due_at <= ? order by due_at, id")
                .param(clock.timestamp())
                .query(MoveTable::read)
                .list();
    }

    void wait(long move, List<Going> cases) {
        batches.batchUpdate(
                "insert into moved_cases (move_id, case_number, step, state) values (?, ?, ?, 'waiting')",
                cases.stream()
                        .map(one -> new Object[] {move, one.number().value(), one.stage()})
                        .toList());
    }

    /** In the order of their numbers. */
    List<CaseNumber> in(long move, MovedCase.State state, int most) {
        return db
                .sql("select case_number from moved_cases where move_id = ? and state = ? order by case_number limit ?")
                .params(move, state.code(), most)
                .query(String.class)
                .list()
                .stream()
                .map(CaseNumber::new)
                .toList();
    }

    /** @return whether it still waited; another node that has it in hand is waited for */
    boolean settle(long move, CaseNumber number, MovedCase.State state, @Nullable Stays why) {
        return db.sql(
                                "update moved_cases set state = ?, why = ?, settled_at = ? where move_id = ? and case_number = ? and state = 'waiting'")
                        .params(Arrays.asList(
                                state.code(), why == null ? null : why.code(), clock.timestamp(), move, number.value()))
                        .update()
                == 1;
    }

    void moved(long move, CaseNumber number, CaseMigration.Moved moved) {
        db.sql("update moved_cases set place = ?, case_version = ? where move_id = ? and case_number = ?")
                .params(moved.place(), moved.version(), move, number.value())
                .update();
    }

    /** All that still wait stay, for one reason. */
    void stayAll(long move, Stays why) {
        db.sql(
                        "update moved_cases set state = 'stayed', why = ?, settled_at = ? where move_id = ? and state = 'waiting'")
                .params(why.code(), clock.timestamp(), move)
                .update();
    }

    /** A case that was moved: how it stood then, and the version of its row today. */
    record Standing(CaseNumber number, CaseMigration.Moved then, long now) {}

    /** In the order of their numbers. */
    List<Standing> moved(long move) {
        return db.sql(
                        "select m.case_number, m.place, m.case_version, c.version from moved_cases m join cases c on c.case_number = m.case_number where m.move_id = ? and m.state = 'moved' order by m.case_number")
                .param(move)
                .query((row, n) -> new Standing(
                        new CaseNumber(row.getString(1)),
                        new CaseMigration.Moved(row.getString(2), row.getLong(3)),
                        row.getLong(4)))
                .list();
    }

    void undone(long move) {
        db.sql("update moved_cases set state = 'undone', settled_at = ? where move_id = ? and state = 'moved'")
                .params(clock.timestamp(), move)
                .update();
    }

    /** Of the cases of a move how many are in which state. */
    Map<String, Long> counts(long move) {
        Map<String, Long> counts = new TreeMap<>();
        db.sql("select state, count(*) from moved_cases where move_id = ? group by state")
                .param(move)
                .query(row -> {
                    counts.put(row.getString(1), row.getLong(2));
                });
        return counts;
    }

    Page<MovedCase> cases(VersionMove move, int page, int size) {
        long total = db.sql("select count(*) from moved_cases where move_id = ?")
                .param(move.id())
                .query(Long.class)
                .single();
        Steps steps = packages.steps(move.from());
        return new Page<>(
                db.sql("select * from moved_cases where move_id = :move order by case_number limit :size offset :from")
                        .param("move", move.id())
                        .param("size", Page.size(size))
                        .param("from", Page.offset(page, size))
                        .query((row, n) -> readCase(row, steps))
                        .list(),
                Math.max(0, page),
                Page.size(size),
                total);
    }

    private static MovedCase readCase(ResultSet row, Steps steps) throws SQLException {
        String why = row.getString("why"), step = row.getString("step");
        return new MovedCase(
                new CaseNumber(row.getString("case_number")),
                steps.find(step).map(s -> s.name()).orElse(Text.same(step)),
                state(row.getString("state")),
                why == null ? null : Stays.of(why));
    }

    private static MovedCase.State state(String code) {
        return Arrays.stream(MovedCase.State.values())
                .filter(state -> state.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static VersionMove read(ResultSet row, int n) throws SQLException {
        return new VersionMove(
                row.getLong("id"),
                row.getString("scheme"),
                row.getString("from_hash"),
                row.getString("to_hash"),
                Rule.of(row.getString("rule")),
                row.getString("note"),
                State.of(row.getString("state")),
                row.getString("proposed_by"),
                Instants.always(row, "proposed_at"),
                row.getString("decided_by"),
                Instants.in(row, "decided_at"),
                row.getString("reason"),
                Instants.in(row, "due_at"),
                ending(row));
    }

    private static @Nullable Ending ending(ResultSet row) throws SQLException {
        Instant at = Instants.in(row, "ended_at");
        String why = row.getString("ended_why");
        return at == null
                ? null
                : new Ending(
                        at, row.getString("ended_by"), row.getString("end_note"), why == null ? null : Why.of(why));
    }
}
