package cn.jincai.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said at a step of a case.
 *
 * @param waived  reason codes that a reviewer does not apply
 * @param refused benefits that a reviewer refuses though the rules would not
 * @param refusedLines lines of the roster that a reviewer refuses, by their number
 * @param clearedLines lines of the roster of which a reviewer has judged what only people can
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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> refusedLines,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> clearedLines,
        List<Outcome> result,
        Instant at) {

    /** One benefit as a review left it. */
    public record Outcome(
            String code, String outcome, @Nullable Integer level, long amountFen) {}
}
