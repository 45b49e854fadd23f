package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyOffice;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;

/**
 * Bakers claim the rent of their stalls by the quarter, month by month: a scheme that no Java knows, handed in as an official would, from draft to paid. It has an
 * application of its own, as a fourth scheme would stand in every list of the others.
 */
@CaseTest
@Tag("issue-16.3")
@TestPropertySource(properties = "spring.application.name=months")
class MonthsIT {
    private static final String SCHEME = MadeUpPackage.BY_MONTH;

    @Autowired
    City city;

    @Autowired
    ApplicationContext context;

    @Autowired
    Packages packages;

    @LocalServerPort
    int port;

    @BeforeEach
    void theSchemeIsInForceAfterTheQuarter() {
        city.at("2026-04-07T09:00");
        if (packages.inForce().stream().anyMatch(p -> p.scheme().equals(SCHEME))) return;
        new PolicyOffice(context).publishes(SCHEME, MadeUpPackage.files(SCHEME));
    }

    private Visitor as(String who) {
        return new Visitor(port).withPassword(who, who);
    }

    @Test
    void aQuarterIsClaimedAndPaidMonthByMonth() {
        ApplicantsCase file = city.checked(SCHEME, "granted").waitsAt("first-review");
        JsonNode shown = file.show();
        assertThat(shown.at("/answers/stallRent/2026-03").asLong()).isEqualTo(75_000);
        assertThat(shown.at("/assessment/benefits/0/amountFen").asLong()).isEqualTo(160_000);
        file.reviewedByBoth().noticedAndSigned().paid().isClosed("granted");
        assertThat(file.benefit("STALL_AID").get("amountFen").asLong()).isEqualTo(160_000);
        String replay = "/api/cases/" + file.number() + "/assessments/2/replay";
        assertThat(as("auditor").get(replay).status()).isEqualTo(200);
        JsonNode why = as("applicant")
                .get("/api/cases/" + file.number() + "/assessments/2/explanation")
                .json();
        assertThat(StreamSupport.stream(why.at("/benefits/0/sum").spliterator(), false)
                        .map(line -> line.at("/what/zh").asText()))
                .contains("2026年1月", "2026年2月", "季度补贴");
    }

    /** What the insurance says of each month goes before anything that the applicant could say. */
    @Test
    void aMonthWithoutInsuranceIsNotPaidAndAnOfficerMayRecordOtherwise() {
        ApplicantsCase file = city.checked(SCHEME, "twoMonths").waitsAt("first-review");
        assertThat(file.show().at("/assessment/benefits/0/amountFen").asLong()).isEqualTo(100_000);
        Map<String, Boolean> insured =
                Map.of("2025-11", true, "2025-12", true, "2026-01", true, "2026-02", true, "2026-03", true);
        file.records("reviewer", "insured", insured).is(200);
        assertThat(file.show().at("/assessment/benefits/0/amountFen").asLong()).isEqualTo(160_000);
    }

    @Test
    void aHoleOrAForeignPeriodIsToldByItsFieldAndNothingIsKept() {
        for (Map<String, Object> told : List.<Map<String, Object>>of(
                Map.of("stallRent", Map.of("2026-01", 1, "2026-03", 1)),
                Map.of("stallRent", Map.of("2026-13", 1)),
                Map.of("claimPeriod", "2026-H1"))) {
            var answer = city.call(
                    null,
                    HttpMethod.POST,
                    "/api/assessments",
                    Map.of("scheme", SCHEME, "applicationDate", "2026-04-07", "facts", told));
            answer.is(400);
            assertThat(answer.body().at("/errors/0/field").asText()).startsWith("facts.");
        }
        ApplicantsCase draft = city.drafted(SCHEME, "granted");
        draft.answers(Map.of("stallRent", Map.of("2026-01", 120_000, "2026-02", 120_000)));
        var refused = draft.submission();
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo("stallRent");
        assertThat(refused.body().at("/errors/0").toString()).contains("2026年3月");
        assertThat(draft.answers(Map.of("stallRent", Map.of("rent", 1))).status())
                .isEqualTo(422);
    }

    @Test
    void theEstimateByApiAsksForWhatItLacks() {
        JsonNode answer = city.call(
                        null,
                        HttpMethod.POST,
                        "/api/assessments",
                        Map.of(
                                "scheme",
                                SCHEME,
                                "applicationDate",
                                "2026-04-07",
                                "facts",
                                Map.of("claimPeriod", "2026-Q1", "stallOpenedOn", "2025-06-01")))
                .is(200)
                .body();
        assertThat(StreamSupport.stream(answer.at("/benefits/0/reasons").spliterator(), false)
                        .map(r -> r.path("fact").asText()))
                .contains("stallRent", "insured");
    }

    @Test
    void thePortalAsksForEachMonthAndShowsThemAsPeopleWriteThem() {
        ApplicantsCase draft = city.drafted(SCHEME, "granted");
        Visitor baker = new Visitor(port).signIn("applicant");
        String rent = baker.get("/cases/" + draft.number() + "/apply/rent").body();
        assertThat(rent)
                .contains("2026年1月", "name=\"stallRent.2026-02\"", "value=\"1200\"", "value=\"750\"")
                .doesNotContain("name=\"stallRent.2026-04\"");
        String stall = baker.get("/cases/" + draft.number() + "/apply/stall").body();
        assertThat(stall).contains("2026年第1季度", "<option value=\"2026-Q2\"");
        String check = baker.get("/cases/" + draft.number() + "/check").body();
        assertThat(check).contains("2026年第1季度", "2026年3月");
    }
}
