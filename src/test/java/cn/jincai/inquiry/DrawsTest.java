package cn.jincai.inquiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cn.jincai.inquiry.Pairs.Pair;
import cn.jincai.inquiry.Pairs.Review;
import cn.jincai.inquiry.Pairs.With;
import cn.jincai.kernel.CaseNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a fair draw would have given, and who got more. */
class DrawsTest {
    private static final String FIRST = "award\tfirst-review\t", SECOND = "award\tsecond-review\t";

    private final List<Review> reviews = new ArrayList<>();

    private void review(
            String account, String employer, String draw, boolean approved, @Nullable String next, boolean both) {
        long id = reviews.size() + 1L;
        reviews.add(new Review(
                id,
                account,
                CaseNumber.of(2026, id),
                draw,
                approved,
                Instant.EPOCH,
                draw,
                "person" + id,
                employer,
                next,
                next == null ? null : SECOND,
                both));
    }

    private Pair pair(With with, String account) {
        return new Draws(reviews)
                .pairs(with, 1).stream()
                        .filter(p -> p.account().equals(account))
                        .max((a, b) -> Double.compare(a.deviation(), b.deviation()))
                        .orElseThrow();
    }

    @Test
    void whoHasHalfOfAllReviewsIsExpectedAtHalfOfEachEmployers() {
        for (int i = 0; i < 8; i++) review("wei", "shoes", FIRST, true, null, false);
        for (int i = 0; i < 2; i++) review("lin", "shoes", FIRST, false, null, false);
        for (int i = 0; i < 2; i++) review("wei", "other", FIRST, true, null, false);
        for (int i = 0; i < 8; i++) review("lin", "other", FIRST, true, null, false);
        Pair wei = pair(With.EMPLOYER, "wei");
        assertThat(wei.reviewed()).isEqualTo(8);
        assertThat(wei.all()).isEqualTo(10);
        assertThat(wei.expected()).isCloseTo(5, within(1e-9));
        assertThat(wei.deviation()).isCloseTo(3 / Math.sqrt(2.5), within(1e-9));
        assertThat(wei.share()).isEqualTo(80);
        assertThat(wei.fairShare()).isEqualTo(50);
        assertThat(wei.isAlways()).isTrue();
        assertThat(new Draws(reviews).pairs(With.EMPLOYER, 3))
                .extracting(Pair::account)
                .containsExactlyInAnyOrder("wei", "lin");
    }

    @Test
    void whoAloneReviewsSomethingStandsOutByNothing() {
        for (int i = 0; i < 9; i++) review("wei", "shoes", FIRST, true, null, false);
        assertThat(pair(With.EMPLOYER, "wei").deviation()).isZero();
        assertThat(pair(With.EMPLOYER, "wei").fairShare()).isEqualTo(100);
    }

    @Test
    void anotherSchemeStepOrDistrictIsAnotherDraw() {
        for (int i = 0; i < 4; i++) review("wei", "shoes", FIRST, true, null, false);
        for (int i = 0; i < 4; i++) review("lin", "shoes", FIRST + "chendai", true, null, false);
        Pair wei = pair(With.EMPLOYER, "wei");
        assertThat(wei.all()).as("where he reviews").isEqualTo(4);
        assertThat(wei.expected()).isEqualTo(4);
    }

    @Test
    void whoReviewedBeforeCannotBeDrawnAfterHimself() {
        for (int i = 0; i < 6; i++) review("wei", "shoes", FIRST, true, "lin", i > 0);
        for (int i = 0; i < 4; i++) review("lin", "shoes", SECOND, true, null, false);
        for (int i = 0; i < 4; i++) review("wei", "shoes", SECOND, true, null, false);
        for (int i = 0; i < 4; i++) review("fang", "shoes", SECOND, true, null, false);
        Pair pair = pair(With.NEXT, "wei");
        assertThat(pair.next()).isEqualTo("lin");
        assertThat(pair.reviewed()).isEqualTo(6);
        assertThat(pair.approved()).as("by both").isEqualTo(5);
        assertThat(pair.expected()).as("lin or fang").isCloseTo(3, within(1e-9));
    }
}
