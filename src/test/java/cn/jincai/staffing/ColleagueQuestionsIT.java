package cn.jincai.staffing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.audit.AuditLog;
import cn.jincai.filing.Ties;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An officer asks a colleague: question and answer are in the file and on record, and nobody sees more of the case for it. */
@CaseTest
@Tag("issue-17.7")
class ColleagueQuestionsIT {
    private static final String PATH = "/officers/questions";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    ColleagueQuestions questions;

    @Autowired
    Accounts accounts;

    @Autowired
    Ties ties;

    @Autowired
    AuditLog audit;

    @Autowired
    JdbcClient db;

    private ApplicantsCase award;
    private String ask;

    @BeforeEach
    void aCaseUnderReview() {
        city.at("2026-03-02T09:00");
        award = city.checked("skills-award", "granted");
        ask = "/officers/cases/" + award.number() + "/questions";
    }

    private Visitor as(String account) {
        return new Visitor(port).signIn(account);
    }

    private long asks(String who, String colleague, String words) {
        Visitor visitor = as(who);
        PageForm.on(visitor.get(ask), ask)
                .with("colleague", colleague)
                .with("words", words)
                .send(visitor);
        return questions.of(new CaseNumber(award.number())).stream()
                .mapToLong(ColleagueQuestion::id)
                .max()
                .orElseThrow();
    }

    private Visitor.Answer answers(String who, long id, String words) {
        Visitor visitor = as(who);
        return PageForm.on(visitor.get(PATH), PATH + "/" + id)
                .with("words", words)
                .send(visitor);
    }

    @Test
    void theColleagueAnswersOnHisPageAndBothStandInTheFile() {
        long id = asks("reviewer", "finance", "这个账户能收款吗？");
        assertThat(as("finance").get(PATH).body())
                .contains("这个账户能收款吗？", award.number())
                .as("no part in the case yet")
                .doesNotContain("/officers/cases/" + award.number());
        assertThat(as("finance").get("/officers/cases/" + award.number()).status())
                .isEqualTo(404);
        assertThat(as("finance").get("/officers/tasks").body())
                .as("told beside the link")
                .containsPattern("href=\"" + PATH + "\">[^\n]*<span class=\"jc-count\">\\d+</span></a>");
        assertThat(answers("finance", id, "可以，户名一致。").location()).endsWith(PATH);
        String file = as("reviewer").get("/officers/cases/" + award.number()).body();
        assertThat(file)
                .containsPattern("<code>reviewer</code>\\s*问\\s*<span lang=\"zh-CN\">[^<]+</span> <code>finance</code>")
                .contains("这个账户能收款吗？", "可以，户名一致。", "向同事提问", "答复同事的提问");
        assertThat(as("reviewer").get(PATH).body()).contains("可以，户名一致。");
        assertThat(as("finance").get(PATH).body()).doesNotContain(award.number());
        assertThat(award.waitsAt("first-review").show().toString())
                .as("the applicant is not told")
                .doesNotContain("户名一致");
        for (String kind : List.of("colleague-asked", "colleague-answered"))
            assertThat(audit.search(new AuditLog.Search(award.number(), null, kind, null, null), 0, 10)
                            .total())
                    .as(kind)
                    .isEqualTo(1);
        assertThat(db.sql("select sealed_question || ' ' || sealed_answer from colleague_questions where id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .doesNotContain("账户", "户名");
        award.done("reviewer", "first-review", "approve").waitsAt("second-review");
    }

    @Test
    void anAnswerIsNoStepSoThatTheColleagueMayStillDecide() {
        long id = asks("reviewer", "senior-reviewer", "复核时会看这份证书吗？");
        assertThat(answers("senior-reviewer", id, "会看。").status()).isEqualTo(302);
        award.done("reviewer", "first-review", "approve")
                .done("senior-reviewer", "second-review", "approve")
                .waitsAt("public-notice");
    }

    @Test
    void nobodyAnswersForAnotherAndNobodyTwice() {
        long id = asks("reviewer", "reviewer2", "您办过类似的件吗？");
        Visitor other = as("finance");
        assertThat(other.get(PATH).body()).doesNotContain("您办过类似的件吗？");
        assertThat(other.form(PATH + "/" + id, "words=no", other.get(PATH)).status())
                .isEqualTo(404);
        Visitor asked = as("reviewer2");
        Visitor.Answer page = asked.get(PATH);
        assertThat(asked.form(PATH + "/" + id, "words=", page).body()).contains("请写一句话。");
        assertThat(asked.form(PATH + "/" + id, "words=" + "a".repeat(1024 * 1024), page)
                        .status())
                .isIn(413, 422);
        assertThat(asked.form(PATH + "/" + id, "words=yes", page).status()).isEqualTo(302);
        assertThat(asked.get(PATH).body()).contains("已答复。");
        assertThat(asked.form(PATH + "/" + id, "words=no", page).status()).isEqualTo(302);
        assertThat(asked.get(PATH).body()).contains("这个问题已经答复过。");
        assertThat(questions.of(new CaseNumber(award.number())).get(0).answer()).isEqualTo("yes");
    }

    @Test
    void whoIsTiedToTheCaseIsNeitherAskedNorShownAQuestionOfBefore() {
        long id = asks("reviewer", "reviewer2", "这份材料齐了吗？");
        ties.recuse(accounts.actor("reviewer2"), Role.REVIEWER, new CaseNumber(award.number()), "同学");
        Visitor tied = as("reviewer2");
        assertThat(tied.get(PATH).body()).doesNotContain("这份材料齐了吗？");
        assertThat(tied.form(PATH + "/" + id, "words=yes", tied.get(PATH)).status())
                .isEqualTo(404);
        Visitor asking = as("reviewer");
        Visitor.Answer page = asking.get(ask);
        assertThat(page.body()).doesNotContain("<option value=\"reviewer2\"");
        for (String not : List.of("reviewer2", "reviewer", "auditor", "admin", "applicant", "nobody-of-this-name", ""))
            assertThat(asking.form(ask, "words=x&colleague=" + not, page).status())
                    .as(not)
                    .isEqualTo(422);
    }

    @Test
    void onlyWhoReadsTheFileAsAnOfficerAsks() {
        for (String without : List.of("senior-reviewer", "finance", "expert1", "leader"))
            assertThat(as(without).get(ask).status()).as(without).isEqualTo(404);
        for (String outside : List.of("applicant", "employer", "auditor", "policy-admin", "admin")) {
            assertThat(as(outside).get(ask).status()).as(outside).isEqualTo(403);
            assertThat(as(outside).get(PATH).status()).as(outside).isEqualTo(403);
        }
        assertThat(new Visitor(port).get(PATH).location()).endsWith("/sign-in");
    }
}
