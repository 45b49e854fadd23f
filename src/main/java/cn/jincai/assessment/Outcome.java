package cn.jincai.assessment;

import cn.jincai.kernel.Verdict;
import java.util.Arrays;
import java.util.List;

/** What the evaluation says of one benefit, in numbers; {@link Explanation} puts it into words. */
final class Outcome {
    private static final Given[] NO_REASONS = {};
    static final long[] NO_PARTS = {};

    Verdict verdict = Verdict.APPROVE;
    private Given[] reasons = NO_REASONS;
    private int count;
    /** Facts for which {@code DATA_UNAVAILABLE} is given or another reason speaks. */
    long told;
    int level;
    boolean monthly;
    long monthlyFen;
    long months;
    /** What this application pays, in fen. */
    long amountFen;
    long[] parts = NO_PARTS;

    /** Begins with the reasons of a benefit that this one follows, and makes room for more. */
    void follow(Outcome other, int more) {
        reasons = other == null ? more == 0 ? NO_REASONS : new Given[more] : Arrays.copyOf(other.reasons, other.count + more);
        if (other == null) return;
        count = other.count;
        verdict = other.verdict;
        told = other.told;
        level = other.level;
    }

    void add(Given reason) {
        if (count == reasons.length) reasons = Arrays.copyOf(reasons, count + 4);
        reasons[count++] = reason;
    }

    void worsen(Verdict effect) {
        if (effect.ordinal() < verdict.ordinal()) verdict = effect;
    }

    int count() {
        return count;
    }

    List<Given> reasons() {
        return Arrays.asList(reasons).subList(0, count);
    }
}
