package cn.jincai.registry;

import cn.jincai.kernel.Period;
import cn.jincai.policy.Percent;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a source's answer strictly (docs/sources.md); any deviation is an IllegalArgumentException without the value in it. */
final class AnswerForm {
    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_LIST = 100;
    private static final int MOST_MONTHS = 600;

    private AnswerForm() {}

    static LocalDate date(JsonNode node) {
        try {
            return LocalDate.parse(node.asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a date YYYY-MM-DD", e);
        }
    }

    /** Only what was asked is kept, even where the source tells more. */
    static Map<String, Object> facts(JsonNode node, Set<String> asked) {
        if (!node.isObject()) throw new IllegalArgumentException("facts is no object");
        var facts = new TreeMap<String, Object>();
        for (String name : asked) {
            JsonNode value = node.path(name);
            if (!value.isMissingNode() && !value.isNull()) facts.put(name, value(value));
        }
        return facts;
    }

    private static Object value(JsonNode node) {
        if (node.isBoolean()) return node.booleanValue();
        if (node.isIntegralNumber() && node.canConvertToLong()) return node.longValue();
        if (node.isNumber())
            return Percent.of(node.numberValue())
                    .map(Percent::value)
                    .orElseThrow(
                            () -> new IllegalArgumentException("a number with more decimals than a percentage has"));
        if (node.isTextual() && node.textValue().length() <= LONGEST_TEXT) return node.textValue();
        if (node.isArray() && node.size() <= LONGEST_LIST) return list(node);
        if (node.isObject() && !node.isEmpty() && node.size() <= MOST_MONTHS) return months(node);
        throw new IllegalArgumentException("a value of a kind that facts don't have");
    }

    /** A value for each month; null where nobody knows it. */
    private static Map<String, @Nullable Object> months(JsonNode node) {
        var months = new TreeMap<String, @Nullable Object>();
        node.properties().forEach(e -> {
            if (Period.month(e.getKey()) == null) throw new IllegalArgumentException("not a month YYYY-MM");
            if (e.getValue().isContainerNode()) throw new IllegalArgumentException("no single value for a month");
            months.put(e.getKey(), e.getValue().isNull() ? null : value(e.getValue()));
        });
        return Collections.unmodifiableMap(months);
    }

    private static List<Object> list(JsonNode node) {
        var list = new ArrayList<>();
        for (JsonNode item : node) {
            if (item.isArray()) throw new IllegalArgumentException("a list in a list");
            list.add(value(item));
        }
        return List.copyOf(list);
    }
}
