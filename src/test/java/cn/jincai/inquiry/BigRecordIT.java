package cn.jincai.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.TestDatabase;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.AopTestUtils;

/**
 * In a record of 400 000 entries of three years a search reads what it shows and counts, and not the record: told by PostgreSQL itself, in rows, which no machine
 * makes more or fewer.
 */
@CaseTest
@Tag("issue-17.16")
@EnabledIfSystemProperty(named = "db", matches = "postgresql", disabledReason = "H2 plans otherwise")
class BigRecordIT {
    private static final Actor AUDITOR = new Actor("auditor", Set.of(Role.AUDITOR));
    private static final int ENTRIES = 400_000, MANY = 8_000;
    private static JdbcClient big;

    @Autowired
    RecordSearch search;

    /** Made once; sign-ins are many, what one applicant did is little, and each day has as much as any other. */
    private static JdbcClient big() {
        if (big != null) return big;
        DataSource database = TestDatabase.fresh("big_record");
        Flyway.configure().dataSource(database).load().migrate();
        JdbcClient made = JdbcClient.create(database);
        made.sql("""
            insert into audit_entries (seq, at, kind, case_number, stage, what_zh, what_en, account, role, details, previous, hash)
            select n, timestamp with time zone '2023-01-01 00:00+08' + n * interval '4 minutes',
              case when n % 2 = 0 then 'looked-at' when n % 1000 = 1 then 'signed' else 'signed-in' end,
              case when n % 3 = 0 then null else 'JC2026' || lpad(cast(n % 20000 as varchar), 6, '0') end, null, '查阅案卷', 'Looked at', 'account' || n % 50,
              case when n % 2 = 0 then 'reviewer' else 'applicant' end, '{}', repeat('0', 64), repeat('f', 64)
            from generate_series(1, :entries) n""").param("entries", ENTRIES).update();
        made.sql("analyze audit_entries").update();
        big = made;
        return made;
    }

    private long rowsRead(String sql, Map<String, Object> values) throws Exception {
        String plan = big().sql("explain (analyze, timing off, costs off, format json) " + sql)
                .params(values)
                .query(String.class)
                .single();
        return rows(new ObjectMapper().readTree(plan).get(0).get("Plan"));
    }

    /** Of each part of the plan what it gave and what it threw away, as often as it ran. */
    private static long rows(JsonNode part) {
        long rows = part.path("Actual Rows").asLong()
                + part.path("Rows Removed by Filter").asLong()
                + part.path("Rows Removed by Index Recheck").asLong();
        rows *= Math.max(1, part.path("Actual Loops").asLong());
        for (JsonNode inner : part.path("Plans")) rows += rows(inner);
        return rows;
    }

    private static Question asked(Map<String, String> of) {
        Map<String, String> all = new HashMap<>(of);
        return new Question(
                all.get("number"),
                null,
                null,
                all.get("kind"),
                all.get("account"),
                all.get("role"),
                all.containsKey("from") ? LocalDate.parse(all.get("from")) : null,
                all.containsKey("to") ? LocalDate.parse(all.get("to")) : null);
    }

    @Test
    void aSearchReadsNoMoreThanItShowsAndCounts() throws Exception {
        RecordSearch plain = AopTestUtils.getTargetObject(search);
        for (Map<String, String> of : List.of(
                Map.<String, String>of(),
                Map.of("number", "JC2026000001"),
                Map.of("kind", "signed"),
                Map.of("kind", "signed-in"),
                Map.of("account", "account7"),
                Map.of("role", "reviewer"),
                Map.of("from", "2023-05-01", "to", "2023-05-02"),
                Map.of("kind", "signed-in", "from", "2023-05-01", "to", "2023-05-31"),
                Map.of("account", "account7", "from", "2023-05-01", "to", "2023-05-31"),
                Map.of("role", "reviewer", "from", "2023-05-01", "to", "2023-05-03"),
                Map.of("kind", "group:look", "from", "2023-05-01", "to", "2023-05-31"))) {
            ReadersPart.Clause where = plain.where(AUDITOR, asked(of));
            assertThat(rowsRead(RecordSearch.newestFirst(where, RecordSearch.PAGE, 0), where.values()))
                    .as("page of " + of)
                    .isLessThan(MANY);
            assertThat(rowsRead(RecordSearch.counted(where), where.values()))
                    .as("count of " + of)
                    .isLessThan(MANY);
        }
    }
}
