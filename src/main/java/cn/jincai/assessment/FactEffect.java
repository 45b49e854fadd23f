package cn.jincai.assessment;

import cn.jincai.kernel.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a fact does to a benefit.
 *
 * @param benefit the one that it touches
 * @param kind    how
 * @param rule    the condition that reads it; null for a sum that is deducted or cut
 * @param reason  its code; null likewise
 * @param limit   the number that the fact is held against, null where it is none that always holds
 * @param basis   document and article, null where no rule is cited
 * @param status  null likewise
 */
public record FactEffect(
        String benefit,
        Kind kind,
        @Nullable String rule,
        @Nullable String reason,
        @Nullable Long limit,
        @Nullable String basis,
        @Nullable Status status) {
    public enum Kind {
        /** A condition that may refuse it. */
        EXCLUDES,
        /** It is taken off the sum. */
        DEDUCTS,
        /** The sum is cut, or refused, beyond a limit. */
        CAPS
    }
}
