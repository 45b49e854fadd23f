package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.verification.RowPairs.Pair;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Computation;
import cn.jincai.policy.Scheme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What two versions of the rules say the same of, for all cases in a box. What is written the same and reads the same is the same, whatever it comes to. */
final class VersionEquality {
    private final SearchModel a, b;
    private final BoxState inA, inB;
    private final RowPairs pairs;
    private final boolean reasons;
    private final boolean[] samePlan, madeAlike;
    /** By slot or benefit of the first version: 0 not yet looked at, 1 the same in both, 2 perhaps not. */
    private final int[] slots, verdicts, sums;
    /** Columns whose values showed that something is the same. */
    private Bits why = Bits.NONE;

    /** @param reasons they are asked for too, so that what is hidden by a worse verdict matters */
    VersionEquality(BoxState inA, BoxState inB, RowPairs pairs, boolean reasons) {
        this.inA = inA;
        this.inB = inB;
        this.pairs = pairs;
        this.reasons = reasons;
        a = inA.model;
        b = inB.model;
        slots = new int[a.column.length];
        verdicts = new int[a.rules.plans.length];
        sums = new int[a.rules.plans.length];
        samePlan = new boolean[a.rules.plans.length];
        for (int x = 0; x < samePlan.length; x++) {
            int y = b.benefit(a.rules.plans[x].benefit().code());
            samePlan[x] = y >= 0 && a.canonical.of(a.rules.plans[x]).equals(b.canonical.of(b.rules.plans[y]));
        }
        madeAlike = new boolean[a.column.length];
        for (int x = 0; x < madeAlike.length; x++) madeAlike[x] = isMadeAlike(x, inB(x));
    }

    void clear() {
        Arrays.fill(slots, 0);
        Arrays.fill(verdicts, 0);
        Arrays.fill(sums, 0);
        why = Bits.NONE;
    }

    Bits why() {
        return why;
    }

    private boolean isMadeAlike(int x, int y) {
        if (y < 0) return false;
        if (a.isSeries(x) || b.isSeries(y)) return a.isSeries(x) && b.isSeries(y); // only what is made of it is read
        return a.column[x] >= 0 || b.column[y] >= 0
                ? isToldAlike(x, y)
                : a.canonical
                        .of(a.made[x].declared(), a.made[x].number())
                        .equals(b.canonical.of(b.made[y].declared(), b.made[y].number()));
    }

    /** The slot of the same name in the second version, -1 where it has none. */
    private int inB(int slot) {
        Symbol other = b.rules.vocabulary.get(a.rules.vocabulary.at(slot).name());
        return other == null ? -1 : other.slot();
    }

    private boolean isToldAlike(int x, int y) {
        if (a.column[x] != b.column[y]) return false;
        Scheme.Fact was = a.rules.vocabulary.fact(x), is = b.rules.vocabulary.fact(y);
        if (was == null || is == null) return was == is;
        return was.absent().equals(is.absent()) && was.type() == is.type() && haveSameCodes(x, y);
    }

    private boolean haveSameCodes(int x, int y) {
        return a.rules.vocabulary.at(x).codes().equals(b.rules.vocabulary.at(y).codes());
    }

    boolean hasSameVerdict(int x, int y) {
        if (verdicts[x] == 0)
            verdicts[x] = samePlan[x]
                            && isSame(a.rules.plans[x].askedReads())
                            && isSameSlot(a.rules.vocabulary.governingDate)
                            && hasSamePools(a.rules.plans[x])
                            && areSame(x, y, false)
                    ? 1
                    : 2;
        return verdicts[x] == 1;
    }

    /** For cases that neither version rejects: whatever conditions they fail, what would be paid is the same. */
    boolean hasSameSum(int x, int y) {
        if (sums[x] == 0)
            sums[x] = samePlan[x]
                            && isSameSlot(a.rules.vocabulary.governingDate)
                            && hasSamePlanSlots(a.rules.plans[x])
                            && areSame(x, y, true)
                    ? 1
                    : 2;
        return sums[x] == 1;
    }

    private boolean hasSamePlanSlots(BenefitPlan plan) {
        for (int slot : new int[] {plan.atMost(), plan.appliedFor(), plan.deduct()})
            if (slot >= 0 && !isSameSlot(slot)) return false;
        return hasSamePools(plan);
    }

    private boolean hasSamePools(BenefitPlan plan) {
        for (int pool : plan.pools()) if (!isSameSlot(pool)) return false;
        return true;
    }

    private boolean areSame(int x, int y, boolean sum) {
        BenefitPlan p = a.rules.plans[x], q = b.rules.plans[y];
        if (p.follows() >= 0
                && !(sum ? hasSameSum(p.follows(), q.follows()) : hasSameVerdict(p.follows(), q.follows())))
            return false;
        int certain = sum && !p.highest() ? certainRank(p, q) : 0,
                worst = sum || reasons ? Integer.MAX_VALUE : atMost(x, y);
        for (Pair pair : pairs.all())
            if (RowPairs.isOf(pair, p, q)
                    && !(sum
                                    && (pairs.isCondition(pair)
                                            || certain > 0 && pairs.rank(pair) > certain
                                            || paysNothing(pair))
                            || !sum && isNoWorse(pair, worst))
                    && !isSame(pair, sum || p.highest())) return false;
        return true;
    }

    /** The verdict than which both are no better for certain; only what is worse still matters. */
    private int atMost(int x, int y) {
        int best = 31 - Integer.numberOfLeadingZeros(inA.benefits.verdicts(x));
        if (best != 31 - Integer.numberOfLeadingZeros(inB.benefits.verdicts(y)) || best >= Verdict.APPROVE.ordinal())
            return Integer.MAX_VALUE;
        why = why.or(whyAtMost(inA, x, best))
                .or(whyAtMost(inB, y, best))
                .or(whyAsked(inA, x))
                .or(whyAsked(inB, y));
        return best;
    }

    private static Bits whyAtMost(BoxState state, int benefit, int verdict) {
        BenefitPlan plan = state.model.rules.plans[benefit];
        for (Rule rule : state.model.rules.rules)
            if (SearchModel.isOf(plan, rule.number())
                    && rule.isCondition()
                    && state.truth(rule.number()) == TruthSet.TRUE
                    && rule.effect().ordinal() == verdict) return state.model.behind.row(rule.number());
        return state.model.behind.benefit(benefit);
    }

    private boolean isNoWorse(Pair pair, int verdict) {
        return isNoWorse(inA, pair.a(), verdict) && isNoWorse(inB, pair.b(), verdict);
    }

    private boolean isNoWorse(BoxState state, int row, int verdict) {
        if (row < 0 || verdict == Integer.MAX_VALUE) return row < 0;
        Rule rule = state.model.rules.rules[row];
        boolean holds = rule.isCondition()
                && (state.truth(row) & TruthSet.TRUE) != 0
                && rule.effect().ordinal() < verdict;
        boolean open = (state.truth(row) & TruthSet.UNKNOWN) != 0 && Verdict.MANUAL.ordinal() < verdict;
        if (holds || open) return false;
        if (rule.isCondition() && rule.effect().ordinal() < verdict) why = why.or(SplitHeuristic.whyNot(state, row));
        return true;
    }

    /** Holds for certain in neither. */
    private boolean paysNothing(Pair pair) {
        if (pair.a() >= 0 && (inA.truth(pair.a()) & TruthSet.TRUE) != 0
                || pair.b() >= 0 && (inB.truth(pair.b()) & TruthSet.TRUE) != 0) return false;
        if (pair.a() >= 0) why = why.or(SplitHeuristic.whyNot(inA, pair.a()));
        if (pair.b() >= 0) why = why.or(SplitHeuristic.whyNot(inB, pair.b()));
        return true;
    }

    /** The best rank that both give for certain and for the same; rows of worse ones don't matter for the sum. 0 where there is none. */
    private int certainRank(BenefitPlan p, BenefitPlan q) {
        Pair best = null;
        for (Pair pair : pairs.all())
            if (RowPairs.isOf(pair, p, q)
                    && !pairs.isCondition(pair)
                    && pairs.rank(pair) > 0
                    && (best == null || pairs.rank(pair) < pairs.rank(best))
                    && pair.a() >= 0
                    && pair.b() >= 0
                    && inA.truth(pair.a()) == TruthSet.TRUE
                    && inB.truth(pair.b()) == TruthSet.TRUE
                    && isSame(pair, true)) best = pair;
        if (best == null) return 0;
        why = why.or(a.behind.row(best.a())).or(b.behind.row(best.b()));
        return pairs.rank(best);
    }

    /** @param amounts what they pay matters too */
    boolean isSame(Pair pair, boolean amounts) {
        boolean pays = pair.a() >= 0 && (!amounts || pair.sameAmounts() && isSame(a.rules.rules[pair.a()].sumReads()));
        if (pair.sameEffect() && pays && (pair.alike() && isSame(a.reads(pair.a())) || isSameWhereOpen(pair)))
            return true;
        int x = pair.a() < 0 ? TruthSet.FALSE : inA.truth(pair.a()),
                y = pair.b() < 0 ? TruthSet.FALSE : inB.truth(pair.b());
        if (x == TruthSet.FALSE && y == TruthSet.FALSE) {
            if (pair.a() >= 0) why = why.or(SplitHeuristic.whyNot(inA, pair.a()));
            if (pair.b() >= 0) why = why.or(SplitHeuristic.whyNot(inB, pair.b()));
            return true;
        }
        if (x != TruthSet.TRUE || y != TruthSet.TRUE || !pair.sameEffect() || !pays) return false;
        why = why.or(a.behind.row(pair.a())).or(b.behind.row(pair.b()));
        return true;
    }

    /** What is left of the two rows without the cells that are true for certain. */
    private boolean isSameWhereOpen(Pair pair) {
        if (pair.a() < 0 || pair.b() < 0) return false;
        List<String> left = new ArrayList<>(), right = new ArrayList<>();
        Bits whyTrue = open(inA, pair.a(), left).or(open(inB, pair.b(), right)), reads = Bits.NONE;
        Collections.sort(left);
        Collections.sort(right);
        if (!left.equals(right)) return false;
        for (Cell cell : a.rules.rules[pair.a()].cells())
            if (inA.truth(cell) != TruthSet.TRUE) reads = reads.or(cell.reads());
        if (!isSame(reads)) return false;
        why = why.or(whyTrue);
        return true;
    }

    /** @return the columns behind the cells that are true for certain; what the others say is added to the list */
    private static Bits open(BoxState state, int row, List<String> said) {
        Bits whyTrue = Bits.NONE;
        for (Cell cell : state.model.rules.rules[row].cells())
            if (state.truth(cell) == TruthSet.TRUE) whyTrue = whyTrue.or(state.model.behind.cell(cell));
            else said.add(state.model.canonical.of(cell));
        return whyTrue;
    }

    private boolean isSame(Bits reads) {
        for (int slot = reads.first(); slot >= 0; slot = reads.next(slot + 1)) if (!isSameSlot(slot)) return false;
        return true;
    }

    private boolean isSameSlot(int slot) {
        if (slots[slot] == 0) slots[slot] = compareSlot(slot) ? 1 : 2;
        return slots[slot] == 1;
    }

    private boolean compareSlot(int x) {
        int y = inB(x);
        if (y < 0) return false;
        if (madeAlike[x] && (a.column[x] >= 0 || isMadeOfTheSame(a.made[x], b.made[y]))) return true;
        if (!inA.slots.isOneAndEqual(x, inB.slots, y) || !haveSameCodes(x, y)) return false;
        why = why.or(a.behind.slot(x)).or(b.behind.slot(y));
        return true;
    }

    private boolean isMadeOfTheSame(SearchModel.Made m, SearchModel.Made n) {
        for (int input : new int[] {m.from(), m.on(), m.of()}) if (input >= 0 && !isSameSlot(input)) return false;
        if (!isSame(m.number().reads())) return false;
        if (m.benefit() >= 0)
            return isRejectedInBoth(m.benefit(), n.benefit())
                    || hasSameVerdict(m.benefit(), n.benefit())
                            && (m.declared().as() == Computation.verdictOf || hasSameSum(m.benefit(), n.benefit()));
        if (!m.hasTable()) return true;
        if (m.declared().as() == Computation.outputOf && !isSameSlot(a.rules.vocabulary.governingDate)) return false;
        for (Pair pair : pairs.all())
            if (pairs.isOfTable(pair, m.declared().table()) && !isSame(pair, true)) return false;
        return true;
    }

    boolean isRejectedInBoth(int x, int y) {
        return isRejected(inA, x) && isRejected(inB, y) || isLeftOut(inA, x) && isLeftOut(inB, y);
    }

    boolean isRejectedInOne(int x, int y) {
        return isRejected(inA, x) || isRejected(inB, y) || isLeftOut(inA, x) || isLeftOut(inB, y);
    }

    private boolean isLeftOut(BoxState state, int benefit) {
        if (state.benefits.verdicts(benefit) != BenefitRanges.NOT_ASKED) return false;
        why = why.or(whyAsked(state, benefit));
        return true;
    }

    /** What says that it is asked for, or not: otherwise it would be neither refused nor granted. */
    private static Bits whyAsked(BoxState state, int benefit) {
        return state.model.behind.slots(state.benefits.askedReads(benefit));
    }

    private boolean isRejected(BoxState state, int benefit) {
        if (state.benefits.verdicts(benefit) != BenefitRanges.bit(Verdict.REJECT)) return false;
        why = why.or(whyRejected(state, benefit)).or(whyAsked(state, benefit));
        return true;
    }

    private static Bits whyRejected(BoxState state, int benefit) {
        BenefitPlan plan = state.model.rules.plans[benefit];
        Bits all = Bits.below(state.model.columns.size()), best = all;
        for (int row = 0; row < state.model.rules.rules.length; row++) {
            Rule rule = state.model.rules.rules[row];
            if (!SearchModel.isOf(plan, row) || rule.effect() != Verdict.REJECT || state.truth(row) != TruthSet.TRUE)
                continue;
            Bits behind = state.model.behind.row(row);
            if (behind.count() < best.count()) best = behind;
        }
        return best == all && plan.follows() >= 0 ? whyRejected(state, plan.follows()) : best;
    }
}
