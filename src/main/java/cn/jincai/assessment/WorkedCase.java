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
 * @param expect by benefit: what the file says, only what it says; {@code case} stands for the verdict of the whole
 */
public record WorkedCase(
        Text name,
        LocalDate applicationDate,
        @Nullable Integer noticesUntil,
        Map<String, Object> facts,
        Map<String, Map<String, Object>> expect,
        @Nullable String verdict,
        String place) {
    private static final String[] WORDS = {
        "verdict", "amountFen", "level", "monthlyFen", "months", "reasons", "instalments", "asked"
    };

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
        e.knows("case", "applicationDate", "noticesUntil", "facts", "expect");
        Map<String, Object> facts = new HashMap<>();
        e.get("facts").map().forEach((name, value) -> {
            Scheme.Fact fact = scheme.fact(name).orElse(null);
            if (fact == null) value.wrong("assessment.example.UNKNOWN_FACT", name);
            else if (!value.isMissing()) facts.put(name, typed(fact, value));
        });
        Map<String, Map<String, Object>> expect = new LinkedHashMap<>();
        String verdict = null;
        YamlEntry expected = e.get("expect");
        for (Map.Entry<String, YamlEntry> said : expected.map().entrySet()) {
            if (said.getKey().equals("case") || said.getKey().equals("caseVerdict"))
                verdict = said.getValue().text();
            else if (scheme.benefits().stream().noneMatch(b -> b.code().equals(said.getKey())))
                said.getValue().wrong("assessment.example.UNKNOWN_NAME", said.getKey());
            else expect.put(said.getKey(), said.getValue().knows(WORDS).mapOf((word, value) -> value.value()));
        }
        if (expect.isEmpty() && verdict == null) expected.wrong("assessment.example.MISSING");
        return new WorkedCase(
                e.get("case").bilingual(),
                e.get("applicationDate").date(),
                e.has("noticesUntil") ? (Integer) (int) e.get("noticesUntil").number() : null,
                facts,
                expect,
                verdict,
                e.place());
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
