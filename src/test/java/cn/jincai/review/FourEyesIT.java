package cn.jincai.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Relatives;
import cn.jincai.applicant.Staff;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Steps;
import cn.jincai.policy.TaskRef;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;

/** Nobody acts in two deciding steps of one case, and nobody in a case that concerns him, whatever roles he has (rulebook 7.5). */
@CaseTest
class FourEyesIT {
    private static final Map<String, Role> DECIDING = Map.of(
            "first-review",
            Role.REVIEWER,
            "second-review",
            Role.SENIOR_REVIEWER,
            "leader-review",
            Role.LEADER,
            "expert-panel",
            Role.EXPERT,
            "objection",
            Role.SUPERVISOR,
            "decision",
            Role.LEADER,
            "payment-make",
            Role.FINANCE,
            "payment-approve",
            Role.FINANCE_APPROVER);
    private static final Map<String, Role> OTHERS = Map.of(
            "acceptance",
            Role.INTAKE,
            "data-checks",
            Role.INTAKE,
            "bank-result",
            Role.FINANCE,
            "rating-follow-up",
            Role.SUPERVISOR);

    @Autowired
    City city;

    @Autowired
    FourEyes fourEyes;

    @Autowired
    Relatives relatives;

    @Autowired
    Staff staff;

    @Autowired
    JdbcTemplate db;

    @LocalServerPort
    int port;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    /** Somebody with every role of the house. */
    private static Actor with(String account) {
        return new Actor(account, Set.of(Role.values()));
    }

    private static TaskRef task(String step, ApplicantsCase file) {
        return new TaskRef("t", Steps.shared().get(step), new CaseNumber(file.number()), null, null);
    }

    private void refused(String account, String step, ApplicantsCase file, String code) {
        assertThatThrownBy(() -> fourEyes.mayAct(with(account), task(step, file)))
                .as(account + " at " + step)
                .isInstanceOfSatisfying(Problem.class, p -> {
                    assertThat(p.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
                    assertThat(p.code()).isEqualTo(code);
                });
    }

    private void allowed(String account, String step, ApplicantsCase file) {
        assertThatCode(() -> fourEyes.mayAct(with(account), task(step, file)))
                .as(account + " at " + step)
                .doesNotThrowAnyException();
    }

    @Test
    void whoReviewedFirstDecidesNowhereElseAndMayStillAcceptOrAskTheBank() {
        var award = city.checked("skills-award", "granted").done("reviewer", "first-review", "approve");
        DECIDING.keySet().stream()
                .filter(step -> !step.equals("first-review"))
                .forEach(step -> refused("reviewer", step, award, "SAME_PERSON_TWICE"));
        allowed("reviewer", "first-review", award);
        OTHERS.keySet().forEach(step -> allowed("reviewer", step, award));
        DECIDING.keySet().forEach(step -> allowed("reviewer2", step, award));
    }

    @Test
    void theLeaderOfTheLeadersReviewMaySignAndDoNothingElse() {
        var subsidy = city.checked("recruitment-subsidy", "doctor")
                .reviewedByBoth()
                .done("leader", "leader-review", "approve");
        for (String step : DECIDING.keySet()) {
            if (Set.of("leader-review", "decision").contains(step)) allowed("leader", step, subsidy);
            else refused("leader", step, subsidy, "SAME_PERSON_TWICE");
        }
    }

    @Test
    void nobodyActsInHisOwnCaseHisEmployeesOrHisRelatives() {
        var application = city.application("skills-award", "granted");
        var award = city.checked(application);
        relatives.declare(
                new Actor("reviewer2", Set.of(Role.REVIEWER)),
                "RESIDENT_ID",
                application.get("answers").get("documentNumber").asText());
        for (String step : DECIDING.keySet()) {
            refused("applicant", step, award, "OWN_CASE");
            refused("employer", step, award, "EMPLOYERS_CLERK");
            refused("reviewer2", step, award, "RELATIVE");
        }
        for (String step : OTHERS.keySet()) refused("reviewer2", step, award, "RELATIVE");
        assertThat(award.hasTask("reviewer2", "first-review")).as("not offered").isFalse();
        String task = award.task("reviewer", "first-review").get("id").asText();
        assertThat(city.call("reviewer2", HttpMethod.POST, "/api/tasks/" + task + "/claim", null)
                        .is(403)
                        .code())
                .isEqualTo("RELATIVE");
        award.claim("reviewer", "first-review").is(204);
    }

    /** A new member of staff with two roles, at work in the browser; of this document, or of none. */
    private Visitor atWork(String name, String document, Role... roles) {
        String first = staff.make(
                new Staff.Filled(
                        name,
                        "双岗·" + name,
                        Set.of(roles),
                        "",
                        "",
                        document == null ? "" : "RESIDENT_ID",
                        document == null ? "" : document),
                with("admin"));
        staff.changeOwnPassword(first, "correct horse battery", new Actor(name, Set.of(roles)));
        Visitor visitor = new Visitor(port);
        assertThat(visitor.trySignIn(name, "correct horse battery").status()).isEqualTo(302);
        return visitor;
    }

    private static String engine(JsonNode task) {
        return "/camunda/api/engine/engine/default/task/" + task.get("id").asText();
    }

    @Test
    void tasklistsOwnCallsAreNoWayAroundFourEyes() {
        var award = city.checked("skills-award", "granted");
        Visitor both =
                atWork("two-steps", null, Role.REVIEWER, Role.SENIOR_REVIEWER).inTasklist();
        String first = engine(award.task("reviewer", "first-review"));
        assertThat(both.post(first + "/claim", "{\"userId\":\"two-steps\"}").status())
                .isEqualTo(204);
        assertThat(both.post(first + "/submit-form", "{\"variables\":{\"outcome\":{\"value\":\"approve\"}}}")
                        .status())
                .isEqualTo(204);
        award.waitsAt("second-review");
        String second = engine(award.task("senior-reviewer", "second-review"));
        long refusedBefore = refusedAttempts();
        for (var call : Map.of(
                        "/claim",
                        "{\"userId\":\"two-steps\"}",
                        "/submit-form",
                        "{\"variables\":{\"outcome\":{\"value\":\"approve\"}}}",
                        "/complete",
                        "{\"variables\":{\"outcome\":{\"value\":\"approve\"}}}",
                        "/assignee",
                        "{\"userId\":\"two-steps\"}")
                .entrySet())
            assertThat(both.post(second + call.getKey(), call.getValue()).status())
                    .as(call.getKey())
                    .isEqualTo(403);
        assertThat(both.post(second + "/claim", "{\"userId\":\"two-steps\"}")
                        .json()
                        .get("message")
                        .asText())
                .isEqualTo("您已在本案的“初审”中办理过，同一人不能在一件申请中办理两个决定性环节。");
        assertThat(award.task("senior-reviewer", "second-review")
                        .path("assignee")
                        .asText("null"))
                .as("nobody has it")
                .isIn("", "null");
        award.waitsAt("second-review");
        assertThat(refusedAttempts()).as("each attempt is on record").isGreaterThanOrEqualTo(refusedBefore + 3);
        award.done("senior-reviewer", "second-review", "approve");
    }

    private long refusedAttempts() {
        return db.queryForObject(
                "select count(*) from audit_entries where kind = 'refused-attempt' and account = 'two-steps'",
                Long.class);
    }

    @Test
    void nobodyJudgesHisOwnCaseInTasklistOrRecordsAFactInIt() {
        var application = city.application("skills-award", "granted");
        var award = city.checked(application);
        Visitor himself = atWork(
                        "his-own-case",
                        application.at("/answers/documentNumber").asText(),
                        Role.REVIEWER)
                .inTasklist();
        JsonNode task = award.task("reviewer", "first-review");
        var refused = himself.post(engine(task) + "/claim", "{\"userId\":\"his-own-case\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("message").asText()).isEqualTo("您是本案申请人，应当回避。");
        assertThat(himself.post(engine(task) + "/submit-form", "{\"variables\":{\"outcome\":{\"value\":\"approve\"}}}")
                        .status())
                .isEqualTo(403);
        String file = "/officers/cases/" + award.number();
        assertThat(himself.get(file).status()).as("nor reads he it").isEqualTo(404);
        assertThat(himself.form(file + "/facts", "name=contractMonths&value=48&note=x", himself.get("/account"))
                        .status())
                .isEqualTo(404);
        award.waitsAt("first-review").done("reviewer", "first-review", "approve");
    }

    @Test
    void whoReviewedFirstRecordsNoFactAtTheSecondReview() {
        var award = city.checked("skills-award", "granted");
        Visitor both =
                atWork("both-facts", null, Role.REVIEWER, Role.SENIOR_REVIEWER).inTasklist();
        String first = engine(award.task("reviewer", "first-review"));
        both.post(first + "/claim", "{\"userId\":\"both-facts\"}");
        assertThat(both.post(first + "/submit-form", "{\"variables\":{\"outcome\":{\"value\":\"approve\"}}}")
                        .status())
                .isEqualTo(204);
        recordsNothing(both, award.waitsAt("second-review"), "同一人不能在一件申请中办理两个决定性环节");
    }

    private void recordsNothing(Visitor who, ApplicantsCase file, String why) {
        String page = "/officers/cases/" + file.number();
        String before = file.show().get("facts").toString();
        var shown = who.get(page);
        assertThat(shown.body())
                .as("the page offers nothing")
                .contains(file.number())
                .doesNotContain(page + "/facts\"");
        var refused = who.form(page + "/facts", "name=contractMonths&value=48&note=x", shown);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains(why);
        assertThat(file.show().get("facts").toString()).isEqualTo(before);
    }

    @Test
    void whoObjectsByNameJudgesNoMoreInThatCase() {
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        long notice = award.notice().get("id").asLong();
        String to = award.notice().get("to").asText();
        var how = city.call(null, HttpMethod.GET, "/api/notices/" + notice, null)
                .is(200)
                .body()
                .get("howToObject");
        assertThat(how.get("zh").asText())
                .contains(Text.of(LocalDate.parse(to)).zh(), "任何单位或个人", "真实姓名", "联系方式", "事实和理由");
        assertThat(how.get("en").asText())
                .contains(Text.of(LocalDate.parse(to)).en(), "Anybody", "real name", "page of this notice");
        assertThat(city.call(
                                "reviewer2",
                                HttpMethod.POST,
                                "/api/notices/" + notice + "/objections",
                                Map.of("name", "王五", "contact", "13900000001", "text", "情况不实", "anonymous", true))
                        .is(400)
                        .body()
                        .at("/errors/0/field")
                        .asText())
                .as("what nobody reads is not swallowed")
                .isEqualTo("anonymous");
        city.call(
                        "reviewer2",
                        HttpMethod.POST,
                        "/api/notices/" + notice + "/objections",
                        Map.of("name", "王五", "contact", "13900000001", "text", "情况不实"))
                .is(201);
        for (String step : List.of("objection", "first-review", "decision", "payment-make"))
            refused("reviewer2", step, award, "OBJECTOR");
    }

    @Test
    void withoutTheRoleNobodyActsAtAll() {
        var award = city.checked("skills-award", "granted");
        DECIDING.forEach((step, role) -> {
            Actor without = new Actor("auditor", Set.of(Role.AUDITOR));
            assertThatThrownBy(() -> fourEyes.mayAct(without, task(step, award)))
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.code()).isEqualTo("NOT_YOUR_ROLE"));
        });
    }
}
