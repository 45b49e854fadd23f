package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.CompiledRules;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Scheme;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The verdicts that each benefit may get, and the sums that it may come to, for the cases of a box. */
final class BenefitRanges {
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

    /** The verdicts that a benefit may get, a bit each in the order of {@link Verdict}. */
    int verdicts(int benefit) {
        if (verdicts[benefit] != 0) return verdicts[benefit];
        BenefitPlan plan = rules.plans[benefit];
        int may = plan.follows() < 0 ? bit(Verdict.APPROVE) : verdicts(plan.follows());
        int best = 31 - Integer.numberOfLeadingZeros(may);
        int certain = certainLevel(plan);
        boolean entitled = false;
        long least = Long.MAX_VALUE, most = Long.MIN_VALUE;
        for (int row = 0; row < rules.rules.length; row++) {
            if (!SearchModel.isOf(plan, row)) continue;
            int truth = state.truth(row);
            Rule rule = rules.rules[row];
            if ((truth & TruthSet.UNKNOWN) != 0
                    && (rule.isCondition() || certain <= 0 || rule.level() > 0 && rule.level() < certain)) {
                may |= bit(Verdict.MANUAL);
                if (truth == TruthSet.UNKNOWN
                        && (rule.isCondition() || certain >= 0)
                        && state.model.saysWhatIsMissing(row)) best = Math.min(best, Verdict.MANUAL.ordinal());
            }
            if ((truth & TruthSet.TRUE) == 0) continue;
            if (rule.isCondition()) {
                may |= bit(rule.effect());
                if (truth == TruthSet.TRUE) best = Math.min(best, rule.effect().ordinal());
            } else {
                entitled |= truth == TruthSet.TRUE;
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
        int reject = bit(Verdict.REJECT);
        amountLo[benefit] = may == reject ? 0 : (may & reject) != 0 ? Math.min(0, grantLo[benefit]) : grantLo[benefit];
        amountHi[benefit] = may == reject ? 0 : Math.max(0, grantHi[benefit]);
        return verdicts[benefit] = may;
    }

    /** The best level that holds for certain, 0 where no entitlement does, the largest number where one without a level does; -1 where that is not settled. */
    private int certainLevel(BenefitPlan plan) {
        int certain = 0;
        for (int row = 0; row < rules.rules.length; row++) {
            if (!SearchModel.isEntitlement(plan, row)) continue;
            int truth = state.truth(row), level = rules.rules[row].level();
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
        NumericExpression pays = row.amount(), monthly = row.monthly(), months = row.months();
        boolean inMonths = monthly != null && months != null;
        if (pays == null && monthly != null && months != null) pays = new NumericExpression.Times(monthly, months);
        long low = pays == null ? 0 : slots.leastCounted(pays), high = pays == null ? 0 : slots.mostCounted(pays);
        if (plan.atMost() >= 0) {
            low = Math.min(low, Math.max(0, slots.leastCounted(plan.atMost())));
            high = Math.min(high, Math.max(0, slots.mostCounted(plan.atMost())));
        }
        Scheme.Instalments how = plan.instalments();
        boolean inOne =
                how.monthsEach() > 0 && inMonths || how.equalParts() == 1 && plan.deduct() < 0 && plan.appliedFor() < 0;
        long paid = !inOne ? part(plan, low, high, least) : least ? low : high;
        return plan.pools().length == 0 ? paid : pooled(plan, monthly, paid, least);
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
