package cn.jincai.policy.forms;

import cn.jincai.kernel.Period;
import cn.jincai.policy.Percent;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Between answers as they are kept and the texts of an HTML form: yuan and fen, whole numbers, dates, boxes, and back. */
public final class FormInput {
    private FormInput() {}

    /**
     * Answers of the fields that were on the page. A field left empty is null (to be removed), a list left empty says "none"; a text that does not fit its type stays as it was typed, so that
     * {@link FormCheck} names it and the page shows it again.
     */
    public static Map<String, Object> read(List<Form.Field> onPage, Map<String, List<String>> typed) {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (Form.Field field : onPage) {
            if (field.isByMonth()) {
                answers.put(field.key(), months(field, typed));
                continue;
            }
            List<String> texts = typed.getOrDefault(field.key(), List.of()).stream()
                    .filter(Objects::nonNull)
                    .filter(t -> !t.isBlank())
                    .toList();
            answers.put(field.key(), value(field, texts));
        }
        return answers;
    }

    /** Of each month on the page, null where it was left empty; null where there was none on the page. */
    private static @Nullable Object months(Form.Field field, Map<String, List<String>> typed) {
        Map<String, @Nullable Object> months = new TreeMap<>();
        Form.Field one = field.ofOneMonth();
        typed.forEach((name, texts) -> {
            String month = name.startsWith(field.key() + ".")
                    ? name.substring(field.key().length() + 1)
                    : "";
            if (Period.month(month) == null) return;
            List<String> told =
                    texts.stream().filter(t -> t != null && !t.isBlank()).toList();
            months.put(month, told.isEmpty() ? null : ofAMonth(one, told));
        });
        return months.values().stream().allMatch(Objects::isNull) ? null : months;
    }

    /** A box would not tell "no" from "not known". */
    private static @Nullable Object ofAMonth(Form.Field one, List<String> told) {
        return one.type().equals("checkbox") ? (Object) told.get(0).equals("true") : value(one, told);
    }

    private static @Nullable Object value(Form.Field field, List<String> texts) {
        if (field.isList())
            return texts.stream().distinct().map(t -> offered(field, t)).toList();
        if (field.type().equals("checkbox")) return !texts.isEmpty();
        if (texts.isEmpty()) return null;
        String text = texts.get(texts.size() - 1).strip();
        return switch (field.type()) {
            case "number" -> number(field, text);
            case "select", "radio" -> offered(field, text);
            case "date" -> Written.likeADay(text).orElse(text);
            default -> text.replace("\r\n", "\n");
        };
    }

    private static Object offered(Form.Field field, String text) {
        return field.values().stream()
                .filter(o -> o.code().equals(text))
                .findFirst()
                .or(() -> searched(field, text))
                .map(Form.Option::value)
                .orElse(text);
    }

    /** In a long list people search by what a choice is called, in either language. */
    private static Optional<Form.Option> searched(Form.Field field, String text) {
        if (!field.isLong()) return Optional.empty();
        return field.values().stream()
                .filter(o -> Stream.of(Locale.CHINA, Locale.ENGLISH)
                        .anyMatch(l -> field.searchedBy(o, l).equalsIgnoreCase(text)))
                .findFirst();
    }

    private static Object number(Form.Field field, String text) {
        if (field.isFen()) {
            Optional<Long> fen = Written.fen(text);
            if (fen.isPresent()) return fen.get();
        }
        String plain = Written.bare(text);
        if (field.isPercent()) {
            String bare = plain.replaceFirst("%$", "");
            return bare.matches("\\d{1,7}(\\.\\d{1,9})?")
                    ? Percent.of(new BigDecimal(bare))
                            .<Object>map(Percent::value)
                            .orElse(text)
                    : text;
        }
        if (!plain.matches("-?\\d{1,16}(\\.\\d{1,2})?")) return text;
        if (!field.isFen()) return plain.contains(".") ? text : (Object) Long.parseLong(plain);
        BigDecimal fen = new BigDecimal(plain).movePointRight(2);
        return fen.longValueExact();
    }

    /** The texts that an HTML field shows for an answer. */
    public static List<String> typed(Form.Field field, @Nullable Object value) {
        if (value == null) return List.of();
        if (value instanceof Map<?, ?> months) return typedMonths(field.ofOneMonth(), months);
        if (value instanceof List<?> list)
            return list.stream().map(String::valueOf).toList();
        if (field.type().equals("checkbox")) return Boolean.TRUE.equals(value) ? List.of("true") : List.of();
        if (field.isFen() && (value instanceof Long || value instanceof Integer))
            return List.of(yuan(((Number) value).longValue()));
        if (field.isPercent() && value instanceof Number number)
            return Stream.of(Percent.of(number)
                            .map(parts -> Percent.value(parts).toPlainString())
                            .orElse(String.valueOf(value)))
                    .toList();
        return Stream.of(String.valueOf(value)).toList();
    }

    private static List<String> typedMonths(Form.Field one, Map<?, ?> months) {
        return months.entrySet().stream()
                .sorted(Comparator.comparing(e -> String.valueOf(e.getKey())))
                .map(e -> e.getKey() + " " + String.join("", typed(one, e.getValue())))
                .toList();
    }

    private static String yuan(long fen) {
        BigDecimal yuan = BigDecimal.valueOf(fen, 2);
        return fen % 100 == 0 ? yuan.setScale(0).toPlainString() : yuan.toPlainString();
    }
}
