package cn.jincai.assessment;

import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All rulesets of one package, ready to be asked. */
final class SchemeRules {
    final Vocabulary vocabulary;
    private final List<DatedRules> rulesets;

    SchemeRules(PolicyPackage policy) {
        vocabulary = new Vocabulary(policy.catalogue());
        rulesets = policy.rulesets().stream().map(r -> new DatedRules(vocabulary, r)).toList();
    }

    /** The day from which the newest ruleset holds. */
    LocalDate latest() {
        return rulesets.get(rulesets.size() - 1).ruleset().inForceFrom();
    }

    /** The ruleset in force on the governing date, the oldest before its first; by the application date while the governing date is not known. */
    CompiledRules on(Slots slots, Set<String> waived) {
        long day = slots.isKnown(vocabulary.governingDate) ? slots.value[vocabulary.governingDate] : slots.value[vocabulary.applicationDate];
        DatedRules held = rulesets.get(0);
        for (DatedRules rules : rulesets) if (rules.ruleset().inForceFrom().toEpochDay() <= day) held = rules;
        return held.on(slots, waived);
    }

    /** In any ruleset. Nothing is known here, so that a date which only picks a parameter's value counts as read. */
    Set<String> factsRead() {
        long facts = 0;
        Slots nothing = new Slots(vocabulary.size());
        for (DatedRules dated : rulesets) facts |= dated.on(nothing, Set.of()).factsRead();
        Set<String> names = new TreeSet<>();
        for (; facts != 0; facts &= facts - 1) names.add(vocabulary.at(Long.numberOfTrailingZeros(facts)).name());
        return names;
    }
}
