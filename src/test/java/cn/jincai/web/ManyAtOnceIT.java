package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.TestDatabase;
import cn.jincai.audit.AuditLog;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Problem;
import cn.jincai.review.notice.Objections;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** Many people at the same moment: nobody is locked out, nobody reads "something went wrong", and nothing of what they send is lost. */
@CaseTest
class ManyAtOnceIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    AuditLog record;

    @Autowired
    DataSource tables;

    @Autowired
    Objections objections;

    @Autowired
    @Qualifier("connectionsHealthIndicator")
    HealthIndicator health;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    /** All of them begin when the last one is ready. */
    private static <T> List<T> atOnce(int many, IntFunction<T> call) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(many);
        CountDownLatch ready = new CountDownLatch(many);
        try {
            List<Callable<T>> calls = IntStream.range(0, many)
                    .mapToObj(i -> (Callable<T>) () -> {
                        ready.countDown();
                        ready.await();
                        return call.apply(i);
                    })
                    .toList();
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : people.invokeAll(calls)) answers.add(answer.get());
            return answers;
        } finally {
            people.shutdown();
        }
    }

    private static List<Integer> statuses(List<City.Answer> answers) {
        return answers.stream().map(City.Answer::status).sorted().toList();
    }

    @Test
    @Tag("issue-13.22")
    void sixtyWhoLookAtOneCaseAtTheSameMomentAllSeeIt() throws Exception {
        ApplicantsCase award = city.checked("skills-award", "granted");
        Visitor reviewer = new Visitor(port).signIn("reviewer");
        String page = "/officers/cases/" + award.number();
        assertThat(reviewer.get(page).status()).isEqualTo(200);
        HikariDataSource pool = tables.unwrap(HikariDataSource.class);
        long patience = pool.getConnectionTimeout();
        pool.setConnectionTimeout(
                60_000); // how long the work takes is the machine's matter; who waits for one who waits for him gets
        // none even so
        try {
            assertThat(atOnce(60, i -> reviewer.get(page).status())).containsOnly(200);
        } finally {
            pool.setConnectionTimeout(patience);
        }
        assertThat(record.search(new AuditLog.Search(award.number(), "reviewer", "looked-at", null, null), 0, 1)
                        .total())
                .isEqualTo(61);
        assertThat(record.verify().whole()).isTrue();
    }

    @Test
    @Tag("issue-13.22")
    void whoGetsNoConnectionIsToldToComeAgainAndHealthShowsIt() throws Exception {
        Visitor applicant = new Visitor(port).signIn("applicant");
        HikariDataSource pool = tables.unwrap(HikariDataSource.class);
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) all.add(pool.getConnection());
            List<Visitor.Answer> told = atOnce(pool.getMaximumPoolSize() + 3, i -> switch (i) {
                case 0 ->
                    new Visitor(port).withPassword("reviewer", "reviewer").get("/api/tasks", "Accept-Language", "en");
                case 1 -> applicant.get("/cases");
                case 2 -> starved();
                default -> applicant.get("/inbox?lang=en");
            });
            told.remove(2);
            assertThat(told).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
            });
            assertThat(told.get(0).json().path("code").asText()).isEqualTo("BUSY");
            assertThat(told.get(0).json().path("detail").asText()).contains("try again in a few seconds");
            assertThat(told.get(1).body()).contains("请过几秒再试一次");
            assertThat(told.get(2).body()).contains("try again in a few seconds");
        } finally {
            for (Connection one : all) one.close();
        }
        assertThat(applicant.get("/cases").status()).isEqualTo(200);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    @Tag("issue-13.13")
    @EnabledIfSystemProperty(named = "db", matches = "postgresql", disabledReason = "H2 runs within the application")
    void whileTheDatabaseRestartsOneIsToldToComeAgainAndThenItGoesOnByItself() throws Exception {
        assertThat(city.call("reviewer", HttpMethod.GET, "/api/tasks", null).status())
                .isEqualTo(200);
        String name;
        try (Connection own = tables.getConnection()) {
            name = own.getCatalog();
        }
        try (Connection other = TestDatabase.postgres().getPostgresDatabase().getConnection();
                var sql = other.createStatement()) {
            sql.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
        }
        List<City.Answer> answers =
                new ArrayList<>(atOnce(10, i -> city.call("reviewer", HttpMethod.GET, "/api/tasks", null)));
        for (int i = 0; i < 20; i++) answers.add(city.call("reviewer", HttpMethod.GET, "/api/tasks", null));
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.status()).isIn(200, 503))
                .last()
                .satisfies(answer -> answer.is(200));
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 503)
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("BUSY"));
    }

    /** Looks until as many wait as there are connections. */
    private Visitor.Answer starved() {
        Awaitility.await("health has not noticed")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !health.health().getStatus().equals(Status.UP));
        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.health().getDetails()).containsEntry("inUse", 10);
        return null;
    }

    @Test
    @Tag("issue-13.13")
    void oneKeySentFiveTimesAtOnceGivesTheSameAnswerFiveTimes() throws Exception {
        var application = city.application("skills-award", "granted");
        List<City.Answer> answers = atOnce(
                5,
                i -> city.call(
                        "applicant",
                        HttpMethod.POST,
                        "/api/cases",
                        application,
                        Map.of("Idempotency-Key", "five-at-once")));
        assertThat(statuses(answers)).containsOnly(201);
        assertThat(answers.stream().map(answer -> answer.body().get("number")).distinct())
                .hasSize(1);
    }

    @Test
    @Tag("issue-13.13")
    void whoClicksAFewTimesHasTheTaskAndItIsDoneOnce() throws Exception {
        ApplicantsCase award = city.submitted("skills-award", "granted");
        String task =
                "/api/tasks/" + award.task("intake", "acceptance").get("id").asText();
        assertThat(statuses(atOnce(4, i -> city.call("intake", HttpMethod.POST, task + "/claim", null))))
                .containsOnly(204);
        List<Integer> done = statuses(atOnce(
                4, i -> city.call("intake", HttpMethod.POST, task + "/completion", Map.of("outcome", "accept"))));
        assertThat(done).startsWith(204).containsOnlyOnce(204).isSubsetOf(204, 409, 503);
    }

    @Test
    @Tag("issue-13.13")
    void ofTwentyFourObjectionsInOneSecondNoneIsLost() throws Exception {
        ApplicantsCase award =
                city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        String path = "/api/notices/" + award.notice().get("id").asLong() + "/objections";
        List<City.Answer> answers = atOnce(
                24,
                i -> city.call(
                        null,
                        HttpMethod.POST,
                        path,
                        Map.of("name", "王五", "contact", "1390000" + (1000 + i), "text", "第" + i + "项")));
        assertThat(statuses(answers)).containsOnly(201);
        assertThat(answers.stream()
                        .map(answer -> answer.body().get("number").asText())
                        .distinct())
                .hasSize(24);
        assertThat(city.tasks("supervisor", award.number(), "objection")).hasSize(24);
    }

    /** Whatever they are spelt like: thirty of one person, who may write as much as he likes into one. */
    @Test
    @Tag("issue-15.2")
    void onePersonsObjectionsToOneNoticeAreLimitedAndOthersAreTakenAndWhatWasTypedStays() {
        ApplicantsCase award =
                city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        long notice = award.notice().get("id").asLong();
        String path = "/api/notices/" + notice + "/objections";
        for (int i = 0; i < 30; i++) {
            String contact =
                    List.of("13900002001", "１３９ ００００ ２００１", "139-0000-2001").get(i % 3);
            city.call(null, HttpMethod.POST, path, Map.of("name", "王五", "contact", contact, "text", "不符合条件"))
                    .is(201);
        }
        City.Answer oneMore = city.call(
                null, HttpMethod.POST, path, Map.of("name", "王小五", "contact", "13900002001", "text", "不符合条件"));
        assertThat(oneMore.status()).isEqualTo(429);
        assertThat(oneMore.code()).isEqualTo("YOURS_ARE_OPEN");
        assertThat(oneMore.body().path("detail").asText()).contains("YY");
        Visitor browser = new Visitor(port);
        Visitor.Answer page = browser.form(
                "/notices/" + notice,
                "name=WangWu&contact=13900002001&text=It+is+not+so",
                browser.get("/notices/" + notice));
        assertThat(page.status()).isEqualTo(429);
        assertThat(page.body()).contains("30 项异议待答复", "It is not so");
        city.call(null, HttpMethod.POST, path, Map.of("name", "王五", "contact", "13900002002", "text", "不符合条件"))
                .is(201);
        assertThat(new Visitor(port).signIn("supervisor").get("/officers/tasks").body())
                .as("all of them, one notice")
                .containsSubsequence("待答复的异议", award.number(), "31 项");
        assertThat(new Visitor(port).signIn("reviewer").get("/officers/tasks").body())
                .doesNotContain("待答复的异议");
    }

    /** An address has its share, and the flood from it does not take the notice from everybody else. */
    @Test
    @Tag("issue-15.2")
    void objectionsFromOneNetworkAreLimited() {
        ApplicantsCase award =
                city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        long notice = award.notice().get("id").asLong();
        for (int i = 0; i < 60; i++)
            objections.raise(null, "2001db800000001", notice, "赵六", "1370000" + (1000 + i), "不符合条件");
        assertThatThrownBy(() -> objections.raise(null, "2001db800000001", notice, "赵六", "13700009999", "不符合条件"))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("NETWORK_SPENT"));
        objections.raise(null, "2001db800000002", notice, "赵六", "13700009999", "不符合条件");
        city.passes("PT1H");
        objections.raise(null, "2001db800000001", notice, "赵六", "13700009998", "不符合条件");
    }

    @Test
    @Tag("issue-15.3")
    void ofSeveralWhoTakeOneTaskAtTheSameMomentOneHasItAndTheOthersAreToldSo() throws Exception {
        ApplicantsCase award = city.checked("skills-award", "granted");
        String task =
                "/api/tasks/" + award.task("reviewer", "first-review").get("id").asText();
        List<String> people = List.of("reviewer", "reviewer2");
        List<City.Answer> answers =
                atOnce(8, i -> city.call(people.get(i % 2), HttpMethod.POST, task + "/claim", null));
        assertThat(statuses(answers)).startsWith(204).isSubsetOf(204, 409).contains(409);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .allSatisfy(answer ->
                        assertThat(answer.body().path("detail").asText()).isNotBlank());
    }
}
