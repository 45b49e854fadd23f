package cn.jincai.assessment;

import cn.jincai.kernel.Verdict;
import java.util.Arrays;
import java.util.List;

/** What the evaluation says of one benefit, in numbers; {@link Explanation} puts it into words. */
final class Outcome {
    static final long[] NO_PARTS = {};
    private static final Given[] NO_REASONS = {};

    private final Evaluation evaluation;
    private final Plan plan;
    private final Outcome followed;
    /** Noted while deciding where something is in doubt; otherwise made from the failing rows when somebody asks. */
    private Given[] reasons;

    private int count;
    Verdict verdict = Verdict.APPROVE;
    /** Facts for which {@code DATA_UNAVAILABLE} is given or another reason speaks. */
    long told;

    int level;
    boolean monthly;
    long monthlyFen;
    long months;
    /** What this application pays, in fen. */
    long amountFen;

    long[] parts = NO_PARTS;

    /** @param followed the benefit whose reasons and level it carries, or null */
    Outcome(Evaluation evaluation, Plan plan, Outcome followed) {
        this.evaluation = evaluation;
        this.plan = plan;
        this.followed = followed;
        if (followed == null) return;
        verdict = followed.verdict;
        told = followed.told;
        level = followed.level;
    }

    /** From here on reasons are noted one by one. */
    void inDoubt() {
        if (reasons == null) makeRoom(4);
    }

    private void makeRoom(int room) {
        Given[] before = followed == null ? NO_REASONS : followed.noted();
        count = followed == null ? 0 : followed.count;
        reasons = new Given[count + room];
        System.arraycopy(before, 0, reasons, 0, count);
    }

    void add(Given reason) {
        if (count == reasons.length) reasons = Arrays.copyOf(reasons, count + 4);
        reasons[count++] = reason;
    }

    void worsen(Verdict effect) {
        if (effect.ordinal() < verdict.ordinal()) verdict = effect;
    }

    /** In the order of the rules, those of the followed benefit first. */
    List<Given> reasons() {
        return Arrays.asList(noted()).subList(0, count);
    }

    /** How many; none is made for that. */
    int count() {
        return reasons != null ? count : evaluation.failing(plan) + (followed == null ? 0 : followed.count());
    }

    Given[] noted() {
        if (reasons == null) {
            makeRoom(evaluation.failing(plan));
            evaluation.noteFailing(plan, this);
        }
        return reasons;
    }
}
