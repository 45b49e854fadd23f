package cn.jincai.policy.reading;

import cn.jincai.policy.Scheme;
import cn.jincai.policy.YamlEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that a {@code scheme.yaml} has told so far; whatever it says of another leads nowhere, which is a finding.
 *
 * @param facts    with derived values
 * @param dates    those of them that are days, and the application date
 * @param reasons  codes
 * @param benefits codes, in the order of the file
 * @param codes    by fact, of those that have some
 * @param periods  facts that are a period
 * @param series   by name, what those that have a value for each month have
 */
record ToldNames(
        Set<String> facts,
        Set<String> dates,
        Set<String> reasons,
        List<String> benefits,
        Map<String, List<String>> codes,
        Set<String> periods,
        Map<String, String> series) {
    private static final String NAME = "[a-z][A-Za-z0-9]*";
    private static final String CODE = "[A-Z0-9][A-Z0-9_:]*";

    ToldNames() {
        this(
                new HashSet<>(),
                new HashSet<>(Set.of(Scheme.APPLICATION_DATE)),
                new HashSet<>(),
                new ArrayList<>(),
                new HashMap<>(),
                new HashSet<>(),
                new HashMap<>());
    }

    String newFact(YamlEntry named, YamlEntry fact) {
        String name = name(named);
        if (!facts.add(name) || name.equals(Scheme.APPLICATION_DATE)) fact.wrong("policy.fact.TWICE", name);
        return name;
    }

    String newBenefit(YamlEntry named, YamlEntry benefit) {
        String code = code(named);
        if (benefits.contains(code)) benefit.wrong("policy.benefit.TWICE", code);
        benefits.add(code);
        return code;
    }

    String date(YamlEntry e) {
        return e.known(dates, "policy.yaml.name.date");
    }

    String fact(YamlEntry e) {
        return e.known(facts, "policy.yaml.name.fact");
    }

    List<String> facts(YamlEntry e) {
        return e.list(this::fact);
    }

    String reason(YamlEntry e) {
        return e.known(reasons, "policy.yaml.name.reason");
    }

    static String name(YamlEntry e) {
        String name = e.text();
        if (!name.isEmpty() && !name.matches(NAME)) e.wrong("policy.fact.NAME", name);
        return name;
    }

    static String code(YamlEntry e) {
        String code = e.text();
        if (!code.isEmpty() && !code.matches(CODE)) e.wrong("policy.benefit.CODE", code);
        return code;
    }
}
