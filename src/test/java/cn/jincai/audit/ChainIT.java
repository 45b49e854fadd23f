package cn.jincai.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@CaseTest
class ChainIT {
    private static final Actor REVIEWER = new Actor("reviewer", Set.of(Role.REVIEWER));

    @Autowired
    City city;

    @Autowired
    AuditLog log;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void whatHappenedIsWrittenWithItAndUndoneWithIt() {
        CaseNumber number = new CaseNumber("JC2026900001");
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            events.publishEvent(event(number, "accepted"));
            events.publishEvent(event(number, "returned"));
        });
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            events.publishEvent(event(number, "approved"));
            events.publishEvent(event(number, "refused-attempt"));
            status.setRollbackOnly();
        });
        assertThat(of(number).entries())
                .extracting(AuditEntry::kind)
                .containsExactlyInAnyOrder("accepted", "returned", "refused-attempt");
        assertThat(log.verify().whole()).isTrue();
    }

    @Test
    void aStepThatFailsLeavesNoTraceButItsRefusal() {
        CaseNumber number = new CaseNumber("JC2026900002");
        assertThatThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    events.publishEvent(event(number, "signed"));
                    throw new IllegalStateException("the engine refused");
                }))
                .hasMessage("the engine refused");
        assertThat(of(number).entries()).isEmpty();
    }

    @Test
    void aChangeARemovalAndACutAreFound() {
        CaseNumber number = new CaseNumber("JC2026900003");
        for (String kind : new String[] {"claimed", "accepted", "approved"}) events.publishEvent(event(number, kind));
        assertThat(log.verify().whole()).isTrue();
        AuditEntry last = of(number).entries().get(0);
        AuditEntry middle = of(number).entries().get(1);

        tampered("update audit_entries set account = 'reviewer2' where seq = ?", middle.seq(), () -> {
            assertThat(log.verify().broken()).isEqualTo(middle.seq());
            assertThat(log.verify().why().zh()).contains("改动");
        });
        tampered(
                "update audit_entries set details = '{\"outcome\":\"reject\"}' where seq = ?",
                middle.seq(),
                () -> assertThat(log.verify().broken()).isEqualTo(middle.seq()));
        tampered(
                "delete from audit_entries where seq = ?",
                middle.seq(),
                () -> assertThat(log.verify().broken()).isEqualTo(middle.seq()));
        tampered(
                "delete from audit_entries where seq >= ?",
                last.seq(),
                () -> assertThat(log.verify().why().zh()).contains("截断"));
        assertThat(log.verify().whole()).isTrue();
    }

    @Test
    void manyAtOnceMakeOneChain() throws Exception {
        CaseNumber number = new CaseNumber("JC2026900004");
        var pool = Executors.newFixedThreadPool(8);
        try {
            var steps = IntStream.range(0, 60)
                    .mapToObj(i -> (Callable<Void>) () -> {
                        new TransactionTemplate(transactions).executeWithoutResult(status -> {
                            events.publishEvent(event(number, "accepted"));
                            events.publishEvent(event(number, i % 3 == 0 ? "returned" : "approved"));
                        });
                        return null;
                    })
                    .toList();
            for (var done : pool.invokeAll(steps)) done.get();
        } finally {
            pool.shutdown();
        }
        assertThat(of(number).total()).isEqualTo(120);
        assertThat(log.verify().whole()).isTrue();
    }

    @Test
    void entriesAreFoundByCaseAccountKindAndDay() {
        CaseNumber number = new CaseNumber("JC2026900005");
        events.publishEvent(event(number, "accepted"));
        AuditEntry entry = of(number).entries().get(0);
        var day = entry.at().atZone(cn.jincai.kernel.CityClock.ZONE).toLocalDate();
        assertThat(log.search(new AuditLog.Search(number.value(), "reviewer", "accepted", day, day), 0, 20)
                        .total())
                .isOne();
        assertThat(log.search(new AuditLog.Search(number.value(), "reviewer2", null, null, null), 0, 20)
                        .total())
                .isZero();
        assertThat(log.search(new AuditLog.Search(number.value(), null, null, day.plusDays(1), null), 0, 20)
                        .total())
                .isZero();
        assertThat(log.search(new AuditLog.Search(number.value(), null, null, null, day.minusDays(1)), 0, 20)
                        .total())
                .isZero();
    }

    @Test
    @Tag("issue-13.23")
    void aClockThatIsSetBackBreaksNothingAndIsTold() {
        CaseNumber number = new CaseNumber("JC2026900006");
        city.at("2026-03-02T12:00");
        events.publishEvent(event(number, "accepted"));
        assertThat(health().path("status").asText()).isEqualTo("UP");
        city.at("2026-03-02T09:00");
        assertThat(health().path("status").asText()).isEqualTo("BEHIND");
        assertThat(health().path("details").path("behindTheLastRecord").asText())
                .startsWith("PT2H59M");
        events.publishEvent(event(number, "approved"));
        assertThat(log.verify().whole()).isTrue();
        assertThat(of(number).entries())
                .extracting(AuditEntry::kind)
                .as("in the order in which it happened")
                .containsExactly("approved", "accepted");
        assertThat(health().path("status").asText()).isEqualTo("UP");
    }

    private JsonNode health() {
        return city.call("admin", HttpMethod.GET, "/actuator/health", null)
                .body()
                .path("components")
                .path("clock");
    }

    /** Changes the table behind the application's back, looks, and undoes it. */
    private void tampered(String sql, long seq, Runnable look) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            jdbc.sql(sql).param(seq).update();
            look.run();
            status.setRollbackOnly();
        });
    }

    private AuditLog.Found of(CaseNumber number) {
        return log.search(new AuditLog.Search(number.value(), null, null, null, null), 0, 200);
    }

    private static CaseEvent event(CaseNumber number, String kind) {
        return new CaseEvent(
                number,
                kind,
                "first-review",
                new Text("初审", "First review"),
                REVIEWER,
                Role.REVIEWER,
                CaseEvent.Audience.OFFICERS,
                Map.of("outcome", "approve"));
    }
}
