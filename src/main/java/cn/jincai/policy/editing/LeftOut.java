package cn.jincai.policy.editing;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.LegalSource;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes benefits and facts out of the files of a scheme together with all that serves nothing else: tables, what is derived, values, articles' rules, worked cases, questions. What
 * something that stays still needs is told by the name of the place.
 */
final class LeftOut {
    private static final String SCHEME = "scheme.yaml",
            COMMON = "common/common.yaml",
            POPULATION = "population.yaml",
            FORM = "forms/application.form",
            ENGLISH = "forms/en.yaml";

    private final Draft draft;
    private final Scheme scheme;
    private final Set<String> gone;

    /** @param gone codes of benefits, taken out at once */
    LeftOut(Draft draft, Set<String> gone) {
        this.draft = draft;
        this.scheme = draft.from.catalogue();
        this.gone = gone;
        if (gone.isEmpty()) return;
        for (String benefit : gone) benefit(benefit);
        derived();
        for (Ruleset ruleset : draft.from.rulesets()) {
            tables(ruleset);
            Set<String> needed = parameters(ruleset);
            for (String parameter : ruleset.parameters().keySet())
                if (!needed.contains(parameter))
                    draft.put(ruleset.folder() + "parameters.yaml", List.of("parameters"), parameter, null, "");
            for (String benefit : gone) cases(ruleset, "expect", benefit);
        }
    }

    private void benefit(String code) {
        draft.change(
                SCHEME, text -> text.withoutItem(List.of("benefits"), text.item(List.of("benefits"), "code", code)));
        draft.put(SCHEME, List.of("rules", "benefits"), code, null, "");
        for (Scheme.Fact fact : scheme.facts()) {
            Scheme.Count count = fact.count();
            if (count == null || !count.benefits().contains(code) || gone.containsAll(count.benefits())) continue;
            List<String> way =
                    List.of("facts", "" + draft.text(SCHEME).item(List.of("facts"), "name", fact.name()), "count");
            List<String> all =
                    Stream.concat(way.stream(), Stream.of("benefits")).toList();
            draft.change(SCHEME, text -> text.withoutItem(all, text.item(all, "code", code)));
            List<String> prefix =
                    Stream.concat(way.stream(), Stream.of("prefix")).toList();
            if (draft.text(SCHEME).at(prefix).isPresent()) draft.put(SCHEME, prefix, code, null, "");
        }
    }

    /** What was derived for those that are gone alone goes too, and what was derived for that. */
    private void derived() {
        List<String> way = List.of("rules", "derived");
        for (boolean again = true; again; ) {
            again = false;
            for (Scheme.Derived derived : scheme.rules().derived()) {
                int at = draft.text(SCHEME).item(way, "fact", derived.name());
                if (at < 0
                        || !usersOf(derived.name(), "rules.derived." + derived.name())
                                .isEmpty()) continue;
                draft.change(SCHEME, text -> text.withoutItem(way, at));
                again = true;
            }
        }
    }

    /** Tables of the benefits that stay, and places of scheme.yaml but one. */
    private List<String> usersOf(String name, String but) {
        Stream<String> tables = draft.from.rulesets().stream()
                .flatMap(r -> tablesLeft(r).filter(t -> reads(t, name)).map(Table::name));
        Stream<String> places =
                draft.text(SCHEME).places(name).stream().filter(p -> !p.equals(but) && !p.startsWith(but + "."));
        return Stream.of(tables, places, inCommon(name).stream())
                .flatMap(s -> s)
                .filter(p -> !p.equals(COMMON + ": " + but) && !p.startsWith(COMMON + ": " + but + "."))
                .distinct()
                .toList();
    }

    private Stream<Table> tablesLeft(Ruleset ruleset) {
        Set<String> used = scheme.rules().benefits().stream()
                .filter(b -> !gone.contains(b.benefit()))
                .flatMap(b -> b.tables().stream())
                .collect(Collectors.toSet());
        return Stream.concat(ruleset.conditions().stream(), ruleset.entitlements().stream())
                .filter(t -> used.contains(t.id()));
    }

    private static boolean reads(Table table, String name) {
        Pattern word = word(name);
        return Stream.concat(
                        table.columns().stream().map(Table.Column::expression),
                        table.rows().stream()
                                .flatMap(r -> Stream.concat(r.cells().stream(), r.outputs().values().stream())))
                .anyMatch(cell -> word.matcher(cell).find());
    }

    private static Pattern word(String name) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])");
    }

    private void tables(Ruleset ruleset) {
        Set<Table> left = tablesLeft(ruleset).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> rules = new HashSet<>();
        left.forEach(t -> t.rows().forEach(r -> rules.add(r.rule())));
        Stream.concat(ruleset.conditions().stream(), ruleset.entitlements().stream())
                .filter(t -> !left.contains(t))
                .forEach(t -> replace(t.file(), text -> withoutDecision(text, t.id())));
        String file = ruleset.folder() + "sources.yaml";
        for (int d = 0; d < ruleset.sources().size(); d++) {
            List<LegalSource.Article> articles = ruleset.sources().get(d).articles();
            for (int a = 0; a < articles.size(); a++) {
                List<String> held = articles.get(a).rules(),
                        kept = held.stream().filter(rules::contains).toList();
                if (kept.size() < held.size())
                    draft.put(
                            file,
                            List.of("documents", "" + d, "articles", "" + a),
                            "rules",
                            SourceEdits.list(kept),
                            "");
            }
        }
    }

    private static String withoutDecision(String text, String id) {
        String name = Pattern.quote(id);
        return text.replaceFirst(
                        "\\s*<(?:\\w+:)?decision\\s(?=[^>]*\\bid=\"" + name + "\")[\\s\\S]*?</(?:\\w+:)?decision>", "")
                .replaceFirst(
                        "\\s*<dmndi:DMNShape\\s(?=[^>]*dmnElementRef=\"" + name
                                + "\")(?:[^>]*/>|[\\s\\S]*?</dmndi:DMNShape>)",
                        "");
    }

    private void replace(String path, java.util.function.UnaryOperator<String> change) {
        byte[] content = Objects.requireNonNull(draft.files.get(path));
        draft.files.put(
                path, change.apply(new String(content, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
    }

    /** Those that a table that stays, or scheme.yaml, names. */
    Set<String> parameters(Ruleset ruleset) {
        return ruleset.parameters().keySet().stream()
                .filter(name -> tablesLeft(ruleset).anyMatch(t -> reads(t, name))
                        || !draft.text(SCHEME).places(name).isEmpty()
                        || !inCommon(name).isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Where what schemes share needs a name, beside the place that says what it is. */
    private List<String> inCommon(String name) {
        return draft.files.containsKey(COMMON)
                ? draft.text(COMMON).places(name).stream()
                        .filter(place -> !place.startsWith("facts."))
                        .map(place -> COMMON + ": " + place)
                        .toList()
                : List.of();
    }

    /** Takes a key out of the facts or expectations of each worked case; a case that then expects nothing goes. */
    private void cases(Ruleset ruleset, String part, String key) {
        String path = ruleset.folder() + "examples.yaml";
        int count = draft.text(path).at(List.of()).map(s -> s.parts().size()).orElse(0);
        for (int i = count - 1; i >= 0; i--) {
            List<String> way = List.of("" + i, part);
            int at = i;
            if (draft.text(path).at(way).map(e -> e.get(key)).isEmpty()) continue;
            boolean last = draft.text(path).at(way).orElseThrow().parts().size() < 4;
            if (last && part.equals("expect")) draft.change(path, text -> text.withoutItem(List.of(), at));
            else if (last) draft.change(path, text -> text.put(way, "{}"));
            else draft.change(path, text -> text.without(way, key));
        }
    }

    /** Benefits that are gone and still named by something that stays. */
    List<Mistake> neededBenefits() {
        List<Mistake> mistakes = new ArrayList<>();
        for (String benefit : gone) {
            List<Text> users = usersOf(benefit, "benefits." + benefit).stream()
                    .filter(place -> !place.endsWith(".count.benefits") && !place.contains(".count.prefix"))
                    .map(this::said)
                    .toList();
            if (!users.isEmpty())
                mistakes.add(Mistake.of(
                        "benefit-" + benefit,
                        "policy.edit.benefit.NEEDED",
                        benefit,
                        Text.joined("kernel.list", users)));
        }
        return mistakes;
    }

    /** Where a fact is needed, by names that people know where there are some; empty where it may be left out. */
    List<Text> needs(String fact) {
        List<Text> users = new ArrayList<>(usersOf(fact, "facts." + fact).stream()
                .filter(place ->
                        !place.equals("facts") && !place.matches("documents\\.[^.]+\\.proves|facts\\.[^.]+\\.source"))
                .map(this::said)
                .toList());
        boolean asked = draft.from.forms().values().stream()
                .anyMatch(f -> f.name().equals("application")
                        && f.fields().stream().anyMatch(q -> q.key().equals(fact)));
        if (asked && !new FormTexts(Objects.requireNonNull(draft.files.get(FORM))).asks(fact))
            users.add(Text.same("forms/common"));
        draft.files.forEach((path, content) -> {
            if (isOwnForm(path)
                    && word(fact).matcher(new FormTexts(content).without(fact)).find()) users.add(Text.same(path));
        });
        return users.stream().distinct().toList();
    }

    private static boolean isOwnForm(String path) {
        return path.endsWith(".form") && PackageEdits.isOwn(path);
    }

    /** A place of scheme.yaml by the label of what stands there. */
    private Text said(String place) {
        String[] parts = place.split("\\.");
        if (parts.length < 3 || !place.startsWith("rules.derived.")) return Text.same(place);
        return scheme.rules().derived().stream()
                .filter(d -> d.name().equals(parts[2]) && d.label() != null)
                .findFirst()
                .map(Scheme.Derived::label)
                .orElse(Text.same(place));
    }

    /** @throws Problem INVALID at {@code fact-} and the name of one that something else needs */
    void leaveOut(Set<String> facts) {
        List<Mistake> mistakes = new ArrayList<>();
        for (String fact : facts) {
            if (scheme.fact(fact).isEmpty()) mistakes.add(Mistake.of("", "policy.edit.case.UNKNOWN_FACT", fact));
            else if (!needs(fact).isEmpty())
                mistakes.add(Mistake.of(
                        "fact-" + fact, "policy.edit.fact.NEEDED", fact, Text.joined("kernel.list", needs(fact))));
        }
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        facts.forEach(this::fact);
    }

    private void fact(String fact) {
        draft.change(SCHEME, text -> text.withoutItem(List.of("facts"), text.item(List.of("facts"), "name", fact)));
        for (int i = 0; i < scheme.documents().size(); i++) {
            List<String> way = List.of("documents", "" + i, "proves");
            if (scheme.documents().get(i).proves().contains(fact))
                draft.change(SCHEME, text -> text.withoutItem(way, text.item(way, "name", fact)));
        }
        draft.files.replaceAll((path, content) ->
                isOwnForm(path) ? new FormTexts(content).without(fact).getBytes(StandardCharsets.UTF_8) : content);
        List<String> english = draft.text(ENGLISH).at(List.of()).stream()
                .flatMap(top -> top.parts().stream())
                .map(YamlSpot::value)
                .filter(key -> key.equals(fact) || key.startsWith(fact + "."))
                .toList();
        for (String key : english) draft.put(ENGLISH, List.of(), key, null, "");
        if (draft.files.containsKey(POPULATION)) draft.put(POPULATION, List.of("margins"), fact, null, "");
        for (Ruleset ruleset : draft.from.rulesets()) cases(ruleset, "facts", fact);
    }
}
