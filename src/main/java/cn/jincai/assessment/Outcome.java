package cn.jincai.assessment;

import cn.jincai.kernel.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What the evaluation says of one benefit, in numbers; {@link Explanation} puts it into words. */
final class Outcome {
    Verdict verdict = Verdict.APPROVE;
    final List<Given> reasons = new ArrayList<>(8);
    /** Entitlements that hold for certain. */
    final List<Rule> matched = new ArrayList<>(2);
    /** Facts for which {@code DATA_UNAVAILABLE} is given or another reason speaks. */
    long told;
    int level;
    boolean monthly;
    long monthlyFen;
    long months;
    /** What this application pays, in fen. */
    long amountFen;
    long[] parts = NO_PARTS;

    static final long[] NO_PARTS = {};

    void add(Given reason) {
        reasons.add(reason);
        Verdict effect = reason.effect();
        if (effect.ordinal() < verdict.ordinal()) verdict = effect;
    }
}
