package cn.jincai.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("issue-17.13")
class DrawTest {
    /** {@code printf 's m' | sha256sum} */
    @Test
    void aLotIsWhatSha256sumSays() {
        assertThat(new Draw("s").lot("m"))
                .isEqualTo("0f14d52343685a904274d06cda1240eebebeef7b28c5a6bcf2350741a0c2d4ad");
    }

    @Test
    void theOrderInWhichThePoolIsWrittenChangesNothingAndNobodyIsDrawnTwice() {
        List<String> pool =
                new ArrayList<>(IntStream.range(0, 40).mapToObj(n -> "JC" + n).toList());
        List<String> drawn = new Draw("seed").of(pool, 7);
        assertThat(drawn).hasSize(7).doesNotHaveDuplicates().isSubsetOf(pool);
        Collections.shuffle(pool, new Random(20261130));
        pool.addAll(pool);
        assertThat(new Draw("seed").of(pool, 7)).isEqualTo(drawn);
        assertThat(new Draw("seed").of(pool, 8)).startsWith(drawn.toArray(String[]::new));
        assertThat(new Draw("another").of(pool, 7)).isNotEqualTo(drawn);
    }

    @Test
    void aPoolSmallerThanWhatIsWantedIsDrawnWhole() {
        assertThat(new Draw("seed").of(List.of("b", "a"), 9)).containsExactlyInAnyOrder("a", "b");
        assertThat(new Draw("seed").of(List.of(), 1)).isEmpty();
    }

    /** Two of ten over 5 000 seeds: each is expected a thousand times, with a standard deviation of 28. */
    @Test
    void overManySeedsEverybodyIsDrawnAsOften() {
        List<String> pool =
                IntStream.range(0, 10).mapToObj(n -> "JC202605000" + n).toList();
        int[] times = new int[10];
        for (int seed = 0; seed < 5_000; seed++)
            for (String one : new Draw("seed " + seed).of(pool, 2)) times[pool.indexOf(one)]++;
        for (int one : times) assertThat(one).isBetween(880, 1_120);
    }
}
