package cn.jincai.simulation;

import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.YamlEntry;
import cn.jincai.simulation.AliasSampler.Portion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code population.yaml} of a package; a fact without a margin, and a package without the file, is spread by its type. docs/what-if.md has every key. */
final class PopulationReader {
    static final String FILE = "population.yaml";
    private static final int MOST_CELLS = 4096;
    private static final String[] SPREAD = {"unknown", "codes", "sets", "ranges"};

    private final Vocabulary vocabulary;
    private final DefaultDistributions spreads;

    private PopulationReader(Vocabulary vocabulary, DefaultDistributions spreads) {
        this.vocabulary = vocabulary;
        this.spreads = spreads;
    }

    static Population of(PolicyPackage policy, SchemeRules rules, Findings findings) {
        byte[] bytes = policy.files().get(FILE);
        YamlEntry file = bytes == null ? null : YamlEntry.read(FILE, bytes, findings);
        return new PopulationReader(rules.vocabulary, new DefaultDistributions(rules)).read(file);
    }

    private Population read(@Nullable YamlEntry file) {
        Map<String, FactDistribution> margins = new LinkedHashMap<>();
        int[] breakdown = {};
        Text about = Text.of("simulation.population.byType");
        if (file != null) {
            file.knows("about", "breakdown", "margins");
            about = file.get("about").bilingual();
            breakdown = breakdown(file.get("breakdown"));
            for (Map.Entry<String, YamlEntry> e : file.get("margins").map().entrySet()) {
                Fact fact = vocabulary.scheme.fact(e.getKey()).orElse(null);
                if (fact == null) e.getValue().wrong("simulation.population.UNKNOWN_FACT", e.getKey());
                else margins.put(fact.name(), margin(fact, e.getValue(), margins.keySet()));
            }
        }
        if (file == null || !file.has("breakdown")) breakdown = ofTheEmployer();
        List<FactDistribution> all = new ArrayList<>(margins.values());
        for (Fact fact : vocabulary.scheme.facts())
            if (!margins.containsKey(fact.name())) {
                int slot = vocabulary.known(fact.name()).slot();
                all.add(new FactDistribution(
                        slot,
                        fact.type() == Scheme.Type.DATE ? vocabulary.applicationDate : -1,
                        -1,
                        -1,
                        new AliasSampler[] {spreads.byType(fact)},
                        FactDistribution.setsOf(vocabulary.known(fact.name())),
                        fact.type() == Scheme.Type.SERIES ? FactDistribution.Months.USUAL : null,
                        null,
                        null));
            }
        return new Population(vocabulary, about, breakdown, all);
    }

    private int[] breakdown(YamlEntry e) {
        List<Integer> slots = new ArrayList<>();
        long cells = 1;
        for (YamlEntry item : e.list()) {
            Symbol symbol = vocabulary.scheme.fact(item.text()).isPresent() ? vocabulary.get(item.text()) : null;
            if (symbol == null || symbol.codes().isEmpty() || symbol.kind() == Symbol.Kind.LIST) {
                item.wrong("simulation.population.BREAKDOWN", item.text());
                continue;
            }
            cells *= symbol.codes().size() + 1;
            if (cells > MOST_CELLS) item.wrong("simulation.population.TOO_MANY");
            else slots.add(symbol.slot());
        }
        return slots.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] ofTheEmployer() {
        List<Integer> slots = new ArrayList<>();
        long cells = 1;
        for (Fact fact : vocabulary.scheme.facts()) {
            if (!fact.source().equals("employer")
                    || fact.type() != Scheme.Type.TEXT
                    || fact.values().isEmpty()
                    || (cells *= fact.values().size() + 1) > MOST_CELLS) continue;
            slots.add(vocabulary.known(fact.name()).slot());
        }
        return slots.stream().mapToInt(Integer::intValue).toArray();
    }

    private FactDistribution margin(Fact fact, YamlEntry e, Set<String> before) {
        e.knows(
                "status", "source", "unknown", "codes", "sets", "ranges", "unit", "before", "after", "by", "where",
                "months", "gaps");
        FactDistribution.@Nullable Months months = months(fact, e);
        Status status = Status.valueOf(e.get("status").oneOf("ILLUSTRATIVE", "UNVERIFIED", "SOURCED"));
        Text source = e.get("source").bilingual();
        int slot = vocabulary.known(fact.name()).slot(),
                from = reference(fact, e, before),
                side = e.has("after") ? 1 : -1;
        double unit = fact.type() == Scheme.Type.DATE ? unit(e) : 1;
        if (!e.has("by") && e.has("where")) e.get("where").wrong("simulation.population.where.BY");
        Symbol by = e.has("by") ? vocabulary.get(e.get("by").known(before, "simulation.population.factBefore")) : null;
        List<Bits> sets = FactDistribution.setsOf(vocabulary.known(fact.name()));
        AliasSampler[] spread = {spread(fact, e, unit, sets)};
        if (!e.has("by")) return new FactDistribution(slot, from, side, -1, spread, sets, months, status, source);
        if (by == null || by.codes().isEmpty() || by.kind() == Symbol.Kind.LIST) {
            e.get("by").wrong("simulation.population.BY");
            return new FactDistribution(slot, from, -1, -1, spread, sets, months, status, source);
        }
        AliasSampler[] where = new AliasSampler[by.codes().size() + 1];
        Arrays.fill(where, spread[0]);
        e.get("where").map().forEach((code, w) -> {
            w.knows(SPREAD);
            int at = by.codes().indexOf(code);
            if (at < 0) w.wrong("simulation.population.noCodeOf.UNKNOWN_VALUE", code, by.name());
            else where[at] = spread(fact, w, unit, sets);
        });
        return new FactDistribution(slot, from, side, by.slot(), where, sets, months, status, source);
    }

    /** The day from which the days of a date are counted; -1 for what is no date. */
    private int reference(Fact fact, YamlEntry e, Set<String> before) {
        if (fact.type() == Scheme.Type.DATE)
            return e.has("after")
                    ? day(e.get("after"), before)
                    : e.has("before") ? day(e.get("before"), before) : vocabulary.applicationDate;
        for (String key : List.of("unit", "before", "after"))
            if (e.has(key)) e.get(key).wrong("simulation.population.DATE");
        return -1;
    }

    private static FactDistribution.@Nullable Months months(Fact fact, YamlEntry e) {
        if (fact.type() != Scheme.Type.SERIES) {
            for (String key : List.of("months", "gaps"))
                if (e.has(key)) e.get(key).wrong("simulation.population.MONTHS");
            return null;
        }
        long last = e.has("months") ? e.get("months").number() : FactDistribution.Months.USUAL.last(),
                gaps = e.has("gaps") ? e.get("gaps").number() : FactDistribution.Months.USUAL.gaps();
        if (last < 1 || last > 120) e.get("months").wrong("simulation.population.LAST_MONTHS");
        if (gaps < 0 || gaps > 1000) e.get("gaps").wrong("simulation.population.GAPS");
        return new FactDistribution.Months((int) Math.max(1, Math.min(120, last)), (int) gaps);
    }

    /** In days. */
    private static double unit(YamlEntry e) {
        return switch (e.has("unit") ? e.get("unit").oneOf("days", "months", "years") : "days") {
            case "years" -> 365.2425;
            case "months" -> 30.436875;
            default -> 1;
        };
    }

    private int day(YamlEntry e, Set<String> before) {
        Set<String> days = new TreeSet<>(Set.of(Scheme.APPLICATION_DATE));
        for (String name : before) if (vocabulary.known(name).kind() == Symbol.Kind.DATE) days.add(name);
        String name = e.known(days, "simulation.population.dateBefore");
        return days.contains(name) ? vocabulary.known(name).slot() : vocabulary.applicationDate;
    }

    /** @param sets of a long list, see {@link FactDistribution}; those that are named here are added */
    private AliasSampler spread(Fact fact, YamlEntry e, double unit, @Nullable List<Bits> sets) {
        if (fact.type() == Scheme.Type.SERIES) return spread(fact.ofOneMonth(), e, unit, sets);
        List<Portion> portions = new ArrayList<>();
        String key = switch (fact.type()) {
            case BOOLEAN, TEXT -> "codes";
            case LIST -> "sets";
            default -> "ranges";
        };
        for (String other : List.of("codes", "sets", "ranges"))
            if (!other.equals(key) && e.has(other)) e.get(other).wrong("simulation.population.SPREAD", key);
        List<String> codes = fact.type() == Scheme.Type.BOOLEAN
                ? Symbol.FLAGS
                : vocabulary.known(fact.name()).codes();
        if (key.equals("codes") && codes.isEmpty()) portions.add(Portion.one(1, 0));
        else if (key.equals("codes"))
            e.get(key).map().forEach((code, w) -> portions.add(Portion.one(weight(w), code(codes, code, w))));
        else if (key.equals("sets"))
            e.get(key).list().forEach(set -> {
                set.knows("has", "weight");
                Bits has = Bits.NONE;
                for (YamlEntry item : set.get("has").list()) has = has.with(code(codes, item.text(), item));
                if (sets != null) sets.add(has);
                portions.add(Portion.one(weight(set.get("weight")), sets == null ? has.word() : sets.size() - 1));
            });
        else e.get(key).list().forEach(range -> portions.add(range(fact, range, unit)));
        long total = portions.stream().mapToLong(Portion::weight).sum();
        if (total <= 0) {
            e.wrong("simulation.population.MISSING", key);
            return spreads.byType(fact);
        }
        if (e.has("unknown")) {
            long perMille = e.get("unknown").number();
            if (perMille < 0 || perMille > 999) e.get("unknown").wrong("simulation.population.unknown.NUMBER");
            else if (perMille > 0) {
                portions.replaceAll(p -> new Portion(p.weight() * (1000 - perMille), p.told(), p.from(), p.count()));
                portions.add(Portion.unknown(total * perMille));
            }
        }
        return new AliasSampler(portions);
    }

    private static Portion range(Fact fact, YamlEntry e, double unit) {
        e.knows("from", "to", "weight");
        boolean percent = fact.type() == Scheme.Type.PERCENT;
        long from = percent ? e.get("from").percent() : e.get("from").number(),
                to = percent ? e.get("to").percent() : e.get("to").number();
        boolean date = fact.type() == Scheme.Type.DATE;
        if (to < from || from < (date ? 0 : fact.min()) || to > (date ? 200 * 366L : fact.most())) {
            e.wrong("simulation.population.RANGE");
            return Portion.one(0, 0);
        }
        return Portion.of(weight(e.get("weight")), Math.round(from * unit), Math.round(to * unit));
    }

    private static long weight(YamlEntry e) {
        long weight = e.number();
        if (weight >= 0 && weight <= 1_000_000_000) return weight;
        e.wrong("simulation.population.weight.NUMBER");
        return 0;
    }

    private static int code(List<String> codes, String code, YamlEntry at) {
        int found = codes.indexOf(code);
        if (found < 0) at.wrong("simulation.population.UNKNOWN_VALUE", code, String.join(", ", codes));
        return Math.max(0, found);
    }
}
