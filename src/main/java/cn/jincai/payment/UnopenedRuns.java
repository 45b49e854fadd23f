package cn.jincai.payment;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Runs that could not be opened, one of a scheme at most. */
@Service
public class UnopenedRuns {
    private final JdbcClient jdbc;
    private final CityClock clock;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;

    UnopenedRuns(
            JdbcClient jdbc, CityClock clock, TransactionOperations transaction, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.transaction = transaction;
        this.events = events;
    }

    /** Of which scheme a run could not be opened, when it was last tried, and why; {@code run} is null where not even its day can be told. */
    public record Unopened(String scheme, @Nullable String run, Instant at, Text why) {}

    public List<Unopened> list() {
        return jdbc.sql("select * from broken_runs order by scheme")
                .query((row, n) -> new Unopened(
                        row.getString("scheme"),
                        row.getString("run_number"),
                        Instants.always(row, "tried_at"),
                        new Text(row.getString("zh"), row.getString("en"))))
                .list();
    }

    Map<String, Unopened> byScheme() {
        return list().stream().collect(Collectors.toMap(Unopened::scheme, kept -> kept));
    }

    void keep(String scheme, @Nullable String run, RuntimeException failed) {
        Unopened kept = new Unopened(scheme, run, clock.instant(), why(failed));
        transaction.executeWithoutResult(t -> keep(kept));
    }

    /** Once the scheme's runs are open. */
    void forget(String scheme) {
        jdbc.sql("delete from broken_runs where scheme = ?").param(scheme).update();
    }

    /** The words for it where there are any; else the kind of the error alone, since its text may tell somebody's data. */
    private static Text why(RuntimeException failed) {
        return failed instanceof Problem problem
                ? problem.text()
                : Text.of("payment.run.error", failed.getClass().getSimpleName());
    }

    /** Told to auditors the first time only. */
    private void keep(Unopened kept) {
        List<@Nullable Object> values = Arrays.asList(
                kept.run(), Instants.utc(kept.at()), kept.why().zh(), kept.why().en(), kept.scheme());
        if (jdbc.sql("update broken_runs set run_number = ?, tried_at = ?, zh = ?, en = ? where scheme = ?")
                        .params(values)
                        .update()
                > 0) return;
        jdbc.sql("insert into broken_runs (run_number, tried_at, zh, en, scheme) values (?, ?, ?, ?, ?)")
                .params(values)
                .update();
        events.publishEvent(CaseEvent.forAuditors(
                "payment.event.run-broken",
                Actor.SYSTEM,
                null,
                Map.of("scheme", kept.scheme()),
                kept.scheme(),
                kept.why()));
    }
}
