package cn.jincai.simulation;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What-if runs as they are kept. A run that nobody has seen running for a while was interrupted. */
@Repository
class WhatIfTable {
    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final int SHOWN = 50;

    private final JdbcClient db;
    private final JsonColumns json;
    private final CityClock clock;

    WhatIfTable(JdbcClient db, JsonColumns json, CityClock clock) {
        this.db = db;
        this.json = json;
        this.clock = clock;
    }

    void insert(WhatIf w, boolean samples) {
        db.sql("""
            insert into what_if_runs (id, scheme, package_before, package_after, over_whom, samples, people, seed, from_day, to_day, state, asked_by, asked_at, seen_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        w.id(),
                        w.scheme(),
                        w.before(),
                        w.after(),
                        w.over().code(),
                        samples,
                        w.people(),
                        w.seed(),
                        w.from(),
                        w.to(),
                        w.state().code(),
                        w.askedBy(),
                        Instants.utc(w.askedAt()),
                        clock.timestamp())
                .update();
    }

    void begins(String id) {
        db.sql("update what_if_runs set state = 'running', started_at = ?, seen_at = ? where id = ?")
                .params(clock.timestamp(), clock.timestamp(), id)
                .update();
    }

    void runs(String id, long done) {
        db.sql("update what_if_runs set done = ?, seen_at = ? where id = ?")
                .params(done, clock.timestamp(), id)
                .update();
    }

    /** @param result null where nothing came of it */
    void ends(String id, WhatIf.State state, long done, @Nullable WhatIfResult result) {
        db.sql(
                        "update what_if_runs set state = :state, done = :done, ended_at = :now, seen_at = :now, result = :result where id = :id")
                .param("state", state.code())
                .param("done", done)
                .param("now", clock.timestamp())
                .param("result", result == null ? null : json.write(result))
                .param("id", id)
                .update();
    }

    /** Runs of which nobody is known to be at work, this application least of all. */
    void interrupt(List<String> own) {
        List<String> silent = db.sql(
                        "select id from what_if_runs where state in ('waiting', 'running') and seen_at < ?")
                .param(Instants.utc(clock.instant().minus(SILENCE)))
                .query(String.class)
                .list();
        for (String id : silent)
            if (!own.contains(id))
                ends(id, WhatIf.State.INTERRUPTED, find(id).orElseThrow().done(), null);
    }

    Optional<WhatIf> find(String id) {
        return db.sql("select * from what_if_runs where id = ?")
                .param(id)
                .query(WhatIfTable::read)
                .optional();
    }

    Optional<WhatIfResult> result(String id) {
        return db.sql("select result from what_if_runs where id = ? and result is not null")
                .param(id)
                .query(String.class)
                .optional()
                .map(result -> json.read(result, WhatIfResult.class));
    }

    boolean isOverSamples(String id) {
        return db.sql("select samples from what_if_runs where id = ?")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    /** The newest in which this package was tried. */
    Optional<WhatIf> latestOf(String hash) {
        return db.sql(
                        "select * from what_if_runs where package_after = ? order by asked_at desc, id fetch first 1 rows only")
                .param(hash)
                .query(WhatIfTable::read)
                .optional();
    }

    /** Newest first. */
    List<WhatIf> latest() {
        return db.sql("select * from what_if_runs order by asked_at desc, id fetch first " + SHOWN + " rows only")
                .query(WhatIfTable::read)
                .list();
    }

    private static WhatIf read(ResultSet row, int n) throws SQLException {
        return new WhatIf(
                row.getString("id"),
                row.getString("scheme"),
                row.getString("package_before"),
                row.getString("package_after"),
                WhatIf.Over.of(row.getString("over_whom")),
                row.getLong("people"),
                row.getLong("seed"),
                row.getObject("from_day", LocalDate.class),
                row.getObject("to_day", LocalDate.class),
                WhatIf.State.of(row.getString("state")),
                row.getLong("done"),
                row.getString("asked_by"),
                Instants.always(row, "asked_at"),
                Instants.in(row, "started_at"),
                Instants.in(row, "ended_at"));
    }
}
