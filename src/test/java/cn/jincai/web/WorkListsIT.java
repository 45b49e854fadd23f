package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tasklist's lists as the server answers them: each officer's own, with what is kept from him left out, sorted by the due day. */
@CaseTest
@Tag("issue-17.4")
class WorkListsIT {
    private static final String FILTERS = "/camunda/api/engine/engine/default/filter",
            LISTS = "/camunda/api/work-lists";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    private ApplicantsCase award;
    private String task;

    @BeforeEach
    void aCaseThatWaitsForItsReview() {
        city.at("2026-03-02T09:00");
        award = city.checked("skills-award", "granted");
        task = award.task("reviewer", "first-review").get("id").asText();
    }

    private Visitor as(String account) {
        return new Visitor(port).signIn(account).inTasklist();
    }

    private static List<String> ids(Visitor officer, String list) {
        List<String> ids = new ArrayList<>();
        for (int first = 0; ; first += 50) {
            JsonNode page = officer.post(
                            FILTERS + "/" + list + "/list", "{\"firstResult\":" + first + ",\"maxResults\":50}")
                    .json();
            page.forEach(t -> ids.add(t.get("id").asText()));
            if (page.size() < 50) return ids;
        }
    }

    private static JsonNode list(Visitor officer, String code) {
        return StreamSupport.stream(officer.get(LISTS).json().spliterator(), false)
                .filter(list -> list.get("code").asText().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTaskIsInTheListsThatItBelongsToAndInNoOther() {
        Visitor reviewer = as("reviewer"), colleague = as("reviewer2");
        assertThat(ids(reviewer, "to-take")).contains(task);
        assertThat(ids(reviewer, "all")).contains(task);
        assertThat(ids(reviewer, "scheme_skills-award")).contains(task);
        assertThat(ids(reviewer, "amount_0")).contains(task);
        assertThat(ids(reviewer, "amount_3")).doesNotContain(task);
        assertThat(ids(reviewer, "mine")).doesNotContain(task);
        assertThat(ids(reviewer, "returned")).doesNotContain(task);
        award.claim("reviewer", "first-review").is(204);
        assertThat(ids(reviewer, "mine")).contains(task);
        assertThat(ids(reviewer, "to-take")).doesNotContain(task);
        assertThat(ids(colleague, "all")).doesNotContain(task);
        assertThat(ids(colleague, "colleagues")).contains(task);
        city.at("2026-03-05T09:00");
        assertThat(ids(reviewer, "due-today")).contains(task);
        city.passes("P3D");
        assertThat(ids(reviewer, "overdue")).contains(task);
        assertThat(ids(reviewer, "due-today")).doesNotContain(task);
        award.done("reviewer", "first-review", "approve").waitsAt("second-review");
        assertThat(ids(reviewer, "all")).doesNotContain(task);
        assertThat(ids(reviewer, "waiting")).contains(award.number());
        award.withOpinion("senior-reviewer", "second-review", "return").waitsAt("first-review");
        assertThat(ids(reviewer, "returned"))
                .contains(award.task("reviewer", "first-review").get("id").asText());
        assertThat(ids(reviewer, "waiting")).doesNotContain(award.number());
    }

    @Test
    void whatIsDueFirstStandsFirstAndCountsAreTrue() {
        Visitor reviewer = as("reviewer");
        JsonNode tasks =
                reviewer.post(FILTERS + "/all/list", "{\"maxResults\":50}").json();
        List<String> due = new ArrayList<>();
        tasks.forEach(t -> due.add(t.get("due").asText()));
        assertThat(due).isSorted();
        for (String code : List.of("all", "mine", "to-take", "overdue", "colleagues", "waiting")) {
            JsonNode list = list(reviewer, code);
            assertThat(list.get("more").asBoolean()).isFalse();
            assertThat(list.get("count").asInt())
                    .as(code)
                    .isEqualTo(ids(reviewer, code).size());
            assertThat(reviewer.post(FILTERS + "/" + code + "/count", "{}")
                            .json()
                            .get("count")
                            .asInt())
                    .as(code)
                    .isEqualTo(list.get("count").asInt());
        }
    }

    @Test
    void aCardNamesThePersonMaskedAndNobodyReadsAnothersCard() {
        String name = award.answersAsTold().get("name").asText();
        JsonNode card = as("reviewer").get(LISTS + "/cards?id=" + task).json().get(0);
        assertThat(card.get("case").asText()).isEqualTo(award.number());
        assertThat(card.get("person").asText())
                .isNotEqualTo(name)
                .startsWith(name.substring(0, 1))
                .contains("*");
        assertThat(card.get("amountFen").asLong()).isPositive();
        assertThat(card.get("light").asText()).isEqualTo("in-time");
        assertThat(card.at("/scheme/zh").asText()).isEqualTo("技能人才奖励");
        for (String other : List.of(
                "intake", "senior-reviewer", "leader", "supervisor", "finance", "finance-approver", "expert1")) {
            Visitor visitor = as(other);
            assertThat(visitor.get(LISTS + "/cards?id=" + task).json())
                    .as(other)
                    .isEmpty();
            if (!other.equals("intake")) // who has accepted it sees how it goes on
            assertThat(visitor.get(LISTS + "/cards?id=" + award.number()).json())
                        .as(other)
                        .isEmpty();
            for (String list : List.of("all", "to-take", "colleagues"))
                assertThat(ids(visitor, list)).as(other).doesNotContain(task);
        }
        for (String outside : List.of("applicant", "employer", "admin", "auditor", "policy-admin"))
            for (String path : List.of(LISTS, LISTS + "/cards?id=" + task))
                assertThat(new Visitor(port).signIn(outside).get(path).status())
                        .as(outside)
                        .isEqualTo(403);
        assertThat(new Visitor(port).get(LISTS).status()).isEqualTo(401);
    }

    @Test
    void whoKeepsOutOfACaseIsToldNothingOfIt() {
        Visitor officer = as("reviewer2");
        assertThat(ids(officer, "all")).contains(task);
        officer.form(
                "/officers/cases/" + award.number() + "/recusal",
                "reason=classmate",
                officer.get("/officers/cases/" + award.number()));
        assertThat(ids(officer, "all")).doesNotContain(task);
        assertThat(ids(officer, "colleagues")).doesNotContain(task);
        assertThat(officer.get(LISTS + "/cards?id=" + task).json()).isEmpty();
        assertThat(ids(as("reviewer"), "all")).contains(task);
    }

    @Test
    void addressesLeadToTheDeskAndItsPagesWithAndWithoutTheSlash() {
        Visitor reviewer = as("reviewer");
        assertThat(reviewer.get("/officers").location()).endsWith("/camunda/app/tasklist/default/");
        for (String page :
                List.of("/officers/cases", "/officers/tasks", "/officers/tasks/held", "/officers/recusals")) {
            assertThat(reviewer.get(page).status()).as(page).isEqualTo(200);
            assertThat(reviewer.get(page + "/").location()).as(page).endsWith(page);
        }
        for (String desk : List.of("/camunda/app/tasklist", "/camunda/app/tasklist/default"))
            assertThat(reviewer.get(desk).status()).as(desk).isIn(200, 302);
    }

    @Test
    void whatIsNoListIsRefused() {
        Visitor reviewer = as("reviewer");
        for (String none : List.of("none", "amount_9", "amount_x", "scheme", "all_1", "mine_x"))
            assertThat(reviewer.post(FILTERS + "/" + none + "/list", "{}").status())
                    .as(none)
                    .isEqualTo(404);
        assertThat(reviewer.post(FILTERS + "/scheme_no-such/list", "{}").json()).isEmpty();
        assertThat(reviewer.get(LISTS + "/cards?" + "id=x&".repeat(60)).status())
                .isEqualTo(422);
        assertThat(reviewer.post(FILTERS + "/all/list", "{\"firstResult\":-5,\"maxResults\":-1}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void oddInputIsAnEmptyPageAndNoFaultOfOurs() {
        Visitor reviewer = as("reviewer");
        for (String list : List.of("all", "waiting"))
            for (String first :
                    List.of("9223372036854775807", "9223372036854775800", "1e300", "-9223372036854775808")) {
                var answer = reviewer.post(
                        FILTERS + "/" + list + "/list", "{\"firstResult\":" + first + ",\"maxResults\":50}");
                assertThat(answer.status()).as(list + " from " + first).isEqualTo(200);
                if (!first.startsWith("-")) assertThat(answer.json()).isEmpty();
            }
        for (String odd : List.of("%00", "a%00b", "", "%27", "x".repeat(65), "JC2026%00")) {
            var answer = reviewer.get(LISTS + "/cards?id=" + odd + "&id=" + task);
            assertThat(answer.status()).as(odd).isEqualTo(200);
            assertThat(answer.json()).as("the other one is answered").hasSize(1);
        }
    }
}
