package cn.jincai.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sum that a limit cut is shared by the lines as they would have had it. */
@Tag("issue-16.5")
class LineSharesTest {
    @Test
    void whatIsNotCutStaysAsItIs() {
        assertThat(LineShares.cut(List.of(300000L, 0L, 120000L), 420000)).containsExactly(300000L, 0L, 120000L);
    }

    @Test
    void threeShareWhatDoesNotDivideByThree() {
        assertThat(LineShares.cut(List.of(100L, 100L, 100L), 100)).containsExactly(33L, 33L, 34L);
        assertThat(LineShares.cut(List.of(200L, 0L, 100L), 100)).containsExactly(66L, 0L, 34L);
        assertThat(LineShares.cut(List.of(1L, 1L), 0)).containsExactly(0L, 0L);
    }

    /** The largest roster with the largest sums does not overflow, adds up, and nobody gains or loses more than a fen against his share. */
    @Test
    void sharesAlwaysAddUp() {
        Random random = new Random(181);
        for (int n = 0; n < 200; n++) {
            List<Long> given = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(1000); i++)
                given.add(random.nextInt(5) == 0 ? 0 : random.nextLong(1, 100_000_000_000L));
            long all = given.stream().mapToLong(Long::longValue).sum(), to = random.nextLong(0, all + 1);
            List<Long> shares = LineShares.cut(given, to);
            assertThat(shares.stream().mapToLong(Long::longValue).sum()).isEqualTo(to);
            for (int i = 0; i < given.size(); i++) {
                assertThat(shares.get(i)).isBetween(0L, given.get(i));
                if (all > 0)
                    assertThat(Math.abs(shares.get(i) - (double) given.get(i) * to / all))
                            .isLessThanOrEqualTo(1.01);
            }
        }
    }
}
