package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.journeys.City.Answer;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;

/** What the system does by itself fails until it stands still: an administrator reads why, puts it right, and tries again. */
@CaseTest
@Tag("issue-17.15")
class FailedJobsIT {
    private static final String PATH = "/admin/failures";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Packages packages;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RuntimeService instances;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    /** Accepted while another hand has changed the package's files: its data can't be checked, however often that is tried. */
    private void failing(List<ApplicantsCase> files) {
        String hash = packages.inForce("skills-award").hash();
        byte[] whole = content(hash);
        files.forEach(file -> file.done("intake", "acceptance", "accept"));
        set((new String(whole, StandardCharsets.UTF_8) + "\n# ").getBytes(StandardCharsets.UTF_8), hash);
        try {
            forget();
            city.passes("PT5M");
        } finally {
            set(whole, hash);
            forget();
        }
        packages.byHash(hash);
    }

    private byte[] content(String hash) {
        return jdbc.sql("select content from policy_files where package_hash = ? and path = 'scheme.yaml'")
                .param(hash)
                .query(byte[].class)
                .single();
    }

    private void set(byte[] content, String hash) {
        jdbc.sql("update policy_files set content = ? where package_hash = ? and path = 'scheme.yaml'")
                .params(content, hash)
                .update();
    }

    /** As after a start. */
    private void forget() {
        ((Map<?, ?>) ReflectionTestUtils.getField(packages, "read")).clear();
        city.passes("PT1S");
    }

    private JsonNode failureOf(ApplicantsCase file) {
        for (int page = 0; ; page++) {
            JsonNode list = city.call("admin", HttpMethod.GET, "/api/failures?size=100&page=" + page, null)
                    .is(200)
                    .body();
            for (JsonNode failed : list.get("items"))
                if (file.number().equals(failed.path("number").asText())) return failed;
            if ((page + 1) * 100L >= list.get("total").asLong()) return null;
        }
    }

    private Answer retried(String who, String job) {
        return city.call(who, HttpMethod.POST, "/api/failures/" + job + "/retry", Map.of());
    }

    @Test
    void theReasonIsToldInWordsAndAfterTheCureTheCaseGoesOn() {
        ApplicantsCase award = city.submitted("skills-award", "granted");
        failing(List.of(award));
        award.waitsAt("data-checks");
        JsonNode failed = failureOf(award);
        assertThat(failed.get("retries").asInt()).isZero();
        assertThat(failed.at("/why/zh").asText()).contains("政策包").doesNotContain("Exception");
        assertThat(failed.at("/why/en").asText()).contains("package");
        assertThat(failed.at("/kind").asText()).isEqualTo("refused");
        assertThat(failed.get("scheme").asText()).isEqualTo("skills-award");

        Visitor admin = new Visitor(port).signIn("admin");
        assertThat(admin.get(PATH).body())
                .contains(award.number(), failed.at("/why/zh").asText(), "先按原因处理，再重试");
        assertThat(admin.get(PATH + "?lang=en").body()).contains("Put right what the reason names");
        assertThat(new Visitor(port).signIn("admin").get(PATH + "?lang=zh").body())
                .doesNotContain(award.answersAsTold().get("name").asText());

        retried("admin", failed.get("job").asText()).is(204);
        assertThat(retried("admin", failed.get("job").asText()).code()).isEqualTo("NOT_STANDING");
        city.passes("PT1M");
        award.waitsAt("first-review");
        assertThat(failureOf(award)).isNull();
        assertThat(retried("admin", failed.get("job").asText()).is(409).code()).isEqualTo("GONE");
        assertThat(new Visitor(port)
                        .signIn("auditor")
                        .get("/audit?case=" + award.number())
                        .body())
                .contains("job-retried", "管理员重试失败的步骤");
        award.reviewedByBoth().waitsAt("public-notice");
    }

    /** Whoever tries again before the cause is cured is told the same once more, and nothing is half done. */
    @Test
    void severalAreTriedAgainTogetherFromThePage() {
        ApplicantsCase one = city.submitted("skills-award", "granted"),
                two = city.submitted("skills-award", "granted"),
                stays = city.submitted("skills-award", "granted");
        failing(List.of(one, two, stays));
        Visitor admin = new Visitor(port).signIn("admin");
        PageForm form = PageForm.on(admin.get(PATH), PATH);
        form.send(admin);
        assertThat(admin.get(PATH).body()).contains("没有选择任何任务");
        form.with(
                        "job",
                        failureOf(one).get("job").asText(),
                        failureOf(two).get("job").asText())
                .send(admin);
        assertThat(admin.get(PATH).body()).contains("已安排重试 2 项");
        city.passes("PT1M");
        one.waitsAt("first-review");
        two.waitsAt("first-review");
        stays.waitsAt("data-checks");
        int all = city.call("admin", HttpMethod.POST, "/api/failures/retry", Map.of())
                .is(200)
                .body()
                .get("retried")
                .asInt();
        assertThat(all).isPositive();
        city.passes("PT1M");
        stays.waitsAt("first-review");
    }

    /** A restored backup lacks the engine's part of a case: nothing failed, and the next step would never come. */
    @Test
    void aCaseThatTheEngineDoesNotKnowIsListed() {
        ApplicantsCase award = city.submitted("skills-award", "granted");
        assertThat(lost()).doesNotContain(award.number());
        instances.createProcessInstanceQuery().processInstanceBusinessKey(award.number()).list().stream()
                .filter(i -> i.getId().equals(i.getRootProcessInstanceId()))
                .forEach(i -> instances.deleteProcessInstance(i.getId(), "lost"));
        assertThat(lost()).contains(award.number());
        assertThat(new Visitor(port).signIn("admin").get(PATH).body()).contains("没有流程推进的案件", award.number());
        jdbc.sql(
                        "update cases set stage = 'closed', closed_at = submitted_at, outcome = 'withdrawn' where case_number = ?")
                .param(award.number())
                .update(); // or health and others would find it for ever
        assertThat(lost()).doesNotContain(award.number());
    }

    private List<String> lost() {
        return StreamSupport.stream(
                        city.call("admin", HttpMethod.GET, "/api/failures/cases?size=100", null)
                                .is(200)
                                .body()
                                .get("items")
                                .spliterator(),
                        false)
                .map(c -> c.get("number").asText())
                .toList();
    }

    @Test
    void nobodyButAnAdministratorSeesOrTriesAnything() {
        for (String who : List.of("applicant", "employer", "intake", "reviewer", "leader", "auditor", "policy-admin")) {
            assertThat(city.call(who, HttpMethod.GET, "/api/failures", null).status())
                    .as(who)
                    .isEqualTo(403);
            assertThat(city.call(who, HttpMethod.GET, "/api/failures/cases", null)
                            .status())
                    .isEqualTo(403);
            assertThat(city.call(who, HttpMethod.GET, "/api/failures/schemes", null)
                            .status())
                    .isEqualTo(403);
            assertThat(retried(who, "any").status()).isEqualTo(403);
            assertThat(city.call(who, HttpMethod.POST, "/api/failures/retry", Map.of())
                            .status())
                    .isEqualTo(403);
            assertThat(new Visitor(port).signIn(who).get(PATH).status()).isEqualTo(403);
        }
        assertThat(city.call(null, HttpMethod.GET, "/api/failures", null).status())
                .isEqualTo(401);
    }
}
