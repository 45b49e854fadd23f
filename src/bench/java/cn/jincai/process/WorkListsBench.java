package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.Benchmark;
import cn.jincai.CaseTest;
import cn.jincai.TestDatabase;
import cn.jincai.filing.CaseSearch;
import cn.jincai.filing.searches.Criteria;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import cn.jincai.process.worklists.Card;
import cn.jincai.process.worklists.WorkList;
import cn.jincai.process.worklists.WorkLists;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The first page of Tasklist (its lists with their counts, the first list, its cards) and of the search, with very many tasks and finished cases in PostgreSQL against a
 * thousand tasks and no history, in the same run: for one who may take all that waits, and for one whose group has a thousand. Rows are made by SQL.
 */
@CaseTest
class WorkListsBench {
    private static final int FEW = 1_000, MANY = Integer.getInteger("bench.open", 100_000);
    private static final int FINISHED = Integer.getInteger("bench.finished", 1_000_000);
    private static final int WARM = 10, ROUNDS = 31;
    private static final Actor ALL = new Actor("reviewer", Set.of(Role.REVIEWER)),
            SOME = new Actor("intake", Set.of(Role.INTAKE));

    @Autowired
    City city;

    @Autowired
    WorkLists lists;

    @Autowired
    CaseSearch search;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    private String sample;

    /** Their answers are not sealed, so nothing that opens cases may find them. What refers to them is made here alone, and needs no looking for. */
    @AfterEach
    void nothingMadeBySqlIsLeft() {
        transaction.executeWithoutResult(status -> {
            db.sql("set local session_replication_role = replica").update();
            for (String table : List.of("open_tasks", "case_parts", "deciding_acts", "opinions", "cases"))
                db.sql("delete from " + table + " where case_number like 'JC201%' or case_number like 'JC2025%'")
                        .update();
        });
    }

    @Test
    void theFirstPageCostsTheSameHoweverMuchThereIs() throws Exception {
        assertThat(TestDatabase.isPostgres()).isTrue();
        city.at("2026-03-02T09:00");
        sample = city.checked("skills-award", "granted").number();
        open(0, FEW, "first-review", "reviewer");
        open(500_000, FEW, "acceptance", "intake");
        db.sql("analyze").update();
        Map<String, Double> few = measured();
        finished();
        open(FEW, MANY - FEW, "first-review", "reviewer");
        db.sql("analyze").update();
        Map<String, Double> many = measured();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("open", MANY);
        details.put("finished", FINISHED);
        few.forEach((name, ms) -> {
            details.put(name + "WithFewMs", ms);
            details.put(name + "WithManyMs", many.get(name));
        });
        few.forEach((name, ms) -> details.put(name + "Ratio", many.get(name) / ms));
        double worst = few.keySet().stream()
                .mapToDouble(name -> many.get(name) / few.get(name))
                .max()
                .orElseThrow();
        new Benchmark("work-lists", worst, FEW + " open tasks and no history", null, 1.5, details)
                .keep()
                .holds();
    }

    private Map<String, Double> measured() {
        Map<String, Double> ms = new LinkedHashMap<>();
        ms.put("tasklistOfOneWhoMayTakeAll", median(() -> tasklist(ALL)));
        ms.put("tasklistOfOneWithAThousand", median(() -> tasklist(SOME)));
        ms.put("searchWithoutWords", median(() -> search.find(ALL, Criteria.NONE, null, 0)));
        ms.put(
                "searchByScheme",
                median(() -> search.find(
                        ALL, new Criteria(null, null, null, null, "skills-award", null, null, null, null), null, 0)));
        ms.put(
                "searchByNumber",
                median(() -> search.find(
                        ALL, new Criteria(sample, null, null, null, null, null, null, null, null), null, 0)));
        return ms;
    }

    private void tasklist(Actor who) {
        assertThat(lists.of(who)).isNotEmpty();
        var page = lists.page(who, WorkList.ALL, 0, 15);
        assertThat(page.cards()).hasSize(15);
        lists.cards(who, page.cards().stream().map(Card::id).toList());
    }

    private static double median(Runnable work) {
        double[] times = new double[ROUNDS];
        for (int i = -WARM; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            work.run();
            if (i >= 0) times[i] = (System.nanoTime() - begin) / 1e6;
        }
        return Benchmark.median(times);
    }

    /** Cases that wait at a step, each with its task. */
    private void open(int from, int count, String step, String role) {
        db.sql("""
                insert into cases (case_number, scheme, package_hash, stage, applicant, person_key, employer_code, sealed_answers, submitted_at, accepted_at, promised_by, created_at, application_date)
                select 'JC2025' || lpad(cast(n as varchar), 6, '0'), scheme, package_hash, :step, 'somebody', person_key, employer_code, 'v2.none', created_at - n * interval '1 minute',
                  accepted_at, promised_by, created_at - n * interval '1 minute', application_date
                from cases, generate_series(cast(:from as int), cast(:to as int)) n where case_number = :sample""")
                .param("step", step)
                .param("from", from)
                .param("to", from + count - 1)
                .param("sample", sample)
                .update();
        db.sql("""
                insert into case_parts (case_number, part)
                select 'JC2025' || lpad(cast(n as varchar), 6, '0'), part from generate_series(cast(:from as int), cast(:to as int)) n, (values ('intake'), (cast(:role as varchar))) p(part)
                on conflict do nothing""")
                .param("from", from)
                .param("to", from + count - 1)
                .param("role", role)
                .update();
        db.sql("""
                insert into open_tasks (task, diagram, step, kind, group_code, decides, case_number, scheme, amount_fen, since, due, returned, raised, asks_more)
                select 'bench-' || n, t.diagram, :step, :kind, :role, :decides, 'JC2025' || lpad(cast(n as varchar), 6, '0'), t.scheme, (cast(n as bigint) * 7919) % 30000000, t.since, t.due + (n % 30) * interval '1 day',
                  n % 20 = 0, n % 33 = 0, false
                from open_tasks t, generate_series(cast(:from as int), cast(:to as int)) n where t.case_number = :sample""")
                .param("step", step)
                .param("kind", step.equals("acceptance") ? "accepts" : "reviews")
                .param("role", role)
                .param("decides", !step.equals("acceptance"))
                .param("from", from)
                .param("to", from + count - 1)
                .param("sample", sample)
                .update();
    }

    /** Ten years of cases in which five officers have decided, one of them the one who reads. */
    private void finished() {
        for (int year = 0; year < 10; year++) {
            String number = "'JC" + (2010 + year) + "' || lpad(cast(n as varchar), 6, '0')";
            String each = "generate_series(0, " + (FINISHED / 10 - 1) + ") n";
            db.sql(
                            "insert into cases (case_number, scheme, package_hash, stage, outcome, applicant, person_key, employer_code, sealed_answers, submitted_at, accepted_at, promised_by, signed_at, closed_at, created_at, application_date) select "
                                    + number
                                    + ", scheme, package_hash, 'closed', 'granted', 'somebody', person_key, employer_code, 'v2.none', c.created_at - interval '"
                                    + (10 - year)
                                    + " year', accepted_at, promised_by, c.created_at - interval '1 year', c.created_at - interval '1 year', c.created_at - interval '"
                                    + (10 - year)
                                    + " year' - n * interval '1 minute', application_date from cases c, " + each
                                    + " where case_number = ?")
                    .param(sample)
                    .update();
            db.sql("insert into case_parts (case_number, part, ends_at) select " + number
                            + ", part, timestamp with time zone '2024-01-01 00:00:00Z' from " + each
                            + ", (values ('intake'), ('reviewer')) p(part)")
                    .update();
            db.sql("insert into deciding_acts (case_number, step, account, at) select " + number
                            + ", 'first-review', 'reviewer' || case when n % 5 = 0 then '' else cast(n % 5 as varchar) end, now() from "
                            + each)
                    .update();
            db.sql("insert into opinions (case_number, step, task, account, outcome, at) select " + number
                            + ", 'first-review', 'done-" + year
                            + "-' || n, 'reviewer' || case when n % 5 = 0 then '' else cast(n % 5 as varchar) end, 'approve', now() from "
                            + each)
                    .update();
        }
    }
}
