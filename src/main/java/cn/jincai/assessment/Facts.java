package cn.jincai.assessment;

import cn.jincai.kernel.IsoDay;
import cn.jincai.kernel.Period;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Percent;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Fact;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Facts from JSON to types, never by guessing (rulebook 2.16). */
@Component
public class Facts {
    /** Of one fact: fifty years. */
    private static final int MOST_MONTHS = 600;

    private final Packages packages;

    Facts(Packages packages) {
        this.packages = packages;
    }

    /**
     * The facts of this scheme that are told; a null is not told. A fact of another scheme is checked for its form and left out.
     *
     * @param json an object by name, or null
     * @throws Problem MALFORMED with a mistake for each field, {@code facts.NAME}
     */
    public Map<String, Object> read(@Nullable Scheme scheme, @Nullable JsonNode json) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, Object> facts = read(scheme, json, mistakes);
        if (!mistakes.isEmpty()) throw malformed(mistakes);
        return facts;
    }

    /** @param scheme null where it is not known, so that the facts are checked all the same */
    public Map<String, Object> read(@Nullable Scheme scheme, @Nullable JsonNode json, List<Mistake> mistakes) {
        Map<String, Object> facts = new HashMap<>();
        if (json == null || json.isNull() || json.isMissingNode()) return facts;
        if (!json.isObject()) {
            mistakes.add(Mistake.of("facts", "assessment.facts.WRONG_TYPE"));
            return facts;
        }
        List<PolicyPackage> all =
                new LazyList<>(() -> packages.inForce()); // asked only where a fact is not the scheme's own
        json.properties().forEach(entry -> {
            Optional<Fact> own = scheme == null ? Optional.empty() : scheme.fact(entry.getKey());
            Optional<Fact> fact = own.isPresent()
                    ? own
                    : all.stream()
                            .flatMap(p -> p.catalogue().fact(entry.getKey()).stream())
                            .findFirst();
            if (fact.isEmpty()) {
                mistakes.add(Mistake.of("facts." + shortened(entry.getKey()), "assessment.facts.UNKNOWN_FACT"));
            } else if (!entry.getValue().isNull()) {
                Object value = value(fact.get(), entry.getValue(), mistakes);
                if (own.isPresent() && value != null) facts.put(entry.getKey(), value);
            }
        });
        return facts;
    }

    /** One value by itself; empty where it does not suit its fact. Whoever asks says what is wrong with it. */
    public static Optional<Object> readOne(Scheme scheme, String name, @Nullable JsonNode value) {
        return value == null ? Optional.empty() : scheme.fact(name).map(fact -> value(fact, value, new ArrayList<>()));
    }

    /** One value. @param at what stands before its name where a mistake is told */
    static @Nullable Object one(Fact fact, JsonNode value, String at, List<Mistake> mistakes) {
        List<Mistake> wrong = new ArrayList<>();
        Object read = value(fact, value, wrong);
        wrong.forEach(m -> mistakes.add(new Mistake(at + fact.name(), m.code(), m.message())));
        return read;
    }

    public static Problem malformed(List<Mistake> mistakes) {
        return new Problem(Problem.Kind.MALFORMED, "MALFORMED", Text.of("assessment.MALFORMED"), mistakes);
    }

    /** A name that nobody knows may be anything; it is told back no longer than a name is. */
    private static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }

    private static @Nullable Object value(Fact fact, JsonNode json, List<Mistake> mistakes) {
        return switch (fact.type()) {
            case DATE -> {
                LocalDate day = json.isTextual() ? IsoDay.read(json.textValue()) : null;
                yield day != null
                        ? day
                        : wrong(
                                fact,
                                mistakes,
                                json.isTextual() ? "assessment.facts.day.DATE" : "assessment.facts.day.WRONG_TYPE");
            }
            case BOOLEAN ->
                json.isBoolean()
                        ? (Object) json.booleanValue()
                        : wrong(fact, mistakes, "assessment.facts.flag.WRONG_TYPE");
            case INTEGER, FEN -> number(fact, json, mistakes);
            case PERCENT -> percent(fact, json, mistakes);
            case TEXT -> text(fact, json, mistakes);
            case LIST -> list(fact, json, mistakes);
            case SERIES -> series(fact, json, mistakes);
            case PERIOD -> period(fact, json, mistakes);
        };
    }

    private static @Nullable Object number(Fact fact, JsonNode json, List<Mistake> mistakes) {
        if (!json.isIntegralNumber()) return wrong(fact, mistakes, "assessment.facts.number.WRONG_TYPE");
        if (json.canConvertToLong() && json.longValue() >= fact.min() && json.longValue() <= fact.most())
            return json.longValue();
        return wrong(fact, mistakes, "assessment.facts.OUT_OF_RANGE");
    }

    private static @Nullable Object percent(Fact fact, JsonNode json, List<Mistake> mistakes) {
        if (!json.isNumber()) return wrong(fact, mistakes, "assessment.facts.percent.WRONG_TYPE");
        if (Percent.isTooFine(json.numberValue())) return wrong(fact, mistakes, "assessment.facts.TOO_MANY_DECIMALS");
        Optional<Long> parts = Percent.of(json.numberValue());
        if (parts.isPresent() && parts.get() >= fact.min() && parts.get() <= fact.most())
            return Percent.value(parts.get());
        return wrong(fact, mistakes, "assessment.facts.OUT_OF_RANGE");
    }

    private static @Nullable Object text(Fact fact, JsonNode json, List<Mistake> mistakes) {
        if (!json.isTextual()) return wrong(fact, mistakes, "assessment.facts.text.WRONG_TYPE");
        if (fact.values().isEmpty() || fact.value(json.textValue()).isPresent()) return json.textValue();
        return wrong(fact, mistakes, "assessment.facts.text.UNKNOWN_VALUE");
    }

    private static @Nullable Object list(Fact fact, JsonNode json, List<Mistake> mistakes) {
        if (!json.isArray()) return wrong(fact, mistakes, "assessment.facts.list.WRONG_TYPE");
        List<Object> items = new ArrayList<>();
        for (JsonNode item : json) {
            if (fact.numbers() ? !item.isIntegralNumber() : !item.isTextual())
                return wrong(fact, mistakes, "assessment.facts.item.WRONG_TYPE");
            if (fact.value(item.asText()).isEmpty())
                return wrong(fact, mistakes, "assessment.facts.list.UNKNOWN_VALUE");
            Object value = fact.numbers() ? (Object) item.longValue() : item.textValue();
            if (!items.contains(value)) items.add(value);
        }
        return List.copyOf(items);
    }

    /** By month, in their order; null for a month of which nothing is known. */
    private static @Nullable Object series(Fact fact, JsonNode json, List<Mistake> mistakes) {
        if (!json.isObject()) return wrong(fact, mistakes, "assessment.facts.series.WRONG_TYPE");
        SortedMap<String, @Nullable Object> months = new TreeMap<>();
        int before = mistakes.size();
        Fact ofOne = fact.ofOneMonth();
        json.properties().forEach(entry -> {
            String month = entry.getKey();
            if (Period.month(month) == null) {
                wrong(fact, mistakes, "facts." + fact.name() + "." + shortened(month), "assessment.facts.MONTH");
                return;
            }
            List<Mistake> own = new ArrayList<>();
            months.put(month, entry.getValue().isNull() ? null : value(ofOne, entry.getValue(), own));
            own.forEach(m -> mistakes.add(new Mistake(
                    m.field() + "." + month,
                    m.code(),
                    Text.of("assessment.facts.inMonth", Period.said(YearMonth.parse(month)), m.message()))));
        });
        if (mistakes.size() > before) return null;
        if (months.size() > MOST_MONTHS)
            return wrong(fact, mistakes, "facts." + fact.name(), "assessment.facts.TOO_MANY_MONTHS", MOST_MONTHS);
        YearMonth hole = hole(months);
        if (hole != null)
            return wrong(fact, mistakes, "facts." + fact.name() + "." + hole, "assessment.facts.MONTH_MISSING", hole);
        return Collections.unmodifiableSortedMap(months);
    }

    /** The first month between those that are told that is not; null where there is none. */
    static @Nullable YearMonth hole(SortedMap<String, @Nullable Object> months) {
        YearMonth next = null;
        for (String month : months.keySet()) {
            if (next != null && !next.toString().equals(month)) return next;
            next = YearMonth.parse(month).plusMonths(1);
        }
        return null;
    }

    private static @Nullable Object period(Fact fact, JsonNode json, List<Mistake> mistakes) {
        Optional<Period> period = json.isTextual() ? Period.of(json.textValue()) : Optional.empty();
        if (period.isPresent() && period.get().kind() == fact.periodKind()) return json.textValue();
        return wrong(
                fact,
                mistakes,
                json.isTextual()
                        ? "assessment.facts." + fact.of() + ".PERIOD"
                        : "assessment.facts." + fact.of() + ".WRONG_TYPE");
    }

    private static @Nullable Object wrong(
            Fact fact, List<Mistake> mistakes, String field, String key, Object... values) {
        mistakes.add(Mistake.of(
                field,
                key,
                Stream.concat(Stream.of(fact.label()), Stream.of(values)).toArray()));
        return null;
    }

    private static Object limit(Fact fact, long number) {
        return fact.type() == Scheme.Type.PERCENT ? Percent.said(number) : (Object) number;
    }

    private static @Nullable Object wrong(Fact fact, List<Mistake> mistakes, String key) {
        String codes = fact.values().stream().map(Scheme.Value::code).collect(Collectors.joining(", "));
        mistakes.add(Mistake.of(
                "facts." + fact.name(), key, fact.label(), limit(fact, fact.min()), limit(fact, fact.most()), codes));
        return null;
    }
}
