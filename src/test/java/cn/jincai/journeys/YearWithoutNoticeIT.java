package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/**
 * The notice of 2027 is not loaded. A supplement does not lapse and a public notice does not end on a day that may still move; every other limit acts on
 * its provisional day, since no deadline of a step stops a case (rulebook 2.7, 7.8).
 */
@CaseTest
class YearWithoutNoticeIT {
    @Autowired
    City city;

    @Test
    void aSupplementDoesNotLapseOnAProvisionalDay() {
        city.at("2026-12-28T09:00");
        var award = city.checked("skills-award", "supplement").waitsAt("supplement");
        city.passes("P25D");
        award.waitsAt("supplement");
        city.passes("P35D");
        award.isClosed("lapsed");
    }

    @Test
    void aSupplementThatComesInTheTimeOfWaitingIsInTime() {
        city.at("2026-12-28T09:00");
        var award = city.checked("skills-award", "supplement").waitsAt("supplement");
        city.passes("P40D");
        award.suppliesWhatWasAsked().waitsAt("first-review");
    }

    @Test
    void aPublicNoticeStaysOpenForObjectionsUntilItsDayIsCertainOrAMonthHasPassed() {
        city.at("2026-12-30T09:00");
        var award = city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        assertThat(award.notice().get("to").asText())
                .as("told, and provisional")
                .isEqualTo("2027-01-06");
        city.passes("P20D");
        award.waitsAt("public-notice").objection("此人并不在该公司工作。").is(201);
        award.withOpinion("supervisor", "objection", "dismiss").waitsAt("public-notice");
        long notice = award.notice().get("id").asLong();
        city.passes("P19D");
        award.waitsAt("decision");
        city.call(
                        null,
                        HttpMethod.POST,
                        "/api/notices/" + notice + "/objections",
                        Map.of("name", "王五", "contact", "139", "text", "异议"))
                .is(409);
    }

    @Test
    void aLastDayThatNobodyKnowsYetRefusesNobody() {
        city.at("2026-04-12T09:00");
        var application = city.application("skills-award", "granted"); // certified on 12 January 2026
        city.at("2027-02-12T09:00"); // the 31st day after the provisional last day
        var award = city.checked(application).waitsAt("first-review");
        assertThat(award.show().at("/assessment/verdict").asText()).isEqualTo("MANUAL");
        var why = Map.<String, Object>of("opinion", "可能逾期。");
        assertThat(award.does("reviewer", "first-review", "reject", why)
                        .is(422)
                        .body()
                        .toString())
                .contains("NEVER_ASKED", "年度放假通知");
        award.does(
                        "reviewer",
                        "first-review",
                        "approve",
                        Map.of("reject", "CITY_AWARD,UPGRADE_SUBSIDY", "opinion", "可能逾期。"))
                .is(422);
        award.waitsAt("first-review");
    }

    @Test
    void anEmployersSilenceEndsOnTheProvisionalDay() {
        city.at("2026-12-30T09:00");
        var subsidy = city.submitted("recruitment-subsidy", "granted").waitsAt("employer-check");
        city.passes("P5D");
        subsidy.waitsAt("employer-check");
        city.passes("P1D");
        assertThat(subsidy.waitsAt("acceptance").show().get("employerWord").asText())
                .isEqualTo("silent");
    }

    @Test
    void theWindowsSilenceIsAcceptanceOnTheProvisionalDay() {
        city.at("2026-12-30T09:00");
        var award = city.submitted("skills-award", "granted").waitsAt("acceptance");
        city.passes("P7D");
        award.waitsAt("acceptance");
        city.passes("P1D");
        award.waitsAt("first-review");
    }

    @Test
    void silenceAtAHearingGoesOnOnTheProvisionalDay() {
        city.at("2026-12-14T09:00");
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        award.objection("异议").is(201);
        city.passes("P8D");
        award.waitsAt("public-notice");
        city.passes("P8D");
        award.withOpinion("supervisor", "objection", "uphold").waitsAt("hearing");
        city.passes("P7D");
        award.waitsAt("hearing");
        city.passes("P1D");
        award.waitsAt("first-review");
    }

    @Test
    void anOverdueReviewIsOnlyRaisedAndNeverDecided() {
        city.at("2026-12-30T09:00");
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        city.passes("P40D");
        award.waitsAt("first-review").reviewedByBoth().waitsAt("public-notice");
    }
}
