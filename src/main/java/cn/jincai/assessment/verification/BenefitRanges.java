package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.CompiledRules;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Instalments;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The verdicts that each benefit may get, and the sums that it may come to, for the cases of a box. */
final class BenefitRanges {
    /** Beside the verdicts: it is not asked for. */
    static final int NOT_ASKED = 1 << Verdict.values().length;

    private final BoxState state;
    private final SlotRanges slots;
    private final CompiledRules rules;
    private final int[] verdicts;
    /** Ends of what is paid, and of what would be paid to a case that is not rejected. */
    private final long[] amountLo, amountHi, grantLo, grantHi;

    BenefitRanges(BoxState state, SlotRanges slots) {
        this.state = state;
        this.slots = slots;
        rules = state.rules;
        verdicts = new int[rules.plans.length];
        amountLo = new long[rules.plans.length];
        amountHi = new long[rules.plans.length];
        grantLo = new long[rules.plans.length];
        grantHi = new long[rules.plans.length];
    }

    void clear() {
        Arrays.fill(verdicts, 0);
    }

    /** The verdicts that a benefit may get, a bit each in the order of {@link Verdict}, and {@link #NOT_ASKED}. */
    int verdicts(int benefit) {
        if (verdicts[benefit] != 0) return verdicts[benefit];
        BenefitPlan plan = rules.plans[benefit];
        int asked = asked(benefit);
        if (asked == TruthSet.FALSE) {
            amountLo[benefit] = amountHi[benefit] = grantLo[benefit] = grantHi[benefit] = 0;
            return verdicts[benefit] = NOT_ASKED;
        }
        int may = plan.follows() < 0 ? bit(Verdict.APPROVE) : verdicts(plan.follows()) & ~NOT_ASKED;
        int best = 31 - Integer.numberOfLeadingZeros(may);
        if ((asked & TruthSet.UNKNOWN) != 0) may |= bit(Verdict.MANUAL);
        if (asked == TruthSet.UNKNOWN) best = Math.min(best, Verdict.MANUAL.ordinal());
        int certain = certainRank(plan);
        long sure = plan.highest() ? leastOfCertain(plan) : Long.MIN_VALUE;
        boolean entitled = false;
        long least = Long.MAX_VALUE, most = Long.MIN_VALUE;
        for (int row = 0; row < rules.rules.length; row++) {
            if (!SearchModel.isOf(plan, row)) continue;
            int truth = state.truth(row);
            Rule rule = rules.rules[row];
            if ((truth & TruthSet.UNKNOWN) != 0 && (rule.isCondition() || mayBeBetter(plan, rule, certain, sure))) {
                may |= bit(Verdict.MANUAL);
                if (truth == TruthSet.UNKNOWN
                        && (rule.isCondition() || (plan.highest() ? certain == 0 : certain >= 0))
                        && state.model.saysWhatIsMissing(row)) best = Math.min(best, Verdict.MANUAL.ordinal());
            }
            if ((truth & TruthSet.TRUE) == 0) continue;
            if (rule.isCondition()) {
                may |= bit(rule.effect());
                if (truth == TruthSet.TRUE) best = Math.min(best, rule.effect().ordinal());
            } else {
                entitled |= truth == TruthSet.TRUE;
                if (whole(rule, false) < sure) continue; // another one gives more
                least = Math.min(least, sum(plan, rule, true));
                most = Math.max(most, sum(plan, rule, false));
            }
        }
        for (int pool : plan.pools()) {
            int left = slots.status(pool);
            if ((left & SlotRanges.OPEN) != 0) may |= bit(Verdict.MANUAL);
            if (left == SlotRanges.OPEN) best = Math.min(best, Verdict.MANUAL.ordinal());
        }
        may &= (2 << best) - 1;
        boolean nothing = !entitled || slots.status(rules.vocabulary.governingDate) != SlotRanges.KNOWN;
        grantLo[benefit] = nothing ? Math.min(0, least) : least;
        grantHi[benefit] = nothing ? Math.max(0, most) : most;
        if ((asked & TruthSet.FALSE) != 0) may |= NOT_ASKED;
        pays(benefit, may);
        return verdicts[benefit] = may;
    }

    /** What is granted is paid where it is neither rejected nor not asked for. */
    private void pays(int benefit, int verdicts) {
        int reject = bit(Verdict.REJECT);
        boolean never = (verdicts & ~NOT_ASKED) == reject;
        amountLo[benefit] = never ? 0 : grantLo[benefit];
        amountHi[benefit] = never ? 0 : Math.max(0, grantHi[benefit]);
        if ((verdicts & (reject | NOT_ASKED)) != 0) amountLo[benefit] = Math.min(0, amountLo[benefit]);
    }

    /** Whether it is asked for, a bit for each truth; one that follows another is only where that one is. */
    int asked(int benefit) {
        BenefitPlan plan = rules.plans[benefit];
        int own = plan.asked() == null ? TruthSet.TRUE : state.truth(plan.asked());
        if (plan.follows() < 0) return own;
        int followed = asked(plan.follows());
        if (own == TruthSet.FALSE || followed == TruthSet.FALSE) return TruthSet.FALSE;
        return own | followed & TruthSet.FALSE;
    }

    /** Slots that say whether it is asked for. */
    Bits askedReads(int benefit) {
        BenefitPlan plan = rules.plans[benefit];
        return plan.follows() < 0 ? plan.askedReads() : plan.askedReads().or(askedReads(plan.follows()));
    }

    /** The least that is given for certain by some row; of rows that give less none is taken. */
    private long leastOfCertain(BenefitPlan plan) {
        long least = Long.MIN_VALUE;
        for (Rule rule : rules.rules)
            if (SearchModel.isEntitlement(plan, rule.number()) && state.truth(rule.number()) == TruthSet.TRUE)
                least = Math.max(least, whole(rule, true));
        return least;
    }

    private boolean mayBeBetter(BenefitPlan plan, Rule rule, int certain, long sure) {
        if (certain <= 0) return true;
        if (!plan.highest()) return rule.rank() > 0 && rule.rank() < certain;
        Bits reads = rule.sumReads();
        for (int slot = reads.first(); slot >= 0; slot = reads.next(slot + 1))
            if ((slots.status(slot) & SlotRanges.OPEN) != 0) return true;
        return whole(rule, false) > sure;
    }

    /** An end of what a row gives in all. */
    private long whole(Rule row, boolean least) {
        NumericExpression pays = row.amount();
        if (pays == null && row.monthly() != null && row.months() != null)
            pays = new NumericExpression.Times(row.monthly(), row.months());
        return pays == null ? 0 : least ? slots.leastCounted(pays) : slots.mostCounted(pays);
    }

    /** The best rank that holds for certain, 0 where no entitlement does, the largest number where one without a level does; -1 where that is not settled. */
    private int certainRank(BenefitPlan plan) {
        int certain = 0;
        for (int row = 0; row < rules.rules.length; row++) {
            if (!SearchModel.isEntitlement(plan, row)) continue;
            int truth = state.truth(row), level = rules.rules[row].rank();
            if (!TruthSet.isSettled(truth)) return -1;
            if (truth == TruthSet.TRUE && (certain == 0 || level > 0 && level < certain))
                certain = level == 0 ? Integer.MAX_VALUE : level;
        }
        return certain;
    }

    /** One sum for all cases that are not rejected. */
    boolean isOneGrant(int benefit) {
        verdicts(benefit);
        return grantLo[benefit] == grantHi[benefit];
    }

    long grant(int benefit) {
        verdicts(benefit);
        return grantLo[benefit];
    }

    long leastPaid(int benefit) {
        verdicts(benefit);
        return amountLo[benefit];
    }

    long mostPaid(int benefit) {
        verdicts(benefit);
        return amountHi[benefit];
    }

    static int bit(Verdict verdict) {
        return 1 << verdict.ordinal();
    }

    /** An end of what the row pays; see {@code Evaluation.pay}. */
    private long sum(BenefitPlan plan, Rule row, boolean least) {
        if (!plan.benefit().isMoney()) return 0;
        boolean inMonths = row.monthly() != null && row.months() != null;
        long low = whole(row, true), high = whole(row, false);
        if (plan.atMost() >= 0) {
            low = Math.min(low, Math.max(0, slots.leastCounted(plan.atMost())));
            high = Math.min(high, Math.max(0, slots.mostCounted(plan.atMost())));
        }
        Instalments how = plan.instalments();
        boolean inOne =
                how.monthsEach() > 0 && inMonths || how.equalParts() == 1 && plan.deduct() < 0 && plan.appliedFor() < 0;
        long paid = !inOne ? part(plan, low, high, least) : least ? low : high;
        return plan.pools().length == 0 ? paid : pooled(plan, row.monthly(), paid, least);
    }

    /** Cut to what is left of each pool, a monthly sum to whole months of it. */
    private long pooled(BenefitPlan plan, @Nullable NumericExpression monthly, long paid, boolean least) {
        for (int pool : plan.pools()) {
            int may = slots.status(pool);
            if (may == SlotRanges.NONE || !least && (may & SlotRanges.NONE) != 0) continue;
            long left = Math.max(0, least ? slots.leastCounted(pool) : slots.mostCounted(pool));
            if (left >= paid) continue;
            paid = least && monthly != null ? Math.max(0, Math.min(paid, left - slots.mostCounted(monthly) + 1)) : left;
        }
        return paid;
    }

    /** Equal parts, the last with the remainder, less what is deducted; one of them or all. */
    private long part(BenefitPlan plan, long low, long high, boolean least) {
        int parts = plan.instalments().equalParts();
        long all = 0, one = least ? Long.MAX_VALUE : 0;
        long from = 1, to = parts;
        if (plan.appliedFor() >= 0) {
            from = slots.leastCounted(plan.appliedFor());
            to = slots.mostCounted(plan.appliedFor());
            if (from < 1 || to > parts) one = 0;
        }
        for (int i = 1; i <= parts; i++) {
            long partLow = i < parts ? low / parts : low - high / parts * (parts - 1),
                    partHigh = i < parts ? high / parts : high - low / parts * (parts - 1);
            if (plan.deduct() >= 0 && plan.instalments().deductFrom() == i) {
                partLow = Math.max(0, partLow - slots.mostCounted(plan.deduct()));
                partHigh = Math.max(0, partHigh - slots.leastCounted(plan.deduct()));
            }
            all += least ? partLow : partHigh;
            if (i >= from && i <= to) one = least ? Math.min(one, partLow) : Math.max(one, partHigh);
        }
        return plan.appliedFor() >= 0 ? one == Long.MAX_VALUE ? 0 : one : all;
    }
}
