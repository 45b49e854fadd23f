package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A welder's case from the form to the money, and the ways on which it may leave the straight one. */
@CaseTest
class SkillsAwardIT {
    @Autowired City city;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @Test
    void aWelderIsPaidBothBenefits() {
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        award.reviewedByBoth().noticedAndSigned().waitsAt("payment-make");
        assertThat(award.show().get("decision").get("outcome").asText()).isEqualTo("granted");
        assertThat(award.show().get("payments")).hasSize(2);
    }

    @Test
    void bothReviewsHappenForARefusalToo() {
        var award = city.checked("skills-award", "refused").waitsAt("first-review");
        award.withOpinion("reviewer", "first-review", "reject").waitsAt("second-review").withOpinion("senior-reviewer", "second-review", "reject")
            .waitsAt("decision").done("leader", "decision", "sign").isClosed("refused");
        assertThat(award.show().get("decision").get("benefits")).allSatisfy(b -> assertThat(b.get("outcome").asText()).isEqualTo("refused"));
    }

    @Test
    void whoReviewedFirstMayNotReviewAgain() {
        var award = city.checked("skills-award", "granted").done("reviewer", "first-review", "approve");
        assertThat(award.hasTask("reviewer", "second-review")).isFalse();
    }

    @Test
    void silenceAtTheWindowIsAcceptance() {
        var award = city.submitted("skills-award", "granted").waitsAt("acceptance");
        city.passes("P8D");
        award.waitsAt("first-review");
        assertThat(award.show().get("acceptedAt").isNull()).isFalse();
    }

    @Test
    void aCertificateThatTheRegisterDoesNotKnowIsAskedForOnce() {
        var award = city.checked("skills-award", "supplement").waitsAt("supplement");
        assertThat(award.show().get("asked")).isNotEmpty();
        award.suppliesWhatWasAsked().waitsAt("first-review");
        award.does("reviewer", "first-review", "approve", Map.of()).is(422);
    }
}
