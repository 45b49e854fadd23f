package cn.jincai.assessment;

import cn.jincai.calendar.WorkingCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the text of a cell says, read slowly and plainly: no classes, no bits, no slots, no FEEL parser. Truth is TRUE, FALSE or, for unknown, null.
 * Values are LocalDate, Long, Boolean, String, a collection, null for unknown, {@link #NONE}, or a day that may still {@link Moving move}.
 */
final class PlainReading {
    static final Object NONE = new Object();
    /** A parameter that asks nothing in this time. */
    static final Object NOTHING = new Object();

    private static final Pattern TOKEN =
            Pattern.compile("\"[^\"]*\"|\\d+|[A-Za-z]\\w*|<=|>=|\\.\\.|[-<>=(),\\[\\]?+*]");

    /** A last day that may turn out later. */
    record Moving(LocalDate nominal) {}

    interface Truthful {
        Boolean of(Map<String, Object> values);
    }

    private final String column;
    private final List<String> tokens = new ArrayList<>();
    private final List<String> reads = new ArrayList<>();
    private boolean checksNull;
    private int at;

    private PlainReading(String column, String cell) {
        this.column = column;
        for (Matcher m = TOKEN.matcher(cell); m.find(); ) tokens.add(m.group());
    }

    static Truthful cell(String column, String text) {
        PlainReading reading = new PlainReading(column, text);
        Truthful said = reading.tests();
        if (reading.at < reading.tokens.size()) throw new IllegalArgumentException(text + " from " + reading.at);
        // what is known to be none satisfies nothing but a check for null
        return values -> !reading.checksNull && reading.reads.stream().anyMatch(name -> values.get(name) == NONE)
                ? Boolean.FALSE
                : said.of(values);
    }

    private Truthful tests() {
        Truthful all = test();
        while (take(",")) all = or(all, test());
        return all;
    }

    private Truthful test() {
        if (next("not") && !tokens.contains("?") && take("not")) {
            expect("(");
            Truthful inside = tests();
            expect(")");
            return not(inside);
        }
        for (String op : new String[] {"<", "<=", ">", ">="}) if (take(op)) return compare(value(column), op, sum());
        if (next("[") || next("]")) return range();
        if (take("null")) {
            checksNull = true;
            String name = column;
            return values -> values.get(name) == null || values.get(name) == NONE;
        }
        Truthful all = joined();
        while (take("or")) all = or(all, joined());
        return all;
    }

    private Truthful joined() {
        Truthful all = statement();
        while (take("and")) all = and(all, statement());
        return all;
    }

    private Truthful statement() {
        if (take("not")) {
            expect("(");
            Truthful inside = test();
            expect(")");
            return not(inside);
        }
        if (take("(")) {
            Truthful inside = test();
            expect(")");
            return inside;
        }
        if (take("list")) {
            expect("contains", "(");
            Function<Map<String, Object>, Object> list = sum();
            expect(",");
            String wanted = tokens.get(at++).replace("\"", "");
            expect(")");
            return values -> list.apply(values) instanceof Collection<?> c
                    ? (Boolean) c.stream().anyMatch(i -> String.valueOf(i).equals(wanted))
                    : list.apply(values) == NONE ? Boolean.FALSE : null;
        }
        if (take("some")) {
            String item = tokens.get(at++);
            expect("in");
            Function<Map<String, Object>, Object> list = sum();
            expect("satisfies", item, "in", "(");
            List<String> wanted = new ArrayList<>();
            do wanted.add(tokens.get(at++).replace("\"", ""));
            while (take(","));
            expect(")");
            return values -> list.apply(values) instanceof Collection<?> c
                    ? (Boolean) c.stream().anyMatch(i -> wanted.contains(String.valueOf(i)))
                    : list.apply(values) == NONE ? Boolean.FALSE : null;
        }
        Function<Map<String, Object>, Object> left = sum();
        for (String op : new String[] {"<", "<=", ">", ">=", "="}) if (take(op)) return compare(left, op, sum());
        return compare(value(column), "=", left);
    }

    private Truthful range() {
        boolean from = tokens.get(at++).equals("[");
        Function<Map<String, Object>, Object> low = sum();
        expect("..");
        Function<Map<String, Object>, Object> high = sum();
        boolean to = tokens.get(at++).equals("]");
        return and(compare(value(column), from ? ">=" : ">", low), compare(value(column), to ? "<=" : "<", high));
    }

    private Function<Map<String, Object>, Object> sum() {
        Function<Map<String, Object>, Object> all = product();
        while (next("+") || next("-")) {
            int sign = tokens.get(at++).equals("+") ? 1 : -1;
            Function<Map<String, Object>, Object> left = all, right = product();
            all = values -> left.apply(values) instanceof Long a && right.apply(values) instanceof Long b
                    ? (Object) (a + sign * b)
                    : worse(left.apply(values), right.apply(values));
        }
        return all;
    }

    private Function<Map<String, Object>, Object> product() {
        Function<Map<String, Object>, Object> all = factor();
        while (take("*")) {
            Function<Map<String, Object>, Object> left = all, right = factor();
            all = values -> left.apply(values) instanceof Long a && right.apply(values) instanceof Long b
                    ? (Object) (a * b)
                    : worse(left.apply(values), right.apply(values));
        }
        return all;
    }

    private Function<Map<String, Object>, Object> factor() {
        String word = tokens.get(at++);
        if (word.startsWith("\"")) return values -> word.substring(1, word.length() - 1);
        if (word.matches("\\d+")) return values -> Long.valueOf(word);
        if (word.equals("true") || word.equals("false")) return values -> Boolean.valueOf(word);
        if (word.equals("?")) return value(column);
        if (word.equals("date")) {
            LocalDate day = LocalDate.parse(tokens.get(at + 1).replace("\"", ""));
            at += 3;
            return values -> day;
        }
        if (!word.equals("min") && !word.equals("max")) return value(word);
        expect("(");
        List<Function<Map<String, Object>, Object>> of = new ArrayList<>();
        do of.add(sum());
        while (take(","));
        expect(")");
        return values -> of.stream()
                .map(f -> f.apply(values))
                .reduce((a, b) -> a instanceof Long x && b instanceof Long y
                        ? (Object) (word.equals("min") ? Math.min(x, y) : Math.max(x, y))
                        : worse(a, b))
                .orElseThrow();
    }

    private Function<Map<String, Object>, Object> value(String name) {
        reads.add(name);
        return values -> values.get(name);
    }

    private static Object worse(Object a, Object b) {
        return a == NOTHING || b == NOTHING ? NOTHING : a == NONE || b == NONE ? NONE : null;
    }

    /** By the earliest and the latest that each side may be. */
    private static Truthful compare(
            Function<Map<String, Object>, Object> left, String op, Function<Map<String, Object>, Object> right) {
        return values -> {
            Object a = left.apply(values), b = right.apply(values);
            if (a == NOTHING || b == NOTHING || a == NONE || b == NONE) return false;
            if (a == null || b == null) return null;
            if (a instanceof String || a instanceof Boolean) return a.equals(b);
            long low = number(a, false), lowest = number(b, false), high = number(a, true), highest = number(b, true);
            return switch (op) {
                case "<" -> high < lowest ? Boolean.TRUE : low >= highest ? Boolean.FALSE : null;
                case "<=" -> high <= lowest ? Boolean.TRUE : low > highest ? Boolean.FALSE : null;
                case ">" -> low > highest ? Boolean.TRUE : high <= lowest ? Boolean.FALSE : null;
                case ">=" -> low >= highest ? Boolean.TRUE : high < lowest ? Boolean.FALSE : null;
                default ->
                    high < lowest || low > highest
                            ? Boolean.FALSE
                            : low == high && lowest == highest ? Boolean.TRUE : null;
            };
        };
    }

    private static long number(Object value, boolean latest) {
        if (value instanceof Moving day)
            return day.nominal.toEpochDay() + (latest ? WorkingCalendar.PROVISIONAL_DAYS : 0);
        return value instanceof LocalDate day ? day.toEpochDay() : (Long) value;
    }

    private static Truthful not(Truthful a) {
        return values -> a.of(values) == null ? null : (Boolean) !a.of(values);
    }

    private static Truthful and(Truthful a, Truthful b) {
        return values -> {
            Boolean x = a.of(values), y = b.of(values);
            return Boolean.FALSE.equals(x) || Boolean.FALSE.equals(y)
                    ? Boolean.FALSE
                    : x == null || y == null ? null : Boolean.TRUE;
        };
    }

    private static Truthful or(Truthful a, Truthful b) {
        return not(and(not(a), not(b)));
    }

    private boolean next(String token) {
        return at < tokens.size() && tokens.get(at).equals(token);
    }

    private boolean take(String token) {
        if (!next(token)) return false;
        at++;
        return true;
    }

    private void expect(String... wanted) {
        for (String token : wanted)
            if (!take(token)) throw new IllegalArgumentException("no " + token + " at " + at + " of " + tokens);
    }
}
