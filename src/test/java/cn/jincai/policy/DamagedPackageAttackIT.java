package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;

/** Another hand has changed one scheme's frozen package, and the node is started anew: nothing of that scheme is decided, and everybody else goes on. */
@CaseTest
@Tag("issue-15.4")
class DamagedPackageAttackIT {
    private static final String CONTENT =
            "policy_files set content = ? where package_hash = ? and path = 'scheme.yaml'";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Packages packages;

    @Autowired
    JdbcClient jdbc;

    /** As after a start. */
    private void forget() {
        ((Map<?, ?>) ReflectionTestUtils.getField(packages, "read")).clear();
        city.passes("PT1S");
    }

    private Visitor.Answer seenBy(String who, String path) {
        return new Visitor(port).signIn(who).get(path);
    }

    @Test
    void oneChangedPackageStopsNoOtherScheme() {
        city.at("2026-03-02T09:00");
        ApplicantsCase granted =
                city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        var person = granted.answersAsTold();
        ApplicantsCase shown =
                city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        ApplicantsCase waits = city.checked("skills-award", "granted").waitsAt("first-review");
        Visitor reviewer = new Visitor(port).signIn("reviewer");
        String together = "/officers/bulk",
                bulk =
                        PageForm.on(reviewer.get(together + "/choice?scheme=skills-award&step=first-review"), together)
                                .with(
                                        "in",
                                        waits.task("reviewer", "first-review")
                                                .get("id")
                                                .asText())
                                .send(reviewer)
                                .location()
                                .replaceFirst("^http://[^/]+", "");
        assertThat(reviewer.get(bulk).body()).contains(waits.number(), "等待办理");
        String hash = packages.inForce("skills-award").hash();
        byte[] whole = jdbc.sql("select content from policy_files where package_hash = ? and path = 'scheme.yaml'")
                .param(hash)
                .query(byte[].class)
                .single();
        jdbc.sql("update " + CONTENT)
                .params((new String(whole, StandardCharsets.UTF_8) + "\n# ").getBytes(StandardCharsets.UTF_8), hash)
                .update();
        forget();
        try {
            assertThat(packages.inForce()).extracting(PolicyPackage::scheme).doesNotContain("skills-award");
            assertThat(new Visitor(port)
                            .withPassword("policy-admin", "policy-admin")
                            .get("/actuator/health")
                            .json()
                            .at("/components/packages")
                            .toString())
                    .contains("DOWN", "skills-award");

            assertThat(shown.notice().at("/schemeName/zh").asText())
                    .as("notices of all schemes are read, its own under its code")
                    .isEqualTo("skills-award");
            for (String page : List.of("/", "/schemes", "/notices", "/screener"))
                assertThat(new Visitor(port).get(page).status()).as(page).isEqualTo(200);
            assertThat(seenBy("applicant", "/cases").status()).isEqualTo(200);
            assertThat(seenBy("reviewer", "/officers/cases").status()).isEqualTo(200);
            assertThat(seenBy("leader", "/officers/tasks/held").status()).isEqualTo(200);
            assertThat(seenBy("reviewer", "/officers/bulk").status()).isEqualTo(200);
            city.passes("PT11M");
            assertThat(seenBy("reviewer", bulk).body())
                    .as("what waited is given back, and says why")
                    .contains(waits.number(), "未办理")
                    .doesNotContain("等待办理", "已办理");
            assertThat(seenBy("finance", "/finance").status()).isEqualTo(200);
            assertThat(city.call("finance", HttpMethod.GET, "/api/tasks", null).status())
                    .isEqualTo(200);

            var samePerson = city.application("recruitment-subsidy", "granted");
            ((com.fasterxml.jackson.databind.node.ObjectNode) samePerson.get("answers"))
                    .setAll(Map.of("name", person.get("name"), "documentNumber", person.get("documentNumber")));
            assertThat(city.drafted(samePerson).submission().status())
                    .as("who has a grant of the broken scheme applies for another")
                    .isIn(200, 422);
            city.checked("recruitment-subsidy", "granted")
                    .reviewedByBoth()
                    .noticedAndSigned()
                    .paid()
                    .isClosed("granted");
            assertThat(city.call(null, HttpMethod.POST, "/api/assessments/all", Map.of())
                            .status())
                    .isEqualTo(200);
        } finally {
            jdbc.sql("update " + CONTENT).params(whole, hash).update();
            forget();
        }
        assertThat(packages.inForce("skills-award").hash()).isEqualTo(hash);
        jdbc.sql("update act_ru_job set retries_ = 3 where retries_ = 0")
                .update(); // the notice that was over meanwhile
        city.passes("PT1M");
        shown.waitsAt("decision");
        waits.waitsAt("first-review");
        assertThat(waits.hasTask("reviewer2", "first-review")).isTrue();
        city.checked("skills-award", "granted").waitsAt("first-review");
        granted.paid().paid().isClosed("granted"); // two benefits of two funds
    }
}
