package cn.jincai.assessment.rules;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Absent;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.Scheme.Type;
import cn.jincai.policy.Scheme.Value;
import cn.jincai.policy.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random tables against a slow reading of their text that knows nothing of classes, bits or compiled cells. */
class RowBitmapsTest {
    private static final Text T = new Text("文", "text");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final List<Fact> FACTS = List.of(
            fact("n", Type.INTEGER),
            fact("m", Type.FEN),
            fact("d", Type.DATE),
            fact("b", Type.BOOLEAN),
            fact("t", Type.TEXT),
            fact("l", Type.LIST),
            new Fact(
                    "z",
                    Type.INTEGER,
                    List.of(),
                    false,
                    T,
                    "applicant",
                    null,
                    new Absent(true, null),
                    0,
                    null,
                    Scheme.Changes.freely,
                    false,
                    List.of(),
                    false,
                    ""));
    private static final Vocabulary VOCABULARY = new Vocabulary(new Scheme(
            "x",
            T,
            T,
            Scheme.APPLICATION_DATE,
            false,
            null,
            List.of(),
            FACTS,
            Map.of(),
            List.of(),
            null,
            List.of(),
            List.of(),
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            null,
            new Scheme.Rules(List.of(), List.of()),
            true,
            Scheme.Way.SHARED,
            Scheme.Applying.PERSON,
            Scheme.Front.NONE));

    @Test
    void bitmapsSayWhatTheTextSays() throws RefusedCell {
        Random random = new Random(42);
        CellCompiler cells = new CellCompiler(new CellScope(VOCABULARY, Map.of(), Map.of(), new HashSet<>()));
        int fired = 0, open = 0;
        for (int table = 0; table < 150; table++) {
            int rows = 1 + random.nextInt(150); // up to three words of bits
            List<List<Written>> written = new ArrayList<>();
            List<Rule> rules = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                List<Written> line = IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(i -> Written.any(random))
                        .toList();
                written.add(line);
                List<Cell> compiled = new ArrayList<>();
                for (Written cell : line) compiled.add(new Cell(cell.column, cells.test(cell.column, cell.text)));
                rules.add(new Rule(
                        row,
                        null,
                        new Table.Row(row, "R" + row, List.of(), Map.of()),
                        compiled.toArray(Cell[]::new),
                        "X",
                        Verdict.REJECT,
                        Status.SOURCED,
                        null,
                        -1,
                        null,
                        null,
                        0,
                        0,
                        null,
                        null,
                        null));
            }
            int words = CompiledRules.words(rows);
            RowBitmaps bitmaps = new RowBitmaps(rules, words, VOCABULARY);
            for (int person = 0; person < 60; person++) {
                Map<String, Object> facts = facts(random);
                long[] holds = new long[words], possible = new long[words];
                java.util.Arrays.fill(holds, -1);
                java.util.Arrays.fill(possible, -1);
                bitmaps.apply(VOCABULARY.slots(DAY, facts), holds, possible);
                for (int row = 0; row < rows; row++) {
                    Boolean slow = all(written.get(row), facts);
                    boolean isFired = (holds[row >>> 6] >>> row & 1) != 0,
                            isPossible = (possible[row >>> 6] >>> row & 1) != 0;
                    assertThat(isFired ? Boolean.TRUE : isPossible ? null : Boolean.FALSE)
                            .as(written.get(row) + " " + facts)
                            .isEqualTo(slow);
                    if (isFired) fired++;
                    else if (isPossible) open++;
                }
            }
        }
        assertThat(fired).isGreaterThan(10_000);
        assertThat(open).isGreaterThan(10_000);
    }

    /** Null is unknown. */
    private static Boolean all(List<Written> line, Map<String, Object> facts) {
        Boolean all = true;
        for (Written cell : line) {
            Boolean one = cell.holds(facts);
            if (Boolean.FALSE.equals(one)) return false;
            if (one == null) all = null;
        }
        return all;
    }

    private interface Meaning {
        Boolean of(Map<String, Object> facts);
    }

    private record Written(String column, String text, Meaning meaning) {
        Boolean holds(Map<String, Object> facts) {
            return meaning.of(facts);
        }

        @Override
        public String toString() {
            return column + " " + text;
        }

        static Written any(Random random) {
            int a = random.nextInt(12), b = a + random.nextInt(4);
            return switch (random.nextInt(13)) {
                case 0 -> number("n", "< " + a, v -> v < a);
                case 1 -> number("n", ">= " + a, v -> v >= a);
                case 2 -> number("n", "not(" + a + ", > " + b + ")", v -> v != a && v <= b);
                case 3 -> number("n", "[" + a + ".." + b + "[, " + (b + 2), v -> v >= a && v < b || v == b + 2);
                case 4 -> number("m", "? > " + a + " and ? < " + (b + 1), v -> v > a && v < b + 1);
                case 5 ->
                    new Written(
                            "n",
                            "> m + " + a,
                            f -> !f.containsKey("n") || !f.containsKey("m")
                                    ? null
                                    : (Long) f.get("n") > (Long) f.get("m") + a);
                case 6 ->
                    new Written(
                            "d",
                            "<= date(\"2026-02-" + (10 + a) + "\")",
                            f -> f.containsKey("d")
                                    ? !((LocalDate) f.get("d")).isAfter(LocalDate.of(2026, 2, 10 + a))
                                    : null);
                case 7 -> new Written("b", "false, null", f -> !Boolean.TRUE.equals(f.get("b")));
                case 8 ->
                    new Written(
                            "t",
                            "not(\"A\", \"C\")",
                            f -> f.containsKey("t") ? f.get("t").equals("B") : null);
                case 9 ->
                    new Written(
                            "l",
                            "list contains(?, \"A\") and not(list contains(?, \"B\"))",
                            f -> f.get("l") instanceof List<?> l
                                    ? (Boolean) (l.contains("A") && !l.contains("B"))
                                    : null);
                case 10 -> new Written("z", "not(" + a + ")", f -> f.containsKey("z") && (Long) f.get("z") != a);
                case 11 -> new Written("z", "null, < " + a, f -> !f.containsKey("z") || (Long) f.get("z") < a);
                default ->
                    new Written(
                            "t",
                            "null, \"B\"",
                            f -> !f.containsKey("t") || f.get("t").equals("B"));
            };
        }

        private static Written number(String column, String text, java.util.function.LongPredicate meaning) {
            return new Written(column, text, f -> f.containsKey(column) ? meaning.test((Long) f.get(column)) : null);
        }
    }

    private static Map<String, Object> facts(Random random) {
        Map<String, Object> facts = new HashMap<>();
        if (random.nextInt(5) > 0) facts.put("n", (long) random.nextInt(16));
        if (random.nextInt(5) > 0) facts.put("m", (long) random.nextInt(16));
        if (random.nextInt(5) > 0) facts.put("d", LocalDate.of(2026, 2, 8).plusDays(random.nextInt(16)));
        if (random.nextInt(5) > 0) facts.put("b", random.nextBoolean());
        if (random.nextInt(5) > 0) facts.put("t", List.of("A", "B", "C").get(random.nextInt(3)));
        if (random.nextInt(5) > 0)
            facts.put(
                    "l",
                    List.of(List.of(), List.of("A"), List.of("B"), List.of("A", "B"), List.of("C"))
                            .get(random.nextInt(5)));
        if (random.nextInt(2) > 0) facts.put("z", (long) random.nextInt(16));
        return facts;
    }

    private static Fact fact(String name, Type type) {
        List<Value> values = type == Type.TEXT || type == Type.LIST
                ? List.of(new Value("A", T), new Value("B", T), new Value("C", T))
                : List.of();
        return new Fact(
                name,
                type,
                values,
                false,
                T,
                "applicant",
                null,
                Absent.UNKNOWN,
                0,
                null,
                Scheme.Changes.freely,
                false,
                List.of(),
                false,
                "");
    }
}
