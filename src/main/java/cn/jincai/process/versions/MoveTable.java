package cn.jincai.process.versions;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Steps;
import cn.jincai.process.versions.VersionMove.Rule;
import cn.jincai.process.versions.VersionMove.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of moves and of the cases in them. */
@Component
class MoveTable {
    private final JdbcClient db;
    private final Packages packages;
    private final CityClock clock;

    MoveTable(JdbcClient db, Packages packages, CityClock clock) {
        this.db = db;
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

    void become(long id, State state, @Nullable Instant due) {
        db.sql("update version_moves set state = ?, due_at = ? where id = ?")
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

    void waits(long move, CaseNumber number, String step) {
        db.sql("insert into moved_cases (move_id, case_number, step, state) values (?, ?, ?, 'waiting')")
                .params(move, number.value(), step)
                .update();
    }

    List<CaseNumber> in(long move, MovedCase.State state) {
        return db
                .sql("select case_number from moved_cases where move_id = ? and state = ? order by case_number")
                .params(move, state.code())
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

    /** How a case stood when it had moved. */
    CaseMigration.Moved standing(long move, CaseNumber number) {
        return db.sql("select place, case_version from moved_cases where move_id = ? and case_number = ?")
                .params(move, number.value())
                .query((row, n) -> new CaseMigration.Moved(row.getString(1), row.getLong(2)))
                .single();
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

    /** Whether somebody has given an opinion on the case. */
    boolean isDecidedOn(CaseNumber number) {
        return db.sql("select count(*) > 0 from opinions where case_number = ?")
                .param(number.value())
                .query(Boolean.class)
                .single();
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
                Instants.in(row, "due_at"));
    }
}
