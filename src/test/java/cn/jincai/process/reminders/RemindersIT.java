package cn.jincai.process.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.web.Visitor;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Applicants are reminded before a limit of theirs lapses, each day once, and of nothing that they have done. */
@CaseTest
@Tag("issue-18.5")
class RemindersIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    ApplicantReminders reminders;

    @Autowired
    JdbcClient db;

    @BeforeEach
    void aMondayInMarch() {
        city.at("2026-03-02T09:30");
    }

    private List<String> reminded(ApplicantsCase file) {
        return db.sql(
                        "select zh from case_messages where account = 'applicant' and case_number = ? and zh like '提醒%' order by id")
                .param(file.number())
                .query(String.class)
                .list();
    }

    private String page(String path) {
        return new Visitor(port).signIn("applicant").get(path).body();
    }

    private int waiting(ApplicantsCase file) {
        return db.sql("select count(*) from case_reminders where case_number = ?")
                .param(file.number())
                .query(Integer.class)
                .single();
    }

    @Test
    void ofASupplementAtHalfOfItsTimeAndOnItsLastDays() {
        var award = asked();
        city.passes("P10D");
        assertThat(reminded(award)).isEmpty();
        city.passes("P1D");
        assertThat(reminded(award)).singleElement().asString().contains("等您补正，最迟2026年3月23日（还有10天）");
        String listed = page("/inbox?unreadOnly=true&case=" + award.number());
        assertThat(listed).contains("等您补正，最迟2026年3月23日").contains("只列出办件" + award.number());
        assertThat(listed.split("href=\"/cases/JC", -1))
                .hasSameSizeAs(listed.split("href=\"/cases/" + award.number(), -1));
        reminders.run();
        city.passes("P8D");
        assertThat(reminded(award)).as("each day once").hasSize(1);
        city.passes("P1D");
        city.passes("P1D");
        assertThat(reminded(award)).hasSize(3).last().asString().contains("最迟2026年3月23日（今天）");
        city.passes("P2D");
        assertThat(reminded(award)).hasSize(3);
        assertThat(waiting(award)).isZero();
    }

    @Test
    void ofNothingThatHasBeenDone() {
        var award = asked();
        award.suppliesWhatWasAsked();
        city.passes("P12D");
        assertThat(reminded(award)).isEmpty();
        assertThat(waiting(award)).isZero();
    }

    @Test
    void ofAHearing() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        award.objection("此人并不在该公司工作。").is(201);
        award.withOpinion("supervisor", "objection", "uphold");
        city.passes("P8D");
        award.waitsAt("hearing");
        city.passes("P4D");
        assertThat(reminded(award)).isNotEmpty().first().asString().contains("您还可以陈述意见，最迟2026年3月");
    }

    @Test
    void ofAnotherAccount() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        city.passes("PT1M");
        award.done("finance", "payment-make", "submit").done("finance-approver", "payment-approve", "approve");
        city.passes("PT1M");
        city.bank("refuse");
        city.passes("PT1M");
        award.done("finance", "bank-result", "ask-account");
        city.passes("P12D");
        assertThat(reminded(award)).singleElement().asString().contains("等收款账户，最迟2026年");
        award.answers(Map.of("bankAccount", "6222021408000000123")).is(200);
        city.passes("P12D");
        assertThat(reminded(award)).hasSize(1);
        assertThat(waiting(award)).isZero();
    }

    /** Two years later: told when the time begins, and once more before it ends, unless an application has been sent. */
    @Test
    void ofALaterInstalmentWhenItsTimeBeginsAndBeforeItEnds() {
        var subsidy =
                city.checked("recruitment-subsidy", "granted").reviewedByBoth().noticedAndSigned();
        subsidy.paid().isClosed("granted");
        LocalDate opens = db.sql("select begins_on from case_reminders where case_number = ? and kind = 'instalment'")
                .param(subsidy.number())
                .query(LocalDate.class)
                .single();
        assertThat(opens).isAfter(LocalDate.parse("2027-06-01"));
        at(opens.minusDays(1));
        assertThat(reminded(subsidy)).isEmpty();
        assertThat(page("/cases/" + subsidy.number())).doesNotContain("申请第2期");
        at(opens);
        at(opens);
        assertThat(reminded(subsidy)).singleElement().asString().contains("引进生活补贴第2期可以申请了，最迟");
        assertThat(page("/cases/" + subsidy.number())).contains("申请第2期", "href=\"/apply/recruitment-subsidy\"");
        at(opens.plusMonths(11).plusDays(20));
        assertThat(reminded(subsidy)).hasSize(2);
        at(opens.plusMonths(13));
        assertThat(reminded(subsidy)).hasSize(2);
        assertThat(waiting(subsidy)).isZero();
    }

    /** Whoever disagrees finds the form filled in, with the body and the days; nobody else does. */
    @Test
    @Tag("issue-18.8")
    void theFormForReconsiderationIsPreparedOnceTheDecisionIsKnown() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        String form = "/cases/" + award.number() + "/reconsideration";
        assertThat(new Visitor(port).signIn("applicant").get(form).status())
                .as("the days don't run yet")
                .isEqualTo(302);
        String decision = page("/cases/" + award.number());
        var opened =
                Pattern.compile("/cases/" + award.number() + "/documents/\\d+").matcher(decision);
        while (opened.find()) page(opened.group());
        assertThat(page("/cases/" + award.number())).contains("准备行政复议申请书");
        assertThat(page(form))
                .contains(
                        "晋江市人民政府",
                        "晋江市人力资源和社会保障局",
                        "办件编号" + award.number(),
                        "最迟2026年",
                        award.show().at("/answers/name").asText());
        assertThat(new Visitor(port).signIn("applicant2").get(form).status()).isEqualTo(404);
        assertThat(new Visitor(port).signIn("reviewer").get(form).status()).isIn(403, 404);
    }

    private void at(LocalDate day) {
        city.at(day + "T10:00");
        reminders.run();
    }

    private ApplicantsCase asked() {
        return city.submitted("skills-award", "granted")
                .done("intake", "acceptance", "supplement", Map.of("opinion", "缺页。", "items", "LABOUR_CONTRACT"))
                .waitsAt("supplement");
    }
}
