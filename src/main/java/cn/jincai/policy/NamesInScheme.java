package cn.jincai.policy;

import cn.jincai.kernel.Text;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCondition;
import cn.jincai.policy.reading.SchemeFile;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names and codes in {@code scheme.yaml} that nothing else reads before a case needs them: a placeholder in a text, a field of a form in a condition, what corrects a
 * fact, the codes of another scheme. A slip in one of them was silent: a document never asked for, a benefit never counted.
 */
final class NamesInScheme {
    /** In the texts of a reason. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(?!(?:actual|required|fact)})[^}]{0,30}}?");
    /** Reasons that nobody may waive, whatever a scheme says (rulebook 7.3). */
    private static final Set<String> NEVER_WAIVED =
            Set.of("BANNED", "DUPLICATE", "LIFETIME_LIMIT", "YEARLY_LIMIT", "HIGHER_BENEFIT_HELD");

    private final PolicyPackage candidate;
    private final Scheme scheme;
    private final SchemeFile file;
    private final Function<String, Optional<Scheme>> schemeOf;

    /** @param schemeOf a benefit, of another scheme that is in force */
    NamesInScheme(PolicyPackage candidate, SchemeFile file, Function<String, Optional<Scheme>> schemeOf) {
        this.candidate = candidate;
        this.scheme = candidate.catalogue();
        this.file = file;
        this.schemeOf = schemeOf;
    }

    void check() {
        YamlEntry top = file.own();
        file.reasons().values().forEach(NamesInScheme::placeholders);
        Form application = candidate.forms().get("forms/application.form");
        if (application != null) {
            asked(top.get("employerCheckWhen"), application);
            top.get("documents").list().forEach(document -> asked(document.get("requiredWhen"), application));
            file.facts().forEach(fact -> mended(fact.get("mendBy"), application));
        }
        twice(top.get("documents"));
        for (YamlEntry code : top.get("waivable").list())
            if (NEVER_WAIVED.contains(code.text())) code.wrong("policy.scheme.NEVER_WAIVED", code.text());
        levels(top.get("panelLevels"));
        for (YamlEntry fact : file.facts())
            if (fact.isMap() && fact.get("count").isMap()) count(fact.get("count"));
    }

    private static void placeholders(YamlEntry reason) {
        for (String text : List.of("message", "mend"))
            for (String language : List.of("zh", "en")) {
                YamlEntry words = reason.get(text).get(language);
                Matcher unknown = PLACEHOLDER.matcher(words.text(""));
                if (unknown.find()) words.wrong("policy.reason.PLACEHOLDER", unknown.group());
            }
    }

    private static void asked(YamlEntry condition, Form application) {
        String text = condition.text("");
        Set<String> names = FormCondition.names(text);
        names.removeIf(name -> application.field(name).isPresent());
        if (!names.isEmpty()) condition.wrong("policy.form.NO_FIELD", text, names);
        FormCondition.compared(text)
                .forEach((name, codes) -> application
                        .field(name)
                        .ifPresent(field -> codes.stream()
                                .filter(code -> !field.values().isEmpty()
                                        && field.option(code).isEmpty())
                                .forEach(code -> condition.wrong("policy.form.NO_CHOICE", text, code, name))));
    }

    private void mended(YamlEntry items, Form application) {
        Set<String> known = new TreeSet<>();
        application.fields().forEach(field -> known.add(field.key()));
        scheme.documents().forEach(document -> known.add(document.code()));
        items.list().forEach(item -> item.known(known, "policy.yaml.name.mended"));
    }

    private static void twice(YamlEntry documents) {
        Set<String> codes = new HashSet<>();
        for (YamlEntry document : documents.list())
            if (!codes.add(document.get("code").text("")))
                document.get("code")
                        .wrong("policy.yaml.TWICE", document.get("code").text());
    }

    /** A panel for a level that no row gives would never be asked. */
    private void levels(YamlEntry panel) {
        Set<String> given = candidate.rulesets().stream()
                .flatMap(ruleset -> ruleset.entitlements().stream())
                .flatMap(table -> table.rows().stream())
                .map(row -> row.outputs().get("level"))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        for (YamlEntry level : panel.list())
            if (given.stream().allMatch(one -> one.matches("\\d+")) && !given.contains(level.text()))
                level.wrong("policy.scheme.NO_LEVEL", level.text(), String.join(", ", given));
    }

    private void count(YamlEntry count) {
        List<String> benefits = count.get("benefits").texts();
        count.get("prefix").map().forEach((benefit, prefix) -> {
            if (!benefits.contains(benefit))
                prefix.wrong(
                        "policy.yaml.UNKNOWN_NAME",
                        benefit,
                        Text.of("policy.yaml.name.benefit"),
                        String.join(", ", benefits));
        });
        List<Scheme> counted = benefits.stream()
                .flatMap(benefit ->
                        scheme.benefits().stream().anyMatch(b -> b.code().equals(benefit))
                                ? Stream.of(scheme)
                                : schemeOf.apply(benefit).stream())
                .distinct()
                .toList();
        if (count.has("fact")) theirs(count.get("fact"), counted);
        YamlEntry matching = count.get("matching");
        if (!matching.isMap()) return;
        scheme.fact(matching.get("mine").text())
                .ifPresent(mine -> matching.get("values").map().forEach((code, value) -> code(code, mine, value)));
        theirs(matching.get("theirs"), counted);
        for (Scheme other : counted)
            other.fact(matching.get("theirs").text(""))
                    .ifPresent(theirs ->
                            matching.get("values").map().values().forEach(value -> code(value.text(), theirs, value)));
    }

    /** Of a benefit from before the system nobody knows its facts. */
    private static void theirs(YamlEntry fact, List<Scheme> counted) {
        Set<String> known = new TreeSet<>();
        counted.forEach(other -> other.facts().forEach(one -> known.add(one.name())));
        if (!counted.isEmpty()) fact.known(known, "policy.yaml.name.fact");
    }

    private static void code(String code, Scheme.Fact fact, YamlEntry at) {
        if (!fact.values().isEmpty() && fact.value(code).isEmpty())
            at.wrong(
                    "policy.fact.NO_CODE",
                    code,
                    fact.name(),
                    fact.values().stream().map(Scheme.Value::code).collect(Collectors.joining(", ")));
    }
}
