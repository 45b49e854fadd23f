package cn.jincai.simulation;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Reason;
import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.filing.archive.ArchivedFacts;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.simulation.WhatIfResult.Case;
import cn.jincai.simulation.WhatIfResult.Typical;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Persons of a run found again: a made-up one is made again from its number, a real one is read from the archive. */
final class TypicalCases {
    private final Assessments assessments;
    private final ArchivedFacts archive;
    private final PolicyPackage before, after;
    private final WhatIf run;
    private final Population people, alone;

    TypicalCases(
            Assessments assessments, ArchivedFacts archive, PolicyPackage before, PolicyPackage after, WhatIf run) {
        this.assessments = assessments;
        this.archive = archive;
        this.before = before;
        this.after = after;
        this.run = run;
        people = PopulationReader.of(after, assessments.rules(after), new Findings());
        alone = PopulationReader.of(before, assessments.rules(before), new Findings())
                .without(people.vocabulary);
    }

    /** One of them as each package meets it. */
    private record Person(LocalDate day, Map<String, Object> then, Map<String, Object> now) {}

    /** @param hidden without facts; empty where the case is gone */
    Optional<Case> of(int number, Typical t, boolean hidden) {
        return person(t).map(p -> shown(number, t, p, hidden));
    }

    /** @param hidden without what was found; empty where the case is gone */
    Optional<WhatIfResult.Explanations> explained(int number, Typical t, boolean hidden, Explanations explanations) {
        return person(t)
                .map(p -> new WhatIfResult.Explanations(
                        shown(number, t, p, hidden),
                        explained(t, explanations.explain(before, p.day, p.then, Adjustments.NONE), hidden),
                        explained(t, explanations.explain(after, p.day, p.now, Adjustments.NONE), hidden)));
    }

    private Optional<Person> person(Typical t) {
        return run.over() == WhatIf.Over.SYNTHETIC
                ? Optional.of(madeUp(t))
                : archive.find(t.person())
                        .map(file -> new Person(
                                file.applicationDate(),
                                WhatIfComparison.facts(file, before.catalogue()),
                                WhatIfComparison.facts(file, after.catalogue())));
    }

    private Person madeUp(Typical t) {
        long person = Population.person(run.seed(), t.person()),
                first = run.from().toEpochDay();
        long day = people.applicationDay(person, first, (int) (run.to().toEpochDay() - first) + 1);
        Slots now = people.vocabulary.noSlots(), then = alone.vocabulary.noSlots();
        people.lay(person, day, now);
        new FactCarryOver(people.vocabulary, alone.vocabulary).carry(now, then);
        alone.add(person, then);
        return new Person(LocalDate.ofEpochDay(day), alone.facts(then), people.facts(now));
    }

    private Case shown(int number, Typical t, Person p, boolean hidden) {
        Assessment had = assessments.assess(before, p.day, p.then, Adjustments.NONE),
                has = assessments.assess(after, p.day, p.now, Adjustments.NONE);
        return hidden
                ? new Case(
                        number, t.benefit(), t.change(), t.people(), null, null, withoutFacts(had), withoutFacts(has))
                : new Case(number, t.benefit(), t.change(), t.people(), p.day, p.now, had, has);
    }

    /** Of the benefit that changes. */
    private static Explained explained(Typical t, Explained all, boolean hidden) {
        List<Explained.Benefit> own = all.benefits().stream()
                .filter(b -> b.code().equals(t.benefit()))
                .map(b -> hidden ? withoutFacts(b) : b)
                .toList();
        return new Explained(
                all.scheme(),
                all.name(),
                all.ruleset(),
                all.rulesetFrom(),
                hidden ? null : all.governingDate(),
                all.governedBy(),
                hidden ? null : all.applicationDate(),
                all.verdict(),
                own);
    }

    /** Rows that hold, or may hold, of everybody alike, with what they ask and on which article; nothing that was found, nor from what it could be reckoned. */
    private static Explained.Benefit withoutFacts(Explained.Benefit b) {
        List<Explained.Condition> alike = b.conditions().stream()
                .filter(c -> c.entitlement()
                        ? c.state() == Explained.State.met
                        : c.state() == Explained.State.failed || c.state() == Explained.State.unknown && c.applies())
                .map(c -> new Explained.Condition(
                        c.rule(),
                        c.table(),
                        c.entitlement(),
                        c.state(),
                        c.applies(),
                        c.effect(),
                        c.reason(),
                        c.demand(),
                        null,
                        null,
                        List.of(),
                        List.of(),
                        c.basis(),
                        c.status(),
                        c.comparedOn()))
                .toList();
        return new Explained.Benefit(b.code(), b.name(), b.verdict(), b.amountFen(), alike, List.of(), List.of(), null);
    }

    /** What was decided and on which conditions, without the values that were found. */
    private static Assessment withoutFacts(Assessment a) {
        return new Assessment(
                a.scheme(),
                a.ruleset(),
                null,
                null,
                a.verdict(),
                a.benefits().stream()
                        .map(b -> new Benefit(
                                b.code(),
                                b.verdict(),
                                b.fund(),
                                b.amountFen(),
                                b.level(),
                                b.monthlyFen(),
                                b.months(),
                                List.of(),
                                b.matchedRules(),
                                b.reasons().stream()
                                        .map(r -> new Reason(
                                                r.code(),
                                                r.rule(),
                                                r.effect(),
                                                r.fact(),
                                                null,
                                                r.required(),
                                                r.basis(),
                                                r.status(),
                                                r.mend(),
                                                null,
                                                r.appeal(),
                                                null))
                                        .toList()))
                        .toList(),
                a.notAsked());
    }
}
