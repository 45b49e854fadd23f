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
        long inputs,
        boolean plain,
        @Nullable CompiledTable table,
        Step step) implements EvaluationProgram.Work {
    interface Step {
        /** Puts the value into its slot, or leaves the slot unknown. */
        void make(Evaluation e);
    }

    @Override
    public void on(Evaluation e) {
        if (plain) {
            if ((inputs & e.slots.none) != 0) {
                e.slots.setNone(slot);
                return;
            }
            if ((inputs & ~e.slots.known) != 0) return;
        }
        step.make(e);
    }

    /** Facts for want of which it is unknown, or not final. */
    long missing(Evaluation e) {
        if ((e.slots.provisional >>> slot & 1) != 0) return e.rules.factsBehind(inputs);
        long facts = e.rules.missing(e.slots.unknown(inputs), e);
        if (table == null) return facts;
        for (Rule rule : table.rules())
            if (e.isUndecided(rule.number())) facts |= e.rules.missing(rule.undecided(e.slots), e);
        return e.isGoverned() ? facts : facts | e.rules.missing(1L << e.rules.vocabulary.governingDate, e);
    }
}
