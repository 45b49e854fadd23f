package cn.jincai.web.portal;

import static cn.jincai.web.PageForm.refused;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Registration;
import cn.jincai.applicant.Staff;
import cn.jincai.audit.AuditLog;
import cn.jincai.browser.Browser;
import cn.jincai.calendar.PlausibleNotice;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** What clerks, finance and administrators do on their pages, without JavaScript: with the forms that stand there, well filled in and badly. */
@CaseTest
class OtherFormsIT {
    private static final String PASSWORD = "correct horse battery",
            TIES = "/admin/employers",
            SAMPLE_EMPLOYER = "91350582MA2XY0014Y",
            ANOTHER_EMPLOYER = "91350582MA2XY0022R";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Registration registration;

    @Autowired
    Staff staff;

    @Autowired
    AuditLog record;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private Visitor signedIn(String name) {
        return new Visitor(port).signIn(name);
    }

    @Test
    void anEmployersClerkConfirmsOneCaseAndDeniesAnother() {
        var confirmed = city.submitted("talent-recognition", "granted").waitsAt("employer-check");
        var denied = city.submitted("talent-recognition", "granted").waitsAt("employer-check");
        Visitor clerk = signedIn("employer");
        String page = "/employer/" + denied.number();
        assertThat(clerk.get("/employer").body())
                .contains("href=\"" + page + "\"", "href=\"/employer/" + confirmed.number() + "\"");
        Answer open = clerk.get(page);
        assertThat(open.body())
                .as("not his account")
                .doesNotContain(denied.answersAsTold().get("bankAccount").asText());
        Answer undecided =
                refused(PageForm.on(open, page).with("opinion", "<b>已离职</b>").send(clerk), "f-outcome");
        assertThat(undecided.body()).contains("请选择“处理结果”").doesNotContain("confirm、deny");
        assertThat(PageForm.on(undecided, page).shows("opinion")).isEqualTo("<b>已离职</b>");
        Answer unexplained =
                refused(PageForm.on(open, page).with("outcome", "deny").send(clerk), "f-opinion");
        assertThat(PageForm.on(unexplained, page).shows("outcome")).isEqualTo("deny");
        denied.waitsAt("employer-check");
        assertThat(clerk.follow(
                                PageForm.on(undecided, page)
                                        .with("outcome", "deny")
                                        .send(clerk),
                                "/employer")
                        .body())
                .contains("答复已提交，谢谢。");
        assertThat(denied.waitsAt("acceptance").show().get("employerWord").asText())
                .isEqualTo("denied");
        assertThat(clerk.follow(
                                PageForm.on(open, page)
                                        .with("outcome", "confirm")
                                        .send(clerk),
                                "/employer")
                        .body())
                .contains("这件已经答复或已转入下一环节。");
        assertThat(clerk.get(page).body()).contains("贵单位的答复：", "不属实").doesNotContain("name=\"outcome\"");
        assertThat(signedIn("intake").get("/officers/cases/" + denied.number()).body())
                .contains("&lt;b&gt;已离职&lt;/b&gt;")
                .doesNotContain("<b>已离职");

        page = "/employer/" + confirmed.number();
        clerk.follow(
                PageForm.on(clerk.get(page), page).with("outcome", "confirm").send(clerk), "/employer");
        assertThat(confirmed.waitsAt("acceptance").show().get("employerWord").asText())
                .isEqualTo("confirmed");
    }

    @Test
    void theWindowTiesAClerkWhoSeesHisEmployersCasesAloneUntilHeIsUntied() {
        var waiting = city.submitted("talent-recognition", "granted").waitsAt("employer-check");
        String check = "/employer/" + waiting.number();
        Visitor intake = signedIn("intake"), clerk = signedIn("applicant2");
        Answer page = intake.get(TIES);
        Answer wrong = refused(
                PageForm.on(page, TIES)
                        .with("employerCode", "91350582MA2XY0022X")
                        .with("employerName", "乙&公司")
                        .with("account", "nobody-here")
                        .send(intake),
                "employerCode",
                "account");
        assertThat(List.of(
                        PageForm.on(wrong, TIES).shows("employerName"),
                        PageForm.on(wrong, TIES).shows("account")))
                .containsExactly("乙&公司", "nobody-here");
        refused(
                PageForm.on(page, TIES)
                        .with("employerCode", ANOTHER_EMPLOYER)
                        .with("account", "applicant2")
                        .send(intake),
                "employerName");
        refused(
                PageForm.on(wrong, TIES)
                        .with("employerCode", ANOTHER_EMPLOYER)
                        .with("account", "reviewer")
                        .send(intake),
                "account");
        assertThat(clerk.get("/employer").status()).isEqualTo(403);
        Answer tied = intake.follow(
                PageForm.on(wrong, TIES)
                        .with("employerCode", ANOTHER_EMPLOYER)
                        .with("account", "applicant2")
                        .send(intake),
                TIES);
        assertThat(tied.body()).contains("待本人同意", "乙&amp;公司");
        assertThat(clerk.get("/employer").status())
                .as("nothing is open before he consents")
                .isEqualTo(403);
        assertThat(clerk.get(TIES).status()).isEqualTo(403);

        Visitor elsewhere = signedIn("applicant2");
        assertThat(signedIn("applicant").get("/account").body()).doesNotContain("乙&amp;公司");
        accepts(clerk, ANOTHER_EMPLOYER);
        assertThat(elsewhere.get("/employer").location())
                .as("signed in as somebody with fewer rights")
                .endsWith("/sign-in?ended");
        tied = intake.get(TIES);
        clerk = signedIn("applicant2");
        assertThat(clerk.get("/employer").body()).doesNotContain(waiting.number());
        assertThat(clerk.get(check).status()).isEqualTo(404);
        Answer own = signedIn("employer").get(check);
        assertThat(clerk.form(check, "outcome=confirm", clerk.get("/employer")).status())
                .as("another employer's")
                .isEqualTo(404);
        assertThat(PageForm.on(own, check).has("outcome")).isTrue();
        waiting.waitsAt("employer-check");
        refused(
                PageForm.on(tied, TIES)
                        .with("employerCode", SAMPLE_EMPLOYER)
                        .with("account", "applicant2")
                        .send(intake),
                "account");

        assertThat(intake.follow(
                                PageForm.on(tied, TIES + "/untie", "applicant2").send(intake), TIES)
                        .body())
                .contains("已取消经办人")
                .doesNotContain("applicant2");
        assertThat(clerk.get("/employer").location()).endsWith("/sign-in?ended");
        assertThat(signedIn("applicant2").get("/employer").status()).isEqualTo(403);
        assertThat(PageForm.on(tied, TIES + "/untie", "applicant2").send(intake).status())
                .as("untied twice")
                .isEqualTo(404);
    }

    private void accepts(Visitor clerk, String employer) {
        Answer asked = clerk.get("/account");
        clerk.follow(
                PageForm.on(asked, "/account/employer", employer)
                        .forged("accepted", "true")
                        .send(clerk),
                "/sign-in?clerk");
    }

    @Test
    @Tag("issue-13.20")
    void aProposalIsDeclinedOrTakenBackAndThenNothingIsLeftOfIt() {
        Visitor intake = signedIn("intake"), asked = signedIn("applicant2");
        var proposed = PageForm.on(intake.get(TIES), TIES)
                .with("employerCode", ANOTHER_EMPLOYER)
                .with("employerName", "乙公司")
                .with("account", "applicant2");
        Answer waits = intake.follow(proposed.send(intake), TIES);
        assertThat(asked.get("/cases").body()).as("told on every page").contains("项待您答复");
        String page = asked.get("/account").body();
        assertThat(page).contains("担任单位经办人", "乙公司", ANOTHER_EMPLOYER);
        assertThat(asked.follow(
                                PageForm.on(asked.get("/account"), "/account/employer", ANOTHER_EMPLOYER)
                                        .forged("accepted", "false")
                                        .send(asked),
                                "/account")
                        .body())
                .contains("已答复：不同意")
                .doesNotContain("乙公司");
        assertThat(intake.get(TIES).body()).doesNotContain("applicant2");
        assertThat(PageForm.on(waits, TIES + "/take-back", "applicant2")
                        .send(intake)
                        .status())
                .as("answered meanwhile")
                .isEqualTo(404);
        waits = intake.follow(proposed.send(intake), TIES);
        assertThat(intake.follow(
                                PageForm.on(waits, TIES + "/take-back", "applicant2")
                                        .send(intake),
                                TIES)
                        .body())
                .contains("已撤回")
                .doesNotContain("applicant2");
        assertThat(asked.form(
                                "/account/employer",
                                "employerCode=" + ANOTHER_EMPLOYER + "&accepted=true",
                                asked.get("/account"))
                        .status())
                .isEqualTo(404);
        assertThat(signedIn("applicant2").get("/employer").status()).isEqualTo(403);
    }

    @Test
    @Tag("issue-18.9")
    void aClerkAnswersSeveralTogetherAndTheApplicantAnswersADenial() {
        var confirmed = city.submitted("talent-recognition", "granted").waitsAt("employer-check");
        var denied = city.submitted("talent-recognition", "granted").waitsAt("employer-check");
        Visitor clerk = signedIn("employer");
        String full = denied.answersAsTold().get("name").asText(),
                several =
                        "/employer/several?number=" + confirmed.number() + "&number=" + denied.number()
                                + "&outcome=confirm";
        Answer list = clerk.get("/employer?scheme=talent-recognition");
        assertThat(list.body())
                .as("a list masks names")
                .contains(
                        "value=\"" + denied.number() + "\"",
                        full.substring(0, full.offsetByCodePoints(0, 1)) + "*",
                        "劳动合同期限")
                .doesNotContain(full);
        assertThat(clerk.get("/employer?scheme=recruitment-subsidy").body()).doesNotContain(denied.number());
        assertThat(clerk.get(several).body()).contains(full);
        Answer unexplained = refused(
                PageForm.on(clerk.get(several), "/employer/several")
                        .with("outcome-" + denied.number(), "deny")
                        .send(clerk),
                "f-reason-" + denied.number());
        confirmed.waitsAt("employer-check");
        Answer answered = clerk.follow(
                PageForm.on(unexplained, "/employer/several")
                        .with("reason-" + denied.number(), "<i>从未在我单位任职</i>")
                        .send(clerk),
                "/employer");
        assertThat(answered.body()).contains("已答复 2 件");
        assertThat(confirmed.waitsAt("acceptance").show().get("employerWord").asText())
                .isEqualTo("confirmed");
        assertThat(denied.waitsAt("acceptance").show().get("employerWord").asText())
                .isEqualTo("denied");
        String mine = "/cases/" + denied.number(), word = mine + "/employer-word";
        Visitor applicant = signedIn("applicant");
        assertThat(applicant.get(mine).body())
                .contains("&lt;i&gt;从未在我单位任职&lt;/i&gt;", word)
                .doesNotContain("<i>从未");
        refused(PageForm.on(applicant.get(word), word).send(applicant), "f-words");
        assertThat(applicant
                        .follow(
                                PageForm.on(applicant.get(word), word)
                                        .with("words", "上月刚签合同，见材料。")
                                        .send(applicant),
                                word)
                        .body())
                .contains("答复已提交", "上月刚签合同")
                .doesNotContain("<textarea");
        assertThat(applicant.form(word, "words=x", applicant.get(mine)).status())
                .isEqualTo(409);
        assertThat(signedIn("intake").get("/officers" + mine).body()).contains("上月刚签合同", "从未在我单位任职");
        for (String other : List.of("applicant2", "employer"))
            assertThat(signedIn(other).get(word).status()).as(other).isEqualTo(404);
        assertThat(clerk.get("/employer").body()).contains("申请人已答复").doesNotContain("上月刚签合同");
    }

    /** A link one way and a code another; used once, guessed five times at most, and whoever is removed is out at once. */
    @Test
    @Tag("issue-18.9")
    void theAdministratorOfAnEmployerInvitesAClerkAndEndsHisAccess() {
        Visitor administrator = signedIn("employer");
        assertThat(administrator.get(TIES).body()).contains("单位管理员");
        Answer made = invited(administrator);
        String link = found("/employer-invitations/[0-9a-f-]{36}", made),
                code = found("(?<=id=\"invitation-code\">)\\d{8}", made);
        assertThat(administrator.get(TIES).body()).as("shown once").doesNotContain(code);
        Visitor invited = signedIn("applicant2");
        assertThat(invited.get("/employer").status()).isEqualTo(403);
        Answer wrong = PageForm.on(invited.get(link), link).with("code", "1").send(invited);
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("邀请码不对");
        assertThat(signedIn("intake").get(link).status()).as("staff").isEqualTo(403);
        assertThat(PageForm.on(wrong, link).with("code", code).send(invited).location())
                .endsWith("/sign-in?clerk");
        try {
            Visitor colleague = signedIn("applicant2");
            assertThat(colleague.get("/employer").status()).isEqualTo(200);
            assertThat(colleague.get(link).status()).as("used").isEqualTo(409);
            assertThat(colleague
                            .form(TIES + "/invitations", "", colleague.get("/employer"))
                            .status())
                    .as("only the administrator invites")
                    .isEqualTo(403);
            administrator.follow(
                    PageForm.on(administrator.get(TIES), TIES + "/untie", "applicant2")
                            .send(administrator),
                    TIES);
            assertThat(colleague.get("/employer").status())
                    .as("in the session that he had")
                    .isNotEqualTo(200);
        } finally {
            if (signedIn("employer").get(TIES).body().contains("value=\"applicant2\"")) {
                Visitor again = signedIn("employer");
                PageForm.on(again.get(TIES), TIES + "/untie", "applicant2").send(again);
            }
        }
    }

    /** Guessed five times it is over; taken back it is over; and nobody else's can be taken back. */
    @Test
    @Tag("issue-18.9")
    void anInvitationThatWasGuessedAtOrTakenBackIsOver() {
        Visitor administrator = signedIn("employer"), guesser = signedIn("applicant2");
        String guessed = found("/employer-invitations/[0-9a-f-]{36}", invited(administrator));
        for (int i = 1; i <= 4; i++)
            assertThat(PageForm.on(guesser.get(guessed), guessed)
                            .with("code", "0" + i)
                            .send(guesser)
                            .status())
                    .isEqualTo(422);
        assertThat(PageForm.on(guesser.get(guessed), guessed)
                        .with("code", "05")
                        .send(guesser)
                        .status())
                .isEqualTo(409);
        String taken = found("/employer-invitations/[0-9a-f-]{36}", invited(administrator));
        Answer page = administrator.get(TIES);
        String revoke = found(TIES + "/invitations/\\d+/revoke", page);
        assertThat(guesser.form(revoke, "", guesser.get("/")).status()).isEqualTo(403);
        assertThat(administrator
                        .follow(PageForm.on(page, revoke).send(administrator), TIES)
                        .body())
                .contains("邀请已撤回");
        assertThat(guesser.get(taken).status()).isEqualTo(409);
        assertThat(guesser.get("/employer-invitations/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    /** In his name, with his data and his mandate; he is told and others judge it. */
    @Test
    @Tag("issue-18.10")
    void theCounterFilesForSomebodyWhoIsThere() {
        Visitor counter = signedIn("intake"), applicant = signedIn("applicant");
        String filing = "/officers/filing";
        for (String other : List.of("applicant", "reviewer", "employer"))
            assertThat(signedIn(other).get(filing).status()).as(other).isEqualTo(403);
        refused(
                PageForm.on(counter.get(filing), filing)
                        .with("person", "350582190001010000")
                        .with("scheme", "skills-award")
                        .with("kind", "counter")
                        .send(counter),
                "f-person");
        refused(
                PageForm.on(counter.get(filing), filing)
                        .with("person", "intake")
                        .with("scheme", "skills-award")
                        .with("kind", "counter")
                        .send(counter),
                "f-person");
        String number = begunFor("applicant", "counter", counter), apply = "/cases/" + number + "/apply";
        assertThat(counter.get(apply).body()).contains("窗口工作人员自").doesNotContain("/mandate/stop");
        assertThat(applicant.get("/inbox").body()).contains(number, "窗口受申请人委托代为申报");
        assertThat(signedIn("applicant2").get(apply).status()).isEqualTo(404);
        assertThat(signedIn("reviewer").get(apply).status()).isEqualTo(403);

        var file = new ApplicantsCase(city, number, "skills-award", "applicant");
        JsonNode told = city.application("skills-award", "granted").get("answers");
        Map<String, Object> answers = new HashMap<>();
        told.properties().forEach(e -> answers.put(e.getKey(), e.getValue()));
        file.answers(answers).is(200);
        for (String need : List.of("CERTIFICATE", "LABOUR_CONTRACT")) file.attach(need);
        String submission = "/cases/" + number + "/submission", papers = "/cases/" + number + "/papers";
        Answer unsigned = counter.form(submission, "", counter.get("/cases/" + number + "/check"));
        assertThat(unsigned.status()).isEqualTo(422);
        assertThat(unsigned.body()).contains("请上传申请人签字的授权委托书");
        assertThat(counter.get(papers).body()).contains("授权委托书（签字后扫描）");
        assertThat(PageForm.on(counter.get(papers), papers, "MANDATE")
                        .file("mandate.pdf", "no paper")
                        .send(counter)
                        .status())
                .isEqualTo(422);
        assertThat(PageForm.on(counter.get(papers), papers, "MANDATE")
                        .file("mandate.pdf", Browser.PDF)
                        .send(counter)
                        .location())
                .contains(papers);
        assertThat(counter.form(submission, "", counter.get("/cases/" + number + "/check"))
                        .location())
                .endsWith(filing + "?sent=" + number);
        file.waitsAt("acceptance");
        assertThat(counter.get(apply).status()).as("it ends with that").isEqualTo(404);
        assertThat(file.hasTask("intake", "acceptance")).as("others accept it").isFalse();
        assertThat(file.show().get("timeline").toString()).contains("窗口受申请人委托代为申报");
        file.withdrawal().is(200);
    }

    @Test
    @Tag("issue-18.10")
    void whomTheCounterFilesForStopsItAtAnyTime() {
        Visitor counter = signedIn("intake"), applicant = signedIn("applicant");
        String number = begunFor("applicant", "home", counter), apply = "/cases/" + number + "/apply";
        assertThat(counter.get("/officers/filing").body()).contains(number, "上门办理");
        String stop = "/cases/" + number + "/mandate/stop";
        Visitor other = signedIn("applicant2");
        assertThat(other.form(stop, "", other.get("/")).status()).isEqualTo(404);
        Answer mine = applicant.get(apply);
        assertThat(mine.body()).contains("上门代您填写");
        assertThat(applicant
                        .follow(PageForm.on(mine, stop).send(applicant), apply)
                        .body())
                .doesNotContain(stop);
        assertThat(counter.get(apply).status()).isEqualTo(404);
        assertThat(counter.get("/officers/filing").body()).doesNotContain(number);
        assertThat(applicant.get(apply).status()).as("the draft is his").isEqualTo(200);
    }

    private static String begunFor(String person, String kind, Visitor counter) {
        String filing = "/officers/filing";
        String to = PageForm.on(counter.get(filing), filing)
                .with("person", person)
                .with("scheme", "skills-award")
                .with("kind", kind)
                .send(counter)
                .location();
        return to.replaceAll(".*/cases/(JC\\d+)/apply", "$1");
    }

    private static Answer invited(Visitor administrator) {
        String invite = TIES + "/invitations";
        return administrator.follow(PageForm.on(administrator.get(TIES), invite).send(administrator), TIES);
    }

    private static String found(String pattern, Answer page) {
        Matcher found = Pattern.compile(pattern).matcher(page.body());
        assertThat(found.find()).as(pattern).isTrue();
        return found.group();
    }

    @Test
    void aColleagueAnswersWhatTheOtherClerkCouldNotHandIn() {
        Visitor first = signedIn("employer");
        first.follow(
                PageForm.on(first.get(TIES), TIES).with("account", "applicant2").send(first), TIES);
        accepts(signedIn("applicant2"), SAMPLE_EMPLOYER);
        try {
            var waiting = city.submitted("talent-recognition", "granted").waitsAt("employer-check");
            String check = "/employer/" + waiting.number();
            first = signedIn("employer");
            refused(PageForm.on(first.get(check), check).with("outcome", "deny").send(first), "f-opinion");
            Visitor colleague = signedIn("applicant2");
            assertThat(colleague.get(TIES).body())
                    .as("the first clerk does that")
                    .doesNotContain("name=\"account\"");
            colleague.follow(
                    PageForm.on(colleague.get(check), check)
                            .with("outcome", "confirm")
                            .send(colleague),
                    "/employer");
            assertThat(waiting.waitsAt("acceptance").show().get("employerWord").asText())
                    .isEqualTo("confirmed");
        } finally {
            Answer tied = first.get(TIES);
            first.follow(PageForm.on(tied, TIES + "/untie", "applicant2").send(first), TIES);
        }
    }

    @Test
    @Tag("issue-13.20")
    void rolesThatCheckOneAnotherAreRefusedWithClearWords() {
        String made = "/admin/accounts/new";
        Visitor admin = signedIn("admin");
        Answer empty = admin.get(made);
        for (String[] roles : new String[][] {
            {"finance", "finance-approver"},
            {"policy-admin", "policy-approver"},
            {"auditor", "intake"},
            {"admin", "auditor"},
            {"admin", "leader"}
        }) {
            Answer wrong = refused(
                    PageForm.on(empty, made)
                            .with("name", "two-roles")
                            .with("displayName", "丙")
                            .with("role", roles)
                            .send(admin),
                    "roles");
            assertThat(wrong.body()).contains("互不相容");
            assertThat(PageForm.on(wrong, made).shows("role").split(" "))
                    .as("what was chosen")
                    .containsExactlyInAnyOrder(roles);
        }
        admin.follow(
                PageForm.on(empty, made)
                        .with("name", "two-roles")
                        .with("displayName", "丙")
                        .with("role", "finance", "reviewer")
                        .send(admin),
                "/admin/accounts");
        String account = "/admin/accounts/two-roles";
        Answer form = admin.get(account);
        refused(
                PageForm.on(form, account)
                        .with("role", "finance", "finance-approver")
                        .send(admin),
                "roles");
        assertThat(PageForm.on(admin.get(account), account).shows("role"))
                .as("as it was, and what waits")
                .isEqualTo("reviewer finance");
        confirms("two-roles");
        assertThat(admin.get(account).body()).doesNotContain("待确认<");
    }

    /** Another administrator confirms the only role that waits for this account. */
    private void confirms(String account) {
        String waiting = "/admin/role-proposals";
        Answer own = signedIn("admin").get(waiting);
        assertThat(own.body()).contains(account, "撤回").doesNotContain("value=\"true\"");
        Visitor second = signedIn("admin2");
        Answer list = second.get(waiting);
        assertThat(list.body()).contains(account, "互不相容的角色");
        assertThat(signedIn("auditor").get(waiting).body()).contains(account).doesNotContain("value=\"true\"");
        Answer confirmed = second.follow(
                second.form(waiting, "account=" + account + "&role=" + roleOf(list, account) + "&confirmed=true", list),
                waiting);
        assertThat(confirmed.body()).contains("已确认").doesNotContain(">" + account + "<");
    }

    private static String roleOf(Answer list, String account) {
        Matcher role = Pattern.compile(
                        "value=\"" + account + "\"><input type=\"hidden\" name=\"role\" value=\"([\\w-]+)\"")
                .matcher(list.body());
        assertThat(role.find()).isTrue();
        return role.group(1);
    }

    @Test
    void anAccountIsMadeUsedAndLocked() {
        String name = "forms-officer", made = "/admin/accounts/new", account = "/admin/accounts/" + name;
        Visitor admin = signedIn("admin");
        Answer empty = admin.get(made);
        Answer wrong = refused(
                PageForm.on(empty, made)
                        .with("name", "张三")
                        .with("email", "z@example.cn")
                        .with("documentNumber", "35058219850101123")
                        .send(admin),
                "name",
                "displayName",
                "roles",
                "documentNumber");
        assertThat(List.of(
                        PageForm.on(wrong, made).shows("name"),
                        PageForm.on(wrong, made).shows("email"),
                        PageForm.on(wrong, made).shows("documentNumber")))
                .containsExactly("张三", "z@example.cn", "35058219850101123");
        Answer taken = refused(
                PageForm.on(empty, made)
                        .with("name", "reviewer")
                        .with("displayName", "丁&一")
                        .with("role", "auditor")
                        .send(admin),
                "name");
        assertThat(PageForm.on(taken, made).shows("role")).isEqualTo("auditor");
        Answer told = admin.follow(PageForm.on(taken, made).with("name", name).send(admin), "/admin/accounts");
        assertThat(told.body()).contains("已新建账号；审计", "丁&amp;一");
        confirms(name);
        String password = secret(told);
        assertThat(admin.get("/admin/accounts").body()).as("told once").doesNotContain(password);

        Visitor officer = new Visitor(port);
        assertThat(officer.trySignIn(name, password).status()).isEqualTo(302);
        for (String place : List.of("/audit", "/", "/camunda/app/tasklist/default/"))
            assertThat(officer.get(place, "Accept", "text/html").location())
                    .as(place)
                    .endsWith("/account");
        assertThat(officer.get("/account").body()).contains("初始密码").doesNotContain("documentNumber");
        Visitor program = new Visitor(port).withPassword(name, password);
        assertThat(program.get("/api/cases").json().path("code").asText()).isEqualTo("PASSWORD_TO_CHANGE");
        changesThePassword(officer, name, password);
        tellsARelative(name);

        Answer form = admin.get(account);
        refused(PageForm.on(form, account).with("role").send(admin), "roles");
        officer = new Visitor(port);
        officer.trySignIn(name, PASSWORD);
        assertThat(officer.get("/audit").status()).isEqualTo(200);
        assertThat(admin.follow(
                                PageForm.on(form, account)
                                        .with("role", "policy-admin")
                                        .send(admin),
                                account)
                        .body())
                .contains("已保存；审计");
        confirms(name);
        assertThat(officer.get("/audit").location()).endsWith("/sign-in?ended");
        officer.trySignIn(name, PASSWORD);
        assertThat(List.of(
                        officer.get("/audit").status(),
                        officer.get("/admin/packages").status()))
                .containsExactly(403, 200);

        String fresh =
                secret(admin.follow(PageForm.on(form, account + "/password").send(admin), account));
        assertThat(new Visitor(port).trySignIn(name, PASSWORD).status()).isEqualTo(401);
        assertThat(new Visitor(port).trySignIn(name, fresh).status()).isEqualTo(302);
        admin.follow(PageForm.on(form, account).with("locked", "true").send(admin), account);
        assertThat(new Visitor(port).trySignIn(name, fresh).status()).isEqualTo(401);

        String own = "/admin/accounts/admin";
        Answer kept = PageForm.on(admin.get(own), own).with("role", "auditor").send(admin);
        assertThat(kept.status()).isEqualTo(409);
        assertThat(kept.body()).contains("不能取消或停用自己的管理员角色");
        assertThat(admin.get("/admin/accounts").status()).isEqualTo(200);
    }

    @Test
    @Tag("issue-13.7")
    void whoHasLostHisPasswordGetsANewOneAtTheWindowWhichIsShownOnce() {
        Visitor stranger = new Visitor(port);
        assertThat(stranger.get("/").body()).contains("href=\"/register\"", "href=\"/sign-in\"");
        assertThat(stranger.get("/sign-in").body()).contains("href=\"/register\"", "href=\"/lost-password\"");
        assertThat(stranger.get("/lost-password").body()).contains("受理窗口", "身份证件");
        String number = "440524188001010014", reset = "/admin/passwords";
        String account = registration
                .register(
                        new Registration.Filled("郭𠮷", "RESIDENT_ID", number, "", "13800138000", "", PASSWORD, true),
                        "198.51.100.31")
                .orElseThrow();
        Visitor before = new Visitor(port);
        before.trySignIn(number, PASSWORD);
        Visitor intake = signedIn("intake");
        Answer empty = intake.get(reset);
        assertThat(intake.get("/").body()).contains("href=\"" + reset + "\"");
        refused(
                PageForm.on(empty, reset)
                        .with("number", "11010519491231002X".replace("1949", "1950"))
                        .send(intake),
                "number");
        refused(PageForm.on(empty, reset).with("number", "reviewer").send(intake), "number");
        Answer found = PageForm.on(empty, reset)
                .with("number", " 440524 18800101 0014")
                .send(intake);
        assertThat(found.body()).contains(account, "郭*").doesNotContain("郭𠮷", number);
        Answer unseen = refused(PageForm.on(found, reset + "/reset").send(intake), "looked");
        assertThat(before.get("/account").status()).as("nothing has happened").isEqualTo(200);

        String fresh = secret(intake.follow(
                PageForm.on(unseen, reset + "/reset").with("looked", "true").send(intake), reset));
        assertThat(intake.get(reset).body()).as("told once").doesNotContain(fresh);
        assertThat(before.get("/account").location()).endsWith("/sign-in?ended");
        assertThat(new Visitor(port).trySignIn(number, PASSWORD).status()).isEqualTo(401);
        Visitor holder = new Visitor(port);
        assertThat(holder.trySignIn(number, fresh).status()).isEqualTo(302);
        assertThat(holder.get("/cases", "Accept", "text/html").location())
                .as("first the password")
                .endsWith("/account");
        changesThePassword(holder, account, fresh);
        assertThat(new Visitor(port)
                        .withPassword(account, PASSWORD)
                        .get("/api/cases")
                        .status())
                .isEqualTo(200);
        assertThat(record.search(new AuditLog.Search(null, "intake", "password-reset", null, null), 0, 5)
                        .entries())
                .anyMatch(e -> account.equals(e.details().get("account"))
                        && !e.toString().contains(number));
        Visitor admin = signedIn("admin");
        assertThat(admin.form("/admin/accounts/" + account + "/password", "", admin.get("/admin/accounts"))
                        .status())
                .as("nobody would see the password")
                .isEqualTo(404);
        assertThat(new Visitor(port).trySignIn(number, PASSWORD).status()).isEqualTo(302);
    }

    @Test
    @Tag("issue-13.20")
    void aProgramChangesItsFirstPasswordBeforeAnythingElse() {
        String
                first =
                        staff.make(
                                new Staff.Filled("program-one", "程序", Set.of(Role.FINANCE), "", "", "", ""),
                                new Actor("admin", Set.of(Role.ADMIN))),
                address = "/api/account/password";
        confirms("program-one");
        Visitor program = new Visitor(port).withPassword("program-one", first);
        Answer refused = program.always("Accept-Language", "en").get("/api/payments");
        assertThat(List.of(refused.status(), refused.json().path("code").asText()))
                .containsExactly(403, "PASSWORD_TO_CHANGE");
        assertThat(refused.json().path("detail").asText()).contains("PUT " + address);
        assertThat(program.send(
                                "PUT",
                                address,
                                "{\"old\": \"wrong\", \"password\": \"" + PASSWORD + "\"}",
                                "Content-Type",
                                "application/json")
                        .json()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("old");
        assertThat(program.send(
                                "PUT",
                                address,
                                "{\"old\": \"" + first + "\", \"password\": \"" + first + "\"}",
                                "Content-Type",
                                "application/json")
                        .json()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("password");
        assertThat(program.send(
                                "PUT",
                                address,
                                "{\"old\": \"" + first + "\", \"password\": \"" + PASSWORD + "\"}",
                                "Content-Type",
                                "application/json")
                        .status())
                .isEqualTo(204);
        assertThat(program.get("/api/payments").status()).isEqualTo(401);
        assertThat(new Visitor(port)
                        .withPassword("program-one", PASSWORD)
                        .get("/api/payments")
                        .status())
                .isEqualTo(200);
        assertThat(new Visitor(port)
                        .withPassword("finance", "finance")
                        .get("/api/payments")
                        .status())
                .as("of the demo's people nobody has to")
                .isEqualTo(200);
        assertThat(new Visitor(port)
                        .send("PUT", address, "{}", "Content-Type", "application/json")
                        .status())
                .isEqualTo(401);
    }

    private static String secret(Answer page) {
        Matcher secret =
                Pattern.compile("<code class=\"jc-big\">([a-z0-9]{16})</code>").matcher(page.body());
        assertThat(secret.find()).as(page.body()).isTrue();
        return secret.group(1);
    }

    private void changesThePassword(Visitor officer, String name, String old) {
        String address = "/account/password";
        Answer page = officer.get("/account");
        refused(
                PageForm.on(page, address)
                        .with("old", "guessed")
                        .with("password", PASSWORD + "!")
                        .send(officer),
                "old");
        for (String weak : List.of("short", name, "aaaaaaaaaaaa", old)) {
            Answer refused = refused(
                    PageForm.on(page, address)
                            .with("old", old)
                            .with("password", weak)
                            .send(officer),
                    "password");
            assertThat(PageForm.on(refused, address).shows("password"))
                    .as("a password is never shown")
                    .isEmpty();
        }
        assertThat(new Visitor(port).trySignIn(name, old).status())
                .as("unchanged")
                .isEqualTo(302);
        Visitor elsewhere = new Visitor(port);
        elsewhere.trySignIn(name, old);
        Answer changed = PageForm.on(page, address)
                .with("old", old)
                .with("password", PASSWORD)
                .send(officer);
        assertThat(officer.follow(changed, "/sign-in?changed").body()).contains("密码已更改，请用新密码登录");
        assertThat(new Visitor(port).trySignIn(name, old).status()).isEqualTo(401);
        assertThat(new Visitor(port).trySignIn(name, PASSWORD).status()).isEqualTo(302);
        assertThat(elsewhere.get("/account").location())
                .as("every session begins anew")
                .endsWith("/sign-in?ended");
        assertThat(officer.get("/account").location()).endsWith("/sign-in");
    }

    private void tellsARelative(String name) {
        String address = "/account/relatives";
        Visitor officer = new Visitor(port);
        officer.trySignIn(name, PASSWORD);
        Answer page = officer.get("/account");
        assertThat(page.body()).contains("您已申报 0 人。");
        refused(PageForm.on(page, address).with("documentNumber", " ").send(officer), "documentNumber");
        Answer wrong = refused(
                PageForm.on(page, address)
                        .with("documentNumber", "110105194912310026")
                        .send(officer),
                "documentNumber");
        assertThat(PageForm.on(wrong, address).shows("documentNumber")).isEqualTo("110105194912310026");
        Answer told = officer.follow(
                PageForm.on(wrong, address)
                        .with("documentType", "PASSPORT")
                        .with("documentNumber", "K7654321")
                        .send(officer),
                "/account");
        assertThat(told.body()).contains("已申报", "您已申报 1 人。").doesNotContain("K7654321");
        officer.follow(
                PageForm.on(page, address)
                        .with("documentType", "PASSPORT")
                        .with("documentNumber", "k7654321")
                        .send(officer),
                "/account");
        assertThat(officer.get("/account").body()).as("the same again").contains("您已申报 1 人。");
    }

    @Test
    void financeLoadsTheBanksAnswers() {
        var award = city.checked("skills-award", "partial").reviewedByBoth().noticedAndSigned();
        city.passes("PT1M");
        award.done("finance", "payment-make", "submit").done("finance-approver", "payment-approve", "approve");
        city.passes("PT1M");
        JsonNode payment = payment(award);
        Visitor finance = signedIn("finance");
        String batch = "/finance/batches/" + payment.get("batch").asLong(), answers = batch + "/answers";
        Answer page = finance.get(batch);
        for (String[] bad : new String[][] {
            {"", "文件是空的。"}, {"batch,payment\n1,2\n", "首行应有列名"}, {"batch,payment,amount,result\n\"1", "不是有效的CSV文件。"}
        })
            assertThat(refused(
                                    PageForm.on(page, answers)
                                            .file("answers.csv", bad[0])
                                            .send(finance),
                                    "f-file")
                            .body())
                    .contains(bad[1]);
        String
                line =
                        "batch,payment,amount,result,code,reference\n" + payment.get("batch") + "," + payment.get("id")
                                + ",",
                sum = payment.get("amountFen").asLong() / 100 + ".00";
        Answer differs = finance.follow(
                PageForm.on(page, answers)
                        .file("answers.csv", line + "1.00,paid,,R1\n")
                        .send(finance),
                batch);
        assertThat(differs.body()).contains("回执已载入", "金额与送出的不一致。");
        assertThat(payment(award).get("status").asText()).isEqualTo("sent");
        Answer rounded = finance.follow(
                PageForm.on(page, answers)
                        .file("answers.csv", line + sum + ",paid,,2.02612E+17\n")
                        .send(finance),
                batch);
        assertThat(rounded.body()).contains("reference 列的流水号已被电子表格改成");
        assertThat(payment(award).get("status").asText()).isEqualTo("sent");
        String throughASpreadsheet =
                "\uFEFF" + (line + sum + ",PAID,,R1,,").replace(',', ';').replaceFirst("batch", "Batch");
        Answer fits = finance.follow(
                PageForm.on(page, answers)
                        .file("answers.csv", throughASpreadsheet.replace("reference\n", "reference;;\n;;;;;;;\n"))
                        .send(finance),
                batch);
        assertThat(fits.body()).contains("相符 1 笔，差异 0 行");
        assertThat(payment(award).get("status").asText()).isEqualTo("paid");
        assertThat(finance.follow(
                                PageForm.on(page, answers)
                                        .file("answers.csv", line + sum + ",paid,,R1\n")
                                        .send(finance),
                                batch)
                        .body())
                .contains("该笔在本批次已有回执");
        assertThat(signedIn("auditor").get(batch).body()).doesNotContain("action=\"" + answers + "\"");
        refused(
                PageForm.on(finance.get("/finance/budget"), "/finance/budget")
                        .with("year", "26")
                        .with("sum", "1")
                        .send(finance),
                "f-year");
    }

    private JsonNode payment(ApplicantsCase file) {
        return city.call("finance", HttpMethod.GET, "/api/payments?case=" + file.number(), null)
                .is(200)
                .body()
                .get("items")
                .get(0);
    }

    /** A year that no other test looks at: what is loaded stays. */
    @Test
    void aYearsNoticeIsLoadedFromAFileAndNeverChanged() {
        String address = "/admin/calendar",
                notice = PlausibleNotice.of(2037, "关于<2037>年的通知", "[01-01..01-03, 10-01..10-07]", "[01-04]");
        Visitor admin = signedIn("policy-admin");
        Answer page = admin.get(address);
        refused(PageForm.on(page, address).with("notice", " ").file("", "").send(admin), "notice");
        Answer wrong = refused(
                PageForm.on(page, address)
                        .file("2037.yaml", notice.replace("[01-04]", "[01-03, 01-04, 01-05]"))
                        .send(admin),
                "notice",
                "notice");
        assertThat(wrong.body()).contains("2037-01-03 既列为放假又列为上班。", "2037-01-05 不是周六或周日");
        assertThat(PageForm.on(wrong, address).shows("notice"))
                .as("for mending on the page")
                .contains("[01-03, 01-04, 01-05]");
        refused(
                PageForm.on(page, address)
                        .file("picture.yaml", "\uFFFD\0PNG: [")
                        .send(admin),
                "notice");
        assertThat(admin.get(address).body()).doesNotContain("关于&lt;2037&gt;年的通知");
        Answer loaded = admin.follow(
                PageForm.on(page, address).file("2037.yaml", notice).send(admin), address);
        assertThat(loaded.body()).contains("已录入", "关于&lt;2037&gt;年的通知", "10-07");
        Answer other = PageForm.on(page, address)
                .with("notice", notice.replace("10-07", "10-06"))
                .send(admin);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body()).contains("href=\"#notice\"", "2037年的节假日安排已录入，且日期不同");
        assertThat(signedIn("policy-approver").get(address).body())
                .contains("10-07")
                .doesNotContain("action=\"" + address + "\"");
        admin.follow(PageForm.on(page, address).with("notice", notice).send(admin), address);
    }

    /** A year that no other test looks at: what is loaded stays. */
    @Tag("issue-13.16")
    @Test
    void anAmendedNoticeIsEnteredByOneAndConfirmedByAnother() {
        String address = "/admin/calendar",
                notice = PlausibleNotice.of(2043, "关于2043年的通知", "[01-24..01-30]", "[01-31]"),
                longer =
                        notice.replace("01-30", "02-02")
                                .replace("[01-31]", "[]")
                                .replace("关于2043年", "关于延长2043年春节");
        Visitor admin = signedIn("policy-admin"), approver = signedIn("policy-approver");
        Answer page = admin.get(address);
        admin.follow(PageForm.on(page, address).with("notice", notice).send(admin), address);
        assertThat(PageForm.on(page, address).with("notice", longer).send(admin).status())
                .as("nothing is said of the reason")
                .isEqualTo(409);
        Answer proposed = admin.follow(
                PageForm.on(page, address)
                        .with("notice", longer)
                        .with("note", "国务院办公厅：假期延长至2月2日")
                        .send(admin),
                address);
        assertThat(proposed.body())
                .contains("已提请更改", "关于延长2043年春节的通知", "假期延长至2月2日", "待确认")
                .doesNotContain("/confirm\"");
        Answer asked = approver.get(address);
        String confirm = Pattern.compile("/admin/calendar/\\d+/confirm")
                .matcher(asked.body())
                .results()
                .findFirst()
                .orElseThrow()
                .group();
        refused(
                PageForm.on(asked, confirm.replace("confirm", "decline"))
                        .with("reason", " ")
                        .send(approver),
                "reason-" + confirm.replaceAll("\\D", ""));
        for (String who : List.of("policy-admin", "finance", "auditor")) {
            Visitor other = signedIn(who);
            assertThat(other.form(confirm, "", other.get("/")).status()).as(who).isEqualTo(403);
        }
        Answer amended = approver.follow(PageForm.on(asked, confirm).send(approver), address);
        assertThat(amended.body()).contains("已更改", "02-02", "policy-approver").doesNotContain(confirm);
    }
}
