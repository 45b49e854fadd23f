package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Recognition: experts where the level asks for them, a status at the decision, money by half-yearly runs. */
@CaseTest
class TalentRecognitionIT {
    private static final Map<String, Object> WHY = Map.of("opinion", "业绩说明见附件。");

    @Autowired City city;

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
        talent.withOpinion("expert4", "expert-panel", "reject").withOpinion("expert5", "expert-panel", "reject").noticedAndSigned().isClosed("granted");
        assertThat(talent.benefit("RECOGNITION").get("level").asInt()).isEqualTo(4);
    }

    @Test
    void aRefusedLevelFourLeavesLevelFive() {
        var talent = atThePanel();
        for (String expert : List.of("expert1", "expert2", "expert3", "expert4", "expert5")) talent.withOpinion(expert, "expert-panel", "reject");
        talent.noticedAndSigned().isClosed("granted");
        assertThat(talent.benefit("RECOGNITION").get("level").asInt()).isEqualTo(5);
    }

    @Test
    void aTieWithARecusalGoesOnceMoreAndThenToTheLeader() {
        var talent = atThePanel();
        talent.withOpinion("expert1", "expert-panel", "recuse");
        for (String expert : List.of("expert2", "expert3")) talent.done(expert, "expert-panel", "approve");
        for (String expert : List.of("expert4", "expert5")) talent.withOpinion(expert, "expert-panel", "reject");
        talent.waitsAt("leader-review").done("leader", "leader-review", "approve").waitsAt("public-notice");
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
        talent.done("reviewer", "first-review", "approve", waiver).done("senior-reviewer", "second-review", "approve", waiver).waitsAt("leader-review")
            .done("leader", "leader-review", "reject", WHY).waitsAt("decision").done("leader", "decision", "sign").isClosed("refused");
    }
}
