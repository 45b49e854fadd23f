package cn.jincai.planning;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.FactEffect;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * All schemes for one person 就高不重复: each by itself, what one benefit does to another, and which applications, when and in which order, bring the most
 * within the rules. What excludes, deducts or caps stands in the packages: {@code count} of a fact says which benefits it counts, the tables say what the fact
 * does, {@code run.exceeds} what an allowance only exceeds.
 */
@Service
public class AllSchemes {
    /**
     * What is told of a person for all schemes at once.
     *
     * @param until last day of application that is looked at
     * @param facts by scheme, those that the scheme knows
     */
    public record Person(
            LocalDate applicationDate,
            LocalDate until,
            List<PolicyPackage> schemes,
            Map<String, Map<String, Object>> facts) {}

    private final Assessments assessments;

    AllSchemes(Assessments assessments) {
        this.assessments = assessments;
    }

    public enum Kind {
        EXCLUDES,
        DEDUCTS,
        CAPS,
        EXCEEDS
    }

    /**
     * What the grant of one benefit does to another, or to the next one of its own.
     *
     * @param from   benefits that count; some may be of schemes that are not in force
     * @param within {@code calendarYear}, {@code life}, {@code inForce}, or {@code span} for days of its own
     * @param fact   by which it is counted, null for what a run exceeds
     * @param rule   the condition that reads it, null where the sum itself is cut
     * @param limit  fen, months or a number, null where it is none that always holds
     */
    public record Relation(
            List<String> from,
            String scheme,
            String benefit,
            Kind kind,
            String within,
            @Nullable String fact,
            @Nullable String rule,
            @Nullable String reason,
            @Nullable Long limit,
            @Nullable String basis,
            @Nullable Status status,
            Text text) {}

    /**
     * @param granted  in all, or what is expected if open reasons are cleared; fen
     * @param payable  what comes out of it: less only for a monthly sum that exceeds others
     */
    public record Sum(String benefit, Text name, long granted, long payable) {}

    /**
     * An application of the plan.
     *
     * @param part of a benefit that is applied for part by part, else null
     */
    public record Step(
            LocalDate day,
            String scheme,
            Text name,
            @Nullable Integer part,
            Assessment assessment) {}

    /** @param certain nothing is open: each step is approved by the rules, not only expected */
    public record Plan(long totalFen, boolean certain, List<Step> steps, List<Sum> sums) {}

    /**
     * @param schemes  each by itself on the application day
     * @param alone    each application by itself on that day; several of a scheme where a benefit is applied for part by part
     * @param assumed  facts of own records that were not told: taken as nothing held
     * @param best     the plan that brings most
     * @param least    what the worst order brings to one who applies for all that is still granted
     * @param complete false where there were too many orders to look at all of them
     * @param searched how far it was looked
     */
    public record Answer(
            LocalDate applicationDate,
            LocalDate until,
            List<String> assumed,
            List<Assessment> schemes,
            List<Step> alone,
            List<Relation> relations,
            Plan best,
            Plan least,
            boolean complete,
            Searched searched,
            List<Text> remarks) {}

    /**
     * @param applications that could be made, each in every order and left out
     * @param orders       that were followed to their end
     * @param assessments  made on the way
     * @param everything   no selection in any order was passed over
     */
    public record Searched(int applications, int orders, int assessments, boolean everything) {}

    public Answer of(Person person) {
        Map<String, Map<String, Object>> facts = new HashMap<>();
        TreeSet<String> assumed = new TreeSet<>();
        List<Assessment> each = new ArrayList<>();
        for (PolicyPackage policy : person.schemes()) {
            Map<String, Object> told = person.facts().getOrDefault(policy.scheme(), Map.of());
            for (Scheme.Fact fact : policy.catalogue().facts())
                if (fact.count() != null && !told.containsKey(fact.name())) assumed.add(fact.name());
            facts.put(policy.scheme(), told);
        }
        BestOrder order = new BestOrder(assessments, person.schemes(), facts, person.applicationDate(), person.until());
        for (PolicyPackage policy : person.schemes())
            each.add(assessments.assess(
                    policy,
                    person.applicationDate(),
                    order.facts(policy, List.of(), person.applicationDate(), null, null),
                    Adjustments.NONE));
        order.search();
        return new Answer(
                person.applicationDate(),
                person.until(),
                List.copyOf(assumed),
                each,
                order.alone(),
                relations(person.schemes(), person.applicationDate()),
                order.best(),
                order.least(),
                order.isComplete(),
                order.searched(),
                remarks(order.searched()));
    }

    private static List<Text> remarks(Searched searched) {
        List<Text> remarks =
                new ArrayList<>(List.of(Text.of("planning.remark.assumed"), Text.of("planning.remark.estimate")));
        if (!searched.everything())
            remarks.add(Text.of("planning.remark.searched", searched.applications(), searched.orders()));
        return List.copyOf(remarks);
    }

    /** What the packages say about one another. */
    List<Relation> relations(List<PolicyPackage> schemes, LocalDate day) {
        Map<String, Text> names = new HashMap<>();
        for (PolicyPackage p : schemes) for (Scheme.Benefit b : p.catalogue().benefits()) names.put(b.code(), b.name());
        List<Relation> relations = new ArrayList<>();
        for (PolicyPackage p : schemes) {
            for (Scheme.Fact fact : p.catalogue().facts()) {
                if (fact.count() == null) continue;
                for (FactEffect e : assessments.effects(p, fact, day))
                    relations.add(relation(
                            fact.count().benefits(),
                            p,
                            e.benefit(),
                            Kind.valueOf(e.kind().name()),
                            fact.count().within(),
                            fact.name(),
                            e,
                            names));
            }
            if (p.catalogue().run() == null || p.catalogue().run().exceeds().isEmpty()) continue;
            for (Scheme.Benefit b : p.catalogue().benefits())
                if (b.isPaidByRun())
                    relations.add(relation(
                            p.catalogue().run().exceeds(), p, b.code(), Kind.EXCEEDS, "life", null, null, names));
        }
        return relations;
    }

    private static Relation relation(
            List<String> from,
            PolicyPackage p,
            String benefit,
            Kind kind,
            String within,
            @Nullable String fact,
            @Nullable FactEffect e,
            Map<String, Text> names) {
        Text others = Text.joined(
                "kernel.list",
                from.stream().map(b -> names.getOrDefault(b, Text.same(b))).toList());
        return new Relation(
                List.copyOf(from),
                p.scheme(),
                benefit,
                kind,
                within,
                fact,
                e == null ? null : e.rule(),
                e == null ? null : e.reason(),
                e == null ? null : e.limit(),
                e == null ? null : e.basis(),
                e == null ? null : e.status(),
                Text.of("planning.relation." + kind, others, names.getOrDefault(benefit, Text.same(benefit))));
    }
}
