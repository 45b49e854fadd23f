package cn.jincai.assessment.verification;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Computation;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Derived;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is made of months, as the facts that a search takes it for: a search over each month of each series would never end. What is made of the same months may
 * so differ from itself, which a search that claims something has to look at once more (see {@link MonthWitness}).
 */
final class MonthColumns {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    /** Of the years from 1 to 9999, more than any series has. */
    private static final long MOST_MONTHS = 120_000;

    private final Map<String, Scheme.Fact> facts = new LinkedHashMap<>();
    /** Names that the second version makes otherwise. */
    private final Set<String> apart = new HashSet<>();

    private final Scheme first;

    MonthColumns(PolicyPackage... versions) {
        first = versions[0].catalogue();
        Map<String, String> made = new HashMap<>();
        for (PolicyPackage version : versions)
            for (Derived d : version.catalogue().rules().derived()) {
                if (!d.isOfMonths()) continue;
                String definition = definition(version, d), before = made.putIfAbsent(d.name(), definition);
                if (before != null && !before.equals(definition)) apart.add(d.name());
                String name = name(version.catalogue(), d.name());
                facts.putIfAbsent(name, fact(version, d, name));
            }
    }

    List<Scheme.Fact> facts() {
        return new ArrayList<>(facts.values());
    }

    Scheme.@Nullable Fact fact(String name) {
        return facts.get(name);
    }

    String name(Scheme version, String made) {
        return version != first && apart.contains(made) ? made + " (2)" : made;
    }

    private static Scheme.Fact fact(PolicyPackage version, Derived d, String name) {
        return new Scheme.Fact(
                name,
                type(version, d),
                List.of(),
                false,
                d.label() == null ? Text.same(d.name()) : d.label(),
                "applicant",
                null,
                Scheme.Absent.UNKNOWN,
                0,
                most(version.catalogue(), d),
                Scheme.Changes.never,
                false,
                List.of(),
                false,
                "");
    }

    private static Scheme.Type type(PolicyPackage version, Derived d) {
        boolean counts = d.as() != Computation.sumOfMonths
                && d.as() != Computation.leastOfMonths
                && d.as() != Computation.mostOfMonths;
        if (counts) return Scheme.Type.INTEGER;
        Set<String> behind = new HashSet<>();
        note(version.catalogue(), d.of(), behind);
        for (String name : behind) {
            Scheme.Fact fact = version.catalogue().fact(name).orElse(null);
            if (fact == null) continue;
            if (d.of().equals(name) && fact.of().equals(Parameter.PERCENT)) return Scheme.Type.PERCENT;
            if (fact.type() == Scheme.Type.FEN || fact.of().equals("fen")) return Scheme.Type.FEN;
        }
        return version.rulesets().stream()
                        .flatMap(r -> r.parameters().values().stream())
                        .anyMatch(p -> behind.contains(p.name()) && p.isSum())
                ? Scheme.Type.FEN
                : Scheme.Type.INTEGER;
    }

    private static @Nullable Long most(Scheme scheme, Derived d) {
        switch (d.as()) {
            case countMonths, longestRun, gaps -> {
                Derived series = derived(scheme, d.of());
                String in = series == null ? d.over().in() : series.over().in();
                return in.isEmpty()
                        ? MOST_MONTHS
                        : (long) scheme.fact(in).orElseThrow().periodKind().months;
            }
            default -> {
                return null;
            }
        }
    }

    private static @Nullable Derived derived(Scheme scheme, String name) {
        return scheme.rules().derived().stream()
                .filter(d -> d.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** All names behind a series. */
    private static void note(Scheme scheme, String name, Set<String> behind) {
        if (!behind.add(name)) return;
        Derived d = derived(scheme, name);
        if (d == null) return;
        for (String text : List.of(
                d.is(),
                d.of(),
                d.over().only(),
                d.over().in(),
                d.over().from(),
                d.over().to())) WORD.matcher(text).results().forEach(word -> note(scheme, word.group(), behind));
    }

    /** All that it is made of: two versions in which this is the same make the same of the same months. */
    private static String definition(PolicyPackage version, Derived d) {
        Set<String> behind = new HashSet<>();
        note(version.catalogue(), d.name(), behind);
        StringBuilder all = new StringBuilder();
        behind.stream().sorted().forEach(name -> {
            Derived made = derived(version.catalogue(), name);
            if (made != null)
                all.append(List.of(made.as(), made.of(), made.is(), made.months(), made.values(), made.over()));
            version.catalogue()
                    .fact(name)
                    .ifPresent(f -> all.append(List.of(f.type(), f.of(), f.min(), f.most(), f.absent())));
            for (Ruleset ruleset : version.rulesets()) {
                Parameter p = ruleset.parameters().get(name);
                if (p != null)
                    all.append(ruleset.inForceFrom()).append(p.chosenBy()).append(p.values());
            }
        });
        return all.toString();
    }
}
