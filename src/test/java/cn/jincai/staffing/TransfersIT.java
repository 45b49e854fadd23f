package cn.jincai.staffing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.audit.AuditLog;
import cn.jincai.filing.Ties;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** A task goes from hand to hand with a word: only to one who may do it, and on record. */
@CaseTest
@Tag("issue-17.7")
class TransfersIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Absences absences;

    @Autowired
    Accounts accounts;

    @Autowired
    Colleagues colleagues;

    @Autowired
    Ties ties;

    @Autowired
    AuditLog audit;

    private ApplicantsCase award;
    private String page;

    @BeforeEach
    void aTaskThatSomebodyHas() {
        city.at("2026-03-02T09:00");
        award = city.checked("skills-award", "granted");
        award.claim("reviewer2", "first-review").is(204);
        page = "/officers/tasks/"
                + award.task("reviewer2", "first-review").get("id").asText() + "/hand-over";
    }

    @AfterEach
    void everybodyIsBack() {
        Actor admin = accounts.actor("admin");
        absences.of(admin).forEach(a -> absences.end(admin, a.id()));
        colleagues.leave();
    }

    private Visitor as(String account) {
        return new Visitor(port).signIn(account);
    }

    private String holder() {
        return award.task("reviewer", "first-review").path("assignee").asText();
    }

    private Visitor.Answer sends(String who, Map<String, String> typed) {
        Visitor visitor = as(who);
        PageForm form = PageForm.on(visitor.get(page), page);
        typed.forEach(form::with);
        return form.send(visitor);
    }

    @Test
    void theHolderHandsItToAColleagueWhoReadsTheWordAboveTheTask() {
        assertThat(as("reviewer2").get("/officers/tasks/held").body()).contains(page);
        assertThat(sends("reviewer2", Map.of("to", "reviewer", "words", "社保记录已核对，请看证书。"))
                        .location())
                .endsWith("/officers/tasks/held");
        assertThat(holder()).isEqualTo("reviewer");
        String task = award.task("reviewer", "first-review").get("id").asText();
        assertThat(as("reviewer").get("/cases/by-task/" + task + "/file").body())
                .contains("reviewer2 移交：社保记录已核对，请看证书。");
        assertThat(as("reviewer").get("/officers/cases/" + award.number()).body())
                .contains("“初审”任务移交给同事")
                .containsPattern(
                        "<code>reviewer2</code>\\s*移交给\\s*<span lang=\"zh-CN\">[^<]+</span> <code>reviewer</code>");
        assertThat(audit.search(new AuditLog.Search(award.number(), "reviewer2", "task-handed-over", null, null), 0, 10)
                        .entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.details())
                        .containsEntry("holder", "reviewer2")
                        .containsEntry("taker", "reviewer"));
        assertThat(award.show().toString()).as("the applicant is not told").doesNotContain("社保记录已核对");
        award.done("reviewer", "first-review", "approve").waitsAt("second-review");
    }

    @Test
    void onlyThoseWhoMayDoItAreOfferedAndNobodyElseIsTaken() {
        ties.recuse(accounts.actor("reviewer"), Role.REVIEWER, new CaseNumber(award.number()), "同学");
        Visitor holder = as("reviewer2");
        Visitor.Answer shown = holder.get(page);
        assertThat(shown.body()).doesNotContain("<option value=\"reviewer\"", "<option value=\"senior-reviewer\"");
        for (String not : List.of("reviewer", "senior-reviewer", "finance", "applicant", "nobody-of-this-name"))
            assertThat(holder.form(page, "holder=reviewer2&words=x&to=" + not, shown)
                            .status())
                    .as(not)
                    .isEqualTo(422);
        assertThat(award.task("reviewer2", "first-review").get("assignee").asText())
                .isEqualTo("reviewer2");
    }

    @Test
    void whoIsAwayGetsNone() {
        absences.enter(
                accounts.actor("reviewer"),
                "reviewer",
                LocalDate.parse("2026-03-02"),
                LocalDate.parse("2026-03-03"),
                "");
        Visitor holder = as("reviewer2");
        assertThat(holder.form(page, "holder=reviewer2&words=x&to=reviewer", holder.get(page))
                        .body())
                .contains("这个人今天离岗");
    }

    @Test
    void aWordIsNeededAndOfMegabytesNoneIsTaken() {
        assertThat(sends("reviewer2", Map.of("to", "reviewer")).body()).contains("请写一句话。");
        assertThat(sends("reviewer2", Map.of("words", "请接手")).body()).contains("请选择交给谁。");
        assertThat(sends("reviewer2", Map.of("to", "reviewer", "words", "字".repeat(2001)))
                        .body())
                .contains("最多 2000 个字");
        assertThat(sends("reviewer2", Map.of("to", "reviewer", "words", "a".repeat(1024 * 1024)))
                        .status())
                .isIn(413, 422);
        assertThat(award.task("reviewer2", "first-review").get("assignee").asText())
                .isEqualTo("reviewer2");
    }

    @Test
    void aLeaderGivesAnybodysAndWhoeverTookItSinceKeepsIt() {
        Visitor leader = as("leader");
        Visitor.Answer shown = leader.get(page);
        assertThat(leader.form(page, "holder=reviewer2&to=reviewer&words=x", shown)
                        .status())
                .isEqualTo(302);
        assertThat(holder()).isEqualTo("reviewer");
        assertThat(leader.form(page, "holder=reviewer2&to=reviewer2&words=x", shown)
                        .status())
                .as("he had it when the page was shown")
                .isIn(302, 422);
        assertThat(holder()).isEqualTo("reviewer");
    }

    @Test
    void everybodyElseIsToldOfNoTask() {
        for (String other : List.of("reviewer", "intake", "senior-reviewer", "supervisor", "finance", "expert1"))
            assertThat(as(other).get(page).status()).as(other).isEqualTo(404);
        for (String outside : List.of("applicant", "employer", "auditor", "policy-admin", "admin"))
            assertThat(as(outside).get(page).status()).as(outside).isEqualTo(403);
        assertThat(new Visitor(port).get(page).location()).endsWith("/sign-in");
        assertThat(as("reviewer2")
                        .get("/officers/tasks/none-of-this-id/hand-over")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aDeputyTakesWhatTheOneHasForWhomHeStandsIn() {
        absences.enter(
                accounts.actor("reviewer2"),
                "reviewer2",
                LocalDate.parse("2026-03-02"),
                LocalDate.parse("2026-03-03"),
                "reviewer");
        assertThat(as("reviewer").get("/officers/absences").body()).contains(page);
        assertThat(sends("reviewer", Map.of("to", "reviewer", "words", "代理期间办理"))
                        .status())
                .isEqualTo(302);
        assertThat(holder()).isEqualTo("reviewer");
    }

    @Test
    void aDeputyGivesItToNobodyButHimself() {
        String third = colleagues.with("r-4", Role.REVIEWER);
        absences.enter(
                accounts.actor("reviewer2"),
                "reviewer2",
                LocalDate.parse("2026-03-02"),
                LocalDate.parse("2026-03-03"),
                "reviewer");
        Visitor deputy = as("reviewer");
        Visitor.Answer shown = deputy.get(page);
        assertThat(shown.body())
                .contains("<option lang=\"zh-CN\" value=\"reviewer\"")
                .doesNotContain("value=\"" + third + "\"");
        assertThat(deputy.form(page, "holder=reviewer2&words=x&to=" + third, shown)
                        .status())
                .isEqualTo(422);
        assertThat(award.task("reviewer2", "first-review").get("assignee").asText())
                .isEqualTo("reviewer2");
    }

    @Test
    void whoIsRecusedGivesItBackAndChoosesNoSuccessor() {
        Visitor holder = as("reviewer2");
        Visitor.Answer shown = holder.get(page);
        ties.recuse(accounts.actor("reviewer2"), Role.REVIEWER, new CaseNumber(award.number()), "同学");
        assertThat(holder.form(page, "holder=reviewer2&words=x&to=reviewer", shown)
                        .status())
                .isEqualTo(403);
        assertThat(holder.get(page).body()).contains("不能指定由谁接手");
        assertThat(award.task("reviewer2", "first-review").get("assignee").asText())
                .isEqualTo("reviewer2");
        String task = page.split("/")[3];
        city.call("reviewer2", HttpMethod.POST, "/api/tasks/" + task + "/release", null)
                .is(204);
        award.done("reviewer", "first-review", "approve").waitsAt("second-review");
    }

    @Test
    void ofTwoAtTheSameSecondOneIsTooLate() throws Exception {
        String third = colleagues.with("r-3", Role.REVIEWER);
        Visitor one = as("leader"), two = as("leader");
        Visitor.Answer first = one.get(page), second = two.get(page);
        var go = new CountDownLatch(1);
        var threads = List.of(
                new Thread(() -> send(go, one, first, "reviewer2", "reviewer")),
                new Thread(() -> send(go, two, second, "reviewer2", third)));
        threads.forEach(Thread::start);
        go.countDown();
        for (Thread thread : threads) thread.join();
        assertThat(audit.search(new AuditLog.Search(award.number(), "leader", "task-handed-over", null, null), 0, 10)
                        .total())
                .isEqualTo(1);
    }

    private void send(CountDownLatch go, Visitor visitor, Visitor.Answer shown, String had, String to) {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        visitor.form(page, "holder=" + had + "&to=" + to + "&words=x", shown);
    }
}
