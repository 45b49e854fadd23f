package cn.jincai.assessment.verification;

import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Table;
import cn.jincai.policy.forms.Form;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parameters and facts that nothing reads: left over from a change, or meant for a row that is missing. */
final class UnusedNames {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    private UnusedNames() {}

    static void check(PolicyPackage policy, Findings findings) {
        Scheme scheme = policy.catalogue();
        Set<String> inRules = inRules(scheme), everywhere = inScheme(scheme);
        everywhere.addAll(inRules);
        for (Ruleset ruleset : policy.rulesets()) {
            Set<String> own = new HashSet<>(inRules);
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
        policy.forms().values().forEach(form -> form.fields().forEach(field -> words(field, everywhere)));
        for (Scheme.Fact fact : scheme.facts())
            if (!everywhere.contains(fact.name()))
                findings.warn("scheme.yaml", "facts." + fact.name(), "assessment.check.UNUSED_FACT", fact.label());
    }

    private static Set<String> inRules(Scheme scheme) {
        Set<String> words = new HashSet<>();
        if (scheme.way().quota() != null) words(scheme.way().quota().parameter(), words);
        for (Scheme.Derived d : scheme.rules().derived())
            for (String text : new String[] {
                d.from(),
                d.on(),
                d.of(),
                d.months(),
                d.is(),
                d.over().in(),
                d.over().from(),
                d.over().to(),
                d.over().only()
            }) words(text, words);
        for (Scheme.BenefitRules b : scheme.rules().benefits()) {
            words(b.atMost(), words);
            words.addAll(b.pools());
            if (b.askedFor() != null) words.add(b.askedFor().fact());
            words(b.instalments().appliedFor(), words);
            words(b.instalments().deduct(), words);
        }
        return words;
    }

    /** Beside its rules. */
    private static Set<String> inScheme(Scheme scheme) {
        Set<String> words = new HashSet<>();
        words.add(scheme.governingDate());
        words.addAll(scheme.paymentKey());
        words.addAll(scheme.sameThing());
        words.addAll(scheme.askedBeforePaying());
        if (scheme.applying().roster() != null)
            words.add(scheme.applying().roster().person());
        words(scheme.employerCheckWhen(), words);
        scheme.documents().forEach(d -> words(d.requiredWhen(), words));
        if (scheme.run() != null) {
            words.addAll(scheme.run().askedBeforePaying());
            words(scheme.run().outOfPost(), words);
            words(scheme.run().uninsured(), words);
            for (Scheme.Turn turn : scheme.run().life().turns()) {
                words.add(turn.fact());
                words(turn.since(), words);
            }
        }
        for (Scheme.Fact fact : scheme.facts()) {
            if (fact.count() == null) continue;
            words.addAll(fact.count().sameFacts());
            words(fact.count().fact(), words);
            words(fact.count().span().since(), words);
            words(fact.count().span().until(), words);
            words(fact.count().whose().by(), words);
        }
        return words;
    }

    private static void words(Form.Field field, Set<String> words) {
        field.hide().ifPresent(condition -> words(condition.text(), words));
        if (field.properties().containsKey("check"))
            field.properties().values().forEach(named -> words(named, words)); // it may compare with other fields
    }

    private static void words(Table table, Set<String> words) {
        table.columns().forEach(c -> words(c.expression(), words));
        table.rows().forEach(row -> {
            row.cells().forEach(cell -> words(cell, words));
            row.outputs().values().forEach(output -> words(output, words));
        });
    }

    private static void words(@Nullable String text, Set<String> words) {
        if (text != null) WORD.matcher(text).results().forEach(found -> words.add(found.group()));
    }
}
