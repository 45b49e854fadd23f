package cn.jincai.assessment.rules;

import cn.jincai.assessment.Reason;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ruleset as it stands while certain parameter values hold. It never changes and may be used by many at once. */
public final class CompiledRules {
    public final Vocabulary vocabulary;
    public final Ruleset ruleset;
    public final int words;
    public final Rule[] rules;
    public final List<CompiledTable> tables;
    public final BenefitPlan[] plans;
    /** Rows by effect, in the order of {@link Verdict}: a bit for each condition that rejects, asks, or calls for a person. */
    final long[][] effects;
    /** Conditions that may speak for an unknown fact, and those whose own reason is that a fact is not known. */
    final long[] nullChecks;

    final long[] saysUnavailable;
    public final long[] all;
    final FiredReason[] given;
    public final Step[] steps;
    final EvaluationProgram program;
    private final Derivation[] bySlot;
    private final Map<String, Object> values;

    CompiledRules(
            Vocabulary vocabulary,
            Ruleset ruleset,
            Map<String, Object> values,
            List<Rule> rules,
            List<CompiledTable> tables,
            BenefitPlan[] plans,
            List<Step> steps) {
        this.vocabulary = vocabulary;
        this.ruleset = ruleset;
        this.values = Map.copyOf(values);
        this.rules = rules.toArray(Rule[]::new);
        this.words = words(rules.size());
        this.tables = tables;
        this.plans = plans;
        this.steps = steps.toArray(Step[]::new);
        all = new long[words];
        nullChecks = new long[words];
        saysUnavailable = new long[words];
        effects = new long[Verdict.values().length][words];
        given = new FiredReason[this.rules.length];
        for (Rule rule : this.rules) {
            int n = rule.number();
            all[n >>> 6] |= 1L << n;
            given[n] = new FiredReason(rule, -1);
            if (!rule.isCondition()) continue;
            effects[rule.effect().ordinal()][n >>> 6] |= 1L << n;
            if (rule.reason().equals(Reason.DATA_UNAVAILABLE)) saysUnavailable[n >>> 6] |= 1L << n;
            for (Cell cell : rule.cells()) if (cell.checksNull()) nullChecks[n >>> 6] |= 1L << n;
        }
        program = program();
        bySlot = new Derivation[vocabulary.size()];
        for (Step step : steps) for (Derivation d : step.before()) bySlot[d.slot()] = d;
    }

    /**
     * A step of the evaluation: what is derived first, which rows are then looked at.
     *
     * @param rows    null where there are none
     * @param decides the benefit that can be decided after it, -1 for none
     */
    public record Step(Derivation[] before, @Nullable RowBitmaps rows, int decides) {}

    private record Decision(int benefit, BenefitPlan plan) implements EvaluationProgram.Work {
        @Override
        public void on(Evaluation e) {
            e.outcomes[benefit] = e.decide(plan, benefit);
        }
    }

    private EvaluationProgram program() {
        List<EvaluationProgram.Work> works = new ArrayList<>();
        for (Step step : steps) {
            works.addAll(List.of(step.before()));
            if (step.rows() != null) works.add(step.rows().work());
            if (step.decides() >= 0) works.add(new Decision(step.decides(), plans[step.decides()]));
        }
        return new EvaluationProgram(works);
    }

    /** The parameter values for which they were compiled, see {@link CellScope}. */
    public Map<String, Object> values() {
        return values;
    }

    /** What a derived value is calculated as, for these parameter values. */
    public NumericExpression calculation(Scheme.Derived derived) {
        try {
            return new CellCompiler(new CellScope(vocabulary, ruleset.parameters(), values, new HashSet<>()))
                    .calculation(derived.is(), vocabulary.known(derived.name()).kind());
        } catch (RefusedCell e) {
            throw new IllegalStateException("compiled before", e);
        }
    }

    /** How a slot is made of months; null where it is not. */
    public @Nullable OverMonths overMonths(int slot) {
        Derivation d = bySlot[slot];
        return d != null && d.step() instanceof OverMonths made ? made : null;
    }

    /** All that is computed: in cells, in outputs, and as derived values. */
    public List<NumericExpression> numbers() {
        List<NumericExpression> numbers = new ArrayList<>();
        for (Rule rule : rules) {
            for (Cell cell : rule.cells()) cell.test().comparisons(c -> numbers.addAll(List.of(c.left(), c.right())));
            for (NumericExpression sum :
                    new @Nullable NumericExpression[] {rule.amount(), rule.monthly(), rule.months()})
                if (sum != null) numbers.add(sum);
        }
        for (Scheme.Derived derived : vocabulary.scheme.rules().derived())
            if (derived.isCalculated()) numbers.add(calculation(derived));
        return numbers;
    }

    public static int words(int rows) {
        return Math.max(1, (rows + 63) >>> 6);
    }

    /** The facts for want of which these slots are unknown. */
    public Bits missing(Bits slots, Evaluation e) {
        Bits facts = slots.and(vocabulary.factSlots);
        for (int slot = slots.next(vocabulary.applicationDate); slot >= 0; slot = slots.next(slot + 1)) {
            Derivation d = bySlot[slot];
            if (d != null) facts = facts.or(d.missing(e));
        }
        return facts;
    }

    /** All facts of which these slots are made. */
    public Bits factsBehind(Bits slots) {
        Bits facts = slots.and(vocabulary.factSlots);
        for (int slot = slots.next(vocabulary.applicationDate); slot >= 0; slot = slots.next(slot + 1)) {
            Derivation d = bySlot[slot];
            if (d != null) facts = facts.or(factsBehind(d.inputs()));
        }
        return facts;
    }

    /** Whether a row looks at this fact, or at what is made of it. */
    public boolean isReadBy(Rule rule, int fact) {
        for (Cell cell : rule.cells()) if (factsBehind(cell.reads()).has(fact)) return true;
        return false;
    }

    /** All facts that can matter: read by a row, by a sum, or by a value that one of these is made of. */
    Bits factsRead() {
        Bits slots = Bits.of(vocabulary.governingDate);
        for (Rule rule : rules) {
            for (Cell cell : rule.cells()) slots = slots.or(cell.reads());
            for (NumericExpression sum :
                    new NumericExpression[] {rule.amount(), rule.monthly(), rule.months(), rule.deadline()})
                if (sum != null) slots = slots.or(sum.reads());
        }
        for (BenefitPlan plan : plans) {
            slots = slots.or(Bits.of(plan.atMost()))
                    .or(Bits.of(plan.appliedFor()))
                    .or(Bits.of(plan.deduct()))
                    .or(plan.askedReads());
            for (int pool : plan.pools()) slots = slots.with(pool);
            for (int[] window : plan.windows())
                slots = slots.or(Bits.of(window[0])).or(Bits.of(window[1]));
        }
        return factsBehind(slots);
    }
}
