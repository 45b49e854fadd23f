package cn.jincai.policy.reading;

import cn.jincai.kernel.Period;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Absent;
import cn.jincai.policy.Scheme.Benefit;
import cn.jincai.policy.Scheme.Document;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.Scheme.ReasonText;
import cn.jincai.policy.Scheme.Run;
import cn.jincai.policy.Scheme.Type;
import cn.jincai.policy.Scheme.Value;
import cn.jincai.policy.YamlEntry;
import cn.jincai.policy.forms.FormCondition;
import cn.jincai.policy.registers.RegisteredNames;
import cn.jincai.policy.registers.Registers;
import cn.jincai.policy.registers.RegistersReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code scheme.yaml} with what it shares with other schemes. Each word that it does not know, and each name that leads nowhere, is a finding. */
final class SchemeReader {
    private static final String[] KEYS = {
        "code",
        "name",
        "about",
        "governingDate",
        "employerCheck",
        "employerCheckWhen",
        "benefits",
        "facts",
        "reasons",
        "appeal",
        "documents",
        "promises",
        "waivable",
        "panelLevels",
        "leaderAboveFen",
        "noticeAboveFen",
        "reviews",
        "acceptance",
        "quota",
        "paymentKey",
        "sameThing",
        "askedBeforePaying",
        "run",
        "rules",
        "earlierBenefits",
        "pools",
        "offered",
        "applicant",
        "roster",
        "audiences",
        "questions"
    };
    private static final String[] KEYS_OF_A_FACT = {
        "name",
        "type",
        "of",
        "values",
        "label",
        "source",
        "count",
        "whenAbsent",
        "min",
        "max",
        "changes",
        "everyDocument",
        "mendBy",
        "mayLieAhead"
    };
    private static final String[] TYPES = {
        "date", "boolean", "text", "list", "integer", "fen", "percent", "series", "period"
    };
    private static final String[] OF_A_SERIES = {"fen", "integer", "boolean", "percent"},
            OF_A_PERIOD = Stream.of(Period.Kind.values()).map(k -> k.word).toArray(String[]::new);
    private final SchemeFile file;
    private final YamlEntry top;
    private final ToldNames names = new ToldNames();
    private final RegisteredNames registered;

    SchemeReader(SortedMap<String, byte[]> files, Findings findings) {
        registered = new RegisteredNames(RegistersReader.ofPackage(files, findings));
        file = new SchemeFile(files, findings);
        top = file.own();
    }

    Scheme read() {
        top.knows(KEYS);
        top.get("earlierBenefits").list(ToldNames::code);
        String code = top.get("code").text();
        if (!code.matches("[a-z][a-z0-9-]*")) top.get("code").wrong("policy.scheme.CODE");
        if (code.equals(Registers.CODE)) top.get("code").wrong("policy.register.CODE_RESERVED", code);
        List<Benefit> benefits = top.get("benefits").list(this::benefit);
        if (benefits.isEmpty()) top.get("benefits").wrong("policy.benefit.MISSING");
        List<YamlEntry> told = file.facts();
        List<Fact> facts = new ArrayList<>(told.stream().map(this::fact).toList());
        PoolReader pools = new PoolReader(file, names);
        facts.addAll(pools.facts());
        new CountReader(names).countsCompareFacts(told, facts);
        Map<String, ReasonText> reasons = reasons();
        YamlEntry promises = file.shared("promises");
        WayReader way = new WayReader(top, names);
        return new Scheme(
                code,
                top.get("name").bilingual(),
                top.get("about").bilingual(),
                names.date(top.get("governingDate")),
                top.get("employerCheck").flag(false),
                top.optional("employerCheckWhen", SchemeReader::condition),
                benefits,
                facts,
                reasons,
                top.get("documents").list(this::document),
                promises.isMissing() ? null : promises.knows("text").get("text").bilingual(),
                top.get("waivable").list(names::reason),
                top.get("panelLevels").list(e -> (int) e.number()),
                top.optional("leaderAboveFen", YamlEntry::number),
                top.optional("noticeAboveFen", YamlEntry::number),
                names.facts(top.get("paymentKey")),
                names.facts(top.get("sameThing")),
                names.facts(top.get("askedBeforePaying")),
                top.optional("run", this::run),
                new SchemeRulesReader(file, names).read(pools),
                top.get("offered").flag(true),
                way.read(),
                way.applying(),
                front());
    }

    private Scheme.Front front() {
        return new Scheme.Front(
                top.get("audiences").list(registered::audience),
                top.get("questions")
                        .list(e -> new Scheme.Front.Question(
                                e.knows("ask", "answer").get("ask").bilingual(),
                                e.get("answer").bilingual())));
    }

    private Benefit benefit(YamlEntry e) {
        e.knows("code", "name", "fund", "kind", "paid", "validYears");
        return new Benefit(
                names.newBenefit(e.get("code"), e),
                e.get("name").bilingual(),
                registered.fund(e.get("fund")),
                e.get("kind").oneOf("money", "status"),
                e.has("paid") ? e.get("paid").oneOf("at-once", "by-run") : "at-once",
                e.optional("validYears", years -> (int) years.number()));
    }

    private Fact fact(YamlEntry e) {
        e.knows(KEYS_OF_A_FACT);
        String name = names.newFact(e.get("name"), e);
        Type type = Type.valueOf(e.get("type").oneOf(TYPES).toUpperCase(Locale.ROOT));
        if (type == Type.DATE) names.dates().add(name);
        String of = ofMonths(e, type);
        boolean numbers = of.isEmpty()
                && e.has("of")
                && e.get("of").oneOf("text", "integer").equals("integer");
        List<Value> values = values(e.get("values"), type);
        names.codes()
                .put(
                        name,
                        type == Type.BOOLEAN
                                ? List.of("true", "false")
                                : values.stream().map(Value::code).toList());
        String source = registered.source(e.get("source"));
        if (source.equals("own-records") != e.has("count")) e.get("count").wrong("policy.fact.COUNT");
        if (source.equals("own-records") && !of.isEmpty()) e.get("type").wrong("policy.fact.COUNTED_MONTHS");
        if (source.equals("own-records") && type == Type.PERCENT) e.get("type").wrong("policy.fact.COUNTED_PERCENT");
        return new Fact(
                name,
                type,
                values,
                numbers,
                e.get("label").bilingual(),
                source,
                e.optional("count", CountReader::count),
                absent(e.get("whenAbsent"), type),
                e.has("min") ? limit(e.get("min"), type, of) : 0,
                e.optional("max", max -> limit(max, type, of)),
                changes(e.get("changes"), type, source),
                everyDocument(e.get("everyDocument"), type, source),
                e.get("mendBy").texts(),
                mayLieAhead(e.get("mayLieAhead"), type),
                of);
    }

    private static boolean mayLieAhead(YamlEntry e, Type type) {
        boolean ahead = e.flag(false);
        if (ahead && type != Type.DATE) e.wrong("policy.fact.MAY_LIE_AHEAD");
        return ahead;
    }

    /** What a series has for each month, or which kind of period; empty for other facts. */
    private String ofMonths(YamlEntry e, Type type) {
        if (type != Type.SERIES && type != Type.PERIOD) return "";
        String of = e.get("of").oneOf(type == Type.SERIES ? OF_A_SERIES : OF_A_PERIOD);
        if (type == Type.PERIOD) names.periods().add(e.get("name").text());
        else names.series().put(e.get("name").text(), of);
        if (e.has("values")) e.get("values").wrong("policy.fact.MONTHS_WITH_CODES");
        return of;
    }

    private static long limit(YamlEntry e, Type type, String of) {
        return type == Type.PERCENT || of.equals(Parameter.PERCENT) ? e.percent() : e.number();
    }

    private List<Value> values(YamlEntry e, Type type) {
        List<Value> values = e.isMap()
                ? registered.values(e)
                : e.list(v -> new Value(
                        v.knows("code", "name").get("code").text(),
                        v.get("name").bilingual()));
        if (values.size() != values.stream().map(Value::code).distinct().count()) e.wrong("policy.fact.values.TWICE");
        if (type == Type.LIST && values.isEmpty()) e.wrong("policy.fact.values.MISSING");
        return values;
    }

    private static Scheme.Changes changes(YamlEntry e, Type type, String source) {
        if (e.isMissing())
            return type == Type.DATE || type == Type.SERIES || type == Type.PERIOD || source.equals("own-records")
                    ? Scheme.Changes.never
                    : Scheme.Changes.freely;
        Scheme.Changes changes = Scheme.Changes.valueOf(e.oneOf("never", "freely", "monthly"));
        if (changes != Scheme.Changes.never && (type == Type.SERIES || type == Type.PERIOD))
            e.wrong("policy.fact.MONTHS_CHANGE");
        if (changes == Scheme.Changes.monthly && type != Type.INTEGER) e.wrong("policy.fact.CHANGES");
        return changes;
    }

    /** Only of what a source outside answers with yes or no: own records are counted over all documents anyway. */
    private static boolean everyDocument(YamlEntry e, Type type, String source) {
        boolean every = e.flag(false);
        if (every && (type != Type.BOOLEAN || source.equals("own-records") || source.equals("applicant")))
            e.wrong("policy.fact.EVERY_DOCUMENT");
        return every;
    }

    private static Absent absent(YamlEntry e, Type type) {
        String word = e.text("unknown");
        if (word.equals("unknown")) return Absent.UNKNOWN;
        if (type == Type.SERIES || type == Type.PERIOD) e.wrong("policy.fact.MONTHS_ABSENT");
        if (word.equals("none")) return new Absent(true, null);
        if (type == Type.PERCENT) return new Absent(false, e.percent());
        if (word.matches("\\d{1,9}")) return new Absent(false, Long.parseLong(word));
        e.wrong("policy.fact.whenAbsent.UNKNOWN_WORD");
        return Absent.UNKNOWN;
    }

    private Map<String, ReasonText> reasons() {
        YamlEntry shared = file.shared("appeal");
        Text appeal = shared.isMissing() ? null : shared.bilingual();
        Map<String, ReasonText> reasons = new LinkedHashMap<>();
        file.reasons().forEach((code, e) -> {
            e.knows("message", "mend", "appeal");
            names.reasons().add(code);
            reasons.put(
                    code,
                    new ReasonText(
                            code,
                            e.get("message").bilingual(),
                            e.get("mend").bilingual(),
                            e.has("appeal") || appeal == null ? e.get("appeal").bilingual() : appeal));
        });
        return reasons;
    }

    private Document document(YamlEntry e) {
        e.knows("code", "name", "required", "requiredWhen", "when", "promisable", "proves");
        return new Document(
                e.get("code").text(),
                e.get("name").bilingual(),
                e.get("required").flag(),
                e.optional("requiredWhen", SchemeReader::condition),
                e.optional("when", YamlEntry::bilingual),
                e.get("promisable").flag(false),
                names.facts(e.get("proves")));
    }

    /** A FEEL condition over the answers; null where it is none. */
    private static @Nullable String condition(YamlEntry e) {
        try {
            return FormCondition.of(e.text().startsWith("=") ? e.text() : "=" + e.text())
                    .text();
        } catch (IllegalArgumentException wrong) {
            e.wrong("policy.scheme.NOT_FEEL", e.text());
            return null;
        }
    }

    private Run run(YamlEntry e) {
        e.knows(
                "months",
                "covers",
                "maxGapMonths",
                "exceeds",
                "source",
                "outOfPost",
                "uninsured",
                "askedBeforePaying",
                "name",
                "paysFrom",
                "rate",
                "endsWhen",
                "suspendedWhen",
                "recheck");
        boolean asks = e.has("source");
        return new Run(
                e.get("months").list(m -> (int) m.number()),
                (int) e.get("covers").number(),
                e.has("maxGapMonths") ? (int) e.get("maxGapMonths").number() : 0,
                e.get("exceeds").texts(),
                asks ? registered.source(e.get("source")) : null,
                asks ? ToldNames.name(e.get("outOfPost")) : null,
                asks ? ToldNames.name(e.get("uninsured")) : null,
                e.has("askedBeforePaying")
                        ? names.facts(e.get("askedBeforePaying"))
                        : names.facts(top.get("askedBeforePaying")),
                e.optional("name", YamlEntry::bilingual),
                new Scheme.Life(
                        e.has("paysFrom")
                                && e.get("paysFrom")
                                        .oneOf("decision", "application")
                                        .equals("application"),
                        e.has("rate") && e.get("rate").oneOf("kept", "new").equals("new"),
                        e.get("endsWhen").list(turn -> turn(turn, true)),
                        e.get("suspendedWhen").list(turn -> turn(turn, false)),
                        e.has("recheck") && e.get("recheck").oneOf("yearly").equals("yearly")));
    }

    /** What ends a grant is always told with a reason; what suspends it may go by the fact's own name. */
    private Scheme.Turn turn(YamlEntry e, boolean ends) {
        e.knows("fact", "is", "since", "from", "reason");
        return new Scheme.Turn(
                names.fact(e.get("fact")),
                e.get("is").text(),
                e.optional("since", names::fact),
                e.has("from") && e.get("from").oneOf("sameMonth", "nextMonth").equals("sameMonth"),
                ends || e.has("reason") ? names.reason(e.get("reason")) : null);
    }

    /** With derived values. */
    Collection<String> factNames() {
        return names.facts();
    }
}
