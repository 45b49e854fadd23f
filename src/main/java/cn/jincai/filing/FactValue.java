package cn.jincai.filing;

import cn.jincai.policy.Scheme;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One value as JSON, read as its fact's type. What does not read is not told: the form says what is wrong with it. */
final class FactValue {
    private FactValue() {}

    static Optional<Object> read(Scheme scheme, String name, JsonNode value) {
        return scheme.fact(name).flatMap(fact -> value == null ? Optional.empty() : read(fact, value));
    }

    private static Optional<Object> read(Scheme.Fact fact, JsonNode value) {
        return switch (fact.type()) {
            case DATE -> value.isTextual() ? date(value.asText()) : Optional.empty();
            case BOOLEAN -> value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
            case TEXT -> value.isTextual() && isKnown(fact, value.asText()) ? Optional.of(value.asText()) : Optional.empty();
            case LIST -> value.isArray() ? list(fact, value) : Optional.empty();
            case INTEGER, FEN -> value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= fact.min()
                && (fact.max() == null || value.longValue() <= fact.max()) ? Optional.of(value.longValue()) : Optional.empty();
        };
    }

    private static Optional<Object> list(Scheme.Fact fact, JsonNode value) {
        List<Object> items = new ArrayList<>();
        for (JsonNode item : value) {
            if (!isKnown(fact, item.asText())) return Optional.empty();
            items.add(fact.numbers() ? (Object) item.longValue() : item.asText());
        }
        return Optional.of(List.copyOf(items));
    }

    private static boolean isKnown(Scheme.Fact fact, String code) {
        return fact.values().isEmpty() || fact.value(code).isPresent();
    }

    private static Optional<Object> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
