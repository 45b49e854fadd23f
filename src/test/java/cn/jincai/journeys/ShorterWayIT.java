package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.kernel.Actor;
import cn.jincai.payment.Budget;
import cn.jincai.payment.HousingScheme;
import cn.jincai.payment.Runs;
import cn.jincai.policy.PolicyOffice;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;

/** A scheme beside the three of the rulebook says that what is complete is accepted by the system, and that one review is enough for what the rules grant. */
@CaseTest
@Tag("issue-16")
class ShorterWayIT {
    private static final String SHORTER = """
            reviews: one
            acceptance: automatic
            run:
              months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
              covers: 1
            """;

    @Autowired
    City city;

    @Autowired
    ApplicationContext context;

    @Autowired
    Runs runs;

    @Autowired
    Budget budget;

    @BeforeEach
    void theSchemeIsInForce() {
        int year = runs.list().stream()
                .findFirst()
                .map(r -> r.opensOn().getYear() + 1)
                .orElse(2026);
        city.at(year + "-03-02T09:00");
        if (budget.lines().stream().noneMatch(l -> l.fund().equals("TALENT_FUND") && l.year() == year))
            budget.enter(Actor.SYSTEM, "TALENT_FUND", year, 1_000_000_000);
        new PolicyOffice(context).publishes(HousingScheme.CODE, HousingScheme.files(SHORTER));
    }

    @AfterEach
    void theSchemeIsNoMore() {
        new PolicyOffice(context).forgets(HousingScheme.CODE);
    }

    private ApplicantsCase submitted(String kind) {
        ApplicantsCase file = city.submitted(HousingScheme.CODE, kind);
        city.passes("PT1M");
        return file;
    }

    @Test
    void whatIsCompleteIsAcceptedAtOnceAndWhatTheRulesGrantIsReviewedOnce() {
        ApplicantsCase tenant = submitted("granted").waitsAt("first-review");
        assertThat(tenant.show().get("timeline").toString())
                .contains("材料齐全，系统自动受理", "Everything is there: accepted by the system");
        assertThat(tenant.show().get("documents").toString()).contains("acceptance-notice");
        assertThat(tenant.show().get("promise").isNull())
                .as("the day is promised as everywhere")
                .isFalse();
        tenant.done("reviewer", "first-review", "approve").waitsAt("public-notice");
        city.passes("P45D"); // a notice waits for a year that is not announced yet
        tenant.waitsAt("decision");
        assertThat(tenant.hasTask("reviewer", "decision"))
                .as("who reviewed does not sign")
                .isFalse();
    }

    /** From draft to paid: one reviews, another signs, a third makes and a fourth checks. */
    @Test
    void aCaseOfOneReviewIsPaid() {
        ApplicantsCase tenant =
                submitted("granted").done("reviewer", "first-review", "approve").waitsAt("public-notice");
        city.passes("P45D");
        tenant.done("leader", "decision", "sign").isClosed("granted");
        city.passes("P62D");
        String run = tenant.show().get("payments").get(0).get("run").asText();
        for (String[] step : List.of(
                new String[] {"finance", "payment-make", "submit"},
                new String[] {"finance-approver", "payment-approve", "approve"}))
            for (JsonNode task : city.tasks(step[0], run, step[1])) {
                String id = task.get("id").asText();
                city.call(step[0], HttpMethod.POST, "/api/tasks/" + id + "/claim", null)
                        .is(204);
                city.call(step[0], HttpMethod.POST, "/api/tasks/" + id + "/completion", Map.of("outcome", step[2]))
                        .is(204);
            }
        city.passes("PT1M");
        city.bank("accept");
        city.passes("PT1M");
        assertThat(tenant.paymentStatuses()).contains("paid");
    }

    @Test
    void aRefusalAWaiverAndTheClearingOfAManualGoToASecondReview() {
        submitted("granted").withOpinion("reviewer", "first-review", "reject").waitsAt("second-review");
        submitted("manual").withOpinion("reviewer", "first-review", "approve").waitsAt("second-review");
        submitted("owner")
                .done(
                        "reviewer",
                        "first-review",
                        "approve",
                        Map.of("waive", List.of("HOME_BOUGHT"), "opinion", "情况属实。"))
                .waitsAt("second-review")
                .done(
                        "senior-reviewer",
                        "second-review",
                        "approve",
                        Map.of("waive", List.of("HOME_BOUGHT"), "opinion", "情况属实。"))
                .waitsAt("leader-review");
        submitted("owner").withOpinion("reviewer", "first-review", "reject").waitsAt("second-review");
    }

    /** What was returned by the leader who signs is not left to one reviewer any more. */
    @Test
    void whatTheLeaderReturnsIsReviewedASecondTime() {
        ApplicantsCase tenant =
                submitted("granted").done("reviewer", "first-review", "approve").waitsAt("public-notice");
        city.passes("P45D");
        tenant.withOpinion("leader", "decision", "return").waitsAt("second-review");
    }

    @Test
    void whereAPaperIsOnlyPromisedTheCounterAccepts() {
        var opened = city.call(
                        "applicant", HttpMethod.POST, "/api/cases", city.application(HousingScheme.CODE, "granted"))
                .is(201);
        ApplicantsCase file =
                new ApplicantsCase(city, opened.body().get("number").asText(), HousingScheme.CODE);
        city.call(
                        "applicant",
                        HttpMethod.POST,
                        "/api/cases/" + file.number() + "/submission",
                        Map.of("promises", List.of("LEASE")))
                .is(200);
        city.passes("PT1M");
        file.waitsAt("acceptance").done("intake", "acceptance", "accept");
        city.passes("PT1M");
        file.waitsAt("first-review");
    }
}
