package cn.jincai.policy.editing;

import cn.jincai.kernel.Period;
import cn.jincai.policy.Percent;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.Scheme.Type;
import cn.jincai.policy.Scheme.Value;
import cn.jincai.policy.forms.Written;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fact between a field of a form and a value in YAML. In the field a sum is yuan; a list is its codes with commas, or {@link #NONE} where it is known to be empty; a series
 * has one month a line, such as {@code 2026-04 1000}; a field left empty is unknown.
 */
public final class FactText {
    /** Known to be none. */
    public static final String NONE = "-";

    private static final String QUARTERS = "1234一二三四";

    private static final int LONGEST = 200;
    private static final Pattern MONTH = Pattern.compile("(\\d{4}\\s*[-/.年]\\s*\\d{1,2}\\s*月?)[\\s:：,，]*(.*)"),
            QUARTER = Pattern.compile("(\\d{4})\\s*年?\\s*第?([" + QUARTERS + "])季度"),
            HALF = Pattern.compile("(\\d{4})\\s*年?\\s*([上下])半年");

    private FactText() {}

    /** As the field shows it. @param value as YAML gives it: a number, a flag, a text, a list or a map by month; null is unknown */
    static String shown(Fact fact, @Nullable Object value) {
        if (value == null) return "";
        if (value instanceof List<?> list)
            return list.isEmpty() ? NONE : list.stream().map(String::valueOf).collect(Collectors.joining(","));
        if (value instanceof Map<?, ?> months)
            return months.entrySet().stream()
                    .map(e -> (e.getKey() + " " + shown(fact.ofOneMonth(), e.getValue())).strip())
                    .sorted()
                    .collect(Collectors.joining("\n"));
        if (fact.type() == Type.FEN && value instanceof Long fen) return yuan(fen);
        return String.valueOf(value);
    }

    /** Without separators: several may stand in one field. */
    public static String yuan(long fen) {
        BigDecimal yuan = BigDecimal.valueOf(fen, 2);
        return fen % 100 == 0 ? yuan.setScale(0).toPlainString() : yuan.toPlainString();
    }

    /** In flow style; empty where it is none of its type. @param typed not blank */
    static Optional<String> yaml(Fact fact, String typed) {
        String text = typed.strip();
        if (text.length() > LONGEST && fact.type() != Type.SERIES && fact.type() != Type.LIST) return Optional.empty();
        return switch (fact.type()) {
            case DATE -> Written.day(text).map(LocalDate::toString);
            case BOOLEAN -> Optional.of(text).filter(t -> t.equals("true") || t.equals("false"));
            case INTEGER ->
                text.matches("-\\d{1,15}")
                        ? Optional.of(text)
                        : Written.number(text).map(String::valueOf);
            case FEN -> Written.fen(text).map(String::valueOf);
            case PERCENT ->
                Written.percent(text).filter(p -> Percent.of(new BigDecimal(p)).isPresent());
            case TEXT -> fact.values().isEmpty() ? Optional.of(YamlText.quoted(text)) : code(fact, text);
            case LIST -> list(fact, text);
            case SERIES -> series(fact, text);
            case PERIOD -> period(fact, text);
        };
    }

    private static Optional<String> code(Fact fact, String text) {
        return fact.values().stream()
                .map(Value::code)
                .filter(text::equals)
                .findFirst()
                .map(YamlText::plain);
    }

    private static Optional<String> list(Fact fact, String text) {
        if (text.equals(NONE)) return Optional.of("[]");
        List<String> items = new ArrayList<>();
        for (String item : text.split("[,，\\s]+"))
            (fact.numbers() ? Written.number(item).map(String::valueOf) : code(fact, item))
                    .ifPresentOrElse(items::add, () -> items.add(""));
        return items.contains("") || items.contains(NONE)
                ? Optional.empty()
                : Optional.of("[" + String.join(", ", items) + "]");
    }

    private static Optional<String> series(Fact fact, String text) {
        List<String> months = new ArrayList<>();
        for (String line : text.split("\\R")) {
            if (line.isBlank()) continue;
            Matcher parts = MONTH.matcher(line.strip());
            if (!parts.matches() || months.size() > 600) return Optional.empty();
            Optional<String> month = Written.month(parts.group(1)),
                    value = parts.group(2).isBlank() ? Optional.of("null") : yaml(fact.ofOneMonth(), parts.group(2));
            if (month.isEmpty() || value.isEmpty()) return Optional.empty();
            if (months.stream().anyMatch(m -> m.startsWith(month.get() + ":"))) return Optional.empty();
            months.add(month.get() + ": " + value.get());
        }
        return Optional.of(months.stream().sorted().collect(Collectors.joining(", ", "{", "}")));
    }

    private static Optional<String> period(Fact fact, String text) {
        String plain = Written.halfWidth(text).strip();
        Matcher quarter = QUARTER.matcher(plain), half = HALF.matcher(plain);
        String written = quarter.matches()
                ? quarter.group(1) + "-Q" + (1 + QUARTERS.indexOf(quarter.group(2)) % 4)
                : half.matches()
                        ? half.group(1) + (half.group(2).equals("上") ? "-H1" : "-H2")
                        : Written.month(plain).orElse(plain);
        return Period.of(written).filter(p -> p.kind() == fact.periodKind()).map(p -> written);
    }

    /** Sums, as they stand side by side in one field. */
    static Optional<String> sums(String typed) {
        List<Optional<Long>> all = Arrays.stream(typed.strip().split("[\\s;；、]+"))
                .map(Written::fen)
                .toList();
        return all.stream().allMatch(Optional::isPresent)
                ? Optional.of(all.stream()
                        .map(s -> String.valueOf(s.orElseThrow()))
                        .collect(Collectors.joining(", ", "[", "]")))
                : Optional.empty();
    }
}
