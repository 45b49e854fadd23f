package cn.jincai.policy.reading;

import cn.jincai.policy.Computation;
import cn.jincai.policy.Instalments;
import cn.jincai.policy.Instalments.Window;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Pool;
import cn.jincai.policy.Scheme.AskedFor;
import cn.jincai.policy.Scheme.BenefitRules;
import cn.jincai.policy.Scheme.Choice;
import cn.jincai.policy.Scheme.Derived;
import cn.jincai.policy.Scheme.Over;
import cn.jincai.policy.Scheme.Rules;
import cn.jincai.policy.YamlEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads what {@code scheme.yaml} says under {@code rules}: values derived from facts, and how each benefit is decided and divided. */
final class SchemeRulesReader {
    private static final String[] CHOICES =
            Stream.of(Choice.values()).map(Enum::name).toArray(String[]::new);
    private static final String[] WORDS =
            Stream.of(Computation.values()).map(Enum::name).toArray(String[]::new);

    /** What is made for each month is a number. */
    private static final String MADE = "made";

    private final SchemeFile file;
    private final ToldNames names;

    SchemeRulesReader(SchemeFile file, ToldNames names) {
        this.file = file;
        this.names = names;
    }

    Rules read(PoolReader shared) {
        YamlEntry e = file.own().get("rules").knows("derived", "benefits");
        List<Derived> derived =
                new ArrayList<>(file.derived().stream().map(this::derived).toList());
        List<Pool> pools = shared.pools(derived);
        Map<String, BenefitRules> byCode = new LinkedHashMap<>();
        e.get("benefits").map().forEach((code, b) -> {
            if (!names.benefits().contains(code))
                b.wrong("policy.benefit.UNKNOWN_NAME", code, String.join(", ", names.benefits()));
            byCode.put(code, benefitRules(code, b, pools));
        });
        for (String code : names.benefits())
            if (!byCode.containsKey(code)) e.get("benefits").wrong("policy.benefit.rules.MISSING", code);
        return new Rules(
                derived,
                names.benefits().stream()
                        .flatMap(code -> Stream.ofNullable(byCode.get(code)))
                        .toList(),
                pools);
    }

    private Derived derived(YamlEntry e) {
        Computation as = Computation.valueOf(e.get("as").oneOf(WORDS));
        List<String> known = new ArrayList<>(List.of("fact", "as", "label"));
        known.addAll(as.keys());
        if (as.isOverMonths()) known.addAll(List.of("in", "from", "to"));
        if (as == Computation.forEachMonth) known.add("only");
        e.knows(known.toArray(String[]::new));
        String name = ToldNames.name(e.get("fact"));
        if (!names.facts().add(name)) e.wrong("policy.fact.TWICE", name);
        Map<String, String> words = new HashMap<>();
        for (String key : as.keys())
            if (!key.equals("values")) words.put(key, e.get(key).text());
        for (String key : List.of("from", "on"))
            if (Parameter.BY_GOVERNING_DATE.equals(words.get(key)))
                words.put(key, file.own().get("governingDate").text());
            else if (words.containsKey(key)) names.date(e.get(key));
        if (words.containsKey("benefit")) e.get("benefit").known(names.benefits(), "policy.yaml.name.benefit");
        if (as == Computation.endOfPeriod
                || as == Computation.monthsLater
                || as == Computation.firstDayOf
                || as == Computation.lastDayOf) names.dates().add(name);
        if (as == Computation.firstDayOf || as == Computation.lastDayOf)
            e.get("of").known(names.periods(), "policy.yaml.name.period");
        Over over = over(e, as, name);
        return new Derived(
                name,
                as,
                e.optional("label", YamlEntry::bilingual),
                words.getOrDefault("from", ""),
                words.getOrDefault("on", ""),
                words.getOrDefault("of", ""),
                words.getOrDefault("months", ""),
                e.get("values").mapOf((k, v) -> v.number()),
                words.getOrDefault("is", ""),
                words.getOrDefault("table", ""),
                words.getOrDefault("column", ""),
                words.getOrDefault("benefit", ""),
                e.file(),
                e.place(),
                over);
    }

    private Over over(YamlEntry e, Computation as, String name) {
        if (!as.isOverMonths()) return Over.NOTHING;
        boolean days = e.has("from") || e.has("to");
        if (e.has("in") && days) e.wrong("policy.months.OVER_TWICE");
        if (as == Computation.forEachMonth) eachMonth(e, name);
        else ofMonths(e, as);
        return new Over(
                e.has("in") ? e.get("in").known(names.periods(), "policy.yaml.name.period") : "",
                days ? day(e.get("from")) : "",
                days ? day(e.get("to")) : "",
                e.get("only").text(""));
    }

    private void eachMonth(YamlEntry e, String name) {
        if (!e.has("in") && !e.has("from") && !e.has("to")) e.wrong("policy.months.OVER_NOTHING");
        String only = e.has("only") ? e.get("only").known(names.series().keySet(), "policy.yaml.name.series") : "";
        if (!names.series().getOrDefault(only, "boolean").equals("boolean"))
            e.get("only").wrong("policy.months.ONLY", only);
        names.series().put(name, MADE);
    }

    private void ofMonths(YamlEntry e, Computation as) {
        String of = e.get("of").known(names.series().keySet(), "policy.yaml.name.series");
        String has = names.series().getOrDefault(of, "");
        if (has.equals(MADE) && (e.has("in") || e.has("from") || e.has("to")))
            e.wrong("policy.months.OVER_OF_EACH", of);
        boolean adds = as == Computation.sumOfMonths,
                compares = as == Computation.leastOfMonths || as == Computation.mostOfMonths;
        if ((adds || compares) && has.equals("boolean")) e.get("of").wrong("policy.months.NO_NUMBERS", of);
        if (adds && has.equals(Parameter.PERCENT)) e.get("of").wrong("policy.months.PERCENT_SUM", of);
    }

    private String day(YamlEntry e) {
        return e.text("").equals(Parameter.BY_GOVERNING_DATE)
                ? file.own().get("governingDate").text()
                : names.date(e);
    }

    private BenefitRules benefitRules(String code, YamlEntry e, List<Pool> pools) {
        e.knows("tables", "follows", "untested", "atMost", "instalments", "choice", "askedFor", "perLine");
        List<String> before =
                names.benefits().subList(0, Math.max(0, names.benefits().indexOf(code)));
        return new BenefitRules(
                code,
                e.get("tables").texts(),
                e.optional("follows", f -> f.known(before, "policy.yaml.name.benefitBefore")),
                e.get("untested").mapOf((column, reason) -> names.reason(reason)),
                e.optional("atMost", names::fact),
                instalments(e.get("instalments")),
                pools.stream()
                        .flatMap(p -> Stream.ofNullable(p.left().get(code)))
                        .toList(),
                e.has("choice") ? Choice.valueOf(e.get("choice").oneOf(CHOICES)) : Choice.best,
                e.optional("askedFor", this::askedFor),
                e.get("perLine").flag(false));
    }

    private AskedFor askedFor(YamlEntry e) {
        e.knows("fact", "is");
        String fact = names.fact(e.get("fact"));
        List<String> codes = names.codes().getOrDefault(fact, List.of());
        if (names.facts().contains(fact) && codes.isEmpty()) e.get("fact").wrong("policy.benefit.ASKED_FOR", fact);
        return new AskedFor(
                fact, codes.isEmpty() ? e.get("is").text() : e.get("is").oneOf(codes.toArray(String[]::new)));
    }

    private Instalments instalments(YamlEntry e) {
        if (e.isMissing()) return Instalments.AT_ONCE;
        e.knows("equalParts", "monthsEach", "appliedFor", "deduct", "windows");
        YamlEntry deduct = e.get("deduct").knows("fact", "from");
        Map<Integer, Window> windows = new HashMap<>();
        e.get("windows").map().forEach((part, w) -> {
            w.knows("from", "to");
            if (!part.matches("\\d")) w.wrong("policy.instalment.NUMBER");
            else
                windows.put(
                        Integer.parseInt(part),
                        new Window(w.optional("from", names::date), w.optional("to", names::date)));
        });
        int parts = e.has("equalParts") ? (int) e.get("equalParts").number() : 1;
        if (parts < 1 || parts > 12) e.get("equalParts").wrong("policy.instalment.parts.NUMBER");
        return new Instalments(
                Math.max(1, parts),
                e.has("monthsEach") ? (int) e.get("monthsEach").number() : 0,
                e.optional("appliedFor", names::fact),
                deduct.isMissing() ? null : names.fact(deduct.get("fact")),
                deduct.isMissing() ? 0 : (int) deduct.get("from").number(),
                windows);
    }
}
