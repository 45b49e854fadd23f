package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.kernel.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The search for a case of which two worlds say different things about a benefit: two versions of the rules, or the same rules with another value of one
 * fact. What is written the same and reads the same is the same, whatever it comes to; the rest has to be settled.
 */
public final class DifferenceSearch implements Solver.Goal {
    /** The verdict; level and sum under the same verdict; the reasons of the same verdict. */
    public enum What {
        VERDICT,
        SUM,
        REASONS
    }

    /**
     * Rows of the two versions that correspond, -1 where one has none.
     *
     * @param alike       their conditions are written the same
     * @param sameEffect  so is what they do to the verdict (and the reason that they give, where that is asked)
     * @param sameAmounts and what they pay
     */
    private record Pair(int a, int b, boolean alike, boolean sameEffect, boolean sameAmounts) {}

    private final SearchModel a, b;
    private final Columns columns;
    private final What what;
    private final int benefitA, benefitB;
    private final BoxState inA, inB, part, partB;
    private final List<Pair> pairs = new ArrayList<>();
    /** Some row that gives something was changed: whatever else is given would hide that. */
    private final boolean entitlementsDiffer;

    private final boolean simpleSums;
    private final boolean[] samePlan, madeAlike;
    /** By slot or benefit of the first version: 0 not yet looked at, 1 the same in both, 2 perhaps not. */
    private final int[] slots, verdicts, sums;
    /** Columns whose values showed that something is the same. */
    private long why;

    public DifferenceSearch(SearchModel a, SearchModel b, String benefit, What what) {
        this.a = a;
        this.b = b;
        this.columns = a.columns;
        this.what = what;
        this.benefitA = a.benefit(benefit);
        this.benefitB = b.benefit(benefit);
        inA = new BoxState(a);
        inB = new BoxState(b);
        part = new BoxState(a);
        partB = new BoxState(b);
        simpleSums = hasSimpleSum(a, benefitA) && hasSimpleSum(b, benefitB);
        slots = new int[a.column.length];
        verdicts = new int[a.rules.plans.length];
        sums = new int[a.rules.plans.length];
        samePlan = new boolean[a.rules.plans.length];
        for (int x = 0; x < samePlan.length; x++) {
            int y = b.benefit(a.rules.plans[x].benefit().code());
            samePlan[x] = y >= 0 && a.meaning.of(a.rules.plans[x]).equals(b.meaning.of(b.rules.plans[y]));
        }
        madeAlike = new boolean[a.column.length];
        for (int x = 0; x < madeAlike.length; x++) {
            int y = inB(x);
            madeAlike[x] = y >= 0
                    && (a.column[x] >= 0 || b.column[y] >= 0
                            ? isToldAlike(x, y)
                            : a.meaning
                                    .of(a.made[x].declared(), a.made[x].number())
                                    .equals(b.meaning.of(b.made[y].declared(), b.made[y].number())));
        }
        pair();
        entitlementsDiffer = pairs.stream().anyMatch(p -> !isCondition(p) && !(p.alike && p.sameAmounts));
    }

    /** The slot of the same name in the second version, -1 where it has none. */
    private int inB(int slot) {
        Symbol other = b.rules.vocabulary.get(a.rules.vocabulary.at(slot).name());
        return other == null ? -1 : other.slot();
    }

    private boolean isToldAlike(int x, int y) {
        if (a.column[x] != b.column[y]) return false;
        cn.jincai.policy.Scheme.Fact was = a.rules.vocabulary.fact(x), is = b.rules.vocabulary.fact(y);
        return was == null
                || was.absent().equals(is.absent())
                        && was.type() == is.type()
                        && a.rules
                                .vocabulary
                                .at(x)
                                .codes()
                                .equals(b.rules.vocabulary.at(y).codes());
    }

    private void pair() {
        int rowsA = a.rules.rules.length, rowsB = b.rules.rules.length, next = 0;
        int[] partner = new int[rowsA];
        boolean[] taken = new boolean[rowsB];
        Arrays.fill(partner, -1);
        for (int i = 0; i < rowsA; i++)
            for (int j = next; j < rowsB; j++)
                if (isOfOneTable(i, j) && isAlike(i, j) && hasSameEffect(i, j) && hasSameAmounts(i, j)) {
                    partner[i] = j;
                    taken[j] = true;
                    next = j + 1;
                    break;
                }
        for (int i = 0; i < rowsA; i++) {
            // a row that was changed stands between the same neighbours
            int after = -1, before = rowsB;
            for (int k = i - 1; k >= 0 && after < 0; k--) after = partner[k];
            for (int k = i + 1; k < rowsA && before == rowsB; k++) if (partner[k] >= 0) before = partner[k];
            for (int j = after + 1; partner[i] < 0 && j < before; j++)
                if (!taken[j] && isOfOneTable(i, j) && a.rules.rules[i].id().equals(b.rules.rules[j].id())) {
                    partner[i] = j;
                    taken[j] = true;
                }
            int j = partner[i];
            pairs.add(new Pair(
                    i, j, j >= 0 && isAlike(i, j), j >= 0 && hasSameEffect(i, j), j >= 0 && hasSameAmounts(i, j)));
        }
        for (int j = 0; j < rowsB; j++) if (!taken[j]) pairs.add(new Pair(-1, j, false, false, false));
    }

    private boolean isOfOneTable(int i, int j) {
        return a.rules.rules[i].table().id().equals(b.rules.rules[j].table().id());
    }

    private boolean isAlike(int i, int j) {
        return a.cellMeanings[i].equals(b.cellMeanings[j]);
    }

    private boolean hasSameEffect(int i, int j) {
        Rule x = a.rules.rules[i], y = b.rules.rules[j];
        return a.meaning.effect(x).equals(b.meaning.effect(y))
                && (what != What.REASONS || Objects.equals(x.reason(), y.reason()));
    }

    private boolean hasSameAmounts(int i, int j) {
        return a.meaning.amounts(a.rules.rules[i]).equals(b.meaning.amounts(b.rules.rules[j]));
    }

    @Override
    public Solver.Look look(Box box) {
        inA.of(box);
        inB.of(box);
        Arrays.fill(slots, 0);
        Arrays.fill(verdicts, 0);
        Arrays.fill(sums, 0);
        why = 0;
        if (what == What.SUM
                ? isRejected(inA, benefitA) || isRejected(inB, benefitB)
                : what == What.VERDICT && isRejectedInBoth(benefitA, benefitB)) return Solver.Look.none(why);
        if (what == What.SUM ? hasSameSum(benefitA, benefitB) : hasSameVerdict(benefitA, benefitB))
            return Solver.Look.none(why);
        if (what != What.VERDICT && (inA.benefits.verdicts(benefitA) & inB.benefits.verdicts(benefitB)) == 0)
            return Solver.Look.none(a.behindBenefit(benefitA) | b.behindBenefit(benefitB));
        if (what == What.SUM
                && inA.benefits.isOneGrant(benefitA)
                && inB.benefits.isOneGrant(benefitB)
                && inA.benefits.grant(benefitA) == inB.benefits.grant(benefitB)
                && simpleSums) return Solver.Look.none(a.behindSum(benefitA) | b.behindSum(benefitB));
        if ((inA.impossible | inB.impossible) != 0) return Solver.Look.none(inA.impossible | inB.impossible);
        Box one = columns.example(box);
        if (!isSame(one)) return Solver.Look.found(one);
        Solver.Look cut = next(box);
        if (cut != null) return cut;
        long forbidden = a.forbidden(part, one, box) | b.forbidden(partB, one, box);
        if (forbidden != 0) {
            cut = new SplitHeuristic(inA).columns(box, forbidden);
            return cut != null
                    ? cut
                    : Solver.Look.none(a.behindBenefit(benefitA) | b.behindBenefit(benefitB) | forbidden);
        }
        // every row is settled, and so is the verdict
        long behind = a.behindBenefit(benefitA) | b.behindBenefit(benefitB);
        cut = what == What.REASONS || isAnyOpen() ? SplitHeuristic.status(box, behind) : null;
        if (cut != null) return cut;
        if (what == What.SUM) cut = new SplitHeuristic(inA).columns(box, a.behindSum(benefitA) | b.behindSum(benefitB));
        return cut != null ? cut : Solver.Look.none(behind);
    }

    /** A sum that tells everything: no months, no parts, no level. */
    private static boolean hasSimpleSum(SearchModel world, int benefit) {
        BenefitPlan plan = world.rules.plans[benefit];
        return plan.instalments().equalParts() == 1
                && plan.instalments().monthsEach() == 0
                && plan.follows() < 0
                && Arrays.stream(world.rules.rules)
                        .noneMatch(r -> SearchModel.isOf(plan, r.number()) && (r.monthly() != null || r.level() > 0));
    }

    private boolean isAnyOpen() {
        for (Pair pair : pairs)
            if (pair.a >= 0 && concerns(a, benefitA, pair.a) && inA.truth(pair.a) == TruthSet.UNKNOWN
                    || pair.b >= 0 && concerns(b, benefitB, pair.b) && inB.truth(pair.b) == TruthSet.UNKNOWN)
                return true;
        return false;
    }

    private boolean isSame(Box one) {
        Evaluation x = a.evaluate(one), y = b.evaluate(one);
        BenefitOutcome o = x.outcomes[benefitA], p = y.outcomes[benefitB];
        if (what == What.VERDICT) return o.verdict == p.verdict;
        return o.verdict != p.verdict
                || (what == What.SUM ? sum(o).equals(sum(p)) : reasons(x, o).equals(reasons(y, p)));
    }

    private static List<Object> sum(BenefitOutcome o) {
        return List.of(
                o.level,
                o.amountFen,
                o.monthly ? o.monthlyFen : -1,
                o.monthly ? o.months : -1,
                Arrays.toString(o.parts));
    }

    private static List<String> reasons(Evaluation e, BenefitOutcome o) {
        return o.reasons().stream()
                .map(g -> g.code() + " " + g.effect() + " "
                        + (g.fact() < 0 ? "" : e.rules.vocabulary.at(g.fact()).name()))
                .sorted()
                .toList();
    }

    private static long whyRejected(BoxState outlook, int benefit) {
        BenefitPlan plan = outlook.world.rules.plans[benefit];
        long best = -1;
        for (int row = 0; row < outlook.world.rules.rules.length; row++) {
            Rule rule = outlook.world.rules.rules[row];
            if (!SearchModel.isOf(plan, row) || rule.effect() != Verdict.REJECT || outlook.truth(row) != TruthSet.TRUE)
                continue;
            long behind = outlook.world.behindRow(row);
            if (Long.bitCount(behind) < Long.bitCount(best)) best = behind;
        }
        return best == -1 && plan.follows() >= 0 ? whyRejected(outlook, plan.follows()) : best;
    }

    // ---- what is the same in both

    private boolean hasSameVerdict(int x, int y) {
        if (verdicts[x] == 0)
            verdicts[x] = samePlan[x] && isSameSlot(a.rules.vocabulary.governingDate) && areSame(x, y, false) ? 1 : 2;
        return verdicts[x] == 1;
    }

    /** For cases that neither version rejects: whatever conditions they fail, what would be paid is the same. */
    private boolean hasSameSum(int x, int y) {
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
        return true;
    }

    private boolean areSame(int x, int y, boolean sum) {
        BenefitPlan p = a.rules.plans[x], q = b.rules.plans[y];
        if (p.follows() >= 0
                && !(sum ? hasSameSum(p.follows(), q.follows()) : hasSameVerdict(p.follows(), q.follows())))
            return false;
        int certain = sum ? certainLevel(p, q) : 0,
                worst = sum || what == What.REASONS ? Integer.MAX_VALUE : atMost(x, y);
        for (Pair pair : pairs)
            if (isOf(pair, p, q)
                    && !(sum && (isCondition(pair) || certain > 0 && level(pair) > certain || paysNothing(pair))
                            || !sum && isNoWorse(pair, worst))
                    && !isSame(pair, sum)) return false;
        return true;
    }

    /** The verdict than which both are no better for certain; only what is worse still matters. */
    private int atMost(int x, int y) {
        int best = 31 - Integer.numberOfLeadingZeros(inA.benefits.verdicts(x));
        if (best != 31 - Integer.numberOfLeadingZeros(inB.benefits.verdicts(y)) || best == Verdict.APPROVE.ordinal())
            return Integer.MAX_VALUE;
        why |= whyAtMost(inA, x, best) | whyAtMost(inB, y, best);
        return best;
    }

    private static long whyAtMost(BoxState outlook, int benefit, int verdict) {
        BenefitPlan plan = outlook.world.rules.plans[benefit];
        for (Rule rule : outlook.world.rules.rules)
            if (SearchModel.isOf(plan, rule.number())
                    && rule.isCondition()
                    && outlook.truth(rule.number()) == TruthSet.TRUE
                    && rule.effect().ordinal() == verdict) return outlook.world.behindRow(rule.number());
        return outlook.world.behindBenefit(benefit);
    }

    private boolean isNoWorse(Pair pair, int verdict) {
        return isNoWorse(inA, pair.a, verdict) && isNoWorse(inB, pair.b, verdict);
    }

    private boolean isNoWorse(BoxState outlook, int row, int verdict) {
        if (row < 0 || verdict == Integer.MAX_VALUE) return row < 0;
        Rule rule = outlook.world.rules.rules[row];
        boolean holds = rule.isCondition()
                && (outlook.truth(row) & TruthSet.TRUE) != 0
                && rule.effect().ordinal() < verdict;
        boolean open = (outlook.truth(row) & TruthSet.UNKNOWN) != 0 && Verdict.MANUAL.ordinal() < verdict;
        if (holds || open) return false;
        if (rule.isCondition() && rule.effect().ordinal() < verdict) why |= SplitHeuristic.whyNot(outlook, row);
        return true;
    }

    /** Holds for certain in neither. */
    private boolean paysNothing(Pair pair) {
        if (pair.a >= 0 && (inA.truth(pair.a) & TruthSet.TRUE) != 0
                || pair.b >= 0 && (inB.truth(pair.b) & TruthSet.TRUE) != 0) return false;
        if (pair.a >= 0) why |= SplitHeuristic.whyNot(inA, pair.a);
        if (pair.b >= 0) why |= SplitHeuristic.whyNot(inB, pair.b);
        return true;
    }

    /** The best level that both give for certain and for the same; rows of worse ones don't matter for the sum. 0 where there is none. */
    private int certainLevel(BenefitPlan p, BenefitPlan q) {
        Pair best = null;
        for (Pair pair : pairs)
            if (isOf(pair, p, q)
                    && !isCondition(pair)
                    && level(pair) > 0
                    && (best == null || level(pair) < level(best))
                    && pair.a >= 0
                    && pair.b >= 0
                    && inA.truth(pair.a) == TruthSet.TRUE
                    && inB.truth(pair.b) == TruthSet.TRUE
                    && isSame(pair, true)) best = pair;
        if (best == null) return 0;
        why |= a.behindRow(best.a) | b.behindRow(best.b);
        return level(best);
    }

    /** The better of the two. */
    private int level(Pair pair) {
        int x = pair.a < 0 ? 0 : a.rules.rules[pair.a].level(), y = pair.b < 0 ? 0 : b.rules.rules[pair.b].level();
        return x == 0 || y != 0 && y < x ? y : x;
    }

    private static boolean isOf(Pair pair, BenefitPlan p, BenefitPlan q) {
        return pair.a >= 0 && SearchModel.isOf(p, pair.a) || pair.b >= 0 && SearchModel.isOf(q, pair.b);
    }

    private boolean isCondition(Pair pair) {
        return pair.a >= 0 ? a.rules.rules[pair.a].isCondition() : b.rules.rules[pair.b].isCondition();
    }

    /** @param amounts what they pay matters too */
    private boolean isSame(Pair pair, boolean amounts) {
        boolean pays =
                pair.a >= 0 && (!amounts || pair.sameAmounts && isSame(SearchModel.amountReads(a.rules.rules[pair.a])));
        if (pair.sameEffect && pays && (pair.alike && isSame(a.reads(pair.a)) || isSameWhereOpen(pair))) return true;
        int x = pair.a < 0 ? TruthSet.FALSE : inA.truth(pair.a), y = pair.b < 0 ? TruthSet.FALSE : inB.truth(pair.b);
        if (x == TruthSet.FALSE && y == TruthSet.FALSE) {
            if (pair.a >= 0) why |= SplitHeuristic.whyNot(inA, pair.a);
            if (pair.b >= 0) why |= SplitHeuristic.whyNot(inB, pair.b);
            return true;
        }
        if (x != TruthSet.TRUE || y != TruthSet.TRUE || !pair.sameEffect || !pays) return false;
        why |= a.behindRow(pair.a) | b.behindRow(pair.b);
        return true;
    }

    /** What is left of the two rows without the cells that are true for certain. */
    private boolean isSameWhereOpen(Pair pair) {
        if (pair.a < 0 || pair.b < 0) return false;
        List<String> left = new ArrayList<>(), right = new ArrayList<>();
        long whyTrue = open(inA, pair.a, left) | open(inB, pair.b, right), reads = 0;
        Collections.sort(left);
        Collections.sort(right);
        if (!left.equals(right)) return false;
        for (Cell cell : a.rules.rules[pair.a].cells()) if (inA.truth(cell) != TruthSet.TRUE) reads |= cell.reads();
        if (!isSame(reads)) return false;
        why |= whyTrue;
        return true;
    }

    /** @return the columns behind the cells that are true for certain; what the others say is added to the list */
    private static long open(BoxState outlook, int row, List<String> said) {
        long whyTrue = 0;
        for (Cell cell : outlook.world.rules.rules[row].cells())
            if (outlook.truth(cell) == TruthSet.TRUE) whyTrue |= outlook.world.behind(cell);
            else said.add(outlook.world.meaning.of(cell));
        return whyTrue;
    }

    private boolean isSame(long reads) {
        for (; reads != 0; reads &= reads - 1) if (!isSameSlot(Long.numberOfTrailingZeros(reads))) return false;
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
        if (!inA.slots.isOneAndEqual(x, inB.slots, y)
                || !a.rules
                        .vocabulary
                        .at(x)
                        .codes()
                        .equals(b.rules.vocabulary.at(y).codes())) return false;
        why |= a.behindSlot(x) | b.behindSlot(y);
        return true;
    }

    private boolean isMadeOfTheSame(SearchModel.Made m, SearchModel.Made n) {
        for (int input : new int[] {m.from(), m.on(), m.of()}) if (input >= 0 && !isSameSlot(input)) return false;
        if (m.number() != null && !isSame(m.number().reads())) return false;
        if (m.benefit() >= 0)
            return isRejectedInBoth(m.benefit(), n.benefit())
                    || hasSameVerdict(m.benefit(), n.benefit())
                            && (m.declared().as() == cn.jincai.policy.Scheme.As.verdictOf
                                    || hasSameSum(m.benefit(), n.benefit()));
        if (m.table() == null) return true;
        if (m.declared().as() == cn.jincai.policy.Scheme.As.outputOf && !isSameSlot(a.rules.vocabulary.governingDate))
            return false;
        for (Pair pair : pairs)
            if ((pair.a >= 0 ? a.rules.rules[pair.a] : b.rules.rules[pair.b])
                            .table()
                            .id()
                            .equals(m.table().id())
                    && !isSame(pair, true)) return false;
        return true;
    }

    private boolean isRejectedInBoth(int x, int y) {
        return isRejected(inA, x) && isRejected(inB, y);
    }

    private boolean isRejected(BoxState outlook, int benefit) {
        if (outlook.benefits.verdicts(benefit) != BenefitRanges.bit(Verdict.REJECT)) return false;
        why |= whyRejected(outlook, benefit);
        return true;
    }

    // ---- where to cut

    /** The row that is best settled next: those that differ first, then those that would hide the difference. */
    private Solver.Look next(Box box) {
        SplitHeuristic cutA = new SplitHeuristic(inA), cutB = new SplitHeuristic(inB);
        boolean first = false;
        int next = -1, best = Integer.MAX_VALUE;
        Pair chosen = null;
        for (Pair pair : pairs) {
            int rank = what == What.SUM && isCondition(pair) || isSame(pair, what == What.SUM) ? 1 : 0;
            for (boolean ofA : new boolean[] {true, false}) {
                int row = ofA ? pair.a : pair.b;
                if (row < 0
                        || !concerns(ofA ? a : b, ofA ? benefitA : benefitB, row)
                        || TruthSet.isSettled((ofA ? inA : inB).truth(row))) continue;
                Rule rule = (ofA ? a : b).rules.rules[row];
                int order = rank * 1000
                        + (!rule.isCondition()
                                        ? what == What.SUM ? 0 : 4
                                        : 1 + rule.effect().ordinal())
                                * 100
                        + (ofA ? cutA : cutB).open(row);
                if (order >= best) continue;
                best = order;
                next = row;
                first = ofA;
                chosen = pair;
            }
        }
        if (next < 0) return null;
        Solver.Look cut = changed(box, cutA, inA, chosen.a, inB, chosen.b);
        if (cut == null) cut = changed(box, cutB, inB, chosen.b, inA, chosen.a);
        if (cut == null) cut = (first ? cutA : cutB).row(box, next);
        if (cut == null) return null;
        boolean fires = best < 1000
                || what == What.REASONS
                || !(first ? a : b).rules.rules[next].isCondition() && !entitlementsDiffer;
        return SplitHeuristic.ordered(cut, first ? part : partB, next, fires);
    }

    /** At a cell of a row that the other version's row has not: once it is true, the two may say the same whatever else they read. */
    private static Solver.Look changed(
            Box box, SplitHeuristic cutting, BoxState outlook, int row, BoxState other, int otherRow) {
        if (row < 0 || otherRow < 0) return null;
        List<String> said = new ArrayList<>();
        for (Cell cell : other.world.rules.rules[otherRow].cells()) said.add(other.world.meaning.of(cell));
        for (Cell cell : outlook.world.rules.rules[row].cells()) {
            if (said.contains(outlook.world.meaning.of(cell)) || TruthSet.isSettled(outlook.truth(cell))) continue;
            Solver.Look cut = cutting.cell(box, cell);
            if (cut != null) return cut;
        }
        return null;
    }

    private static boolean concerns(SearchModel world, int benefit, int row) {
        for (int b = benefit; b >= 0; b = world.rules.plans[b].follows())
            if (SearchModel.isOf(world.rules.plans[b], row)) return true;
        return false;
    }
}
