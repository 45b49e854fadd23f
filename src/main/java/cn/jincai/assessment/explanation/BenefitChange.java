package cn.jincai.assessment.explanation;

import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;

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
    public static BenefitChange of(BenefitOutcome before, BenefitOutcome after) {
        boolean had = before != null && before.verdict == Verdict.APPROVE,
                has = after != null && after.verdict == Verdict.APPROVE;
        if (had && has) return of(before.amountFen, after.amountFen, better(before.level, after.level));
        if (had) return LOSES;
        if (has) return GAINS;
        return before != null && after != null && before.verdict != after.verdict ? TURNS : NEVER;
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
