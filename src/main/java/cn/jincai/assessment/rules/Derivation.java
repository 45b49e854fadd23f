package cn.jincai.assessment.rules;

import org.jspecify.annotations.Nullable;

/**
 * How a derived value comes about.
 *
 * @param slot     where it goes
 * @param position the step of the evaluation before which it is made
 * @param inputs   slots that it is made of
 * @param plain    made only where all inputs are known, none where one of them is
 * @param table    the table whose result it is, or null
 */
record Derivation(
        int slot,
        int position,
        Bits inputs,
        boolean plain,
        @Nullable CompiledTable table,
        Step step) implements EvaluationProgram.Work {
    interface Step {
        /** Puts the value into its slot, or leaves the slot unknown. */
        void make(Evaluation e);

        /** Facts of which something is told, and not all that it takes. */
        default Bits unknown(Slots s) {
            return Bits.NONE;
        }
    }

    @Override
    public void on(Evaluation e) {
        if (plain) {
            if (e.slots.isAnyNone(inputs)) {
                e.slots.setNone(slot);
                return;
            }
            if (!e.slots.areKnown(inputs)) return;
        }
        step.make(e);
    }

    /** Facts for want of which it is unknown, or not final. */
    Bits missing(Evaluation e) {
        if (e.slots.isProvisional(slot)) return e.rules.factsBehind(inputs);
        Bits facts = e.rules.missing(e.slots.unknown(inputs), e).or(step.unknown(e.slots));
        if (table == null) return facts;
        for (Rule rule : table.rules())
            if (e.isUndecided(rule.number())) facts = facts.or(e.rules.missing(rule.undecided(e.slots), e));
        return e.isGoverned() ? facts : facts.or(e.rules.missing(Bits.of(e.rules.vocabulary.governingDate), e));
    }
}
