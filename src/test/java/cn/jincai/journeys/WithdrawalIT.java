package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.web.Visitor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;

/** The applicant may take a case back at every stage before the decision is first signed, and not afterwards (rulebook 7.9). */
@CaseTest
class WithdrawalIT {
    private static final List<String> OFFICERS = List.of(
            "employer",
            "intake",
            "reviewer",
            "senior-reviewer",
            "leader",
            "expert1",
            "expert2",
            "expert3",
            "expert4",
            "expert5",
            "supervisor");

    @Autowired
    City city;

    @Autowired
    JdbcTemplate db;

    @LocalServerPort
    int port;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @AfterEach
    void theSourceAnswersAgain() {
        city.source("insurance", "ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "employer-check",
                "acceptance",
                "supplement",
                "data-checks",
                "first-review",
                "second-review",
                "leader-review",
                "expert-panel",
                "public-notice",
                "hearing",
                "decision"
            })
    void aCaseIsTakenBackAtAnyStageBeforeTheSignature(String stage) {
        var talent = upTo(stage).waitsAt(stage);
        talent.withdrawal().is(200);
        talent.isClosed("withdrawn");
        for (String who : OFFICERS)
            assertThat(talent.hasTask(who, stage)).as(who).isFalse();
        assertThat(talent.hasTask("supervisor", "objection")).isFalse();
        assertThat(city.call(null, HttpMethod.GET, "/api/notices?size=100", null)
                        .is(200)
                        .body()
                        .toString())
                .as("taken off the public page")
                .doesNotContain(talent.number());
        talent.withdrawal().is(409);
        city.passes("P40D");
        talent.isClosed("withdrawn");
        assertThat(talent.show().path("decision").isMissingNode()
                        || talent.show().get("decision").isNull())
                .isTrue();
    }

    /** A fourth-level talent: the case that knows all stages. */
    private ApplicantsCase upTo(String stage) {
        var talent = city.submitted("talent-recognition", "panel");
        if (stage.equals("employer-check")) return talent;
        talent.done("employer", "employer-check", "confirm");
        if (stage.equals("acceptance")) return talent;
        if (stage.equals("supplement"))
            return talent.done(
                    "intake", "acceptance", "supplement", Map.of("opinion", "合同缺页", "items", "LABOUR_CONTRACT"));
        if (stage.equals("data-checks")) city.source("insurance", "down");
        talent.done("intake", "acceptance", "accept");
        city.passes("PT2M");
        if (stage.equals("data-checks") || stage.equals("first-review")) return talent;
        talent.done("reviewer", "first-review", "approve");
        if (stage.equals("second-review")) return talent;
        talent.done("senior-reviewer", "second-review", "approve");
        if (stage.equals("leader-review")) return talent;
        talent.done("leader", "leader-review", "approve");
        if (stage.equals("expert-panel")) return talent;
        for (String expert : List.of("expert1", "expert2", "expert3", "expert4", "expert5"))
            talent.done(expert, "expert-panel", "approve");
        if (stage.equals("public-notice")) return withAnObjection(talent);
        if (stage.equals("hearing")) withAnObjection(talent).withOpinion("supervisor", "objection", "uphold");
        city.passes("P15D");
        return talent;
    }

    private static ApplicantsCase withAnObjection(ApplicantsCase talent) {
        talent.objection("业绩不属实。").is(201);
        return talent;
    }

    @Test
    void whyItWasTakenBackIsReadByWhoHasThePartInItAndByNobodyElse() {
        var talent = upTo("first-review");
        talent.withdrawal("一".repeat(1001)).is(422);
        talent.waitsAt("first-review");
        assertThat(talent.withdrawal("  已调往外地工作<b>。 ")
                        .is(200)
                        .body()
                        .get("withdrawalReason")
                        .asText())
                .isEqualTo("已调往外地工作<b>。");
        assertThat(talent.shownTo("reviewer")
                        .is(200)
                        .body()
                        .get("withdrawalReason")
                        .asText())
                .isEqualTo("已调往外地工作<b>。");
        assertThat(talent.shownTo("employer")
                        .is(200)
                        .body()
                        .path("withdrawalReason")
                        .asText(""))
                .as("not the employer's business")
                .isIn("", "null");
        assertThat(new Visitor(port)
                        .signIn("reviewer")
                        .get("/officers/cases/" + talent.number())
                        .body())
                .contains("撤回原因", "已调往外地工作&lt;b&gt;。");
        assertThat(new Visitor(port)
                        .signIn("applicant")
                        .get("/cases/" + talent.number())
                        .body())
                .contains("已调往外地工作&lt;b&gt;。");
        assertThat(db.queryForObject(
                        "select sealed_withdrawal_reason from cases where case_number = ?",
                        String.class,
                        talent.number()))
                .as("sealed")
                .doesNotContain("外地");
    }

    @Test
    void afterTheSignatureItIsTooLateToWithdraw() {
        city.checked("skills-award", "granted")
                .reviewedByBoth()
                .noticedAndSigned()
                .withdrawal()
                .is(409);
    }

    @Test
    void whoHasWithdrawnMayApplyForTheSameThingAgain() {
        var application = city.application("skills-award", "granted");
        city.submitted(application).withdrawal().is(200);
        city.submitted(application).waitsAt("acceptance");
    }
}
