package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.filing.Timeline.Entry;
import cn.jincai.kernel.Text;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On which day a case came to its steps. */
@Tag("issue-18.5")
class WhereItStandsTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T01:00:00Z");

    private static Entry entry(int day, String stage, boolean entered) {
        return new Entry(MONDAY.plusSeconds(86_400L * day), stage, Text.same("x"), "system", entered);
    }

    @Test
    void whatCameBackToAStepShowsTheDayOfItsReturnAndNothingElseThatHappensThereMovesIt() {
        var reached = WhereItStands.reached(List.of(
                entry(0, "first-review", true),
                entry(1, "supplement", true),
                entry(3, "first-review", true),
                entry(5, "first-review", false)));
        assertThat(reached.get("first-review")).isEqualTo(MONDAY.plusSeconds(86_400L * 3));
        assertThat(reached.get("supplement")).isEqualTo(MONDAY.plusSeconds(86_400L));
    }

    @Test
    void aStageThatWasNeverEnteredByAStepShowsTheFirstThatHappenedThere() {
        var reached = WhereItStands.reached(List.of(entry(0, "draft", false), entry(1, "draft", false)));
        assertThat(reached.get("draft")).isEqualTo(MONDAY);
    }
}
