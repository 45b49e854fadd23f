package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.verification.RowPairs.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    private static final int NEVER = Integer.MAX_VALUE / 2;

    private final SearchModel a, b;
    private final Columns columns;
    private final What what;
    private final int benefitA, benefitB;
    private final BoxState inA, inB, part, partB;
    private final RowPairs pairs;
    private final VersionEquality same;
    /** Some row that gives something was changed: whatever else is given would hide that. */
    private final boolean entitlementsDiffer;

    private final boolean simpleSums;

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
        pairs = new RowPairs(a, b, what == What.REASONS);
        same = new VersionEquality(inA, inB, pairs, what == What.REASONS);
        entitlementsDiffer =
                pairs.all().stream().anyMatch(p -> !pairs.isCondition(p) && !(p.alike() && p.sameAmounts()));
    }

    @Override
    public Solver.Step examine(Box box) {
        inA.of(box);
        inB.of(box);
        same.clear();
        Solver.Step none = none();
        if (none != null) return none;
        Box one = columns.example(box);
        if (!isSame(one)) return Solver.Step.found(one);
        Solver.Step cut = next(box);
        if (cut == null) cut = asked(inA, benefitA, box);
        if (cut == null) cut = asked(inB, benefitB, box);
        if (cut != null) return cut;
        Bits behind = a.behind.benefit(benefitA).or(b.behind.benefit(benefitB)),
                forbidden = a.forbidden(part, one, box).or(b.forbidden(partB, one, box));
        if (!forbidden.isEmpty()) {
            cut = new SplitHeuristic(inA).columns(box, forbidden);
            return cut != null ? cut : Solver.Step.none(behind.or(forbidden));
        }
        // every row is settled, and so is the verdict
        cut = what == What.REASONS || takesFromPool() || isAnyOpen() ? SplitHeuristic.status(box, behind) : null;
        if (cut == null && what == What.SUM)
            cut = new SplitHeuristic(inA).columns(box, a.behind.sum(benefitA).or(b.behind.sum(benefitB)));
        if (cut != null) return cut;
        return columns.isCoarse() ? Solver.Step.lost() : Solver.Step.none(behind);
    }

    /** Where both say the same of every case in the box: the columns that show it. @return null where that is not seen */
    private Solver.@Nullable Step none() {
        boolean isSame = what == What.SUM
                ? same.isRejectedInOne(benefitA, benefitB) || same.hasSameSum(benefitA, benefitB)
                : what == What.VERDICT && same.isRejectedInBoth(benefitA, benefitB)
                        || same.hasSameVerdict(benefitA, benefitB);
        if (isSame) return Solver.Step.none(same.why());
        BenefitRanges x = inA.benefits, y = inB.benefits;
        if (what != What.VERDICT && (x.verdicts(benefitA) & y.verdicts(benefitB)) == 0)
            return Solver.Step.none(a.behind.benefit(benefitA).or(b.behind.benefit(benefitB)));
        if (what == What.SUM
                && x.isOneGrant(benefitA)
                && y.isOneGrant(benefitB)
                && x.grant(benefitA) == y.grant(benefitB)
                && simpleSums) return Solver.Step.none(a.behind.sum(benefitA).or(b.behind.sum(benefitB)));
        Bits impossible = inA.impossible.or(inB.impossible);
        return impossible.isEmpty() ? null : Solver.Step.none(impossible);
    }

    /** A sum that tells everything: no months, no parts, no level. */
    private static boolean hasSimpleSum(SearchModel model, int benefit) {
        BenefitPlan plan = model.rules.plans[benefit];
        return plan.instalments().equalParts() == 1
                && plan.instalments().monthsEach() == 0
                && plan.follows() < 0
                && Arrays.stream(model.rules.rules)
                        .noneMatch(r -> SearchModel.isOf(plan, r.number()) && (r.monthly() != null || r.rank() > 0));
    }

    /** Where it is open whether the benefit is asked for. */
    private static Solver.@Nullable Step asked(BoxState state, int benefit, Box box) {
        return TruthSet.isSettled(state.benefits.asked(benefit))
                ? null
                : new SplitHeuristic(state).columns(box, state.model.behind.slots(state.benefits.askedReads(benefit)));
    }

    private boolean takesFromPool() {
        return a.rules.plans[benefitA].pools().length + b.rules.plans[benefitB].pools().length > 0;
    }

    private boolean isAnyOpen() {
        for (Pair pair : pairs.all())
            if (pair.a() >= 0 && concerns(a, benefitA, pair.a()) && inA.truth(pair.a()) == TruthSet.UNKNOWN
                    || pair.b() >= 0 && concerns(b, benefitB, pair.b()) && inB.truth(pair.b()) == TruthSet.UNKNOWN)
                return true;
        return false;
    }

    private boolean isSame(Box one) {
        Evaluation x = a.evaluate(one), y = b.evaluate(one);
        BenefitOutcome o = x.outcomes[benefitA], p = y.outcomes[benefitB];
        boolean alike = o.verdict == p.verdict && o.notAsked == p.notAsked;
        if (what == What.VERDICT) return alike;
        return !alike
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

    /** The row that is best settled next: those that differ first, then those that would hide the difference. */
    private Solver.@Nullable Step next(Box box) {
        SplitHeuristic cutA = new SplitHeuristic(inA), cutB = new SplitHeuristic(inB);
        boolean first = false;
        int next = -1, best = NEVER;
        Pair chosen = null;
        for (Pair pair : pairs.all()) {
            int rank = what == What.SUM && pairs.isCondition(pair) || same.isSame(pair, what == What.SUM) ? 1 : 0;
            int orderA = 1000 * rank + order(inA, benefitA, pair.a(), cutA);
            int orderB = 1000 * rank + order(inB, benefitB, pair.b(), cutB);
            if (Math.min(orderA, orderB) >= best) continue;
            best = Math.min(orderA, orderB);
            first = orderA <= orderB;
            next = first ? pair.a() : pair.b();
            chosen = pair;
        }
        if (chosen == null) return null;
        Solver.Step cut = changed(box, cutA, inA, chosen.a(), inB, chosen.b());
        if (cut == null) cut = changed(box, cutB, inB, chosen.b(), inA, chosen.a());
        if (cut == null) cut = (first ? cutA : cutB).row(box, next);
        if (cut == null) return null;
        boolean fires = best < 1000
                || what == What.REASONS
                || !(first ? a : b).rules.rules[next].isCondition() && !entitlementsDiffer;
        return SplitHeuristic.ordered(cut, first ? part : partB, next, fires);
    }

    /** The lower, the sooner the row is to be settled; {@link #NEVER} where nothing is open. */
    private int order(BoxState state, int benefit, int row, SplitHeuristic splits) {
        if (row < 0 || !concerns(state.model, benefit, row) || TruthSet.isSettled(state.truth(row))) return NEVER;
        Rule rule = state.model.rules.rules[row];
        int kind = rule.isCondition() ? 1 + rule.effect().ordinal() : what == What.SUM ? 0 : 4;
        return 100 * kind + splits.open(row);
    }

    /** At a cell of a row that the other version's row has not: once it is true, the two may say the same whatever else they read. */
    private static Solver.@Nullable Step changed(
            Box box, SplitHeuristic splits, BoxState state, int row, BoxState other, int otherRow) {
        if (row < 0 || otherRow < 0) return null;
        List<String> said = new ArrayList<>();
        for (Cell cell : other.model.rules.rules[otherRow].cells()) said.add(other.model.canonical.of(cell));
        for (Cell cell : state.model.rules.rules[row].cells()) {
            if (said.contains(state.model.canonical.of(cell)) || TruthSet.isSettled(state.truth(cell))) continue;
            Solver.Step cut = splits.cell(box, cell);
            if (cut != null) return cut;
        }
        return null;
    }

    private static boolean concerns(SearchModel model, int benefit, int row) {
        for (int b = benefit; b >= 0; b = model.rules.plans[b].follows())
            if (SearchModel.isOf(model.rules.plans[b], row)) return true;
        return false;
    }
}
