package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import cn.jincai.policy.ChangedZip;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What-if runs as other systems meet them: asked, followed, cancelled, read; by whom, and what is hidden. */
@CaseTest
class WhatIfIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Packages packages;

    @Autowired
    Publication publication;

    @Autowired
    JdbcClient db;

    @BeforeEach
    void today() {
        city.at("2026-03-02T09:00:00");
    }

    private String inForce(String scheme) {
        return packages.inForce(scheme).hash();
    }

    private byte[] zip(String scheme, String path, UnaryOperator<String> change) {
        return ChangedZip.of(publication.zip(scheme, inForce(scheme)), path, change);
    }

    private City.Answer tried(Map<String, String> fields) {
        return city.upload(
                "policy-admin",
                "/api/what-if",
                fields,
                "package.zip",
                zip(
                        "skills-award",
                        "rulesets/2026-01/parameters.yaml",
                        text -> text.replaceFirst("(claimsAYear:(?s:.*?)is: )3", "$11")));
    }

    private City.Answer ask(String who, String body) {
        return city.call(who, HttpMethod.POST, "/api/what-if", body);
    }

    private JsonNode over(String id) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !city.call("auditor", HttpMethod.GET, "/api/what-if/" + id, null)
                        .is(200)
                        .body()
                        .path("state")
                        .asText()
                        .matches("waiting|running"));
        return city.call("auditor", HttpMethod.GET, "/api/what-if/" + id, null)
                .is(200)
                .body();
    }

    @Test
    void anUploadedPackageIsTriedOnMadeUpPeopleAndThePackageInForceIsNotTouched() {
        String before = inForce("skills-award");
        City.Answer asked = tried(Map.of("people", "40000", "from", "2026-01-01", "to", "2026-12-31"))
                .is(202);
        JsonNode run = over(asked.body().path("id").asText());
        assertThat(run.path("state").asText()).isEqualTo("done");
        assertThat(run.path("before").asText()).isEqualTo(before).isEqualTo(inForce("skills-award"));
        assertThat(run.path("result").path("people").asLong()).isEqualTo(40_000);
        assertThat(run.path("result").path("partial").asBoolean()).isFalse();
        JsonNode subsidy = run.path("result").path("benefits").path(0);
        assertThat(subsidy.path("benefit").asText()).isEqualTo("UPGRADE_SUBSIDY");
        assertThat(subsidy.path("total").path("LOSES").path("people").asLong()).isPositive();
        assertThat(subsidy.path("by").findValuesAsText("fact"))
                .containsExactly("year", "employerRegion", "employerType");
        assertThat(run.path("funds").findValuesAsText("fund")).contains("UNEMPLOYMENT_INSURANCE_FUND", "TALENT_FUND");
        JsonNode first = run.path("cases").path(0);
        assertThat(first.path("facts").path("claimsThisYear").asLong()).isBetween(1L, 2L);
        assertThat(first.path("before").path("benefits").path(0).path("verdict").asText())
                .isEqualTo("APPROVE");
        assertThat(first.path("after")
                        .path("benefits")
                        .path(0)
                        .path("reasons")
                        .path(0)
                        .path("code")
                        .asText())
                .isEqualTo("YEARLY_LIMIT");
        City.Answer again = tried(Map.of("people", "40000", "from", "2026-01-01", "to", "2026-12-31"))
                .is(202);
        assertThat(over(again.body().path("id").asText()).path("result")).isEqualTo(run.path("result"));
    }

    @Test
    void itSurvivesAndIsListedAndReadAsATable() {
        String id = ask(
                        "policy-approver",
                        "{\"package\": \"" + inForce("recruitment-subsidy") + "\", \"people\": 5000}")
                .is(202)
                .body()
                .path("id")
                .asText();
        over(id);
        assertThat(db.sql("select result from what_if_runs where id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .contains("RECRUITMENT_SUBSIDY");
        assertThat(city.call("leader", HttpMethod.GET, "/api/what-if", null)
                        .is(200)
                        .body()
                        .findValuesAsText("id"))
                .contains(id);
        Visitor.Answer csv =
                new Visitor(port).withPassword("leader", "leader").get("/api/what-if/" + id + "/result.csv");
        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.body())
                .startsWith("\ufeff\"待遇 benefit\"")
                .contains("\"RECRUITMENT_SUBSIDY\"", "\"employerType\",\"GOVERNMENT\"", "\"budget\",\"2026\"");
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    }

    @Test
    void progressIsToldAsItMoves() {
        String id = ask("policy-admin", "{\"package\": \"" + inForce("talent-recognition") + "\", \"people\": 300000}")
                .is(202)
                .body()
                .path("id")
                .asText();
        Visitor.Answer events = new Visitor(port)
                .withPassword("policy-admin", "policy-admin")
                .get("/api/what-if/" + id + "/events", "Accept", "text/event-stream");
        assertThat(events.status()).isEqualTo(200);
        assertThat(events.body()).contains("event:progress", "event:over", "\"state\":\"done\"", "\"percent\":100");
        assertThat(new Visitor(port)
                        .withPassword("policy-admin", "policy-admin")
                        .get("/api/what-if/" + UUID.randomUUID() + "/events")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void oneRunsOneWaitsAThirdIsRefusedAndBothCanBeCancelled() {
        String body = "{\"package\": \"" + inForce("talent-recognition") + "\", \"people\": 1000000}";
        String first = ask("policy-admin", body).is(202).body().path("id").asText(),
                second = ask("policy-admin", body).is(202).body().path("id").asText();
        assertThat(ask("policy-admin", body).is(429).code()).isEqualTo("BUSY");
        city.call("policy-approver", HttpMethod.DELETE, "/api/what-if/" + second, null)
                .is(403);
        city.call("policy-admin", HttpMethod.DELETE, "/api/what-if/" + second, null)
                .is(202);
        Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .until(() -> city.call("leader", HttpMethod.GET, "/api/what-if/" + first, null)
                                .body()
                                .path("done")
                                .asLong()
                        > 0);
        City.Answer cancelled = city.call("leader", HttpMethod.DELETE, "/api/what-if/" + first, null);
        JsonNode run = over(first), waited = over(second);
        assertThat(waited.path("state").asText()).isEqualTo("cancelled");
        assertThat(waited.path("result").isNull()).isTrue();
        if (cancelled.status() == 409) return; // it was over before it could be cancelled
        assertThat(run.path("state").asText()).isEqualTo("cancelled");
        assertThat(run.path("result").path("partial").asBoolean()).isTrue();
        assertThat(run.path("result").path("people").asLong())
                .isEqualTo(run.path("done").asLong())
                .isLessThan(1_000_000);
        assertThat(run.path("result").path("remarks").path(0).path("en").asText())
                .contains("Cancelled: the figures cover only");
        assertThat(city.call("policy-admin", HttpMethod.DELETE, "/api/what-if/" + first, null)
                        .is(409)
                        .code())
                .isEqualTo("OVER_ALREADY");
    }

    @Test
    void archivedCasesAreTriedAndSmallGroupsOfThemAreHidden() {
        for (int i = 0; i < 2; i++) city.checked("skills-award", "granted");
        String year = city.today().substring(0, 4);
        String body = "{\"package\": \"" + inForce("skills-award") + "\", \"population\": \"archive\", \"from\": \""
                + year + "-01-01\", \"to\": \"" + year + "-12-31\"}";
        String id = ask("policy-admin", body).is(202).body().path("id").asText();
        JsonNode whole = over(id),
                hidden =
                        city.call("policy-admin", HttpMethod.GET, "/api/what-if/" + id, null)
                                .is(200)
                                .body();
        long cases = whole.path("result").path("people").asLong();
        assertThat(cases)
                .isGreaterThanOrEqualTo(2)
                .isEqualTo(whole.path("people").asLong());
        assertThat(whole.path("smallGroupsHidden").asBoolean()).isFalse();
        assertThat(hidden.path("smallGroupsHidden").asBoolean()).isTrue();
        assertThat(whole.path("result")
                        .path("benefits")
                        .path(0)
                        .path("total")
                        .path("SAME")
                        .path("people")
                        .asLong())
                .isPositive();
        for (JsonNode figures : hidden.path("result").path("benefits"))
            for (JsonNode cell : figures.path("total"))
                assertThat(cell.path("people").isNull()
                                || cell.path("people").asLong() == 0
                                || cell.path("people").asLong() >= 5)
                        .isTrue();
        assertThat(whole.path("result").path("remarks").toString()).contains("last assessment");
    }

    private City.Answer why(String who, String run, int number) {
        return city.call(who, HttpMethod.GET, "/api/what-if/" + run + "/cases/" + number + "/explanation", null);
    }

    @Test
    void eachTypicalCaseIsExplainedByBothPackages() {
        String id = tried(Map.of("people", "40000", "from", "2026-01-01", "to", "2026-12-31"))
                .is(202)
                .body()
                .path("id")
                .asText();
        JsonNode cases = over(id).path("cases");
        for (JsonNode one : cases) {
            JsonNode why = why("policy-approver", id, one.path("number").asInt())
                    .is(200)
                    .body();
            assertThat(why.path("typical")).isEqualTo(one);
            assertThat(why.path("before").path("benefits").path(0).path("code")).isEqualTo(one.path("benefit"));
        }
        JsonNode loses =
                why("auditor", id, cases.path(0).path("number").asInt()).is(200).body();
        assertThat(loses.path("before").path("benefits").path(0).path("conditions"))
                .noneMatch(c -> !c.path("entitlement").asBoolean()
                        && c.path("state").asText().equals("failed"));
        JsonNode limit = null;
        for (JsonNode c : loses.path("after").path("benefits").path(0).path("conditions"))
            if (c.path("reason").asText().equals("YEARLY_LIMIT")) limit = c;
        assertThat(limit.path("state").asText()).isEqualTo("failed");
        assertThat(limit.path("thresholds").path(0).path("value").asLong()).isEqualTo(1);
        assertThat(limit.path("official").path("zh").asText()).isNotBlank();
        why("auditor", id, 0).is(404);
        why("auditor", id, cases.size() + 1).is(404);
        why("auditor", UUID.randomUUID().toString(), 1).is(404);
        why("reviewer", id, 1).is(403);
        why(null, id, 1).is(401);
    }

    /** Five alike are shown without their facts, one alone not at all, but to the leader and the auditor. */
    @Test
    void realCasesAreExplainedToThoseWhoMaySeeThem() {
        city.at("2026-04-15T09:00:00");
        for (int i = 0; i < 5; i++) city.checked("skills-award", "granted");
        String five = archived("2026-04-15"), about = "contractMonths";
        JsonNode open = over(five).path("cases").path(0),
                screened =
                        city.call("policy-admin", HttpMethod.GET, "/api/what-if/" + five, null)
                                .is(200)
                                .body()
                                .path("cases")
                                .path(0);
        assertThat(screened.path("number"))
                .as("a number means the same to everybody")
                .isEqualTo(open.path("number"));
        JsonNode
                whole = why("leader", five, open.path("number").asInt()).is(200).body(),
                part =
                        why("policy-admin", five, open.path("number").asInt())
                                .is(200)
                                .body();
        assertThat(whole.path("typical").path("facts").has(about)).isTrue();
        assertThat(whole.path("after")
                        .path("benefits")
                        .path(0)
                        .path("conditions")
                        .findValues("values")
                        .toString())
                .contains(about);
        assertThat(whole.path("after").path("benefits").path(0).path("sum")).isNotEmpty();
        assertThat(part.path("typical").path("facts").isNull()).isTrue();
        assertThat(part.path("after").path("applicationDate").isNull()).isTrue();
        for (String side : new String[] {"before", "after"}) {
            JsonNode benefit = part.path(side).path("benefits").path(0);
            assertThat(benefit.path("verdict"))
                    .isEqualTo(whole.path(side).path("benefits").path(0).path("verdict"));
            assertThat(benefit.path("conditions")).isNotEmpty().allSatisfy(c -> {
                assertThat(List.of(
                                c.path("official").isNull(),
                                c.path("plain").isNull(),
                                c.path("values").isEmpty(),
                                c.path("thresholds").isEmpty()))
                        .containsOnly(true);
                assertThat(c.path("demand").path("zh").asText()).isNotBlank();
            });
            assertThat(List.of(
                            benefit.path("sum").isEmpty(),
                            benefit.path("changes").isEmpty(),
                            benefit.path("firstDay").isNull()))
                    .containsOnly(true);
        }
        city.at("2026-04-22T09:00:00");
        city.checked("skills-award", "granted");
        String one = archived("2026-04-22");
        int number = over(one).path("cases").path(0).path("number").asInt();
        why("leader", one, number).is(200);
        why("policy-admin", one, number).is(404);
        why("policy-approver", one, number).is(404);
    }

    /** A higher award, tried on those who applied on one day. */
    private String archived(String day) {
        return city.upload(
                        "policy-admin",
                        "/api/what-if",
                        Map.of("population", "archive", "from", day, "to", day),
                        "package.zip",
                        zip(
                                "skills-award",
                                "rulesets/2026-01/parameters.yaml",
                                text -> text.replace(
                                        "always: {is: 100000, status: ILLUSTRATIVE",
                                        "always: {is: 150000, status: ILLUSTRATIVE")))
                .is(202)
                .body()
                .path("id")
                .asText();
    }

    @Test
    void anEmptyArchiveAndOtherMistakesAreTold() {
        String hash = inForce("talent-recognition");
        assertThat(ask(
                                "policy-admin",
                                "{\"package\": \"" + hash
                                        + "\", \"population\": \"archive\", \"from\": \"2001-01-01\", \"to\": \"2001-12-31\"}")
                        .is(422)
                        .code())
                .isEqualTo("EMPTY_ARCHIVE");
        assertThat(ask("policy-admin", "{\"package\": \"" + hash + "\", \"people\": 1000001}")
                        .is(422)
                        .code())
                .isEqualTo("NUMBER");
        assertThat(ask(
                                "policy-admin",
                                "{\"package\": \"" + hash + "\", \"from\": \"2026-02-01\", \"to\": \"2026-01-01\"}")
                        .is(422)
                        .code())
                .isEqualTo("PERIOD");
        assertThat(ask(
                                "policy-admin",
                                "{\"package\": \"" + hash + "\", \"from\": \"2026-01-01\", \"to\": \"2046-01-01\"}")
                        .is(422)
                        .code())
                .isEqualTo("PERIOD");
        assertThat(ask("policy-admin", "{\"package\": \"" + hash + "\", \"scheme\": \"skills-award\"}")
                        .is(422)
                        .code())
                .isEqualTo("OTHER_SCHEME");
        assertThat(ask("policy-admin", "{}").is(422).code()).isEqualTo("REQUIRED");
        ask("policy-admin", "{\"package\": \"" + "0".repeat(64) + "\"}").is(404);
        ask("policy-admin", "{\"package\": \"" + hash + "\", \"population\": \"everybody\"}")
                .is(400);
        ask("policy-admin", "{\"proposal\": 999999}").is(404);
        ask("reviewer", "{\"package\": \"" + hash + "\"}").is(403);
        ask(null, "{}").is(401);
        city.call("applicant", HttpMethod.GET, "/api/what-if", null).is(403);
        ask("auditor", "{\"package\": \"" + hash + "\"}").is(403);
    }

    @Test
    void aBrokenPackageIsRefusedWithItsFindingsAndNothingIsKept() {
        City.Answer refused = city.upload(
                "policy-admin",
                "/api/what-if",
                Map.of(),
                "package.zip",
                zip("skills-award", "population.yaml", text -> text.replace("JINJIANG: 88", "JINJIAN: 88")));
        assertThat(refused.is(422).body().path("errors").path(0).path("field").asText())
                .startsWith("population.yaml");
        city.upload("policy-approver", "/api/what-if", Map.of(), "package.zip", zip("skills-award", "", text -> text))
                .is(403);
    }

    @Test
    void aRunThatDiedWithItsApplicationIsToldSo() {
        String id = UUID.randomUUID().toString(), hash = inForce("skills-award");
        var yesterday =
                Instant.parse(city.today() + "T00:00:00Z").minusSeconds(86_400).atOffset(java.time.ZoneOffset.UTC);
        db.sql(
                        "insert into what_if_runs (id, scheme, package_before, package_after, over_whom, people, seed, from_day, to_day, state, done, asked_by, asked_at, seen_at) values (?, 'skills-award', ?, ?, 'synthetic', 100, 1, date '2026-01-01', date '2026-12-31', 'running', 40, 'policy-admin', ?, ?)")
                .params(id, hash, hash, yesterday, yesterday)
                .update();
        JsonNode run = city.call("policy-admin", HttpMethod.GET, "/api/what-if/" + id, null)
                .is(200)
                .body();
        assertThat(run.path("state").asText()).isEqualTo("interrupted");
        assertThat(run.path("done").asLong()).isEqualTo(40);
    }
}
