package cn.jincai.assessment.explanation;

import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import org.jspecify.annotations.Nullable;

/** What another package makes of a person's benefit. */
public enum BenefitChange {
    /** Not granted before, granted now. */
    GAINS,
    /** Granted before, not any more. */
    LOSES,
    /** Granted by both, the sum is higher or the level better. */
    MORE,
    /** Granted by both, the sum is lower or the level worse. */
    LESS,
    /** Granted by neither, and the verdict is another: refused instead of asked, for one. */
    TURNS,
    /** Granted by both alike. */
    SAME,
    /** Granted by neither, with the same verdict. */
    NEVER;

    public Text text() {
        return Text.of("assessment.change." + name());
    }

    /** Something is different for the person. */
    public boolean isChange() {
        return ordinal() <= TURNS.ordinal();
    }

    /** @param before and {@code after}: null where that package has no such benefit */
    public static BenefitChange of(@Nullable BenefitOutcome before, @Nullable BenefitOutcome after) {
        BenefitOutcome had = granted(before), has = granted(after);
        if (had != null && has != null) return of(had.amountFen, has.amountFen, better(had.level, has.level));
        if (had != null) return LOSES;
        if (has != null) return GAINS;
        return before != null && after != null && before.verdict != after.verdict ? TURNS : NEVER;
    }

    private static @Nullable BenefitOutcome granted(@Nullable BenefitOutcome outcome) {
        return outcome != null && outcome.verdict == Verdict.APPROVE ? outcome : null;
    }

    public static BenefitChange of(long beforeFen, long afterFen, int level) {
        if (afterFen != beforeFen) return afterFen > beforeFen ? MORE : LESS;
        return level > 0 ? MORE : level < 0 ? LESS : SAME;
    }

    /** Level 1 is the best, 0 is none. */
    private static int better(int before, int after) {
        return before == after ? 0 : before == 0 ? 1 : after == 0 ? -1 : before - after;
    }
}
