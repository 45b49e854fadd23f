package cn.jincai.assessment;

import cn.jincai.assessment.WhatIfResult.Case;
import cn.jincai.assessment.WhatIfResult.Typical;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** Persons of a run found again: a made-up one is made again from its number, a real one is read from the archive. */
final class TypicalCases {
    private final Assessments assessments;
    private final ArchivedCases archive;
    private final PolicyPackage before, after;
    private final WhatIf run;
    private final Population people, alone;

    TypicalCases(Assessments assessments, ArchivedCases archive, PolicyPackage before, PolicyPackage after, WhatIf run) {
        this.assessments = assessments;
        this.archive = archive;
        this.before = before;
        this.after = after;
        this.run = run;
        people = Populations.of(after, assessments.rules(after), new Findings());
        alone = Populations.of(before, assessments.rules(before), new Findings()).without(people.vocabulary);
    }

    /** @param hidden without facts; empty where the case is gone */
    Optional<Case> of(Typical t, boolean hidden) {
        return run.over() == WhatIf.Over.SYNTHETIC ? Optional.of(madeUp(t)) : archive.find(t.person()).map(file -> archived(t, file, hidden));
    }

    private Case madeUp(Typical t) {
        long person = Population.person(run.seed(), t.person()), first = run.from().toEpochDay();
        long day = people.applicationDay(person, first, (int) (run.to().toEpochDay() - first) + 1);
        Slots now = new Slots(people.vocabulary.size()), then = new Slots(alone.vocabulary.size());
        people.lay(person, day, now);
        new Crossing(people.vocabulary, alone.vocabulary).carry(now, then);
        alone.add(person, then);
        Map<String, Object> facts = people.facts(now);
        return shown(t, LocalDate.ofEpochDay(day), facts, alone.facts(then), facts);
    }

    private Case archived(Typical t, ArchivedCases.Archived file, boolean hidden) {
        Case open = shown(t, file.applicationDate(), WhatIfComparison.facts(file, after.catalogue()), WhatIfComparison.facts(file, before.catalogue()), WhatIfComparison.facts(file, after.catalogue()));
        return hidden ? new Case(open.benefit(), open.change(), open.people(), null, null, withoutFacts(open.before()), withoutFacts(open.after())) : open;
    }

    private Case shown(Typical t, LocalDate day, Map<String, Object> now, Map<String, Object> then, Map<String, Object> facts) {
        return new Case(t.benefit(), t.change(), t.people(), day, facts, assessments.assess(before, day, then, Adjustments.NONE), assessments.assess(after, day, now, Adjustments.NONE));
    }

    /** What was decided and on which conditions, without the values that were found. */
    private static Assessment withoutFacts(Assessment a) {
        return new Assessment(a.scheme(), a.ruleset(), null, null, a.verdict(), a.benefits().stream().map(b -> new Benefit(b.code(), b.verdict(), b.fund(), b.amountFen(), b.level(), b.monthlyFen(), b.months(),
            java.util.List.of(), b.matchedRules(), b.reasons().stream().map(r -> new Reason(r.code(), r.rule(), r.effect(), r.fact(), null, r.required(), r.basis(), r.status(), r.mend(), null, r.appeal(), null)).toList())).toList());
    }
}
