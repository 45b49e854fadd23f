package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/** Recognition: experts where the level asks for them, a status at the decision, money by half-yearly runs. */
@CaseTest
class TalentRecognitionIT {
    private static final Map<String, Object> WHY = Map.of("opinion", "业绩说明见附件。");

    @Autowired
    City city;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @Test
    void levelFiveNeedsNoPanelAndClosesWithTheDecisionSinceRunsPay() {
        var talent = city.checked("talent-recognition", "granted").reviewedByBoth();
        if (talent.stage().equals("leader-review")) talent.done("leader", "leader-review", "approve");
        talent.noticedAndSigned().isClosed("granted");
        assertThat(talent.benefit("RECOGNITION").get("level").asInt()).isEqualTo(5);
        assertThat(talent.show().get("payments")).isEmpty();
    }

    private ApplicantsCase atThePanel() {
        var talent = city.checked("talent-recognition", "panel").reviewedByBoth();
        if (talent.stage().equals("leader-review")) talent.done("leader", "leader-review", "approve");
        return talent.waitsAt("expert-panel");
    }

    @Test
    void aMajorityOfThePanelIsEnough() {
        var talent = atThePanel();
        for (String expert : List.of("expert1", "expert2", "expert3")) talent.done(expert, "expert-panel", "approve");
        talent.withOpinion("expert4", "expert-panel", "reject")
                .withOpinion("expert5", "expert-panel", "reject")
                .noticedAndSigned()
                .isClosed("granted");
        assertThat(talent.benefit("RECOGNITION").get("level").asInt()).isEqualTo(4);
    }

    @Test
    void aRefusedLevelFourLeavesLevelFive() {
        var talent = atThePanel();
        for (String expert : List.of("expert1", "expert2", "expert3", "expert4", "expert5"))
            talent.withOpinion(expert, "expert-panel", "reject");
        talent.noticedAndSigned().isClosed("granted");
        assertThat(talent.benefit("RECOGNITION").get("level").asInt()).isEqualTo(5);
    }

    @Test
    void aTieWithARecusalGoesOnceMoreAndThenToTheLeader() {
        var talent = atThePanel();
        talent.withOpinion("expert1", "expert-panel", "recuse");
        for (String expert : List.of("expert2", "expert3")) talent.done(expert, "expert-panel", "approve");
        for (String expert : List.of("expert4", "expert5")) talent.withOpinion(expert, "expert-panel", "reject");
        talent.waitsAt("leader-review")
                .done("leader", "leader-review", "approve")
                .waitsAt("public-notice");
    }

    @Test
    void silentExpertsAreAskedOnceMore() {
        var talent = atThePanel();
        talent.done("expert1", "expert-panel", "approve").done("expert2", "expert-panel", "approve");
        city.passes("P31D");
        talent.waitsAt("expert-panel");
        talent.done("expert3", "expert-panel", "approve");
        city.passes("P20D");
        talent.waitsAt("public-notice");
    }

    @Test
    void expertsDontSeeCasesThatTheyWereNotDrawnFor() {
        var talent = city.checked("talent-recognition", "panel");
        talent.shownTo("expert1").is(404);
    }

    @Test
    void aShortContractIsRefusedUnlessWaived() {
        var talent = city.checked("talent-recognition", "refused");
        Map<String, Object> waiver = Map.of("waive", "CONTRACT_TOO_SHORT", "opinion", "续签在即。");
        talent.done("reviewer", "first-review", "approve", waiver)
                .done("senior-reviewer", "second-review", "approve", waiver)
                .waitsAt("leader-review")
                .done("leader", "leader-review", "reject", WHY)
                .waitsAt("decision")
                .done("leader", "decision", "sign")
                .isClosed("refused");
    }

    @Test
    void expertsSilentTwiceLeaveItToTheLeaderForGood() {
        var talent = atThePanel();
        talent.done("expert1", "expert-panel", "approve");
        city.passes("P31D");
        talent.waitsAt("expert-panel");
        assertThat(talent.hasTask("expert1", "expert-panel"))
                .as("votes given stay")
                .isFalse();
        city.passes("P20D");
        talent.waitsAt("leader-review")
                .done("leader", "leader-review", "approve")
                .noticedAndSigned()
                .isClosed("granted");
        assertThat(talent.benefit("RECOGNITION").get("level").asInt()).isEqualTo(4);
    }

    @Test
    void aPanelThatRefusesTheOnlyLevelLeavesNothing() {
        var application = city.application("talent-recognition", "panel");
        ((ObjectNode) application.get("answers")).putArray("evidence").add("FUJIAN_C");
        var talent = city.checked(application)
                .reviewedByBoth()
                .done("leader", "leader-review", "approve")
                .waitsAt("expert-panel");
        for (String expert : List.of("expert1", "expert2", "expert3", "expert4", "expert5"))
            talent.withOpinion(expert, "expert-panel", "reject");
        talent.waitsAt("decision").signedWithGrounds().isClosed("refused");
        for (String benefit : List.of("RECOGNITION", "RECOGNITION_ALLOWANCE"))
            assertThat(talent.benefit(benefit).at("/reasons/0/code").asText()).isEqualTo("PANEL_REFUSED");
    }

    @Test
    void afterAnUpheldObjectionNeitherPanelNorNoticeIsHeldTwiceForTheSameLevel() {
        var talent = atThePanel();
        for (String expert : List.of("expert1", "expert2", "expert3", "expert4", "expert5"))
            talent.done(expert, "expert-panel", "approve");
        talent.waitsAt("public-notice").objection("业绩存疑。").is(201);
        talent.withOpinion("supervisor", "objection", "uphold");
        city.passes("P15D");
        talent.waitsAt("hearing");
        city.call("applicant", HttpMethod.POST, "/api/cases/" + talent.number() + "/answer", Map.of("text", "业绩属实。"))
                .is(204);
        talent.done("reviewer2", "first-review", "approve")
                .done("senior-reviewer", "second-review", "approve")
                .done("leader", "leader-review", "approve")
                .waitsAt("decision")
                .done("leader", "decision", "sign")
                .isClosed("granted");
        assertThat(talent.benefit("RECOGNITION").get("level").asInt()).isEqualTo(4);
    }

    @Test
    void withoutTheRecognitionThereIsNoAllowance() {
        var talent = city.checked("talent-recognition", "granted");
        Map<String, Object> status = Map.of("reject", "RECOGNITION", "opinion", "称号存疑。"),
                money = Map.of("reject", "RECOGNITION_ALLOWANCE", "opinion", "已在外地领取同类津贴。");
        assertThat(talent.does("reviewer", "first-review", "approve", status)
                        .is(422)
                        .code())
                .isEqualTo("NOTHING_TO_APPROVE");
        talent.done("reviewer", "first-review", "approve", money)
                .done("senior-reviewer", "second-review", "approve", money)
                .waitsAt("leader-review")
                .done("leader", "leader-review", "approve", money)
                .waitsAt("public-notice");
        city.passes("P15D");
        talent.signedWithGrounds().isClosed("granted");
        assertThat(talent.benefit("RECOGNITION").get("outcome").asText()).isEqualTo("granted");
        assertThat(talent.benefit("RECOGNITION_ALLOWANCE").get("outcome").asText())
                .isEqualTo("refused");
    }

    @Test
    void anyOpenRecognitionIsTheSameThing() {
        var application = city.application("talent-recognition", "granted");
        var first = city.submitted(application);
        var other = application.deepCopy();
        ((ObjectNode) other.get("answers")).putArray("evidence").add("DOCTORATE");
        assertThat(city.drafted(other).submission().is(409).body().toString()).contains(first.number());
    }

    /** 就高不重复: an allowance refuses the award for the certificate that it rests on, and no other. */
    @Test
    void anAllowanceRefusesTheAwardForItsOwnCertificateOnly() {
        var doctor = city.application("talent-recognition", "granted");
        var technician = city.application("talent-recognition", "granted");
        ((ObjectNode) technician.get("answers")).putArray("evidence").add("SENIOR_TECHNICIAN");
        for (var application : List.of(doctor, technician)) {
            city.checked(application).reviewedByBoth().noticedAndSigned().isClosed("granted");
            var award = city.checked(welder(application));
            award.records("reviewer", "certificateLevel", "ONE").is(200);
            boolean same = application == technician;
            assertThat(award.show()
                            .at("/assessment/benefits/1/reasons")
                            .toString()
                            .contains("HIGHER_BENEFIT_HELD"))
                    .isEqualTo(same);
            if (same) {
                award.withOpinion("reviewer", "first-review", "reject")
                        .withOpinion("senior-reviewer", "second-review", "reject")
                        .done("leader", "decision", "sign")
                        .isClosed("refused");
            } else {
                award.reviewedByBoth().noticedAndSigned().paid().isClosed("granted");
            }
        }
    }

    /** The same person with a welder's certificate. */
    private ObjectNode welder(ObjectNode talent) {
        ObjectNode application = city.application("skills-award", "granted");
        ObjectNode answers = (ObjectNode) application.get("answers");
        for (String key : List.of("name", "documentType", "documentNumber", "birthDate", "accountHolder"))
            answers.set(key, talent.get("answers").get(key));
        return application;
    }
}
