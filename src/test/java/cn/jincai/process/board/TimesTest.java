package cn.jincai.process.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How long the last ones took: one that took very long moves the average, not the median. */
class TimesTest {
    @Test
    void theMedianIsTheMiddleOneOrHalfWayBetweenTheTwoMiddleOnes() {
        assertThat(Times.of(List.of())).isEqualTo(new Times(0, 0, 0));
        assertThat(Times.of(List.of(3))).isEqualTo(new Times(1, 3, 3));
        assertThat(Times.of(List.of(40, 1, 1))).isEqualTo(new Times(3, 14, 1));
        assertThat(Times.of(List.of(4, 1, 2, 1))).isEqualTo(new Times(4, 2, 1.5));
    }
}
