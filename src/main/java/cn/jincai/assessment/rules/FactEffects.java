package cn.jincai.assessment.rules;

import cn.jincai.assessment.FactEffect;
import cn.jincai.assessment.FactEffect.Kind;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads off the compiled rules what a fact does to each benefit: which refusing conditions look at it, which sums it is taken off or cut by. */
public final class FactEffects {
    private final CompiledRules rules;

    /** @param day whose rules and parameter values are looked at */
    public FactEffects(SchemeRules scheme, LocalDate day) {
        Slots slots = scheme.vocabulary.noSlots();
        for (int slot = 0; slot <= scheme.vocabulary.applicationDate; slot++)
            if (scheme.vocabulary.at(slot).kind() == Symbol.Kind.DATE) slots.set(slot, day.toEpochDay());
        rules = scheme.on(slots, Set.of());
    }

    public List<FactEffect> of(Scheme.Fact fact) {
        int slot = rules.vocabulary.slot(fact.name());
        List<FactEffect> effects = new ArrayList<>();
        for (BenefitPlan plan : rules.plans) {
            String benefit = plan.benefit().code();
            if (plan.deduct() >= 0 && isMadeOf(plan.deduct(), slot))
                effects.add(new FactEffect(benefit, Kind.DEDUCTS, null, null, null, null, null));
            if (plan.atMost() >= 0 && isMadeOf(plan.atMost(), slot))
                effects.add(new FactEffect(benefit, Kind.CAPS, null, null, null, null, null));
            for (int pool : plan.pools())
                if (isMadeOf(pool, slot)) effects.add(new FactEffect(benefit, Kind.CAPS, null, null, null, null, null));
            for (Rule rule : rules.rules)
                if (rule.isCondition()
                        && rule.effect() == Verdict.REJECT
                        && (plan.conditions()[rule.number() >>> 6] >>> rule.number() & 1) != 0)
                    condition(benefit, rule, fact, slot, effects);
        }
        return effects;
    }

    private void condition(String benefit, Rule rule, Scheme.Fact fact, int slot, List<FactEffect> effects) {
        boolean reads = false;
        @Nullable Long limit = null;
        for (Cell cell : rule.cells()) {
            if (cell.checksNull() || !rules.factsBehind(cell.reads()).has(slot)) continue;
            reads = true;
            if (fact.type() != Scheme.Type.BOOLEAN
                    && fact.type() != Scheme.Type.PERCENT
                    && cell.test() instanceof CellTest.Compare c
                    && c.right() instanceof NumericExpression.Constant n
                    && (c.op() == CellTest.Op.FROM || c.op() == CellTest.Op.ABOVE)) limit = n.value();
        }
        if (reads)
            effects.add(new FactEffect(
                    benefit,
                    limit == null ? Kind.EXCLUDES : Kind.CAPS,
                    rule.id(),
                    rule.reason(),
                    limit,
                    rule.basis(),
                    rule.status()));
    }

    private boolean isMadeOf(int made, int slot) {
        return rules.factsBehind(Bits.of(made)).has(slot);
    }
}
