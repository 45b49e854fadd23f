package cn.jincai.simulation;

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

    private Population read(YamlEntry file) {
        Map<String, FactDistribution> margins = new LinkedHashMap<>();
        int[] breakdown = {};
        Text about = new Text(
                "没有为本事项编写人群分布，各事实按类型均匀生成。", "No margins are written for this scheme; each fact is spread by its type.");
        if (file != null) {
            file.knows("about", "breakdown", "margins");
            about = file.get("about").bilingual();
            breakdown = breakdown(file.get("breakdown"));
            for (Map.Entry<String, YamlEntry> e : file.get("margins").map().entrySet()) {
                Fact fact = vocabulary.scheme.fact(e.getKey()).orElse(null);
                if (fact == null)
                    e.getValue()
                            .wrong(
                                    "UNKNOWN_FACT",
                                    "没有事实“" + e.getKey() + "”。",
                                    "There is no fact '" + e.getKey() + "'.");
                else margins.put(fact.name(), margin(fact, e.getValue(), margins.keySet()));
            }
        }
        if (file == null || !file.has("breakdown")) breakdown = ofTheEmployer();
        List<FactDistribution> all = new ArrayList<>(margins.values());
        for (Fact fact : vocabulary.scheme.facts())
            if (!margins.containsKey(fact.name())) {
                int slot = vocabulary.get(fact.name()).slot();
                all.add(new FactDistribution(
                        slot,
                        fact.type() == Scheme.Type.DATE ? vocabulary.applicationDate : -1,
                        -1,
                        -1,
                        new AliasSampler[] {spreads.byType(fact)},
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
                item.wrong(
                        "BREAKDOWN",
                        "“" + item.text() + "”不是有代码的文字或是否事实。",
                        "'" + item.text() + "' is no text with codes and no boolean of this scheme.");
                continue;
            }
            cells *= symbol.codes().size() + 1;
            if (cells > MOST_CELLS) item.wrong("TOO_MANY", "分组过细。", "That breaks the figures down too finely.");
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
            slots.add(vocabulary.get(fact.name()).slot());
        }
        return slots.stream().mapToInt(Integer::intValue).toArray();
    }

    private FactDistribution margin(Fact fact, YamlEntry e, Set<String> before) {
        e.knows("status", "source", "unknown", "codes", "sets", "ranges", "unit", "before", "after", "by", "where");
        Status status = Status.valueOf(e.get("status").oneOf("ILLUSTRATIVE", "UNVERIFIED", "SOURCED"));
        Text source = e.get("source").bilingual();
        int from = -1;
        boolean date = fact.type() == Scheme.Type.DATE;
        if (date)
            from = e.has("after")
                    ? day(e.get("after"), before)
                    : e.has("before") ? day(e.get("before"), before) : vocabulary.applicationDate;
        else
            for (String key : List.of("unit", "before", "after"))
                if (e.has(key)) e.get(key).wrong("DATE", "只用于日期。", "This is for dates only.");
        double unit = !date
                ? 1
                : switch (e.has("unit") ? e.get("unit").oneOf("days", "months", "years") : "days") {
                    case "years" -> 365.2425;
                    case "months" -> 30.436875;
                    default -> 1;
                };
        if (!e.has("by")) {
            if (e.has("where")) e.get("where").wrong("BY", "where 要有 by。", "where needs by.");
            return new FactDistribution(
                    vocabulary.get(fact.name()).slot(),
                    from,
                    e.has("after") ? 1 : -1,
                    -1,
                    new AliasSampler[] {spread(fact, e, unit)},
                    status,
                    source);
        }
        Symbol by = vocabulary.get(e.get("by").known(before, "写在它前面的事实", "fact with a margin before it"));
        AliasSampler otherwise = spread(fact, e, unit);
        if (by == null || by.codes().isEmpty() || by.kind() == Symbol.Kind.LIST) {
            e.get("by").wrong("BY", "by 应是有代码的文字或是否事实。", "by is a text with codes, or a boolean.");
            return new FactDistribution(
                    vocabulary.get(fact.name()).slot(), from, -1, -1, new AliasSampler[] {otherwise}, status, source);
        }
        AliasSampler[] where = new AliasSampler[by.codes().size() + 1];
        Arrays.fill(where, otherwise);
        e.get("where").map().forEach((code, w) -> {
            w.knows(SPREAD);
            int at = by.codes().indexOf(code);
            if (at < 0)
                w.wrong(
                        "UNKNOWN_VALUE",
                        "“" + code + "”不是“" + by.name() + "”的代码。",
                        "'" + code + "' is no code of '" + by.name() + "'.");
            else where[at] = spread(fact, w, unit);
        });
        return new FactDistribution(
                vocabulary.get(fact.name()).slot(), from, e.has("after") ? 1 : -1, by.slot(), where, status, source);
    }

    private int day(YamlEntry e, Set<String> before) {
        Set<String> days = new TreeSet<>(Set.of(Scheme.APPLICATION_DATE));
        for (String name : before) if (vocabulary.get(name).kind() == Symbol.Kind.DATE) days.add(name);
        String name = e.known(days, "写在它前面的日期", "date with a margin before it");
        return days.contains(name) ? vocabulary.get(name).slot() : vocabulary.applicationDate;
    }

    private AliasSampler spread(Fact fact, YamlEntry e, double unit) {
        List<Portion> portions = new ArrayList<>();
        String key = switch (fact.type()) {
            case BOOLEAN, TEXT -> "codes";
            case LIST -> "sets";
            default -> "ranges";
        };
        for (String other : List.of("codes", "sets", "ranges"))
            if (!other.equals(key) && e.has(other))
                e.get(other).wrong("SPREAD", "这一类事实用 " + key + "。", "A fact of this kind has " + key + ".");
        List<String> codes = vocabulary.get(fact.name()).codes();
        if (key.equals("codes") && codes.isEmpty()) portions.add(Portion.one(1, 0));
        else if (key.equals("codes"))
            e.get(key).map().forEach((code, w) -> portions.add(Portion.one(weight(w), code(codes, code, w))));
        else if (key.equals("sets"))
            e.get(key).list().forEach(set -> {
                set.knows("has", "weight");
                long bits = 0;
                for (YamlEntry item : set.get("has").list()) bits |= 1L << code(codes, item.text(), item);
                portions.add(Portion.one(weight(set.get("weight")), bits));
            });
        else e.get(key).list().forEach(range -> portions.add(range(fact, range, unit)));
        long total = portions.stream().mapToLong(Portion::weight).sum();
        if (total <= 0) {
            e.wrong("MISSING", "没有写 " + key + "，或权重都是0。", "There is no " + key + ", or all weights are 0.");
            return spreads.byType(fact);
        }
        if (e.has("unknown")) {
            long perMille = e.get("unknown").number();
            if (perMille < 0 || perMille > 999)
                e.get("unknown").wrong("NUMBER", "unknown 是千分数，应为0到999。", "unknown is per mille, from 0 to 999.");
            else if (perMille > 0) {
                portions.replaceAll(p -> new Portion(p.weight() * (1000 - perMille), p.told(), p.from(), p.count()));
                portions.add(Portion.unknown(total * perMille));
            }
        }
        return new AliasSampler(portions);
    }

    private static Portion range(Fact fact, YamlEntry e, double unit) {
        e.knows("from", "to", "weight");
        long from = e.get("from").number(), to = e.get("to").number();
        boolean date = fact.type() == Scheme.Type.DATE;
        if (to < from || from < (date ? 0 : fact.min()) || to > (date ? 200 * 366L : fact.most())) {
            e.wrong(
                    "RANGE",
                    "范围不对：from 不大于 to，且在事实的上下限之内。",
                    "No range: from is at most to, and both lie within the fact's limits.");
            return Portion.one(0, 0);
        }
        return Portion.of(weight(e.get("weight")), Math.round(from * unit), Math.round(to * unit));
    }

    private static long weight(YamlEntry e) {
        long weight = e.number();
        if (weight >= 0 && weight <= 1_000_000_000) return weight;
        e.wrong("NUMBER", "权重应为0到十亿。", "A weight is from 0 to a thousand million.");
        return 0;
    }

    private static int code(List<String> codes, String code, YamlEntry at) {
        int found = codes.indexOf(code);
        if (found < 0)
            at.wrong(
                    "UNKNOWN_VALUE",
                    "“" + code + "”不是代码，可用：" + String.join(", ", codes),
                    "'" + code + "' is no code; known are " + String.join(", ", codes));
        return Math.max(0, found);
    }
}
