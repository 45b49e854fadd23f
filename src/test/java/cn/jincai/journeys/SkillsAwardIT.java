package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;

/** A welder's case from the form to the money, and the ways on which it may leave the straight one (rulebook 7). */
@CaseTest
class SkillsAwardIT {
    private static final Map<String, Object> WHY = Map.of("opinion", "理由见审核材料。");

    @Autowired
    City city;

    @Autowired
    JdbcTemplate db;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @AfterEach
    void allSourcesAnswerAgain() {
        for (String source : List.of("identity", "insurance", "certificate")) city.source(source, "ok");
    }

    @Test
    void aWelderIsPaidBothBenefits() {
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        award.reviewedByBoth().noticedAndSigned().waitsAt("payment-make");
        assertThat(award.show().get("decision").get("outcome").asText()).isEqualTo("granted");
        assertThat(award.show().get("payments")).hasSize(2);
        award.paid().paid().isClosed("granted");
        assertThat(award.paymentStatuses()).containsExactly("paid", "paid");
    }

    @Test
    void ofTwoBenefitsOneMayBeRefusedAndTheOtherGoesOn() {
        var award = city.checked("skills-award", "partial").reviewedByBoth().noticedAndSigned();
        assertThat(award.benefit("UPGRADE_SUBSIDY").get("outcome").asText()).isEqualTo("granted");
        assertThat(award.benefit("CITY_AWARD").get("outcome").asText()).isEqualTo("refused");
        assertThat(award.show().get("payments")).hasSize(1);
    }

    @Test
    void bothReviewsHappenForARefusalToo() {
        var award = city.checked("skills-award", "refused").waitsAt("first-review");
        award.withOpinion("reviewer", "first-review", "reject")
                .waitsAt("second-review")
                .withOpinion("senior-reviewer", "second-review", "reject")
                .waitsAt("decision")
                .done("leader", "decision", "sign")
                .isClosed("refused");
        assertThat(award.show().get("decision").get("benefits"))
                .allSatisfy(b -> assertThat(b.get("outcome").asText()).isEqualTo("refused"));
    }

    @Test
    void aRefusalNeedsAnOpinion() {
        var award = city.checked("skills-award", "refused");
        assertThat(award.does("reviewer", "first-review", "reject", Map.of())
                        .is(422)
                        .body()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("opinion");
        award.waitsAt("first-review");
    }

    @Test
    void whoReviewedFirstSeesNoSecondReview() {
        var award = city.checked("skills-award", "granted").done("reviewer", "first-review", "approve");
        assertThat(award.hasTask("reviewer", "second-review")).isFalse();
        assertThat(award.hasTask("senior-reviewer", "second-review")).isTrue();
    }

    @Test
    void silenceAtTheWindowIsAcceptance() {
        var award = city.submitted("skills-award", "granted").waitsAt("acceptance");
        city.passes("P8D");
        award.waitsAt("first-review");
        assertThat(award.show().get("acceptedAt").isNull()).isFalse();
    }

    @Test
    void theWindowMayAskForAPaperAndTheCaseComesBackToTheWindow() {
        var award = city.submitted("skills-award", "granted")
                .done("intake", "acceptance", "supplement", Map.of("opinion", "合同缺页", "items", "LABOUR_CONTRACT"))
                .waitsAt("supplement");
        assertThat(award.answers(Map.of("contractMonths", 40)).status()).isEqualTo(409);
        award.suppliesWhatWasAsked().waitsAt("acceptance");
    }

    @Test
    void notAcceptedOnlyWithARemedyAndADocument() {
        var award = city.submitted("skills-award", "granted")
                .withOpinion("intake", "acceptance", "not-accepted")
                .isClosed("not-accepted");
        assertThat(award.show().get("documents"))
                .anySatisfy(d -> assertThat(d.get("kind").asText()).isEqualTo("not-accepted-notice"));
    }

    @Test
    void aCertificateThatTheRegisterDoesNotKnowIsAskedForOnceAndMayThenBeRefusedAsNotProven() {
        var award = city.checked("skills-award", "supplement").waitsAt("supplement");
        assertThat(award.show().get("asked").get(0).get("item").asText()).isEqualTo("CERTIFICATE");
        award.suppliesWhatWasAsked().waitsAt("first-review");
        award.does("reviewer", "first-review", "approve", Map.of()).is(422);
        award.done("reviewer", "first-review", "reject", WHY)
                .done("senior-reviewer", "second-review", "reject", WHY)
                .signedWithGrounds();
        assertThat(award.benefit("CITY_AWARD").at("/reasons/0/code").asText()).isEqualTo("NOT_PROVEN");
    }

    @Test
    void aSupplementThatNeverComesLetsTheCaseLapse() {
        var award = city.checked("skills-award", "supplement").waitsAt("supplement");
        city.passes("P20D");
        award.waitsAt("supplement");
        city.passes("P5D");
        award.isClosed("lapsed");
        award.attach("CERTIFICATE", 409);
        award.submission().is(409);
    }

    @Test
    void anOfficerWhoSawTheOriginalRecordsTheFactAndTheCaseIsApproved() {
        var award = city.checked("skills-award", "supplement")
                .suppliesWhatWasAsked()
                .waitsAt("first-review");
        award.records("reviewer", "certificateVerified", true).is(200);
        award.reviewedByBoth().waitsAt("public-notice");
        assertThat(award.show().get("facts")).anySatisfy(f -> {
            assertThat(f.get("name").asText()).isEqualTo("certificateVerified");
            assertThat(f.get("source").asText()).isEqualTo("officer");
        });
    }

    @Test
    void aManualReasonIsClearedByApprovingWithAnOpinion() {
        var award = city.checked("skills-award", "manual").waitsAt("first-review");
        award.does("reviewer", "first-review", "approve", Map.of()).is(422);
        award.done("reviewer", "first-review", "approve", WHY)
                .done("senior-reviewer", "second-review", "approve", WHY)
                .waitsAt("public-notice");
    }

    @Test
    void aWaiverGoesToTheLeader() {
        var award = city.checked("skills-award", "refused");
        Map<String, Object> waiver = Map.of("waive", "LATE", "opinion", "证书因系统故障延迟送达。");
        award.done("reviewer", "first-review", "approve", waiver)
                .done("senior-reviewer", "second-review", "approve", waiver)
                .waitsAt("leader-review");
        award.done("leader", "leader-review", "approve", waiver).waitsAt("public-notice");
    }

    @Test
    void whatThePackageDoesNotListCantBeWaived() {
        var award = city.checked("skills-award", "refused");
        award.does("reviewer", "first-review", "approve", Map.of("waive", "BANNED", "opinion", "理由"))
                .is(422);
        award.does("reviewer", "first-review", "approve", Map.of("waive", "EMPLOYER_REGION", "opinion", "理由"))
                .is(422);
    }

    @Test
    void whenTheTwoReviewsDisagreeTheLeaderDecides() {
        var award = city.checked("skills-award", "granted").done("reviewer", "first-review", "approve");
        award.done("senior-reviewer", "second-review", "reject", WHY)
                .waitsAt("leader-review")
                .done("leader", "leader-review", "approve")
                .waitsAt("public-notice");
    }

    @Test
    void theFirstReviewMayReturnOnceToTheApplicantTheSecondToTheFirst() {
        var award = city.checked("skills-award", "granted");
        award.done("reviewer", "first-review", "return", Map.of("opinion", "合同看不清", "items", "LABOUR_CONTRACT"))
                .waitsAt("supplement");
        award.suppliesWhatWasAsked().waitsAt("first-review");
        assertThat(award.task("reviewer", "first-review").get("assignee").asText())
                .isEqualTo("reviewer");
        award.does("reviewer", "first-review", "return", Map.of("opinion", "再补", "items", "LABOUR_CONTRACT"))
                .is(422);
        award.done("reviewer", "first-review", "approve")
                .done("senior-reviewer", "second-review", "return", WHY)
                .waitsAt("first-review");
        award.done("reviewer", "first-review", "approve");
        assertThat(award.task("senior-reviewer", "second-review")
                        .get("assignee")
                        .asText())
                .isEqualTo("senior-reviewer");
        award.does("senior-reviewer", "second-review", "return", WHY).is(422);
    }

    @Test
    void theDecisionMayGoBackToTheSecondReviewAndNeedsNoNewNotice() {
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        city.passes("P15D");
        award.done("leader", "decision", "return", WHY)
                .waitsAt("second-review")
                .done("senior-reviewer", "second-review", "approve")
                .waitsAt("decision");
    }

    @Test
    void aFactRecordedInTheSecondReviewSendsTheCaseBack() {
        var award = city.checked("skills-award", "granted").done("reviewer", "first-review", "approve");
        award.records("senior-reviewer", "contractMonths", 6).is(200);
        award.waitsAt("first-review");
        assertThat(award.task("reviewer", "first-review").get("assignee").asText())
                .isEqualTo("reviewer");
    }

    @Test
    void aSourceThatIsDownEndsInATaskForTheWindowNeverInARefusal() {
        city.source("insurance", "down");
        var award = city.submitted("skills-award", "granted").done("intake", "acceptance", "accept");
        city.passes("PT2M");
        award.waitsAt("data-checks");
        award.done("intake", "data-checks", "continue");
        city.passes("PT2M");
        award.waitsAt("first-review");
        assertThat(award.show().get("assessment").get("verdict").asText()).isEqualTo("MANUAL");
        award.does("reviewer", "first-review", "approve", WHY).is(422);
        refusesTheRefusal(award);
        award.records("reviewer", "inPost", true).is(200);
        award.records("reviewer", "insuredMonthsConsecutive", 24).is(200);
        award.records("reviewer", "unemploymentInsuredMonths", 40).is(200);
        award.done("reviewer", "first-review", "approve").waitsAt("second-review");
    }

    @Test
    void whatASilentRegisterLeavesOpenIsRefusedOnlyAfterTheApplicantWasAskedForIt() {
        city.source("certificate", "down");
        var award = city.submitted("skills-award", "granted").done("intake", "acceptance", "accept");
        city.passes("PT2M");
        award.done("intake", "data-checks", "continue");
        city.passes("PT2M");
        award.waitsAt("first-review");
        assertThat(award.show().get("assessment").get("verdict").asText()).isEqualTo("SUPPLEMENT");
        refusesTheRefusal(award);
        award.done("reviewer", "first-review", "return", Map.of("opinion", "请补交证书原件照片。", "items", "CERTIFICATE"))
                .waitsAt("supplement");
        award.suppliesWhatWasAsked().waitsAt("data-checks"); // asked again, still silent
        city.passes("PT2M");
        award.done("intake", "data-checks", "continue");
        city.passes("PT2M");
        award.waitsAt("first-review");
        award.done("reviewer", "first-review", "reject", WHY)
                .done("senior-reviewer", "second-review", "reject", WHY)
                .waitsAt("decision");
        withoutTheQuestion(award, () -> {
            assertThat(award.does("leader", "decision", "sign", Map.of())
                            .is(409)
                            .code())
                    .isEqualTo("CHANGED");
            award.waitsAt("second-review");
        });
        award.done("senior-reviewer", "second-review", "reject", WHY)
                .signedWithGrounds()
                .isClosed("refused");
        assertThat(award.benefit("CITY_AWARD").at("/reasons/0/code").asText()).isEqualTo("NOT_PROVEN");
    }

    /** As a case that was refused before anybody had to ask (decision 89). */
    private void withoutTheQuestion(ApplicantsCase award, Runnable story) {
        db.update(
                "update case_questions set step = 'acceptance' where case_number = ? and step = 'first-review'",
                award.number());
        story.run();
        db.update(
                "update case_questions set step = 'first-review' where case_number = ? and step = 'acceptance'",
                award.number());
    }

    @Test
    void aConditionThatIsNotMetIsRefusedAlsoWhereAnotherSourceIsSilent() {
        city.source("insurance", "down");
        var award = city.submitted("skills-award", "refused").done("intake", "acceptance", "accept");
        city.passes("PT2M");
        award.done("intake", "data-checks", "continue");
        city.passes("PT2M");
        award.waitsAt("first-review");
        award.done("reviewer", "first-review", "reject", WHY).waitsAt("second-review");
    }

    /** Neither as a whole nor by name; the case stays as it was, and the answer says what to do instead. */
    private static void refusesTheRefusal(ApplicantsCase award) {
        var before = award.show();
        var answer = award.does("reviewer", "first-review", "reject", WHY).is(422);
        assertThat(answer.body().toString()).contains("NEVER_ASKED");
        award.does(
                        "reviewer",
                        "first-review",
                        "approve",
                        Map.of("reject", "CITY_AWARD,UPGRADE_SUBSIDY", "opinion", "数据源没有回应。"))
                .is(422);
        award.waitsAt("first-review");
        for (String part : List.of("assessment", "facts", "documents", "timeline"))
            assertThat(award.show().get(part)).isEqualTo(before.get(part));
    }

    @Test
    void aSourceThatComesBackWithinTheHourIsAskedAgain() {
        city.source("insurance", "down");
        var award = city.submitted("skills-award", "granted").done("intake", "acceptance", "accept");
        city.passes("PT2M");
        city.source("insurance", "ok");
        city.passes("PT2H");
        award.waitsAt("first-review");
    }

    @Test
    void anObjectionIsDismissedAndTheCaseIsDecided() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        award.objection("此人并不在该公司工作。").is(201);
        city.passes("P15D");
        award.waitsAt("public-notice")
                .withOpinion("supervisor", "objection", "dismiss")
                .waitsAt("decision");
    }

    @Test
    void twoObjectionsOfWhichOneIsUpheldLeadToAHearingAndAnotherReviewer() {
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        award.objection("第一项异议").is(201);
        award.objection("第二项异议").is(201);
        award.withOpinion("supervisor", "objection", "dismiss");
        award.withOpinion("supervisor", "objection", "uphold").waitsAt("public-notice");
        city.passes("P15D");
        award.waitsAt("hearing");
        city.call("applicant", HttpMethod.POST, "/api/cases/" + award.number() + "/answer", Map.of("text", "我有劳动合同。"))
                .is(204);
        award.waitsAt("first-review");
        assertThat(award.hasTask("reviewer", "first-review"))
                .as("others than before, where there are any")
                .isFalse();
        city.call(
                        "reviewer",
                        HttpMethod.POST,
                        "/api/tasks/"
                                + award.task("reviewer2", "first-review")
                                        .get("id")
                                        .asText() + "/claim",
                        null)
                .is(403);
        award.done("reviewer2", "first-review", "approve")
                .done("senior-reviewer", "second-review", "approve")
                .waitsAt("decision");
    }

    @Test
    void anObjectionAfterTheNoticeIsTooLate() {
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        long notice = award.notice().get("id").asLong();
        city.passes("P15D");
        city.call(
                        null,
                        HttpMethod.POST,
                        "/api/notices/" + notice + "/objections",
                        Map.of("name", "王五", "contact", "139", "text", "异议"))
                .is(409);
    }

    @Test
    void silenceAtTheHearingGoesOnToo() {
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        award.objection("异议").is(201);
        award.withOpinion("supervisor", "objection", "uphold");
        city.passes("P15D");
        award.waitsAt("hearing");
        city.passes("P9D");
        award.waitsAt("first-review");
    }

    @Test
    void aSecondOpenCaseForTheSameCertificateNamesTheFirst() {
        var application = city.application("skills-award", "granted");
        var first = city.submitted(application);
        var second = city.drafted(application);
        assertThat(second.submission().is(409).body().toString()).contains(first.number());
    }

    @Test
    void aSecondCaseAfterTheFirstWasPaidIsADuplicate() {
        var application = city.application("skills-award", "granted");
        city.checked(application)
                .reviewedByBoth()
                .noticedAndSigned()
                .paid()
                .paid()
                .isClosed("granted");
        var again = city.drafted(application);
        again.submission().is(200);
        again.done("intake", "acceptance", "accept");
        city.passes("PT1M");
        assertThat(again.show().at("/assessment/benefits/0/reasons").toString()).contains("DUPLICATE");
    }

    @Test
    void ratingIsOnceAndAPoorOneIsFollowedUp() {
        var award = city.submitted("skills-award", "granted").withOpinion("intake", "acceptance", "not-accepted");
        city.call(
                        "applicant",
                        HttpMethod.POST,
                        "/api/cases/" + award.number() + "/rating",
                        Map.of("stars", 1, "text", "太慢"))
                .is(204);
        city.call("applicant", HttpMethod.POST, "/api/cases/" + award.number() + "/rating", Map.of("stars", 5))
                .is(409);
        award.done("supervisor", "rating-follow-up", "done").isClosed("not-accepted");
    }

    @Test
    void whatIsAskedForAndNeverComesLapsesAndTheOtherBenefitGoesOn() {
        var award = city.checked("skills-award", "granted");
        award.done(
                        "reviewer",
                        "first-review",
                        "return",
                        Map.of("opinion", "合同看不清", "items", "LABOUR_CONTRACT,contractMonths"))
                .waitsAt("supplement");
        city.passes("P25D");
        award.waitsAt("first-review").reviewedByBoth().noticedAndSigned();
        assertThat(award.benefit("UPGRADE_SUBSIDY").get("outcome").asText()).isEqualTo("granted");
        assertThat(award.benefit("CITY_AWARD").get("outcome").asText()).isEqualTo("lapsed");
        award.paid().isClosed("granted");
    }

    @Test
    void theWindowTellsOnceAllThatIsMissing() {
        var award = city.submitted("skills-award", "granted")
                .done("intake", "acceptance", "supplement", Map.of("opinion", "合同缺页", "items", "LABOUR_CONTRACT"));
        award.suppliesWhatWasAsked().waitsAt("acceptance");
        Map<String, Object> another = Map.of("opinion", "证书也要", "items", "CERTIFICATE");
        assertThat(award.does("intake", "acceptance", "supplement", another)
                        .is(422)
                        .code())
                .isEqualTo("TOLD_ONCE");
        award.done("intake", "acceptance", "supplement", Map.of("opinion", "仍然缺页", "items", "LABOUR_CONTRACT"))
                .suppliesWhatWasAsked()
                .waitsAt("acceptance");
    }

    @Test
    void refusingWhatTheRulesGrantGoesToTheLeaderThoughBothAgree() {
        var award = city.checked("skills-award", "granted")
                .withOpinion("reviewer", "first-review", "reject")
                .withOpinion("senior-reviewer", "second-review", "reject");
        award.waitsAt("leader-review")
                .withOpinion("leader", "leader-review", "reject")
                .waitsAt("decision")
                .signedWithGrounds()
                .isClosed("refused");
        assertThat(award.benefit("CITY_AWARD").at("/reasons/0/code").asText()).isEqualTo("REVIEW_REFUSED");
    }

    @Test
    void onlyTheLeaderReturnsMoreThanOnce() {
        Map<String, Object> waiver = Map.of("waive", "LATE", "opinion", "证书因系统故障延迟送达。");
        var award = city.checked("skills-award", "refused")
                .done("reviewer", "first-review", "approve", waiver)
                .done("senior-reviewer", "second-review", "approve", waiver);
        for (int round = 0; round < 2; round++) {
            award.waitsAt("leader-review")
                    .done("leader", "leader-review", "return", WHY)
                    .waitsAt("second-review");
            assertThat(award.task("senior-reviewer", "second-review")
                            .get("assignee")
                            .asText())
                    .isEqualTo("senior-reviewer");
            award.done("senior-reviewer", "second-review", "approve", waiver);
        }
        award.waitsAt("leader-review");
    }

    @Test
    void moreThanTheNoticeShowedIsShownOnceMoreAndLessIsNot() {
        Map<String, Object> one = Map.of("reject", "CITY_AWARD", "opinion", "奖励部分存疑。");
        var award = city.checked("skills-award", "granted")
                .done("reviewer", "first-review", "approve", one)
                .done("senior-reviewer", "second-review", "approve", one)
                .done("leader", "leader-review", "approve", one)
                .waitsAt("public-notice");
        assertThat(award.notice().get("benefits")).hasSize(1);
        award.objection("奖励也应当支持。").is(201);
        award.withOpinion("supervisor", "objection", "uphold");
        city.passes("P15D");
        city.passes("P9D");
        award.done("reviewer2", "first-review", "approve")
                .done("senior-reviewer", "second-review", "approve")
                .waitsAt("public-notice");
        assertThat(award.notice().get("benefits")).hasSize(2);
        city.passes("P15D");
        award.done("leader", "decision", "return", WHY)
                .done("senior-reviewer", "second-review", "approve", one)
                .waitsAt("leader-review")
                .done("leader", "leader-review", "approve", one)
                .waitsAt("decision");
    }

    @Test
    void aChangedAnswerIsAskedOfItsSourcesAgainBeforeTheReviewGoesOn() {
        var application = city.application("skills-award", "granted");
        String name = application.get("answers").get("name").asText();
        ((com.fasterxml.jackson.databind.node.ObjectNode) application.get("answers")).put("name", "王错字");
        var award = city.checked(application).waitsAt("supplement");
        award.answers(Map.of("name", name)).is(200);
        award.suppliesWhatWasAsked().waitsAt("first-review");
        assertThat(award.show().at("/assessment/verdict").asText()).isEqualTo("APPROVE");
    }

    @Test
    void aRatingComesWithinThirtyDaysOrNotAtAll() {
        var award = city.submitted("skills-award", "granted").withOpinion("intake", "acceptance", "not-accepted");
        city.passes("P31D");
        city.call("applicant", HttpMethod.POST, "/api/cases/" + award.number() + "/rating", Map.of("stars", 5))
                .is(409);
    }

    @Test
    void aSupplementStandsTheClockStillByWholeDays() {
        var award = city.checked("skills-award", "supplement").waitsAt("supplement");
        assertThat(award.show().get("promisedBy").asText())
                .as("15 working days from Monday the 2nd")
                .isEqualTo("2026-03-23");
        city.passes("P4D");
        award.suppliesWhatWasAsked().waitsAt("first-review");
        assertThat(award.show().get("promisedBy").asText())
                .as("Tuesday to Thursday did not count")
                .isEqualTo("2026-03-26");
    }

    @Test
    void aCasePastItsPromisedDayIsOnTheLeadersListThoughItsTaskIsNotDue() {
        var late = city.checked("skills-award", "granted").waitsAt("first-review");
        city.passes("P19D");
        late.done("reviewer", "first-review", "approve").waitsAt("second-review");
        assertThat(leadersList())
                .as("promised for Monday the 23rd; the task is of Saturday the 21st")
                .doesNotContain(late.number());
        city.passes("P3D");
        assertThat(leadersList()).contains(late.number());
        late.done("senior-reviewer", "second-review", "approve").waitsAt("public-notice");
    }

    private List<String> leadersList() {
        List<String> numbers = new ArrayList<>();
        for (int page = 0; ; page++) {
            var items = city.call("leader", HttpMethod.GET, "/api/tasks/overdue?size=100&page=" + page, null)
                    .is(200)
                    .body()
                    .get("items");
            items.forEach(task -> numbers.add(task.get("case").asText()));
            if (items.size() < 100) return numbers;
        }
    }

    @Test
    void nothingIsAskedOfTheApplicantForASourceThatIsDown() {
        city.source("certificate", "down");
        var award = city.submitted("skills-award", "granted").done("intake", "acceptance", "accept");
        city.passes("PT2M");
        award.waitsAt("data-checks").done("intake", "data-checks", "continue");
        city.passes("PT2M");
        award.waitsAt("first-review")
                .does("reviewer", "first-review", "approve", WHY)
                .is(422);
        assertThat(award.show().get("asked")).isEmpty();
        for (var fact : Map.of(
                        "certificateVerified",
                        true,
                        "certificateLevel",
                        "THREE",
                        "certificateIssuedOn",
                        "2025-12-02",
                        "occupationCode",
                        "6-18-02-04")
                .entrySet())
            award.records("reviewer", fact.getKey(), fact.getValue()).is(200);
        award.reviewedByBoth().waitsAt("public-notice");
    }

    @Test
    void aFactThatTheLeaderRecordsSendsTheCaseBackToTheFirstReviewToo() {
        Map<String, Object> waiver = Map.of("waive", "LATE", "opinion", "证书因系统故障延迟送达。");
        var award = city.checked("skills-award", "refused")
                .done("reviewer", "first-review", "approve", waiver)
                .done("senior-reviewer", "second-review", "approve", waiver)
                .waitsAt("leader-review");
        award.records("leader", "certificateIssuedOn", "2025-12-02").is(200);
        award.waitsAt("first-review").reviewedByBoth().waitsAt("public-notice");
    }
}
