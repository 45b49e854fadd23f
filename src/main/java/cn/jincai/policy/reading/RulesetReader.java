package cn.jincai.policy.reading;

import cn.jincai.kernel.IsoDay;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.LegalSource;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Rate;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Table;
import cn.jincai.policy.YamlEntry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one folder below {@code rulesets/}: tables, parameters, sources, and whether they fit together. */
final class RulesetReader {
    private static final List<String> UNITS = List.of(
            "fen", "months", "years", "count", "date", "flag", Parameter.PERCENT, Parameter.RATIO, Parameter.SCALE);

    private static final String[] KEYS = {"unit", "chosenBy", "label", "values"},
            KEYS_OF_A_SCALE = {"unit", "gives", "chosenBy", "label", "values"};

    private final String folder;
    private final String name;
    private final SortedMap<String, byte[]> files;
    private final Findings findings;
    private LocalDate inForceFrom = LocalDate.EPOCH;

    RulesetReader(String name, SortedMap<String, byte[]> files, Findings findings) {
        this.name = name;
        this.folder = "rulesets/" + name + "/";
        this.files = files;
        this.findings = findings;
    }

    Ruleset read(Set<String> dateFacts) {
        List<LegalSource> sources = sources(yaml("sources.yaml"));
        YamlEntry told = yaml("parameters.yaml");
        Map<String, Parameter> parameters = told.isMissing() ? Map.of() : parameters(told, sources, dateFacts);
        List<Table> conditions = tables(
                "conditions.dmn", Set.of("rule", "reason", "effect", "status"), Set.of("fact", "required", "deadline"));
        List<Table> entitlements = tables(
                "benefits.dmn",
                Set.of("rule", "status"),
                Set.of("level", "order", "amountFen", "monthlyFen", "months"));
        Ruleset ruleset = new Ruleset(name, inForceFrom, parameters, conditions, entitlements, sources);
        linkArticles(ruleset);
        return ruleset;
    }

    private byte @Nullable [] file(String file) {
        byte[] content = files.get(folder + file);
        if (content == null) findings.add(folder + file, "", "policy.file.MISSING_FILE");
        return content;
    }

    private YamlEntry yaml(String file) {
        return YamlEntry.read(folder + file, file(file), findings);
    }

    private List<Table> tables(String file, Set<String> needed, Set<String> allowed) {
        byte[] content = file(file);
        return content == null ? List.of() : new TableReader(folder + file, findings).read(content, needed, allowed);
    }

    private Map<String, Parameter> parameters(YamlEntry top, List<LegalSource> sources, Set<String> dateFacts) {
        top.knows("inForceFrom", "parameters");
        inForceFrom = top.get("inForceFrom").date();
        List<String> documents = sources.stream().map(LegalSource::code).toList();
        List<String> choosers = Stream.concat(
                        Stream.of(Parameter.BY_GOVERNING_DATE, Parameter.BY_MONTH),
                        dateFacts.stream().sorted())
                .toList();
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        top.get("parameters").map().forEach((key, e) -> {
            String unit = e.get("unit").oneOf(UNITS.toArray(String[]::new));
            boolean scale = unit.equals(Parameter.SCALE);
            e.knows(scale ? KEYS_OF_A_SCALE : KEYS);
            String gives = scale ? e.get("gives").oneOf("fen", Parameter.PERCENT, "months", "count") : unit;
            String chosenBy = e.has("chosenBy")
                    ? e.get("chosenBy").known(choosers, "policy.yaml.name.date")
                    : Parameter.BY_GOVERNING_DATE;
            List<Parameter.Dated> values = new ArrayList<>();
            e.get("values").map().forEach((day, v) -> values.add(dated(day, v, unit, gives, documents)));
            if (values.isEmpty()) e.get("values").wrong("policy.parameter.MISSING");
            values.sort(Comparator.comparing(Parameter.Dated::from));
            if (values.size()
                    != values.stream().map(Parameter.Dated::from).distinct().count())
                e.get("values").wrong("policy.parameter.TWICE");
            parameters.put(
                    key,
                    new Parameter(
                            key,
                            unit,
                            chosenBy,
                            e.has("label") ? e.get("label").bilingual() : Text.same(key),
                            List.copyOf(values)));
        });
        return parameters;
    }

    private static Parameter.Dated dated(String day, YamlEntry e, String unit, String gives, List<String> documents) {
        e.knows("is", "status", "source", "comparedOn", "note");
        LocalDate from = day.equals("always") ? LocalDate.MIN : IsoDay.read(day);
        if (from == null) e.wrong("policy.parameter.DATE", day);
        Status status = Status.valueOf(e.get("status").oneOf("SOURCED", "UNVERIFIED", "ILLUSTRATIVE"));
        String source = e.get("source").known(documents, "policy.yaml.name.document");
        return new Parameter.Dated(
                from == null ? LocalDate.MIN : from,
                is(e.get("is"), unit, gives),
                status,
                source,
                e.optional("comparedOn", YamlEntry::date),
                e.optional("note", YamlEntry::bilingual));
    }

    private static @Nullable Object is(YamlEntry e, String unit, String gives) {
        if (unit.equals(Parameter.SCALE) && e.isMap()) return new ScaleReader(e, gives).read();
        if (e.text().equals("none")) return null;
        if (unit.equals(Parameter.SCALE)) {
            e.wrong("policy.scale.MISSING");
            return null;
        }
        if (unit.equals("date")) return e.date();
        if (unit.equals("flag")) return e.flag();
        if (unit.equals(Parameter.PERCENT)) return rate(e, Rate.percent(e.text()), "policy.parameter.PERCENT");
        if (unit.equals(Parameter.RATIO)) return rate(e, Rate.ratio(e.text()), "policy.parameter.RATIO");
        long number = e.number();
        if (number < 0 || number > Scheme.LARGEST) e.wrong("policy.parameter.NUMBER");
        return number;
    }

    private static @Nullable Rate rate(YamlEntry e, Optional<Rate> rate, String otherwise) {
        if (rate.isEmpty() && !e.text().isEmpty()) e.wrong(otherwise, e.text());
        return rate.orElse(null);
    }

    private static List<LegalSource> sources(YamlEntry top) {
        top.knows("documents");
        return top.get("documents").list(d -> {
            d.knows("code", "title", "number", "inForceFrom", "inForceUntil", "articles");
            return new LegalSource(
                    d.get("code").text(),
                    d.get("title").bilingual(),
                    d.optional("number", YamlEntry::text),
                    d.optional("inForceFrom", YamlEntry::date),
                    d.optional("inForceUntil", YamlEntry::date),
                    d.get("articles").list(a -> {
                        a.knows("name", "text", "rules");
                        return new LegalSource.Article(
                                a.get("name").bilingual(),
                                a.get("text").bilingual(),
                                a.get("rules").texts());
                    }));
        });
    }

    /** Every rule rests on an article, and no article is cited by a rule that is gone. */
    private void linkArticles(Ruleset ruleset) {
        Set<String> rules = new HashSet<>();
        for (Table table : Stream.concat(ruleset.conditions().stream(), ruleset.entitlements().stream())
                .toList())
            for (Table.Row row : table.rows())
                if (rules.add(row.rule()) && ruleset.basis(row.rule()).isEmpty())
                    findings.add(table.file(), table.place(row), "policy.ruleset.NO_ARTICLE", row.rule());
        for (LegalSource source : ruleset.sources())
            for (LegalSource.Article article : source.articles())
                for (String rule : article.rules())
                    if (!rules.contains(rule))
                        findings.add(
                                folder + "sources.yaml",
                                "document " + source.code(),
                                "policy.ruleset.UNKNOWN_RULE",
                                rule);
    }
}
