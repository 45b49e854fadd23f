package cn.jincai.assessment;

import cn.jincai.kernel.Period;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Percent;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.YamlEntry;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A worked case of {@code examples.yaml}: shown to applicants, checked before each publication, a promise.
 *
 * @param noticesUntil the last year whose notice on holidays it takes as known; null: all that are, or were when the package was frozen
 * @param facts  typed as an assessment takes them
 * @param lines  of a roster, in their order; none where the case speaks of one employee alone
 * @param expect by benefit: what the file says, only what it says; {@code case} stands for the verdict of the whole
 * @param expectOfLines by the id of a line, likewise
 */
public record WorkedCase(
        Text name,
        LocalDate applicationDate,
        @Nullable Integer noticesUntil,
        Map<String, Object> facts,
        List<AssessedLine.Told> lines,
        Map<String, Map<String, Object>> expect,
        Map<String, Map<String, Object>> expectOfLines,
        @Nullable String verdict,
        String place) {
    private static final String LINES = "lines";
    private static final String[]
            WORDS = {"verdict", "amountFen", "level", "monthlyFen", "months", "reasons", "instalments", "asked"},
            WORDS_OF_A_LINE = {"verdict", "amountFen", "reasons"};

    /** The worked cases of a ruleset; what can't be read becomes a finding. */
    public static List<WorkedCase> of(PolicyPackage policy, Ruleset ruleset, Findings findings) {
        String file = ruleset.folder() + "examples.yaml";
        byte[] bytes = policy.files().get(file);
        if (bytes == null) {
            findings.add(file, "", "assessment.example.MISSING_FILE");
            return List.of();
        }
        return YamlEntry.read(file, bytes, findings).list(e -> read(policy.catalogue(), e));
    }

    private static WorkedCase read(Scheme scheme, YamlEntry e) {
        e.knows("case", "applicationDate", "noticesUntil", "facts", LINES, "expect");
        List<AssessedLine.Told> lines = lines(scheme, e.get(LINES));
        Scheme.Roster roster = scheme.applying().roster();
        Map<String, Object> facts = new HashMap<>();
        e.get("facts").map().forEach((name, value) -> {
            if (!lines.isEmpty() && roster != null && roster.facts().contains(name))
                value.wrong("assessment.example.lines.OF_LINE", name);
            else fact(scheme, name, value, facts);
        });
        Map<String, Map<String, Object>> expect = new LinkedHashMap<>(), expectOfLines = new LinkedHashMap<>();
        String verdict = null;
        YamlEntry expected = e.get("expect");
        for (Map.Entry<String, YamlEntry> said : expected.map().entrySet()) {
            if (said.getKey().equals("case") || said.getKey().equals("caseVerdict"))
                verdict = said.getValue().text();
            else if (said.getKey().equals(LINES)) expectOfLines.putAll(expectOfLines(lines, said.getValue()));
            else if (scheme.benefits().stream().noneMatch(b -> b.code().equals(said.getKey())))
                said.getValue().wrong("assessment.example.UNKNOWN_NAME", said.getKey());
            else expect.put(said.getKey(), said(said.getValue(), WORDS));
        }
        if (expect.isEmpty() && expectOfLines.isEmpty() && verdict == null)
            expected.wrong("assessment.example.MISSING");
        return new WorkedCase(
                e.get("case").bilingual(),
                e.get("applicationDate").date(),
                e.has("noticesUntil") ? (Integer) (int) e.get("noticesUntil").number() : null,
                facts,
                lines,
                expect,
                expectOfLines,
                verdict,
                e.place());
    }

    /** Each with its id, which is its place where none is written, and facts of the roster alone. */
    private static List<AssessedLine.Told> lines(Scheme scheme, YamlEntry told) {
        Scheme.Roster roster = scheme.applying().roster();
        if (roster == null) {
            if (!told.isMissing()) told.wrong("assessment.lines.NO_ROSTER");
            return List.of();
        }
        int count = told.list().size();
        if (count > roster.atMost()) told.wrong("assessment.lines.TOO_MANY", count, roster.atMost());
        List<AssessedLine.Told> lines = new ArrayList<>();
        Map<String, Integer> persons = new HashMap<>();
        for (YamlEntry line : told.list()) {
            String id = line.get(RosterLines.ID).text(String.valueOf(lines.size() + 1));
            if (lines.stream().anyMatch(other -> other.id().equals(id))) line.wrong("assessment.lines.id.TWICE");
            Map<String, Object> facts = new HashMap<>();
            line.map().forEach((name, value) -> {
                if (name.equals(RosterLines.ID)) return;
                if (!roster.facts().contains(name))
                    value.wrong("assessment.lines.UNKNOWN_FACT", String.join(", ", roster.facts()));
                else fact(scheme, name, value, facts);
            });
            lines.add(new AssessedLine.Told(id, facts));
            Object person = facts.get(roster.person());
            Integer before = person == null ? null : persons.putIfAbsent(person.toString(), lines.size());
            if (before != null) line.wrong("assessment.lines.PERSON_TWICE", before);
        }
        return lines;
    }

    private static void fact(Scheme scheme, String name, YamlEntry value, Map<String, Object> facts) {
        Scheme.Fact fact = scheme.fact(name).orElse(null);
        if (fact == null) value.wrong("assessment.example.UNKNOWN_FACT", name);
        else if (!value.isMissing()) facts.put(name, typed(fact, value));
    }

    private static Map<String, Map<String, Object>> expectOfLines(List<AssessedLine.Told> lines, YamlEntry said) {
        Map<String, Map<String, Object>> expect = new LinkedHashMap<>();
        List<String> ids = lines.stream().map(AssessedLine.Told::id).toList();
        said.map().forEach((id, words) -> {
            if (!ids.contains(id)) words.wrong("assessment.example.lines.UNKNOWN_LINE", id, String.join(", ", ids));
            else expect.put(id, said(words, WORDS_OF_A_LINE));
        });
        return expect;
    }

    /** What is no word of it is told, and expected by nobody. */
    private static Map<String, Object> said(YamlEntry said, String[] words) {
        Map<String, Object> expect = said.knows(words).mapOf((word, value) -> value.value());
        expect.keySet().retainAll(Set.of(words));
        return expect;
    }

    private static Object typed(Scheme.Fact fact, YamlEntry e) {
        return switch (fact.type()) {
            case DATE -> e.date();
            case BOOLEAN -> e.flag();
            case INTEGER, FEN -> e.number();
            case PERCENT -> Percent.value(e.percent());
            case TEXT -> fact.values().isEmpty() ? e.text() : e.oneOf(codes(fact));
            case LIST -> e.list(item -> fact.numbers() ? (Object) item.number() : item.oneOf(codes(fact)));
            case SERIES -> series(fact, e);
            case PERIOD -> period(fact, e);
        };
    }

    private static Object series(Scheme.Fact fact, YamlEntry e) {
        SortedMap<String, @Nullable Object> months = new TreeMap<>();
        e.map().forEach((month, value) -> {
            if (Period.month(month) == null) value.wrong("assessment.example.MONTH", month);
            months.put(month, value.isMissing() ? null : typed(fact.ofOneMonth(), value));
        });
        YearMonth hole = areMonths(months.keySet()) ? Facts.hole(months) : null;
        if (hole != null) e.wrong("assessment.example.MONTH_MISSING", hole);
        return Collections.unmodifiableSortedMap(months);
    }

    private static boolean areMonths(Set<String> months) {
        return months.stream().allMatch(month -> Period.month(month) != null);
    }

    private static String period(Scheme.Fact fact, YamlEntry e) {
        String written = e.text();
        if (Period.of(written).filter(p -> p.kind() == fact.periodKind()).isEmpty())
            e.wrong("assessment.example.PERIOD", written, fact.of());
        return written;
    }

    private static String[] codes(Scheme.Fact fact) {
        return fact.values().stream().map(Scheme.Value::code).toArray(String[]::new);
    }
}
