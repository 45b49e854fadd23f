package cn.jincai.review;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said at a step of a case.
 *
 * @param waived  reason codes that a reviewer does not apply
 * @param refused benefits that a reviewer refuses though the rules would not
 * @param result  what came of it, benefit by benefit, as far as a review decides benefits
 */
public record Opinion(
        long id,
        String step,
        String account,
        String outcome,
        @Nullable String words,
        List<String> waived,
        List<String> refused,
        List<Outcome> result,
        Instant at) {

    /** One benefit as a review left it. */
    public record Outcome(
            String code, String outcome, @Nullable Integer level, long amountFen) {}
}
