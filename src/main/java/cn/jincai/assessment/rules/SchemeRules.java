package cn.jincai.assessment.rules;

import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;

/** All rulesets of one package, ready to be asked. */
public final class SchemeRules {
    public final Vocabulary vocabulary;
    private final DatedRules[] rulesets;
    /** First day of each, in their order. */
    private final long[] from;

    private final boolean hasDaysAhead;

    public SchemeRules(PolicyPackage policy) {
        vocabulary = new Vocabulary(policy.catalogue());
        hasDaysAhead = policy.catalogue().facts().stream().anyMatch(Scheme.Fact::mayLieAhead);
        rulesets = policy.rulesets().stream()
                .map(r -> new DatedRules(vocabulary, r))
                .toArray(DatedRules[]::new);
        from = policy.rulesets().stream()
                .mapToLong(r -> r.inForceFrom().toEpochDay())
                .toArray();
    }

    /** Some date may come after the application. */
    public boolean hasDaysAhead() {
        return hasDaysAhead;
    }

    /** The day from which the newest ruleset holds. */
    public LocalDate latest() {
        return rulesets[rulesets.length - 1].ruleset().inForceFrom();
    }

    /** The ruleset in force on the governing date, the oldest before its first; by the application date while the governing date is not known. */
    public CompiledRules on(Slots slots, Set<String> waived) {
        long day = slots.isKnown(vocabulary.governingDate)
                ? slots.value[vocabulary.governingDate]
                : slots.value[vocabulary.applicationDate];
        int held = 0;
        for (int i = 1; i < from.length; i++) if (from[i] <= day) held = i;
        return rulesets[held].on(slots, waived);
    }

    /** In any ruleset. Nothing is known here, so that a date which only picks a parameter's value counts as read. */
    public Set<String> factsRead() {
        Bits facts = Bits.NONE;
        Slots nothing = vocabulary.noSlots();
        for (DatedRules dated : rulesets)
            facts = facts.or(dated.on(nothing, Set.of()).factsRead());
        Set<String> names = new TreeSet<>();
        for (int slot = facts.first(); slot >= 0; slot = facts.next(slot + 1))
            names.add(vocabulary.at(slot).name());
        return names;
    }
}
