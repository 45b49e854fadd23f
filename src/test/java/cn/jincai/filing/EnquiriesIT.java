package cn.jincai.filing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.audit.AuditLog;
import cn.jincai.filing.messages.Enquiries;
import cn.jincai.filing.messages.Enquiry;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An applicant asks about his case, and whoever of the office has a part in it answers; both are sealed and on record, and nothing else of the case moves. */
@CaseTest
@Tag("issue-18.5")
class EnquiriesIT {
    private static final String WAITING = "/officers/enquiries";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Enquiries enquiries;

    @Autowired
    Accounts accounts;

    @Autowired
    CaseLifecycle way;

    @Autowired
    Ties ties;

    @Autowired
    AuditLog audit;

    @Autowired
    JdbcClient db;

    private ApplicantsCase award;
    private CaseNumber number;
    private String ask, office;

    @BeforeEach
    void aCaseUnderReview() {
        city.at("2026-03-02T09:00");
        award = city.checked("skills-award", "granted").waitsAt("first-review");
        number = new CaseNumber(award.number());
        ask = "/cases/" + number + "/enquiries";
        office = "/officers/cases/" + number + "/enquiries";
    }

    private Visitor as(String account) {
        return new Visitor(port).signIn(account);
    }

    private Visitor.Answer asks(String words) {
        Visitor applicant = as("applicant");
        return PageForm.on(applicant.get(ask), ask).with("words", words).send(applicant);
    }

    private long last() {
        return enquiries.of(number).stream().mapToLong(Enquiry::id).max().orElseThrow();
    }

    private Visitor.Answer answers(String who, long id, String words) {
        Visitor officer = as(who);
        return PageForm.on(officer.get(office), office + "/" + id)
                .with("words", words)
                .send(officer);
    }

    @Test
    void whoeverHasAPartInTheCaseAnswersAndTheApplicantIsTold() {
        assertThat(asks("公示要登报吗？𠮷").location()).endsWith(ask);
        assertThat(as("reviewer").get("/officers/cases/" + number).body()).contains("1条待答复");
        assertThat(as("reviewer").get("/officers/tasks").body())
                .containsPattern("href=\"" + WAITING + "\">[^\n]*<span class=\"jc-count\">\\d+</span></a>");
        assertThat(as("reviewer").get(WAITING).body())
                .as("the list says where, and not what")
                .contains(office)
                .doesNotContain("登报");
        assertThat(as("reviewer").get(office).body()).contains("公示要登报吗？𠮷");
        assertThat(answers("reviewer", last(), "不登报，只在网上公示。").location()).endsWith(office);
        assertThat(as("applicant").get(ask).body())
                .contains("公示要登报吗？𠮷", "不登报，只在网上公示。", "经办部门答复")
                .as("a role, and no account")
                .doesNotContain("reviewer");
        assertThat(as("applicant").get("/cases/" + number).body()).contains("共1条，已答复1条");
        assertThat(as("applicant").get("/inbox").body()).contains("经办部门答复了您的咨询");
        assertThat(as("reviewer").get(WAITING).body()).doesNotContain(office);
        assertThat(db.sql("select sealed_question || ' ' || sealed_answer from case_enquiries where case_number = ?")
                        .param(number.value())
                        .query(String.class)
                        .single())
                .doesNotContain("登报");
        for (String kind : List.of("enquired", "enquiry-answered"))
            assertThat(audit.search(new AuditLog.Search(number.value(), null, kind, null, null), 0, 10)
                            .total())
                    .as(kind)
                    .isEqualTo(1);
        award.done("reviewer", "first-review", "approve").waitsAt("second-review");
    }

    @Test
    void toReadWhatWasAskedIsALookAtTheFileThatTheApplicantSees() {
        asks("要等多久？");
        long before = looks();
        as("reviewer").get(office);
        assertThat(looks()).isEqualTo(before + 1);
    }

    private long looks() {
        return audit.search(new AuditLog.Search(number.value(), null, "looked-at", null, null), 0, 1)
                .total();
    }

    @Test
    void threeAtOnceWaitAndWhatIsTooLongOrEmptyIsRefusedWithTheWordsKept() {
        assertThat(asks("   ").body()).contains("请填写内容。");
        String long1001 = "𠮷".repeat(1001);
        assertThat(asks(long1001).body()).contains("请在1000字以内。", long1001);
        assertThat(asks("𠮷".repeat(1000)).status()).isEqualTo(302);
        asks("第二个");
        asks("第三个");
        Visitor.Answer fourth = asks("第四个问题");
        assertThat(fourth.status()).isEqualTo(409);
        assertThat(fourth.body()).contains("已有3个问题等待答复", "第四个问题</textarea>");
        assertThat(enquiries.of(number)).hasSize(3);
        answers("reviewer", last(), "好。");
        assertThat(asks("第四个问题").status()).isEqualTo(302);
    }

    @Test
    void oneAnswerEachAndNoneForAQuestionOfAnotherCase() {
        asks("在哪里看？");
        long id = last();
        Visitor reviewer = as("reviewer");
        Visitor.Answer page = reviewer.get(office);
        assertThat(reviewer.form(office + "/" + id, "words=", page).body()).contains("请填写内容。");
        assertThat(reviewer.form(office + "/" + id, "words=here", page).status())
                .isEqualTo(302);
        assertThat(reviewer.get(office).body()).contains("已答复，并已发消息");
        assertThat(reviewer.form(office + "/" + id, "words=there", page).status())
                .isEqualTo(302);
        assertThat(reviewer.get(office).body()).contains("这个问题已经答复过。");
        assertThat(enquiries.of(number).get(0).answer()).isEqualTo("here");
        String other = "/officers/cases/"
                + city.checked("skills-award", "granted")
                        .waitsAt("first-review")
                        .number() + "/enquiries";
        assertThat(reviewer.form(other + "/" + id, "words=x", page).status()).isEqualTo(404);
        assertThat(reviewer.form(office + "/999999", "words=x", page).status()).isEqualTo(404);
    }

    @Test
    void nothingIsAskedOfADraftNorOfAClosedCase() {
        ApplicantsCase draft = city.drafted("skills-award", "granted");
        String drafts = "/cases/" + draft.number() + "/enquiries";
        assertThat(as("applicant").get(drafts).location()).endsWith("/cases/" + draft.number());
        ApplicantsCase refused = city.checked("skills-award", "refused").waitsAt("first-review");
        String late = "/cases/" + refused.number() + "/enquiries";
        Visitor applicant = as("applicant");
        Visitor.Answer page = applicant.get(late);
        refused.withOpinion("reviewer", "first-review", "reject")
                .withOpinion("senior-reviewer", "second-review", "reject")
                .done("leader", "decision", "sign")
                .isClosed("refused");
        assertThat(applicant.get(late).body()).contains("本件已办结，不能再提问").doesNotContain("<textarea");
        assertThat(applicant.form(late, "words=late", page).status()).isEqualTo(409);
        assertThat(enquiries.of(new CaseNumber(refused.number()))).isEmpty();
    }

    @Test
    void nobodyElseAsksReadsOrAnswers() {
        asks("谁能看到？");
        long id = last();
        Visitor applicant = as("applicant");
        for (String other : List.of("applicant2", "employer")) {
            Visitor stranger = as(other);
            assertThat(stranger.get(ask).status()).as(other).isEqualTo(404);
            assertThat(stranger.form(ask, "words=x", stranger.get("/inbox")).status())
                    .as(other)
                    .isEqualTo(404);
        }
        for (String officer : List.of("reviewer", "leader", "auditor", "policy-admin", "admin"))
            assertThat(as(officer).get(ask).status()).as(officer).isEqualTo(403);
        for (String outside : List.of("applicant", "employer", "policy-admin", "admin")) {
            assertThat(as(outside).get(WAITING).status()).as(outside).isEqualTo(403);
            assertThat(as(outside).get(office).status()).as(outside).isEqualTo(403);
        }
        assertThat(applicant
                        .form(office + "/" + id, "words=x", applicant.get(ask))
                        .status())
                .isEqualTo(403);
        for (String without : List.of("finance", "senior-reviewer", "expert1")) {
            Visitor officer = as(without);
            assertThat(officer.get(office).status()).as(without).isIn(403, 404);
            assertThat(officer.form(office + "/" + id, "words=x", officer.get("/officers/tasks"))
                            .status())
                    .as(without)
                    .isIn(403, 404);
        }
        Visitor auditor = as("auditor");
        assertThat(auditor.get(office).body()).contains("谁能看到？").doesNotContain("<textarea");
        assertThat(auditor.get(WAITING).status()).isEqualTo(403);
        assertThat(auditor.form(office + "/" + id, "words=x", auditor.get(office))
                        .status())
                .isEqualTo(403);
        assertThat(new Visitor(port).get(WAITING).location()).endsWith("/sign-in");
        assertThat(new Visitor(port).get(ask).location()).endsWith("/sign-in");
        assertThat(enquiries.of(number).get(0).answer()).isNull();
    }

    @Test
    void nothingIsAskedWhereNobodyOfTheOfficeCouldAnswer() {
        var subsidy = city.submitted("recruitment-subsidy", "granted").waitsAt("employer-check");
        String asks = "/cases/" + subsidy.number() + "/enquiries";
        Visitor applicant = as("applicant");
        assertThat(applicant.get(asks).body())
                .contains("现在经办部门没有人员在办本件", "请在受理时再来提问")
                .doesNotContain("<textarea");
        assertThat(applicant.form(asks, "words=when", applicant.get("/inbox")).status())
                .isEqualTo(409);
        assertThat(enquiries.of(new CaseNumber(subsidy.number()))).isEmpty();
    }

    @Test
    void anExpertOfThePanelReadsNothingOfWhatWasAskedAndASupervisorDoes() {
        asks("我在某某公司上班，要紧吗？");
        way.letIn(number, "expert1");
        way.letIn(number, Role.SUPERVISOR);
        Visitor expert = as("expert1");
        Visitor.Answer file = expert.get("/officers/cases/" + number);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body()).doesNotContain(office, "某某公司");
        assertThat(expert.get(office).status()).isEqualTo(403);
        assertThatThrownBy(() -> enquiries.of(accounts.actor("expert1"), number))
                .isInstanceOf(Problem.class);
        assertThat(as("supervisor").get(office).body()).contains("某某公司").doesNotContain("<textarea");
    }

    @Test
    void theRoleThatAnsweredIsTheOneWithAPartInTheCase() {
        asks("什么时候拨付？");
        way.letIn(number, Role.FINANCE);
        enquiries.answer(new Actor("reviewer", Set.of(Role.SENIOR_REVIEWER, Role.FINANCE)), number, last(), "决定作出以后。");
        assertThat(enquiries.of(number).get(0).answeredAs()).isEqualTo("finance");
    }

    @Test
    void anOfficersOwnCaseWaitsForOthers() {
        Actor himself = new Actor("applicant", Set.of(Role.REVIEWER));
        long before = enquiries.countWaiting(himself);
        asks("能快一点吗？");
        assertThat(enquiries.countWaiting(himself)).isEqualTo(before);
        assertThat(enquiries.waiting(himself))
                .extracting(Enquiries.Waiting::number)
                .doesNotContain(number);
    }

    @Test
    void whoIsTiedToTheCaseNeitherFindsNorAnswersIt() {
        asks("复核会看证书吗？");
        long waiting = enquiries.countWaiting(accounts.actor("reviewer2"));
        ties.recuse(accounts.actor("reviewer2"), Role.REVIEWER, number, "同学");
        assertThat(enquiries.countWaiting(accounts.actor("reviewer2"))).isEqualTo(waiting - 1);
        Visitor tied = as("reviewer2");
        assertThat(tied.get(WAITING).body()).doesNotContain(office);
        assertThat(tied.get(office).status()).isEqualTo(404);
        assertThat(tied.form(office + "/" + last(), "words=x", tied.get(WAITING))
                        .status())
                .isEqualTo(404);
    }
}
