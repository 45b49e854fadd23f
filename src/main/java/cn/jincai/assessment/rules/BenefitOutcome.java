package cn.jincai.assessment.rules;

import cn.jincai.assessment.Reason;
import cn.jincai.assessment.explanation.Explanation;
import cn.jincai.kernel.Verdict;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the evaluation says of one benefit, in numbers; {@link Explanation} puts it into words. */
public final class BenefitOutcome {
    static final long[] NO_PARTS = {};
    private static final FiredReason[] NO_REASONS = {};

    private final Evaluation evaluation;
    private final BenefitPlan plan;
    private final @Nullable BenefitOutcome followed;
    /** Noted while deciding where something is in doubt; otherwise made from the failing rows when somebody asks. */
    private FiredReason[] reasons = NO_REASONS;

    private boolean isNoted;

    private int count;
    public Verdict verdict = Verdict.APPROVE;
    /** Facts for which {@code DATA_UNAVAILABLE} is given or another reason speaks. */
    Bits told = Bits.NONE;

    public int level;
    public boolean monthly;
    public long monthlyFen;
    public long months;
    /** Nobody asked for it: it is neither granted nor refused, and its verdict, which is no better than a refusal, is told to nobody. */
    public boolean notAsked;
    /** What this application pays, in fen. */
    public long amountFen;

    public long[] parts = NO_PARTS;

    /** @param followed the benefit whose reasons and level it carries, or null */
    public BenefitOutcome(Evaluation evaluation, BenefitPlan plan, @Nullable BenefitOutcome followed) {
        this.evaluation = evaluation;
        this.plan = plan;
        this.followed = followed;
        if (followed == null) return;
        verdict = followed.verdict;
        told = followed.told;
        level = followed.level;
    }

    void leaveOut() {
        notAsked = true;
        isNoted = true;
        reasons = NO_REASONS;
        count = 0;
        level = 0;
        told = Bits.NONE;
        verdict = Verdict.REJECT;
    }

    /**
     * Goes by the lines of a roster as a case goes by its benefits: granted where one is, with the reasons of those that came to the same otherwise, each once.
     *
     * @return fen of all lines that are granted; where none is granted, of all that are not refused
     */
    long take(List<BenefitOutcome> ofLines) {
        List<BenefitOutcome> asked =
                ofLines.stream().filter(line -> !line.notAsked).toList();
        inDoubt();
        if (asked.isEmpty()) {
            leaveOut();
            return 0;
        }
        verdict = Verdict.ofCase(asked.stream().map(line -> line.verdict).toList());
        Set<List<Object>> noted = new HashSet<>();
        long sum = 0;
        for (BenefitOutcome line : asked) {
            if (verdict == Verdict.APPROVE ? line.verdict == verdict : line.verdict != Verdict.REJECT)
                sum = Math.addExact(sum, line.amountFen);
            if (line.verdict != verdict || verdict == Verdict.APPROVE) continue;
            for (FiredReason reason : line.reasons())
                if (noted.add(List.of(
                        reason.code(),
                        reason.rule() == null ? "" : reason.rule().id(),
                        reason.fact()))) add(reason);
        }
        return sum;
    }

    /** Whether it is asked for is not known. @param fact that says so */
    void ask(int fact) {
        inDoubt();
        told = told.with(fact);
        worsen(Verdict.MANUAL);
        add(new FiredReason(null, fact));
    }

    /** From here on reasons are noted one by one. */
    void inDoubt() {
        if (!isNoted) makeRoom(4);
    }

    private void makeRoom(int room) {
        FiredReason[] before = followed == null ? NO_REASONS : followed.noted();
        count = followed == null ? 0 : followed.count;
        isNoted = true;
        reasons = new FiredReason[count + room];
        System.arraycopy(before, 0, reasons, 0, count);
    }

    void add(FiredReason reason) {
        if (count == reasons.length) reasons = Arrays.copyOf(reasons, count + 4);
        reasons[count++] = reason;
    }

    void worsen(Verdict effect) {
        if (effect.ordinal() < verdict.ordinal()) verdict = effect;
    }

    /** People have judged what only they can; what is not known is not cleared by that (rulebook 7.2). */
    void clear() {
        if (verdict == Verdict.MANUAL
                && reasons().stream().noneMatch(r -> r.code().equals(Reason.DATA_UNAVAILABLE)))
            verdict = Verdict.APPROVE;
    }

    /** In the order of the rules, those of the followed benefit first. */
    public List<FiredReason> reasons() {
        return Arrays.asList(noted()).subList(0, count);
    }

    /** How many; none is made for that. */
    public int count() {
        return isNoted ? count : evaluation.failing(plan) + (followed == null ? 0 : followed.count());
    }

    FiredReason[] noted() {
        if (!isNoted) {
            makeRoom(evaluation.failing(plan));
            evaluation.noteFailing(plan, this);
        }
        return reasons;
    }
}
