package cn.jincai.assessment;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.YamlEntry;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Facts from JSON to types, never by guessing (rulebook 2.16). */
@Component
public class Facts {
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
    public Map<String, Object> read(Scheme scheme, JsonNode json) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, Object> facts = read(scheme, json, mistakes);
        if (!mistakes.isEmpty()) throw malformed(mistakes);
        return facts;
    }

    /** @param scheme null where it is not known, so that the facts are checked all the same */
    public Map<String, Object> read(Scheme scheme, JsonNode json, List<Mistake> mistakes) {
        Map<String, Object> facts = new HashMap<>();
        if (json == null || json.isNull() || json.isMissingNode()) return facts;
        if (!json.isObject()) {
            mistakes.add(new Mistake("facts", "WRONG_TYPE", new Text("facts 应是对象。", "facts has to be an object.")));
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
                mistakes.add(new Mistake(
                        "facts." + shortened(entry.getKey()),
                        "UNKNOWN_FACT",
                        new Text("没有这个事实。", "There is no such fact.")));
            } else if (!entry.getValue().isNull()) {
                Object value = value(fact.get(), entry.getValue(), mistakes);
                if (own.isPresent() && value != null) facts.put(entry.getKey(), value);
            }
        });
        return facts;
    }

    /** One value by itself; empty where it does not suit its fact. Whoever asks says what is wrong with it. */
    public static Optional<Object> readOne(Scheme scheme, String name, JsonNode value) {
        return value == null ? Optional.empty() : scheme.fact(name).map(fact -> value(fact, value, new ArrayList<>()));
    }

    public static Problem malformed(List<Mistake> mistakes) {
        return new Problem(
                Problem.Kind.MALFORMED,
                "MALFORMED",
                new Text("请求有误，未作测算。", "The request is wrong; nothing was assessed."),
                mistakes);
    }

    /** A name that nobody knows may be anything; it is told back no longer than a name is. */
    private static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }

    private static Object value(Fact fact, JsonNode json, List<Mistake> mistakes) {
        return switch (fact.type()) {
            case DATE -> {
                LocalDate day = json.isTextual() ? YamlEntry.date(json.textValue()) : null;
                yield day != null
                        ? day
                        : wrong(
                                fact,
                                mistakes,
                                json.isTextual() ? "DATE" : "WRONG_TYPE",
                                "应是写作 YYYY-MM-DD 的日期。",
                                "has to be a day that exists, written YYYY-MM-DD.");
            }
            case BOOLEAN ->
                json.isBoolean()
                        ? (Object) json.booleanValue()
                        : wrong(fact, mistakes, "WRONG_TYPE", "应是 true 或 false。", "has to be true or false.");
            case INTEGER, FEN -> number(fact, json, mistakes);
            case TEXT -> text(fact, json, mistakes);
            case LIST -> list(fact, json, mistakes);
        };
    }

    private static Object number(Fact fact, JsonNode json, List<Mistake> mistakes) {
        if (!json.isIntegralNumber())
            return wrong(
                    fact, mistakes, "WRONG_TYPE", "应是整数（不带小数点）。", "has to be a whole number without a decimal point.");
        if (json.canConvertToLong() && json.longValue() >= fact.min() && json.longValue() <= fact.most())
            return json.longValue();
        return wrong(
                fact,
                mistakes,
                "OUT_OF_RANGE",
                "应在" + fact.min() + "到" + fact.most() + "之间。",
                "has to be from " + fact.min() + " to " + fact.most() + ".");
    }

    private static Object text(Fact fact, JsonNode json, List<Mistake> mistakes) {
        if (!json.isTextual()) return wrong(fact, mistakes, "WRONG_TYPE", "应是文字。", "has to be a text.");
        if (fact.values().isEmpty() || fact.value(json.textValue()).isPresent()) return json.textValue();
        return wrong(
                fact,
                mistakes,
                "UNKNOWN_VALUE",
                "应是其中之一：" + codes(fact) + "。",
                "has to be one of " + codes(fact) + ".");
    }

    private static Object list(Fact fact, JsonNode json, List<Mistake> mistakes) {
        if (!json.isArray()) return wrong(fact, mistakes, "WRONG_TYPE", "应是清单。", "has to be a list.");
        List<Object> items = new ArrayList<>();
        for (JsonNode item : json) {
            if (fact.numbers() ? !item.isIntegralNumber() : !item.isTextual())
                return wrong(fact, mistakes, "WRONG_TYPE", "清单里的类型不对。", "holds something of a wrong type.");
            if (fact.value(item.asText()).isEmpty())
                return wrong(
                        fact,
                        mistakes,
                        "UNKNOWN_VALUE",
                        "清单里只能有：" + codes(fact) + "。",
                        "may hold only " + codes(fact) + ".");
            Object value = fact.numbers() ? (Object) item.longValue() : item.textValue();
            if (!items.contains(value)) items.add(value);
        }
        return List.copyOf(items);
    }

    private static String codes(Fact fact) {
        return fact.values().stream().map(Scheme.Value::code).collect(Collectors.joining(", "));
    }

    private static Object wrong(Fact fact, List<Mistake> mistakes, String code, String zh, String en) {
        mistakes.add(new Mistake(
                "facts." + fact.name(),
                code,
                new Text("“" + fact.label().zh() + "”" + zh, fact.label().en() + " " + en)));
        return null;
    }
}
