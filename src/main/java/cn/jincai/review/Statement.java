package cn.jincai.review;

import cn.jincai.assessment.Adjustments;
import java.util.List;
import java.util.Set;

/**
 * The whole of what a review says beside the rules (rulebook 7.2, 7.3); what it does not name, it leaves to the rules.
 *
 * @param waived       reason codes that are not applied
 * @param refused      benefits that are refused
 * @param refusedLines lines of the roster that are refused, by their number
 * @param clearedLines lines of the roster of which the reviewer has judged what only people can
 */
record Statement(List<String> waived, List<String> refused, List<String> refusedLines, List<String> clearedLines) {
    static final Statement NONE = new Statement(List.of(), List.of());

    Statement(List<String> waived, List<String> refused) {
        this(waived, refused, List.of(), List.of());
    }

    static Statement of(Opinion said) {
        return new Statement(said.waived(), said.refused(), said.refusedLines(), said.clearedLines());
    }

    /** Goes beyond what the rules say, so that it needs words. */
    boolean saysSomething() {
        return !equals(NONE);
    }

    /** @param refused instead of the benefits that it names */
    Adjustments adjustments(Set<String> refused, Set<Integer> refusedLevels) {
        return new Adjustments(
                Set.copyOf(waived), refused, refusedLevels, Set.copyOf(refusedLines), Set.copyOf(clearedLines));
    }

    Statement withoutWaivers() {
        return new Statement(List.of(), refused, refusedLines, clearedLines);
    }
}
