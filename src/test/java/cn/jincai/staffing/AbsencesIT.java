package cn.jincai.staffing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.audit.AuditLog;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** Who is away is replaced by one who may act (rulebook 7.5): a deputy where he has one, else his group; nobody decides twice in a case for it. */
@CaseTest
@Tag("issue-17.7")
class AbsencesIT {
    private static final String PATH = "/officers/absences";
    private static final Map<String, Object> WHY = Map.of("opinion", "请补充核对。");

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
    AuditLog audit;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
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

    private Visitor.Answer enters(String who, Map<String, String> typed) {
        Visitor visitor = as(who);
        PageForm form = PageForm.on(visitor.get(PATH), PATH);
        typed.forEach(form::with);
        return form.send(visitor);
    }

    private void isAway(String account, String first, String last, String deputy) {
        absences.enter(accounts.actor(account), account, LocalDate.parse(first), LocalDate.parse(last), deputy);
    }

    private long told(ApplicantsCase award, String account, String kind) {
        return audit.search(new AuditLog.Search(award.number(), account, kind, null, null), 0, 10)
                .total();
    }

    @Test
    void whatHeHoldsIsHisDeputysOnTheFirstDay() {
        var award = city.checked("skills-award", "granted");
        award.claim("reviewer2", "first-review").is(204);
        assertThat(enters("reviewer2", Map.of("first", "2026-03-03", "last", "2026-03-06", "deputy", "reviewer"))
                        .location())
                .endsWith(PATH);
        assertThat(award.task("reviewer2", "first-review").get("assignee").asText())
                .as("he is still there")
                .isEqualTo("reviewer2");
        city.passes("P1D");
        assertThat(award.task("reviewer", "first-review").get("assignee").asText())
                .isEqualTo("reviewer");
        assertThat(told(award, "system", "task-handed-over")).isEqualTo(1);
        assertThat(as("reviewer").get("/officers/cases/" + award.number()).body())
                .contains("经办人离岗，“初审”任务转给代理人");
        award.done("reviewer", "first-review", "approve").waitsAt("second-review");
    }

    @Test
    void aDeputyWhoDidAnEarlierStepIsPassedOverAndTheTaskIsItsGroups() {
        String both = bothRoles("r-s-1");
        var award = city.checked("skills-award", "granted");
        award.done(both, "first-review", "approve")
                .claim("senior-reviewer", "second-review")
                .is(204);
        isAway("senior-reviewer", "2026-03-03", "2026-03-06", both);
        city.passes("P1D");
        assertThat(award.hasTask(both, "second-review")).as("four eyes").isFalse();
        assertThat(told(award, "system", "task-handed-back")).isEqualTo(1);
        assertThat(award.task("senior-reviewer", "second-review")
                                .path("assignee")
                                .isNull()
                        || award.task("senior-reviewer", "second-review")
                                .path("assignee")
                                .isMissingNode())
                .isTrue();
    }

    /** Colleagues are there, so that nobody is alarmed: the task would lie for good with somebody who can't sign in. */
    @Test
    void whatSomebodyHoldsWhoseAccountIsLockedGoesBackToItsGroup() {
        String leaves = colleagues.with("r-leaves", Role.REVIEWER);
        var award = city.checked("skills-award", "granted");
        award.claim(leaves, "first-review").is(204);
        colleagues.leave();
        city.passes("PT5S");
        assertThat(award.task("reviewer", "first-review").path("assignee").asText("null"))
                .isEqualTo("null");
        assertThat(told(award, "system", "task-handed-back")).isEqualTo(1);
        assertThat(as("reviewer").get("/officers/cases/" + award.number()).body())
                .contains("经办人的账号已停用，“初审”任务退回本组");
        award.done("reviewer", "first-review", "approve").waitsAt("second-review");
    }

    private String bothRoles(String name) {
        return colleagues.with(name, Role.REVIEWER, Role.SENIOR_REVIEWER);
    }

    @Test
    void aReturnGoesToTheDeputyOfWhomItWouldGoTo() {
        var award = city.checked("skills-award", "granted").done("reviewer2", "first-review", "approve");
        isAway("reviewer2", "2026-03-02", "2026-03-20", "reviewer");
        city.passes("PT1M");
        award.done("senior-reviewer", "second-review", "return", WHY).waitsAt("first-review");
        assertThat(award.task("reviewer", "first-review").get("assignee").asText())
                .isEqualTo("reviewer");
    }

    @Test
    void withoutADeputyAReturnIsTheGroups() {
        var award = city.checked("skills-award", "granted").done("reviewer2", "first-review", "approve");
        isAway("reviewer2", "2026-03-02", "2026-03-20", "");
        award.done("senior-reviewer", "second-review", "return", WHY).waitsAt("first-review");
        assertThat(award.claim("reviewer", "first-review").status()).isEqualTo(204);
    }

    @Test
    void whatIsWrongIsSaidInWordsAndNothingIsKept() {
        assertThat(enters("reviewer2", Map.of("first", "2026-03-10", "last", "2026-03-03"))
                        .body())
                .contains("最后一天不能早于第一天。");
        assertThat(enters("reviewer2", Map.of("first", "2026-02-10", "last", "2026-02-11"))
                        .body())
                .contains("最后一天已经过去");
        assertThat(enters("reviewer2", Map.of("first", "2026-03-03", "last", "2028-01-03"))
                        .body())
                .contains("最多登记 366 天");
        assertThat(enters("reviewer2", Map.of("first", "下周", "last", "2026-03-03"))
                        .status())
                .isEqualTo(422);
        assertThat(enters("reviewer2", Map.of("last", "2026-03-03")).body()).contains("请填写日期。");
        Visitor reviewer = as("reviewer");
        Visitor.Answer page = reviewer.get(PATH);
        String days = "first=2026-03-03&last=2026-03-06";
        assertThat(reviewer.form(PATH, days + "&deputy=reviewer", page).body()).contains("不能由本人代理本人");
        assertThat(reviewer.form(PATH, days + "&deputy=finance", page).body()).contains("没有相同的角色");
        assertThat(reviewer.form(PATH, days + "&deputy=applicant", page).body()).contains("没有这个可以登录的工作人员账号");
        assertThat(reviewer.form(PATH, days + "&deputy=" + "x".repeat(1000), page)
                        .status())
                .isEqualTo(422);
        assertThat(reviewer.form(PATH, days + "&account=reviewer2", page).status())
                .as("another's")
                .isEqualTo(403);
        assertThat(absences.of(accounts.actor("admin"))).isEmpty();
    }

    @Test
    void deputiesInACircleAndADeputyWhoIsAwayAreRefused() {
        isAway("reviewer", "2026-03-03", "2026-03-06", "reviewer2");
        assertThat(enters("reviewer2", Map.of("first", "2026-03-06", "last", "2026-03-09", "deputy", "reviewer"))
                        .body())
                .contains("不能互相代理");
        assertThat(enters("reviewer2", Map.of("first", "2026-03-05", "last", "2026-03-09"))
                        .status())
                .as("he may be away all the same")
                .isEqualTo(302);
        assertThat(enters("reviewer2", Map.of("first", "2026-03-09", "last", "2026-03-10"))
                        .body())
                .contains("这几天已经登记过离岗");
        String third = bothRoles("r-s-2");
        Visitor leader = as("leader");
        Visitor.Answer page = leader.get(PATH);
        assertThat(leader.form(PATH, "account=" + third + "&first=2026-03-06&last=2026-03-06&deputy=reviewer2", page)
                        .body())
                .contains("代理不能再转给他的代理人");
    }

    @Test
    void aDeputyWhoIsAwayTooStandsInForNobody() {
        var award = city.checked("skills-award", "granted");
        award.claim("reviewer", "first-review").is(204);
        isAway("reviewer", "2026-03-04", "2026-03-06", "reviewer2");
        isAway("reviewer2", "2026-03-03", "2026-03-05", "");
        city.passes("P2D");
        assertThat(award.task("reviewer2", "first-review").path("assignee").asText(""))
                .isIn("", "null");
        assertThat(absences.acting("reviewer")).isEmpty();
        city.passes("P2D");
        assertThat(absences.acting("reviewer")).hasValue("reviewer2");
    }

    @Test
    void whoIsBackBeforeEndsItHimselfAndOthersCanNot() {
        isAway("reviewer2", "2026-03-02", "2026-03-20", "reviewer");
        long id = absences.of(accounts.actor("reviewer2")).get(0).id();
        Visitor deputy = as("reviewer");
        Visitor.Answer page = deputy.get(PATH);
        assertThat(page.body()).contains("reviewer2").doesNotContain(PATH + "/" + id + "/end");
        assertThat(deputy.form(PATH + "/" + id + "/end", "", page).status()).isEqualTo(404);
        Visitor own = as("reviewer2");
        assertThat(own.form(PATH + "/" + id + "/end", "", own.get(PATH)).location())
                .endsWith(PATH);
        assertThat(absences.isThere("reviewer2")).isTrue();
        assertThat(own.form(PATH + "/" + id + "/end", "", own.get(PATH)).status())
                .as("a second time")
                .isEqualTo(404);
    }

    @Test
    void theTwoWhoWouldStandInForEachOtherAtTheSameSecondAreNotBothTaken() throws Exception {
        for (int round = 0; round < 5; round++) {
            var one = new Thread(() -> tries("reviewer", "reviewer2"));
            var two = new Thread(() -> tries("reviewer2", "reviewer"));
            one.start();
            two.start();
            one.join();
            two.join();
            List<Absence> all = absences.of(accounts.actor("admin"));
            assertThat(all).hasSize(1);
            everybodyIsBack();
        }
    }

    private void tries(String account, String deputy) {
        try {
            isAway(account, "2026-03-03", "2026-03-06", deputy);
        } catch (Problem refused) {
            // by whichever came second
        }
    }

    @Test
    void itIsForThoseWhoWorkHere() {
        for (String outside : List.of("applicant", "employer", "auditor", "policy-admin"))
            assertThat(as(outside).get(PATH).status()).as(outside).isEqualTo(403);
        assertThat(new Visitor(port).get(PATH).location()).endsWith("/sign-in");
        assertThat(city.call("reviewer", HttpMethod.GET, PATH, null).status()).isIn(302, 401, 403);
    }
}
