package cn.jincai.staffing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.filing.Ties;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.process.people.TasksForNobody;
import cn.jincai.process.people.TasksForNobody.Stuck;
import cn.jincai.process.people.TasksForNobody.Why;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.AopTestUtils;
import org.springframework.test.util.ReflectionTestUtils;

/** A task that nobody may do is an alarm for leader and administrator; the leader sees who has how much; everybody is given what is due first. */
@CaseTest
@Tag("issue-17.7")
class PeopleIT {
    @LocalServerPort
    int port;

    @Autowired
    IssuedDocuments documents;

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
    TasksForNobody alarm;

    @Autowired
    JdbcClient db;

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

    private void isAway(String account) {
        absences.enter(
                accounts.actor(account), account, LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-06"), "");
    }

    private Optional<Stuck> stuck(ApplicantsCase file) {
        return alarm.list().stream()
                .filter(s -> new CaseNumber(file.number()).equals(s.number()))
                .findFirst();
    }

    @Test
    void aStepWhoseOnlyOneIsOnLeaveIsAnAlarmUntilHeIsBack() {
        var award = city.checked("skills-award", "granted").done("reviewer", "first-review", "approve");
        assertThat(stuck(award)).isEmpty();
        for (String senior : accounts.withRole(Role.SENIOR_REVIEWER)) isAway(senior);
        assertThat(stuck(award)).hasValueSatisfying(s -> assertThat(s.why()).isEqualTo(Why.ALL_AWAY));
        assertThat(as("leader").get("/officers/tasks").body()).contains("/officers/alarms");
        assertThat(as("leader").get("/officers/alarms").body()).contains(award.number(), "今天全部离岗");
        assertThat(as("admin").get("/admin/accounts").body()).contains("/officers/alarms");
        assertThat(as("admin").get("/officers/alarms").body()).contains(award.number());
        everybodyIsBack();
        assertThat(stuck(award)).isEmpty();
    }

    @Test
    void aTaskThatAbsenceFourEyesAndARecusalTogetherLeaveToNobodyIsOne() {
        String both = colleagues.with("p-both", Role.REVIEWER, Role.SENIOR_REVIEWER);
        var award = city.checked("skills-award", "granted").done(both, "first-review", "approve");
        ties.recuse(accounts.actor("senior-reviewer"), Role.SENIOR_REVIEWER, new CaseNumber(award.number()), "同学");
        assertThat(stuck(award)).as("one is left").isEmpty();
        isAway("senior-reviewer2");
        assertThat(stuck(award)).hasValueSatisfying(s -> assertThat(s.why()).isEqualTo(Why.ALL_KEPT_OUT));
        String third = colleagues.with("p-third", Role.SENIOR_REVIEWER);
        assertThat(stuck(award)).as("somebody is there for it").isEmpty();
        award.claim(third, "second-review").is(204);
        isAway(third);
        assertThat(stuck(award))
                .as("in the hands of one who is away, and for nobody else")
                .hasValueSatisfying(s -> assertThat(s.holder()).isEqualTo(third));
        absences.end(
                accounts.actor(third), absences.of(accounts.actor(third)).get(0).id());
        award.done(third, "second-review", "approve");
        assertThat(stuck(award)).isEmpty();
    }

    @Test
    void whatOneHoldsWhoMayNotSignInAnyMoreOrHasLostTheRoleIsOne() {
        String gone = colleagues.with("p-gone", Role.SENIOR_REVIEWER);
        var award = city.checked("skills-award", "granted").done("reviewer", "first-review", "approve");
        award.claim(gone, "second-review").is(204);
        for (String senior : accounts.withRole(Role.SENIOR_REVIEWER)) if (!senior.equals(gone)) isAway(senior);
        assertThat(stuck(award)).as("somebody has it").isEmpty();
        colleagues.has(gone, Role.REVIEWER);
        assertThat(stuck(award))
                .as("without the role")
                .hasValueSatisfying(s -> assertThat(s.holder()).isEqualTo(gone));
        colleagues.has(gone, Role.SENIOR_REVIEWER);
        assertThat(stuck(award)).isEmpty();
        colleagues.leave();
        assertThat(stuck(award))
                .as("locked")
                .hasValueSatisfying(s -> assertThat(s.holder()).isEqualTo(gone));
        everybodyIsBack();
        assertThat(stuck(award)).isEmpty();
    }

    @Test
    void aLeaderIsToldOfACaseThatIsShutToHimWithoutItsNumber() {
        var award = city.checked("skills-award", "granted").done("reviewer", "first-review", "approve");
        for (String senior : accounts.withRole(Role.SENIOR_REVIEWER)) isAway(senior);
        assertThat(as("leader").get("/officers/alarms").body()).contains(award.number());
        ties.recuse(accounts.actor("leader"), Role.LEADER, new CaseNumber(award.number()), "同学");
        assertThat(as("leader").get("/officers/alarms").body())
                .contains("与您有关、须回避的案件")
                .doesNotContain(award.number());
        assertThat(as("admin").get("/officers/alarms").body()).contains(award.number());
    }

    @Test
    void theAlarmIsSeenAMinuteLaterOrAsSoonAsSomebodyIsAwayOrBack() {
        for (String reviewer : accounts.withRole(Role.REVIEWER)) isAway(reviewer);
        alarm.seen();
        var award = city.checked("skills-award", "granted");
        city.passes("PT2M");
        assertThat(alarm.seen().tasks()).anyMatch(s -> new CaseNumber(award.number()).equals(s.number()));
        assertThat(alarm.seen()).as("not looked for again").isSameAs(alarm.seen());
        everybodyIsBack();
        assertThat(alarm.seen().tasks())
                .as("at once")
                .noneMatch(s -> new CaseNumber(award.number()).equals(s.number()));
    }

    @Test
    void healthTellsHowManyAndOfNoCase() {
        var award = city.checked("skills-award", "granted");
        for (String reviewer : accounts.withRole(Role.REVIEWER)) isAway(reviewer);
        assertThat(stuck(award)).isPresent();
        city.passes("PT2M"); // it is looked at once a minute
        String health = city.call("admin", HttpMethod.GET, "/actuator/health", null)
                .body()
                .toString();
        assertThat(health)
                .contains("UNMANNED", "skills-award first-review all-away")
                .doesNotContain(award.number());
    }

    /** In the demo a service that stamps is none; what it would have said is put in its place. */
    @Test
    @Tag("issue-18.7")
    void lettersWithoutWhatTheyAreToHaveAreAnAlarmOfAdministratorsAndInHealth() {
        Object signature = ReflectionTestUtils.getField(AopTestUtils.getTargetObject(documents), "signature");
        ReflectionTestUtils.setField(signature, "unstamped", "AWAY");
        try {
            for (String page : List.of("/officers/alarms", "/admin/accounts"))
                assertThat(as("admin").get(page).body()).as(page).contains("最近一份文书的签名没有时间戳（AWAY）");
            assertThat(city.call("admin", HttpMethod.GET, "/actuator/health", null)
                            .body()
                            .at("/components/letters/status")
                            .asText())
                    .isEqualTo("UNSTAMPED");
        } finally {
            ReflectionTestUtils.setField(signature, "unstamped", null);
        }
        assertThat(as("admin").get("/officers/alarms").body()).doesNotContain("时间戳");
        assertThat(city.call("admin", HttpMethod.GET, "/actuator/health", null)
                        .body()
                        .at("/components/letters/status")
                        .asText())
                .isEqualTo("UP");
    }

    @Test
    void theAlarmIsTheLeadersAndTheAdministratorsAndThePageOfPeopleTheLeaders() {
        for (String other : List.of("reviewer", "supervisor", "finance", "auditor", "policy-admin", "applicant")) {
            assertThat(as(other).get("/officers/alarms").status()).as(other).isEqualTo(403);
            assertThat(as(other).get("/officers/colleagues").status()).as(other).isEqualTo(403);
        }
        assertThat(as("admin").get("/officers/colleagues").status()).isEqualTo(403);
        assertThat(new Visitor(port).get("/officers/alarms").location()).endsWith("/sign-in");
    }

    @Test
    void theLeaderSeesWhoHasHowMuchAndWhatWillBeLateTomorrow() {
        String alone = colleagues.with("p-alone", Role.REVIEWER);
        var award = city.checked("skills-award", "granted");
        award.claim(alone, "first-review").is(204);
        assertThat(row(alone)).containsPattern("在办</span>\\s*1<");
        city.passes("P2D");
        isAway(alone);
        String page = as("leader").get("/officers/colleagues").body();
        assertThat(page).contains("离岗").doesNotContain("/officers/cases/");
        absences.end(
                accounts.actor(alone), absences.of(accounts.actor(alone)).get(0).id());
        city.passes("P1D"); // three working days for the first review: the last of them
        assertThat(row(alone)).containsPattern("明天将超期</span>\\s*1<");
        assertThat(as("leader").get("/officers/colleagues").body()).contains("/hand-over");
        award.done(alone, "first-review", "approve");
    }

    private String row(String account) {
        String page = as("leader").get("/officers/colleagues").body();
        int at = page.indexOf("<code>" + account + "</code>");
        assertThat(at).as(account).isPositive();
        return page.substring(at, page.indexOf("</tr>", at));
    }

    @Test
    void whoHasNothingIsGivenWhatIsDueFirstAndWhoHasMoreThanOthersGoesOnWithHisOwn() {
        String one = colleagues.with("p-next", Role.REVIEWER);
        city.checked("skills-award", "granted");
        Visitor visitor = as(one);
        String at = next(visitor);
        assertThat(at).contains("#/?task=");
        String task = at.substring(at.indexOf("task=") + 5);
        assertThat(holder(task)).isEqualTo(one);
        assertThat(next(visitor)).as("one after the other").isEqualTo(at);
        city.call(one, HttpMethod.POST, "/api/tasks/" + task + "/release", null).is(204);
    }

    @Test
    void whatWaitsInABulkApprovalIsNotTheNext() {
        String one = colleagues.with("p-bulk", Role.REVIEWER);
        var award = city.checked("skills-award", "granted");
        award.claim(one, "first-review").is(204);
        String task = award.task(one, "first-review").get("id").asText();
        db.sql(
                        "insert into bulk_approvals (row_key, account, scheme, step, made_at, due_at) values (?, ?, 'skills-award', 'first-review', current_timestamp, timestamp with time zone '2999-01-01 00:00:00Z')")
                .params(task, one)
                .update();
        db.sql(
                        "insert into bulk_items (bulk_id, task, waiting_task, case_number, amount_fen, held_before, state) select id, row_key, row_key, ?, 0, true, 'waiting' from bulk_approvals where row_key = ?")
                .params(award.number(), task)
                .update();
        try {
            assertThat(next(as(one))).doesNotContain(task);
        } finally {
            db.sql("delete from bulk_items where task = ?").param(task).update();
            db.sql("delete from bulk_approvals where row_key = ?").param(task).update();
        }
        db.sql("select task from open_tasks where assignee = ? and task <> ?")
                .params(one, task)
                .query(String.class)
                .list()
                .forEach(other -> city.call(one, HttpMethod.POST, "/api/tasks/" + other + "/release", null)
                        .is(204));
        assertThat(next(as(one))).contains(task);
        award.done(one, "first-review", "approve");
    }

    private String holder(String task) {
        return db.sql("select assignee from open_tasks where task = ?")
                .param(task)
                .query(String.class)
                .single();
    }

    private static String next(Visitor visitor) {
        String path = "/officers/tasks/next";
        return PageForm.on(visitor.get("/officers/tasks"), path).send(visitor).location();
    }
}
