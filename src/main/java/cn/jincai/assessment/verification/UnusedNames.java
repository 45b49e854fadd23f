package cn.jincai.assessment.verification;

import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Table;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Parameters and facts that nothing reads: left over from a change, or meant for a row that is missing. */
final class UnusedNames {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    private UnusedNames() {}

    static void check(PolicyPackage policy, Findings findings) {
        Scheme scheme = policy.catalogue();
        Set<String> inScheme = new HashSet<>(), everywhere = new HashSet<>();
        for (Scheme.Derived d : scheme.rules().derived())
            for (String text : new String[] {d.from(), d.on(), d.of(), d.months(), d.is()}) words(text, inScheme);
        for (Scheme.BenefitRules b : scheme.rules().benefits()) {
            words(b.atMost(), inScheme);
            words(b.instalments().appliedFor(), inScheme);
            words(b.instalments().deduct(), inScheme);
        }
        everywhere.addAll(inScheme);
        for (Ruleset ruleset : policy.rulesets()) {
            Set<String> own = new HashSet<>(inScheme);
            ruleset.conditions().forEach(t -> words(t, own));
            ruleset.entitlements().forEach(t -> words(t, own));
            ruleset.parameters().values().forEach(p -> {
                everywhere.add(p.chosenBy());
                if (!own.contains(p.name()))
                    findings.warn(
                            ruleset.folder() + "parameters.yaml",
                            "parameters." + p.name(),
                            "assessment.check.UNUSED_PARAMETER");
            });
            everywhere.addAll(own);
        }
        everywhere.add(scheme.governingDate());
        everywhere.addAll(scheme.paymentKey());
        everywhere.addAll(scheme.sameThing());
        everywhere.addAll(scheme.askedBeforePaying());
        words(scheme.employerCheckWhen(), everywhere);
        scheme.documents().forEach(d -> words(d.requiredWhen(), everywhere));
        if (scheme.run() != null) {
            everywhere.addAll(scheme.run().askedBeforePaying());
            words(scheme.run().outOfPost(), everywhere);
            words(scheme.run().uninsured(), everywhere);
        }
        policy.forms()
                .values()
                .forEach(form -> form.fields().forEach(field -> {
                    field.hide().ifPresent(condition -> words(condition.text(), everywhere));
                    if (field.properties().containsKey("check"))
                        field.properties()
                                .values()
                                .forEach(named -> words(named, everywhere)); // a check may compare with other fields
                }));
        for (Scheme.Fact fact : scheme.facts()) {
            if (fact.count() == null) continue;
            everywhere.addAll(fact.count().sameFacts());
            words(fact.count().fact(), everywhere);
        }
        for (Scheme.Fact fact : scheme.facts())
            if (!everywhere.contains(fact.name()))
                findings.warn("scheme.yaml", "facts." + fact.name(), "assessment.check.UNUSED_FACT", fact.label());
    }

    private static void words(Table table, Set<String> words) {
        table.columns().forEach(c -> words(c.expression(), words));
        table.rows().forEach(row -> {
            row.cells().forEach(cell -> words(cell, words));
            row.outputs().values().forEach(output -> words(output, words));
        });
    }

    private static void words(String text, Set<String> words) {
        if (text != null) WORD.matcher(text).results().forEach(found -> words.add(found.group()));
    }
}
