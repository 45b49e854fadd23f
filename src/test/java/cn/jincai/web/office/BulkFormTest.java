package cn.jincai.web.office;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.process.bulk.BulkApprovals.Shown;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A selection over several pages of one list, without scripts: what was unticked on one page stays so on the others. */
class BulkFormTest {
    private static BulkForm sent(String shown, String here, List<String> in, String out) {
        return new BulkForm("key", "scheme", "step", null, shown, here, in, out, 0);
    }

    @Test
    void whatIsUntickedOnOnePageStaysSoOnTheNext() {
        BulkForm first = sent("a:1,b:2,c:3,d:4", "a,b", List.of("b"), "");
        assertThat(first.unticked()).containsExactly("a");
        BulkForm second = sent("a:1,b:2,c:3,d:4", "c,d", List.of("c"), "a");
        assertThat(second.unticked()).containsExactlyInAnyOrder("a", "d");
        assertThat(second.chosen()).containsExactly(new Shown("b", 2), new Shown("c", 3));
    }

    @Test
    void whatIsTickedAgainComesBackAndABrowserSendsNothingOfWhatIsUnticked() {
        assertThat(sent("a:1,b:2", "a,b", List.of("a", "b"), "a").chosen()).hasSize(2);
        assertThat(sent("a:1,b:2", "a,b", null, "").chosen()).isEmpty();
    }

    @Test
    void nothingComesAlongThatWasNotShown() {
        assertThat(sent("a:1", "a", List.of("a", "z"), "").chosen()).containsExactly(new Shown("a", 1));
        assertThat(sent("a,b:x,:5,c:-1,d:9999999999999999", "", null, "").chosen())
                .as("what is no such list")
                .isEmpty();
    }

    @Test
    void aPageHasAHundredAndTheLastOneTheRest() {
        List<Integer> all = IntStream.range(0, 250).boxed().toList();
        assertThat(BulkForm.page(all, 0).items()).hasSize(100);
        assertThat(BulkForm.page(all, 2).items()).hasSize(50).startsWith(200);
        assertThat(BulkForm.page(all, 9).page()).isEqualTo(2);
        assertThat(BulkForm.page(List.of(), 3).items()).isEmpty();
    }
}
