package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.kernel.Actor;
import cn.jincai.payment.Budget;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Masters and doctors: the employer is asked, large sums go to the leader, the second half comes later. */
@CaseTest
class RecruitmentSubsidyIT {
    private static final Map<String, Object> WHY = Map.of("opinion", "情况属实。");

    @Autowired
    City city;

    @Autowired
    Budget budget;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @Test
    void aMasterWhoseEmployerConfirmsIsPaidTheFirstHalf() {
        var subsidy = city.submitted("recruitment-subsidy", "granted")
                .waitsAt("employer-check")
                .done("employer", "employer-check", "confirm")
                .waitsAt("acceptance")
                .done("intake", "acceptance", "accept");
        city.passes("PT1M");
        subsidy.reviewedByBoth().noticedAndSigned();
        assertThat(subsidy.benefit("RECRUITMENT_SUBSIDY").get("amountFen").asLong())
                .isEqualTo(2_500_000);
        subsidy.paid().isClosed("granted");
    }

    @Test
    void aDoctorsWholeSumIsAboveTheLimitSoTheLeaderReviews() {
        var subsidy =
                city.checked("recruitment-subsidy", "doctor").reviewedByBoth().waitsAt("leader-review");
        subsidy.done("leader", "leader-review", "approve").noticedAndSigned().waitsAt("payment-make");
    }

    @Test
    void theEmployersSilenceAndItsDenialBothGoOnMarked() {
        var silent = city.submitted("recruitment-subsidy", "granted");
        city.passes("P6D");
        assertThat(silent.waitsAt("acceptance").show().get("employerWord").asText())
                .isEqualTo("silent");
        var denied = city.submitted("recruitment-subsidy", "granted")
                .done("employer", "employer-check", "deny", Map.of("opinion", "已离职"));
        assertThat(denied.waitsAt("acceptance").show().get("employerWord").asText())
                .isEqualTo("denied");
        assertThat(denied.show().get("timeline").toString()).as("told").contains("用人单位未予确认");
        denied.done("intake", "acceptance", "accept");
        city.passes("PT1M");
        denied.reviewedByBoth().noticedAndSigned().paid().isClosed("granted");
    }

    @Test
    void theSelfEmployedHaveNoEmployerToAsk() {
        var application = city.application("recruitment-subsidy", "granted");
        ((ObjectNode) application.get("answers")).put("employerType", "SELF_EMPLOYED");
        city.submitted(application).waitsAt("acceptance");
    }

    @Test
    void thePartTimeMasterIsLookedAtByAPerson() {
        var subsidy = city.checked("recruitment-subsidy", "manual").waitsAt("first-review");
        subsidy.done("reviewer", "first-review", "approve", WHY)
                .done("senior-reviewer", "second-review", "approve", WHY)
                .waitsAt("public-notice");
    }

    @Test
    void theSecondHalfIsALaterCaseThatKnowsTheFirst() {
        city.at("2026-07-01T09:00");
        var application = city.application("recruitment-subsidy", "second-instalment");
        var second = city.checked(application).reviewedByBoth().noticedAndSigned();
        assertThat(second.benefit("RECRUITMENT_SUBSIDY").get("amountFen").asLong())
                .isEqualTo(2_500_000);
        second.paid().isClosed("granted");
        var twice = city.drafted(application);
        twice.submission().is(200);
        twice.done("employer", "employer-check", "confirm").done("intake", "acceptance", "accept");
        city.passes("PT1M");
        assertThat(twice.show().at("/assessment/benefits/0/reasons").toString()).contains("DUPLICATE");
    }

    /** Insured since 2024-02-17: the window for the second half is open from 2026-02-17 to 2027-02-17. */
    private ObjectNode paidTheFirstHalf() {
        city.at("2024-06-17T09:00");
        if (budget.lines().stream().noneMatch(l -> l.fund().equals("TALENT_FUND") && l.year() == 2024))
            budget.enter(Actor.SYSTEM, "TALENT_FUND", 2024, 100_000_000);
        ObjectNode application = city.application("recruitment-subsidy", "granted");
        city.checked(application).reviewedByBoth().noticedAndSigned().paid().isClosed("granted");
        ((ObjectNode) application.get("answers")).put("instalment", 2).put("insuranceGapMonths", 0);
        return application;
    }

    private ApplicantsCase refusedFor(String code, ObjectNode application) {
        var second = city.checked(application).waitsAt("first-review");
        assertThat(second.show().at("/assessment/benefits/0/reasons").toString())
                .contains(code);
        second.done("reviewer", "first-review", "reject", WHY)
                .done("senior-reviewer", "second-review", "reject", WHY)
                .waitsAt("decision")
                .done("leader", "decision", "sign")
                .isClosed("refused");
        assertThat(second.benefit("RECRUITMENT_SUBSIDY").get("reasons").toString())
                .contains(code);
        assertThat(second.paymentStatuses()).isEmpty();
        return second;
    }

    @Test
    void theSecondHalfIsRefusedBeforeItsWindowPaidWithinItAndRefusedTheSecondTime() {
        ObjectNode application = paidTheFirstHalf();
        city.at("2026-02-16T09:00");
        refusedFor("TOO_EARLY", application);
        city.passes("P1D");
        var second = city.checked(application).reviewedByBoth().noticedAndSigned();
        assertThat(second.benefit("RECRUITMENT_SUBSIDY").get("amountFen").asLong())
                .isEqualTo(2_500_000);
        second.paid().isClosed("granted");
        refusedFor("DUPLICATE", application);
    }

    @Test
    void theSecondHalfAfterItsWindowIsLateAndTheFirstIsKept() {
        ObjectNode application = paidTheFirstHalf();
        city.at("2027-04-05T09:00");
        refusedFor("LATE", application);
    }

    @Test
    void oneOpenCaseForAHalfAtATime() {
        ObjectNode application = city.application("recruitment-subsidy", "granted");
        var first = city.submitted(application);
        assertThat(city.drafted(application).submission().is(409).body().toString())
                .contains(first.number());
    }

    @Test
    void anEmployerWithoutAClerkHereIsNotAsked() {
        ObjectNode application = city.application("recruitment-subsidy", "granted");
        ((ObjectNode) application.get("answers")).put("employerCode", "91350100M000100W41");
        city.submitted(application).waitsAt("acceptance");
    }

    @Test
    void theApplicantMayNotConfirmHisOwnEmployment() {
        var subsidy = city.submitted("recruitment-subsidy", "granted");
        assertThat(subsidy.hasTask("employer", "employer-check")).isTrue();
        subsidy.shownTo("employer").is(200);
        assertThat(subsidy.shownTo("employer").body().get("answers").has("bankAccount"))
                .isFalse();
        subsidy.shownTo("reviewer").is(404);
        subsidy.shownTo("applicant2").is(404);
    }
}
