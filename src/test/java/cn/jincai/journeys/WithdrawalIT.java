package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/** The applicant may take a case back at every stage before the decision is first signed, and not afterwards (rulebook 7.9). */
@CaseTest
class WithdrawalIT {
    private static final List<String> OFFICERS = List.of("employer", "intake", "reviewer", "senior-reviewer", "leader", "expert1", "expert2", "expert3", "expert4", "expert5", "supervisor");

    @Autowired City city;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @AfterEach
    void theSourceAnswersAgain() {
        city.source("insurance", "ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"employer-check", "acceptance", "supplement", "data-checks", "first-review", "second-review", "leader-review", "expert-panel", "public-notice", "hearing", "decision"})
    void aCaseIsTakenBackAtAnyStageBeforeTheSignature(String stage) {
        var talent = upTo(stage).waitsAt(stage);
        talent.withdrawal().is(200);
        talent.isClosed("withdrawn");
        for (String who : OFFICERS) assertThat(talent.hasTask(who, stage)).as(who).isFalse();
        assertThat(talent.hasTask("supervisor", "objection")).isFalse();
        assertThat(city.call(null, HttpMethod.GET, "/api/notices?size=100", null).is(200).body().toString()).as("taken off the public page").doesNotContain(talent.number());
        talent.withdrawal().is(409);
        city.passes("P40D");
        talent.isClosed("withdrawn");
        assertThat(talent.show().path("decision").isMissingNode() || talent.show().get("decision").isNull()).isTrue();
    }

    /** A fourth-level talent: the case that knows all stages. */
    private ApplicantsCase upTo(String stage) {
        var talent = city.submitted("talent-recognition", "panel");
        if (stage.equals("employer-check")) return talent;
        talent.done("employer", "employer-check", "confirm");
        if (stage.equals("acceptance")) return talent;
        if (stage.equals("supplement")) return talent.done("intake", "acceptance", "supplement", Map.of("opinion", "合同缺页", "items", "LABOUR_CONTRACT"));
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
        for (String expert : List.of("expert1", "expert2", "expert3", "expert4", "expert5")) talent.done(expert, "expert-panel", "approve");
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
    void afterTheSignatureItIsTooLateToWithdraw() {
        city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned().withdrawal().is(409);
    }

    @Test
    void whoHasWithdrawnMayApplyForTheSameThingAgain() {
        var application = city.application("skills-award", "granted");
        city.submitted(application).withdrawal().is(200);
        city.submitted(application).waitsAt("acceptance");
    }
}
