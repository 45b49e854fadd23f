package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes after a decision, on its diagrams: who is asked in which order, and that the case itself stands where it stood. */
@Tag("issue-17.14")
class RevisionDiagramsIT {
    private static final String CARRY_OUT = "revisions.carryOut(JC2026000001)", DROP = "revisions.drop(JC2026000001)";

    private Diagrams it;

    private Diagrams begun(String kind) {
        it = new Diagrams("talent-recognition").begun(kind);
        return it;
    }

    @AfterEach
    void close() {
        it.close();
    }

    @Test
    void aCorrectionIsSignedOrNot() {
        begun("correction");
        assertThat(it.at()).containsExactly("revision-signature");
        it.complete("revision-signature", "sign");
        assertThat(it.done).containsExactly(CARRY_OUT);
        assertThat(it.hasEnded()).isTrue();
        assertThat(it.stages).as("the case stays where it is").isEmpty();
        it.close();

        begun("correction").complete("revision-signature", "decline");
        assertThat(it.done).containsExactly(DROP);
        assertThat(it.hasEnded()).isTrue();
    }

    @Test
    void aRevocationWaitsForTheAnswerAndIsWeighedBeforeItIsSigned() {
        begun("revocation");
        assertThat(it.at()).containsExactly("revision-hearing");
        it.message("hearing-answered");
        assertThat(it.at()).containsExactly("revision-review");
        it.complete("revision-review", "propose").complete("revision-signature", "sign");
        assertThat(it.done)
                .containsExactly(
                        "revisions.hear(JC2026000001, true)", "revisions.hear(JC2026000001, false)", CARRY_OUT);
        assertThat(it.hasEnded()).isTrue();
        assertThat(it.stages).isEmpty();
    }

    @Test
    void whoSaysNothingForFiveWorkingDaysIsNotWaitedForAndWhatIsDroppedIsNotSigned() {
        begun("revocation").passWorkingDays(4);
        assertThat(it.at()).containsExactly("revision-hearing");
        it.passWorkingDays(1);
        assertThat(it.at()).containsExactly("revision-review");
        it.complete("revision-review", "drop");
        assertThat(it.done).endsWith(DROP).doesNotContain(CARRY_OUT);
        assertThat(it.hasEnded()).isTrue();
    }

    @Test
    void aRecheckThatConfirmsIsSignedAtOnceAndOneThatEndsAGrantHearsThePersonFirst() {
        begun("recheck").complete("recheck", "confirm").complete("revision-signature", "sign");
        assertThat(it.done).containsExactly(CARRY_OUT);
        it.close();

        begun("recheck").complete("recheck", "end");
        assertThat(it.at()).containsExactly("revision-hearing");
        it.message("hearing-answered").complete("revision-review", "propose").complete("revision-signature", "decline");
        assertThat(it.done).endsWith(DROP).doesNotContain(CARRY_OUT);
    }

    @Test
    void theResultOfAReconsiderationIsSigned() {
        begun("review-outcome").complete("revision-signature", "sign");
        assertThat(it.done).containsExactly(CARRY_OUT);
        assertThat(it.hasEnded()).isTrue();
    }
}
