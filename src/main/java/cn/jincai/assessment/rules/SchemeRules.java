package cn.jincai.assessment.rules;

import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;

/** All rulesets of one package, ready to be asked. */
public final class SchemeRules {
    public final Vocabulary vocabulary;
    private final DatedRules[] rulesets;
    /** First day of each, in their order. */
    private final long[] from;

    public SchemeRules(PolicyPackage policy) {
        vocabulary = new Vocabulary(policy.catalogue());
        rulesets = policy.rulesets().stream()
                .map(r -> new DatedRules(vocabulary, r))
                .toArray(DatedRules[]::new);
        from = policy.rulesets().stream()
                .mapToLong(r -> r.inForceFrom().toEpochDay())
                .toArray();
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
        long facts = 0;
        Slots nothing = new Slots(vocabulary.size());
        for (DatedRules dated : rulesets) facts |= dated.on(nothing, Set.of()).factsRead();
        Set<String> names = new TreeSet<>();
        for (; facts != 0; facts &= facts - 1)
            names.add(vocabulary.at(Long.numberOfTrailingZeros(facts)).name());
        return names;
    }
}
