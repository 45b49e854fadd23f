package cn.jincai.policy;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Scheme.Absent;
import cn.jincai.policy.Scheme.As;
import cn.jincai.policy.Scheme.Benefit;
import cn.jincai.policy.Scheme.BenefitRules;
import cn.jincai.policy.Scheme.Count;
import cn.jincai.policy.Scheme.Derived;
import cn.jincai.policy.Scheme.Document;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.Scheme.Instalments;
import cn.jincai.policy.Scheme.Matching;
import cn.jincai.policy.Scheme.ReasonText;
import cn.jincai.policy.Scheme.Rules;
import cn.jincai.policy.Scheme.Run;
import cn.jincai.policy.Scheme.Type;
import cn.jincai.policy.Scheme.Value;
import cn.jincai.policy.Scheme.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Reads {@code scheme.yaml} with what it shares with other schemes. Each word that it does not know, and each name that leads nowhere, is a finding. */
final class SchemeReader {
    private static final String[] FUNDS = {"TALENT_FUND", "EMPLOYMENT_FUND", "UNEMPLOYMENT_INSURANCE_FUND"};
    private static final String[] SOURCES = {
        "identity", "insurance", "employer", "tax", "degree", "certificate", "ban", "own-records", "applicant"
    };
    private static final String NAME = "[a-z][A-Za-z0-9]*";
    private static final String CODE = "[A-Z0-9][A-Z0-9_:]*";

    private final SchemeFile file;
    private final YamlEntry top;
    private final Set<String> factNames = new HashSet<>();
    private final Set<String> dateFacts = new HashSet<>(Set.of(Scheme.APPLICATION_DATE));
    private final Set<String> reasonCodes = new HashSet<>();
    private final List<String> benefitCodes = new ArrayList<>();

    SchemeReader(SortedMap<String, byte[]> files, Findings findings) {
        file = new SchemeFile(files, findings);
        top = file.own();
    }

    Scheme read() {
        top.knows(
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
                "paymentKey",
                "sameThing",
                "askedBeforePaying",
                "run",
                "rules",
                "earlierBenefits");
        top.get("earlierBenefits").list(SchemeReader::code);
        String code = top.get("code").text();
        if (!code.matches("[a-z][a-z0-9-]*")) top.get("code").wrong("policy.scheme.CODE");
        List<Benefit> benefits = top.get("benefits").list(this::benefit);
        if (benefits.isEmpty()) top.get("benefits").wrong("policy.benefit.MISSING");
        List<YamlEntry> told = file.facts();
        List<Fact> facts = told.stream().map(this::fact).toList();
        countsCompareFacts(told);
        Map<String, ReasonText> reasons = reasons();
        return new Scheme(
                code,
                top.get("name").bilingual(),
                top.get("about").bilingual(),
                date(top.get("governingDate")),
                top.get("employerCheck").flag(false),
                condition(top.get("employerCheckWhen")),
                benefits,
                facts,
                reasons,
                top.get("documents").list(this::document),
                promises(),
                top.get("waivable").list(this::reason),
                top.get("panelLevels").list(e -> (int) e.number()),
                top.has("leaderAboveFen") ? top.get("leaderAboveFen").number() : null,
                factList("paymentKey"),
                factList("sameThing"),
                factList("askedBeforePaying"),
                run(),
                rules());
    }

    private Benefit benefit(YamlEntry e) {
        e.knows("code", "name", "fund", "kind", "paid", "validYears");
        String code = code(e.get("code"));
        if (benefitCodes.contains(code)) e.wrong("policy.benefit.TWICE", code);
        benefitCodes.add(code);
        return new Benefit(
                code,
                e.get("name").bilingual(),
                e.get("fund").oneOf(FUNDS),
                e.get("kind").oneOf("money", "status"),
                e.has("paid") ? e.get("paid").oneOf("at-once", "by-run") : "at-once",
                e.has("validYears") ? (int) e.get("validYears").number() : null);
    }

    private Fact fact(YamlEntry e) {
        e.knows(
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
                "mendBy");
        String name = name(e.get("name"));
        if (!factNames.add(name) || name.equals(Scheme.APPLICATION_DATE)) e.wrong("policy.fact.TWICE", name);
        Type type = Type.valueOf(e.get("type")
                .oneOf("date", "boolean", "text", "list", "integer", "fen")
                .toUpperCase(Locale.ROOT));
        if (type == Type.DATE) dateFacts.add(name);
        boolean numbers = e.has("of") && e.get("of").oneOf("text", "integer").equals("integer");
        List<Value> values = e.get("values")
                .list(v -> new Value(
                        v.knows("code", "name").get("code").text(),
                        v.get("name").bilingual()));
        if (values.size() != values.stream().map(Value::code).distinct().count())
            e.get("values").wrong("policy.fact.values.TWICE");
        if (type == Type.LIST && values.isEmpty()) e.get("values").wrong("policy.fact.values.MISSING");
        if (values.size() > 64) e.get("values").wrong("policy.fact.values.TOO_MANY");
        String source = e.get("source").oneOf(SOURCES);
        if (source.equals("own-records") != e.has("count")) e.get("count").wrong("policy.fact.COUNT");
        return new Fact(
                name,
                type,
                values,
                numbers,
                e.get("label").bilingual(),
                source,
                count(e.get("count")),
                absent(e.get("whenAbsent")),
                e.has("min") ? e.get("min").number() : 0,
                e.has("max") ? e.get("max").number() : null,
                changes(e.get("changes"), type, source),
                e.get("mendBy").texts());
    }

    private static Scheme.Changes changes(YamlEntry e, Type type, String source) {
        if (e.isMissing())
            return type == Type.DATE || source.equals("own-records") ? Scheme.Changes.never : Scheme.Changes.freely;
        Scheme.Changes changes = Scheme.Changes.valueOf(e.oneOf("never", "freely", "monthly"));
        if (changes == Scheme.Changes.monthly && type != Type.INTEGER) e.wrong("policy.fact.CHANGES");
        return changes;
    }

    private static Absent absent(YamlEntry e) {
        String word = e.text("unknown");
        if (word.equals("unknown")) return Absent.UNKNOWN;
        if (word.equals("none")) return new Absent(true, null);
        if (word.matches("\\d{1,9}")) return new Absent(false, Long.parseLong(word));
        e.wrong("policy.fact.whenAbsent.UNKNOWN_WORD");
        return Absent.UNKNOWN;
    }

    private static Count count(YamlEntry e) {
        if (e.isMissing()) return null;
        e.knows("of", "benefits", "within", "sameFacts", "matching", "prefix", "fact");
        return new Count(
                e.get("of").oneOf("amountFen", "level", "months", "instalments", "cases", "exists", "levels"),
                e.get("benefits").texts(),
                e.get("within").oneOf("calendarYear", "life", "inForce"),
                e.get("sameFacts").texts(),
                matching(e.get("matching")),
                e.get("prefix").mapOf((k, v) -> v.text()),
                e.has("fact") ? e.get("fact").text() : null);
    }

    private static Matching matching(YamlEntry e) {
        if (e.isMissing()) return null;
        e.knows("mine", "theirs", "values");
        return new Matching(
                e.get("mine").text(), e.get("theirs").text(), e.get("values").mapOf((k, v) -> v.text()));
    }

    /** Facts of this scheme that a count compares: they may stand below it in the file, so they are looked at once all are read. */
    private void countsCompareFacts(List<YamlEntry> facts) {
        for (YamlEntry fact : facts) {
            if (!fact.isMap() || !fact.get("count").isMap()) continue;
            YamlEntry count = fact.get("count");
            count.get("sameFacts").list().forEach(this::factName);
            if (count.has("matching")) factName(count.get("matching").get("mine"));
        }
    }

    private Map<String, ReasonText> reasons() {
        YamlEntry shared = file.shared("appeal");
        Text appeal = shared.isMissing() ? null : shared.bilingual();
        Map<String, ReasonText> reasons = new LinkedHashMap<>();
        file.reasons().forEach((code, e) -> {
            e.knows("message", "mend", "appeal");
            reasonCodes.add(code);
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
        e.knows("code", "name", "required", "requiredWhen", "promisable", "proves");
        return new Document(
                e.get("code").text(),
                e.get("name").bilingual(),
                e.get("required").flag(),
                condition(e.get("requiredWhen")),
                e.get("promisable").flag(false),
                facts(e.get("proves")));
    }

    /** A FEEL condition over the answers, or null. */
    private static String condition(YamlEntry e) {
        if (e.isMissing()) return null;
        try {
            return FormCondition.of(e.text().startsWith("=") ? e.text() : "=" + e.text())
                    .text();
        } catch (IllegalArgumentException wrong) {
            e.wrong("policy.scheme.NOT_FEEL", e.text());
            return null;
        }
    }

    private Text promises() {
        YamlEntry e = file.shared("promises");
        return e.isMissing() ? null : e.knows("text").get("text").bilingual();
    }

    private Run run() {
        YamlEntry e = top.get("run");
        if (e.isMissing()) return null;
        e.knows("months", "covers", "maxGapMonths", "exceeds", "source", "outOfPost", "uninsured", "askedBeforePaying");
        boolean asks = e.has("source");
        return new Run(
                e.get("months").list(m -> (int) m.number()),
                (int) e.get("covers").number(),
                (int) e.get("maxGapMonths").number(),
                e.get("exceeds").texts(),
                asks ? e.get("source").oneOf(SOURCES) : null,
                asks ? name(e.get("outOfPost")) : null,
                asks ? name(e.get("uninsured")) : null,
                e.has("askedBeforePaying") ? facts(e.get("askedBeforePaying")) : factList("askedBeforePaying"));
    }

    private Rules rules() {
        YamlEntry e = top.get("rules").knows("derived", "benefits");
        List<Derived> derived = file.derived().stream().map(this::derived).toList();
        Map<String, BenefitRules> byCode = new LinkedHashMap<>();
        e.get("benefits").map().forEach((code, b) -> {
            if (!benefitCodes.contains(code))
                b.wrong("policy.benefit.UNKNOWN_NAME", code, String.join(", ", benefitCodes));
            byCode.put(code, benefitRules(code, b));
        });
        for (String code : benefitCodes)
            if (!byCode.containsKey(code)) e.get("benefits").wrong("policy.benefit.rules.MISSING", code);
        return new Rules(
                derived,
                benefitCodes.stream()
                        .filter(byCode::containsKey)
                        .map(byCode::get)
                        .toList());
    }

    /** The keys that each word for a derived value needs, and nothing beside them. */
    private static final Map<As, List<String>> KEYS = new HashMap<>(Map.of(
            As.completedYears,
            List.of("from", "on"),
            As.completedMonths,
            List.of("from", "on"),
            As.endOfPeriod,
            List.of("from", "months"),
            As.monthsLater,
            List.of("from", "months"),
            As.number,
            List.of("of", "values"),
            As.calculation,
            List.of("is"),
            As.bestForCertain,
            List.of("table"),
            As.bestPossible,
            List.of("table"),
            As.limitMissed,
            List.of("table", "column"),
            As.outputOf,
            List.of("table", "column")));

    static {
        KEYS.put(As.sumOf, List.of("benefit"));
        KEYS.put(As.verdictOf, List.of("benefit"));
    }

    private Derived derived(YamlEntry e) {
        As as = As.valueOf(
                e.get("as").oneOf(Stream.of(As.values()).map(Enum::name).toArray(String[]::new)));
        List<String> known = new ArrayList<>(List.of("fact", "as", "label"));
        known.addAll(KEYS.get(as));
        e.knows(known.toArray(String[]::new));
        String name = name(e.get("fact"));
        if (!factNames.add(name)) e.wrong("policy.fact.TWICE", name);
        Map<String, String> words = new HashMap<>();
        for (String key : KEYS.get(as))
            if (!key.equals("values")) words.put(key, e.get(key).text());
        for (String key : List.of("from", "on"))
            if (Parameter.BY_GOVERNING_DATE.equals(words.get(key)))
                words.put(key, top.get("governingDate").text());
            else if (words.containsKey(key)) date(e.get(key));
        if (words.containsKey("benefit")) e.get("benefit").known(benefitCodes, "policy.yaml.name.benefit");
        if (as == As.endOfPeriod || as == As.monthsLater) dateFacts.add(name);
        return new Derived(
                name,
                as,
                e.has("label") ? e.get("label").bilingual() : null,
                words.get("from"),
                words.get("on"),
                words.get("of"),
                words.get("months"),
                e.get("values").mapOf((k, v) -> v.number()),
                words.get("is"),
                words.get("table"),
                words.get("column"),
                words.get("benefit"),
                e.file(),
                e.place());
    }

    private BenefitRules benefitRules(String code, YamlEntry e) {
        e.knows("tables", "follows", "untested", "atMost", "instalments");
        String follows = e.has("follows")
                ? e.get("follows")
                        .known(
                                benefitCodes.subList(0, Math.max(0, benefitCodes.indexOf(code))),
                                "policy.yaml.name.benefitBefore")
                : null;
        return new BenefitRules(
                code,
                e.get("tables").texts(),
                follows,
                e.get("untested").mapOf((column, reason) -> reason(reason)),
                e.has("atMost") ? factName(e.get("atMost")) : null,
                instalments(e.get("instalments")));
    }

    private Instalments instalments(YamlEntry e) {
        if (e.isMissing()) return Instalments.AT_ONCE;
        e.knows("equalParts", "monthsEach", "appliedFor", "deduct", "windows");
        YamlEntry deduct = e.get("deduct").knows("fact", "from");
        Map<Integer, Window> windows = new HashMap<>();
        e.get("windows").map().forEach((part, w) -> {
            w.knows("from", "to");
            if (!part.matches("\\d")) w.wrong("policy.instalment.NUMBER");
            else windows.put(Integer.parseInt(part), new Window(dateOrNull(w.get("from")), dateOrNull(w.get("to"))));
        });
        int parts = e.has("equalParts") ? (int) e.get("equalParts").number() : 1;
        if (parts < 1 || parts > 12) e.get("equalParts").wrong("policy.instalment.parts.NUMBER");
        return new Instalments(
                Math.max(1, parts),
                e.has("monthsEach") ? (int) e.get("monthsEach").number() : 0,
                e.has("appliedFor") ? factName(e.get("appliedFor")) : null,
                deduct.isMissing() ? null : factName(deduct.get("fact")),
                deduct.isMissing() ? 0 : (int) deduct.get("from").number(),
                windows);
    }

    private String dateOrNull(YamlEntry e) {
        return e.isMissing() ? null : date(e);
    }

    private String date(YamlEntry e) {
        return e.known(dateFacts, "policy.yaml.name.date");
    }

    private String factName(YamlEntry e) {
        return e.known(factNames, "policy.yaml.name.fact");
    }

    private String reason(YamlEntry e) {
        return e.known(reasonCodes, "policy.yaml.name.reason");
    }

    private List<String> factList(String key) {
        return facts(top.get(key));
    }

    private List<String> facts(YamlEntry e) {
        return e.list(this::factName);
    }

    private static String name(YamlEntry e) {
        String name = e.text();
        if (!name.isEmpty() && !name.matches(NAME)) e.wrong("policy.fact.NAME", name);
        return name;
    }

    private static String code(YamlEntry e) {
        String code = e.text();
        if (!code.isEmpty() && !code.matches(CODE)) e.wrong("policy.benefit.CODE", code);
        return code;
    }

    Collection<String> factNames() {
        return factNames;
    }
}
