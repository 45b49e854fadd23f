package cn.jincai.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibm.icu.text.Transliterator;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** What is asked again when a payment is approved, told from the form on: what fails waits and is mended, what people have settled stands (rulebook 7.11). */
@CaseTest
class ChecksBeforePayingIT {
    @Autowired
    City city;

    @Autowired
    Budget budget;

    @LocalServerPort
    int port;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @AfterEach
    void allSourcesAnswerAgain() {
        for (String source : List.of("ban", "employer", "insurance")) city.source(source, "ok");
    }

    private List<JsonNode> payments(ApplicantsCase file) {
        return StreamSupport.stream(
                        city.call("finance", HttpMethod.GET, "/api/payments?case=" + file.number(), null)
                                .is(200)
                                .body()
                                .get("items")
                                .spliterator(),
                        false)
                .toList();
    }

    private void approved(ApplicantsCase file) {
        both(file, "finance", "payment-make", "submit");
        both(file, "finance-approver", "payment-approve", "approve");
    }

    private void both(ApplicantsCase file, String who, String stage, String outcome) {
        file.done(who, stage, outcome).done(who, stage, outcome);
    }

    private void areParked(ApplicantsCase file, String code) {
        file.waitsAt("payment-make");
        assertThat(payments(file)).hasSize(2).allSatisfy(p -> {
            assertThat(p.get("status").asText()).isEqualTo("parked");
            assertThat(p.get("reasonCode").asText()).isEqualTo(code);
        });
    }

    private void arePaid(ApplicantsCase file) {
        assertThat(payments(file))
                .hasSize(2)
                .allSatisfy(p -> assertThat(p.get("status").asText()).isEqualTo("sent"));
        city.bank("accept");
        file.isClosed("granted");
    }

    private static boolean told(ApplicantsCase file, String words) {
        return file.show().get("timeline").toString().contains(words);
    }

    @Test
    @Tag("issue-15.11")
    void anAccountInAnothersNameIsNotPaidIntoUntilTheApplicantGivesHisOwn() {
        ObjectNode application = city.application("skills-award", "granted");
        String name = application.get("answers").get("name").asText();
        ((ObjectNode) application.get("answers")).put("accountHolder", "王冒名");
        var award = city.checked(application).reviewedByBoth().noticedAndSigned();
        approved(award);
        areParked(award, "ACCOUNT_HOLDER");
        assertThat(told(award, "户名与申请人姓名不一致")).isTrue();
        assertThat(award.does("finance", "payment-make", "submit", Map.of("opinion", "家属账户"))
                        .code())
                .as("he was asked when they were parked, and has not answered")
                .isEqualTo("ACCOUNT_AWAITED");
        award.done("finance", "payment-make", "ask-account"); // of the two one waits his 15 days, the other on the desk
        JsonNode before = award.answersAsTold();
        for (Map<String, Object> refused : List.<Map<String, Object>>of(
                Map.of("accountHolder", "李冒名", "bankName", "中国银行晋江支行", "bankAccount", "6216610100010000005"),
                Map.of("bankAccount", before.get("bankAccount").asText())))
            assertThat(award.answers(refused)
                            .is(422)
                            .body()
                            .at("/errors/0/code")
                            .asText())
                    .isEqualTo("ACCOUNT_HOLDER");
        Map<String, Object> own =
                Map.of("accountHolder", name, "bankName", "中国银行晋江支行", "bankAccount", "6216610100010000005");
        award.answers(own).is(200);
        approved(award);
        arePaid(award);
    }

    /** A bank writes in letters what the document has in characters: two people of finance say that it is one name. */
    @Test
    @Tag("issue-15.11")
    void theApplicantsNameInLettersIsPaidIntoOnceTwoPeopleHaveSaidThatItIsHis() {
        ObjectNode application = city.application("skills-award", "granted");
        String name = application.get("answers").get("name").asText();
        String letters =
                Transliterator.getInstance("Han-Latin/Names; Latin-ASCII").transliterate(name);
        ((ObjectNode) application.get("answers")).put("accountHolder", letters.toUpperCase(Locale.ROOT));
        var award = city.checked(application).reviewedByBoth().noticedAndSigned();
        approved(award);
        areParked(award, "ACCOUNT_SPELLING");
        assertThat(award.does("finance", "payment-make", "submit", Map.of())
                        .is(422)
                        .body()
                        .toString())
                .contains("SPELLING");
        Map<String, Object> reason = Map.of("opinion", "护照与户名拼音一致，已核对开户资料");
        award.done("finance", "payment-make", "submit", reason).done("finance", "payment-make", "submit", reason);
        both(award, "finance-approver", "payment-approve", "approve");
        arePaid(award);
    }

    @Test
    void aBanFoundAtApprovalStopsTheMoneyUntilItIsLifted() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        city.source("ban", "contradicts");
        approved(award);
        areParked(award, "CHANGED_BANNED");
        approved(award);
        areParked(award, "CHANGED_BANNED");
        city.source("ban", "ok");
        approved(award);
        arePaid(award);
    }

    @Test
    void whatWasWaivedStopsNoPayment() {
        city.source("employer", "contradicts");
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        Map<String, Object> waiver = Map.of("waive", "EMPLOYER_REGION", "opinion", "单位总部在外，本人在晋江分厂。");
        award.done("reviewer", "first-review", "approve", waiver)
                .done("senior-reviewer", "second-review", "approve", waiver)
                .done("leader", "leader-review", "approve", waiver)
                .noticed()
                .signedWithGrounds();
        approved(award);
        arePaid(award);
    }

    @Test
    void aWaivedPeriodIsPaidThoughTheRulesStillCallItLate() {
        var award = city.checked("skills-award", "refused").waitsAt("first-review");
        Map<String, Object> waiver = Map.of("waive", "LATE", "opinion", "证书因系统故障延迟送达。");
        award.done("reviewer", "first-review", "approve", waiver)
                .done("senior-reviewer", "second-review", "approve", waiver)
                .done("leader", "leader-review", "approve", waiver)
                .noticed()
                .signedWithGrounds();
        assertThat(award.show().get("assessment").get("verdict").asText()).isEqualTo("REJECT");
        approved(award);
        arePaid(award);
    }

    @Test
    void whatAnOfficerRecordedStandsUntilTheSourceSaysSomethingNew() {
        var award = city.checked("skills-award", "manual").waitsAt("first-review");
        award.records("reviewer", "inPost", true).is(200);
        award.reviewedByBoth().noticedAndSigned();
        approved(award);
        arePaid(award);
    }

    @Test
    void whatWasClearedByApprovingWithAnOpinionStandsToo() {
        var award = city.checked("skills-award", "manual")
                .withOpinion("reviewer", "first-review", "approve")
                .withOpinion("senior-reviewer", "second-review", "approve")
                .noticedAndSigned();
        approved(award);
        arePaid(award);
    }

    @Test
    void aWaiverOfOneConditionHidesNoOtherThatHasComeUpSince() {
        city.source("employer", "contradicts");
        var award = city.checked("skills-award", "granted");
        Map<String, Object> waiver = Map.of("waive", "EMPLOYER_REGION", "opinion", "单位总部在外，本人在晋江分厂。");
        award.done("reviewer", "first-review", "approve", waiver)
                .done("senior-reviewer", "second-review", "approve", waiver)
                .done("leader", "leader-review", "approve", waiver)
                .noticed()
                .signedWithGrounds();
        city.source("ban", "contradicts");
        approved(award);
        areParked(award, "CHANGED_BANNED");
    }

    @Test
    void withoutRoomInTheBudgetThePaymentWaitsForTheLineToBeRaised() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        var line = budget.lines().stream()
                .filter(l -> l.fund().equals("TALENT_FUND") && l.year() == 2026)
                .findFirst()
                .orElseThrow();
        budget.enter(Actor.SYSTEM, line.fund(), line.year(), line.used().fen());
        try {
            approved(award);
            var stopped = payments(award).stream()
                    .filter(p -> p.get("status").asText().equals("parked"))
                    .toList();
            assertThat(stopped).as("of the two funds one is empty").hasSize(1);
            assertThat(stopped.get(0).get("reasonCode").asText()).isEqualTo("NO_ROOM");
            award.waitsAt("payment-make")
                    .withOpinion("finance", "payment-make", "hold")
                    .waitsAt("payment-make");
            assertThat(told(award, "暂缓拨付")).isTrue();
        } finally {
            budget.enter(Actor.SYSTEM, line.fund(), line.year(), line.sum().fen());
        }
        award.done("finance", "payment-make", "submit").done("finance-approver", "payment-approve", "approve");
        arePaid(award);
    }

    @Test
    void whatTheCheckerReturnsIsMadeOnceMore() {
        var award = city.checked("skills-award", "partial").reviewedByBoth().noticedAndSigned();
        award.done("finance", "payment-make", "submit")
                .withOpinion("finance-approver", "payment-approve", "return")
                .waitsAt("payment-make");
        award.paid().isClosed("granted");
    }

    private static String lastDay(String page) {
        var told = Pattern.compile("最后一天：(\\d+年\\d+月\\d+日)").matcher(page);
        assertThat(told.find()).as(page).isTrue();
        return told.group(1);
    }

    @Test
    void anAccountThatIsNotGivenInTimeParksThePaymentAndIsNoLongerAskedFor() {
        var award = city.checked("skills-award", "partial").reviewedByBoth().noticedAndSigned();
        award.done("finance", "payment-make", "ask-account");
        assertThat(award.hasTask("finance", "payment-make")).isFalse();
        Visitor applicant = new Visitor(port).signIn("applicant");
        String asked = applicant.get("/cases/" + award.number() + "/account").body(), last = lastDay(asked);
        assertThat(applicant.get("/cases/" + award.number()).body()).contains("请提供新的收款账户，最后一天：" + last);
        LocalDate day = LocalDate.parse(last, DateTimeFormatter.ofPattern("yyyy年M月d日"));
        city.passes(LocalDate.parse(city.today()).until(day).toString());
        assertThat(applicant.get("/cases/" + award.number() + "/account").body())
                .as("still on the last day")
                .contains("最后一天：" + last);
        city.passes("P1D");
        assertThat(payments(award).get(0).get("reasonCode").asText()).isEqualTo("ACCOUNT_NOT_GIVEN");
        String name = award.show().get("answers").get("name").asText();
        Map<String, Object> late =
                Map.of("accountHolder", name, "bankName", "中国银行晋江支行", "bankAccount", "6216610100010000005");
        award.answers(late).is(409);
        award.done("finance", "payment-make", "ask-account");
        award.answers(late).is(200);
        award.paid().isClosed("granted");
    }
}
