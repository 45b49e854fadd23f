package cn.jincai.assessment;

import cn.jincai.assessment.verification.Columns;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Computation;
import cn.jincai.policy.Instalments;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Percent;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Rate;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scale;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Type;
import cn.jincai.policy.Steps;
import cn.jincai.policy.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A random scheme of a status and a sum, so small that all its cases can be tried: no fact has more than some twenty values. Dates have so few because the
 * application is of the first weeks that days are looked at ({@link Columns}).
 */
final class TinyScheme {
    static final LocalDate FIRST = LocalDate.of(1920, 1, 1), APPLIED = LocalDate.of(1920, 1, 16);
    private static final Text ANY = new Text("某", "any");

    private final Random random;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    private final int moreFacts, moreCodes;

    private TinyScheme(Random random, int moreFacts, int moreCodes) {
        this.random = random;
        this.moreFacts = moreFacts;
        this.moreCodes = moreCodes;
    }

    static PolicyPackage of(long seed) {
        return wide(seed, 0, 0);
    }

    /** The same rules in a scheme that asks for much more, and whose lists have codes that no rule names. */
    static PolicyPackage wide(long seed, int moreFacts, int moreCodes) {
        return new TinyScheme(new Random(seed), moreFacts, moreCodes).make("tiny-" + seed);
    }

    private PolicyPackage make(String name) {
        parameter("countAtMost", "count", number(), number());
        parameters.put(
                "part",
                new Parameter(
                        "part",
                        Parameter.RATIO,
                        Parameter.BY_GOVERNING_DATE,
                        ANY,
                        List.of(
                                new Parameter.Dated(
                                        LocalDate.MIN, new Rate("3/5", 3, 5), Status.SOURCED, null, null, null),
                                new Parameter.Dated(
                                        FIRST.plusDays(7), new Rate("4/7", 4, 7), Status.SOURCED, null, null, null))));
        parameters.put(
                "topQuota",
                new Parameter(
                        "topQuota",
                        Parameter.PERCENT,
                        Parameter.BY_GOVERNING_DATE,
                        ANY,
                        List.of(
                                new Parameter.Dated(
                                        LocalDate.MIN,
                                        new Rate("0.0001%", 1, Percent.WHOLE),
                                        Status.SOURCED,
                                        null,
                                        null,
                                        null),
                                new Parameter.Dated(
                                        FIRST.plusDays(7),
                                        new Rate("50%", 500_000, Percent.WHOLE),
                                        Status.SOURCED,
                                        null,
                                        null,
                                        null))));
        scale("rising", "fen", new Scale.Bracket(1, 2L, 2), new Scale.Bracket(3, null, 3));
        scale(
                "bounds",
                Parameter.PERCENT,
                new Scale.Bracket(0, 1L, 3),
                new Scale.Bracket(2, 2L, 0),
                new Scale.Bracket(3, null, 1));
        parameter("sumFen", "fen", 10 * number(), 10 * number());
        List<Table> conditions = List.of(
                conditions("gate", "quick", "local", "since"),
                conditions("naming", "trade", "grade", "badges", "count"),
                conditions("housing", "count", "status", "rent", "rank", "since", "quota", "each", "filled", "graded"));
        List<Table> entitlements = List.of(
                entitlements("grades", true, "trade", "rank", "count"),
                entitlements("sums", random.nextBoolean(), "local", "trade", "badges"));
        Ruleset ruleset =
                new Ruleset("1919-01", LocalDate.of(1919, 1, 1), parameters, conditions, entitlements, List.of());
        return new PolicyPackage(
                name,
                name + " " + moreFacts + " " + moreCodes,
                catalogue(name),
                Steps.shared(),
                List.of(ruleset),
                Map.of(),
                new TreeMap<>());
    }

    private Scheme catalogue(String name) {
        boolean afterStatus = random.nextInt(3) == 0;
        List<Scheme.Fact> facts = new ArrayList<>();
        for (int n = 0; n < moreFacts; n++) facts.add(fact("extra" + n, Type.values()[n % 2 + 1], false, 0, null, "A"));
        facts.addAll(List.of(
                fact("quick", Type.BOOLEAN, false, 0, null),
                fact("local", Type.BOOLEAN, false, 0, null),
                fact("trade", Type.TEXT, false, 0, null, codes("A", "B", "C")),
                fact("count", Type.INTEGER, false, 0, 3L),
                fact("badges", Type.LIST, random.nextBoolean(), 0, null, codes("X", "Y")),
                fact("since", Type.DATE, false, 0, null),
                fact("rent", Type.FEN, false, 0, 4L),
                fact("quota", Type.PERCENT, random.nextBoolean(), 0, 3L),
                new Scheme.Fact(
                        "share",
                        Type.INTEGER,
                        List.of(),
                        false,
                        ANY,
                        "applicant",
                        null,
                        new Scheme.Absent(false, 1L),
                        1,
                        2L,
                        Scheme.Changes.freely,
                        false,
                        List.of(),
                        false,
                        "")));
        List<Scheme.Derived> derived = List.of(
                derived("rank", Computation.number, "badges", null, null, null),
                derived(
                        "grade",
                        random.nextBoolean() ? Computation.bestPossible : Computation.bestForCertain,
                        null,
                        null,
                        "grades",
                        null),
                derived(
                        "twoRents",
                        Computation.calculation,
                        null,
                        "share(rent * 9 + count, part, \"half-up\", \"fen\")",
                        null,
                        null),
                derived("each", Computation.calculation, null, "divide(rent * 3 + 1, count, \"half-up\")", null, null),
                derived("filled", Computation.percent, null, "percentOf(rent, count, \"down\")", null, null),
                derived("graded", Computation.calculation, null, "scale(rent, rising) + count", null, null),
                derived("status", Computation.verdictOf, null, null, null, "NAME"));
        Instalments how = random.nextBoolean()
                ? Instalments.AT_ONCE
                : new Instalments(2, 0, "share", random.nextBoolean() ? "rent" : null, 1, Map.of());
        List<Scheme.BenefitRules> benefits = List.of(
                new Scheme.BenefitRules(
                        "NAME",
                        List.of("gate", "grades", "naming"),
                        null,
                        Map.of(),
                        null,
                        Instalments.AT_ONCE,
                        List.of(),
                        Scheme.Choice.best,
                        random.nextInt(4) == 0 ? new Scheme.AskedFor("trade", "A") : null,
                        false),
                new Scheme.BenefitRules(
                        "MONEY",
                        List.of("gate", "sums", "housing"),
                        afterStatus ? "NAME" : null,
                        Map.of(),
                        random.nextBoolean() ? "twoRents" : null,
                        how,
                        List.of(),
                        random.nextBoolean() ? Scheme.Choice.best : Scheme.Choice.highestAmount,
                        askedFor(),
                        false));
        Map<String, Scheme.ReasonText> reasons = new LinkedHashMap<>();
        for (String code : List.of("NO", Reason.DATA_UNAVAILABLE))
            reasons.put(code, new Scheme.ReasonText(code, ANY, ANY, ANY));
        return new Scheme(
                name,
                ANY,
                ANY,
                random.nextBoolean() ? "since" : Scheme.APPLICATION_DATE,
                false,
                null,
                List.of(
                        new Scheme.Benefit("NAME", ANY, "FUND", "status", "at-once", 1),
                        new Scheme.Benefit("MONEY", ANY, "FUND", "money", "at-once", null)),
                facts,
                reasons,
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
                new Scheme.Rules(derived, benefits),
                true,
                Scheme.Way.SHARED,
                Scheme.Applying.PERSON,
                Scheme.Front.NONE);
    }

    /** The others first, so that those that are named lie beyond the first word. */
    private String[] codes(String... named) {
        return Stream.concat(IntStream.range(0, moreCodes).mapToObj(n -> "M" + n), Stream.of(named))
                .toArray(String[]::new);
    }

    private Scheme.@Nullable AskedFor askedFor() {
        return switch (random.nextInt(6)) {
            case 0 -> new Scheme.AskedFor("local", "true");
            case 1 -> new Scheme.AskedFor("badges", "X");
            default -> null;
        };
    }

    private static Scheme.Fact fact(
            String name, Type type, boolean noneWhenAbsent, long min, Long max, String... values) {
        List<Scheme.Value> codes =
                Arrays.stream(values).map(v -> new Scheme.Value(v, ANY)).toList();
        return new Scheme.Fact(
                name,
                type,
                codes,
                false,
                ANY,
                "applicant",
                null,
                noneWhenAbsent ? new Scheme.Absent(true, null) : Scheme.Absent.UNKNOWN,
                min,
                max,
                Scheme.Changes.freely,
                false,
                List.of(),
                false,
                "");
    }

    private static Scheme.Derived derived(
            String name, Computation as, String of, String is, String table, String benefit) {
        return new Scheme.Derived(
                name,
                as,
                ANY,
                "",
                "",
                Objects.toString(of, ""),
                "",
                of == null ? Map.of() : Map.of("X", 1L, "Y", 2L),
                Objects.toString(is, ""),
                Objects.toString(table, ""),
                "",
                Objects.toString(benefit, ""),
                "scheme.yaml",
                "here",
                Scheme.Over.NOTHING);
    }

    /** Nothing more, or a cap, from the second week on. */
    private void scale(String name, String gives, Scale.Bracket... brackets) {
        boolean each = gives.equals("fen");
        Scale first = new Scale(gives, each, List.of(brackets), null);
        List<Parameter.Dated> values =
                new ArrayList<>(List.of(new Parameter.Dated(LocalDate.MIN, first, Status.SOURCED, null, null, null)));
        if (each)
            values.add(new Parameter.Dated(
                    FIRST.plusDays(7),
                    new Scale(gives, true, List.of(brackets), 6L),
                    Status.SOURCED,
                    null,
                    null,
                    null));
        else if (random.nextBoolean())
            values.add(new Parameter.Dated(FIRST.plusDays(7), null, Status.SOURCED, null, null, null));
        parameters.put(
                name, new Parameter(name, Parameter.SCALE, Parameter.BY_GOVERNING_DATE, ANY, List.copyOf(values)));
    }

    /** Another value from the second week on. */
    private void parameter(String name, String unit, long first, long then) {
        List<Parameter.Dated> values =
                new ArrayList<>(List.of(new Parameter.Dated(LocalDate.MIN, first, Status.SOURCED, null, null, null)));
        if (random.nextBoolean())
            values.add(new Parameter.Dated(FIRST.plusDays(7), then, Status.SOURCED, null, null, null));
        parameters.put(
                name,
                new Parameter(name, unit, random.nextBoolean() ? "since" : Parameter.BY_GOVERNING_DATE, ANY, values));
    }

    private Table conditions(String id, String... columns) {
        List<Table.Row> rows = new ArrayList<>();
        for (int n = 1; n <= 1 + random.nextInt(3); n++)
            rows.add(new Table.Row(
                    n,
                    id + n,
                    cells(columns),
                    Map.of(
                            "rule",
                            quoted(id + n),
                            "reason",
                            quoted("NO"),
                            "effect",
                            quoted(pick("REJECT", "REJECT", "SUPPLEMENT", "MANUAL")),
                            "status",
                            quoted("SOURCED"))));
        return table("conditions.dmn", id, columns, rows);
    }

    private Table entitlements(String id, boolean levels, String... columns) {
        List<Table.Row> rows = new ArrayList<>();
        for (int n = 1; n <= 1 + random.nextInt(3); n++) {
            Map<String, String> outputs =
                    new LinkedHashMap<>(Map.of("rule", quoted(id + n), "status", quoted("SOURCED")));
            if (levels) outputs.put(id.equals("sums") ? "order" : "level", String.valueOf(n));
            if (id.equals("sums"))
                outputs.put(
                        "amountFen",
                        pick(
                                "sumFen",
                                "20",
                                "rent * 2",
                                "sumFen + rent",
                                "5",
                                "each * 2",
                                "graded",
                                "share(rent * 9000000, scale(count, bounds), \"down\", \"fen\")",
                                "share(rent * 9000000, quota, \"down\", \"fen\")",
                                "share(rent * 7, filled, \"half-up\", \"jiao\")"));
            rows.add(new Table.Row(n, id + n, cells(columns), outputs));
        }
        return table("benefits.dmn", id, columns, rows);
    }

    private static Table table(String file, String id, String[] columns, List<Table.Row> rows) {
        return new Table(
                file,
                id,
                id,
                Arrays.stream(columns).map(c -> new Table.Column(c, c)).toList(),
                rows);
    }

    private List<String> cells(String... columns) {
        List<String> cells = new ArrayList<>();
        for (String column : columns) cells.add(random.nextInt(3) == 0 ? "" : cell(column));
        if (cells.stream().allMatch(String::isEmpty)) cells.set(0, cell(columns[0]));
        return cells;
    }

    private String cell(String column) {
        return switch (column) {
            case "quick", "local" -> pick("true", "false", "false, null");
            case "trade" -> pick("\"A\"", "\"B\", \"C\"", "not(\"C\")", "null");
            case "count" -> pick("> countAtMost", "<= countAtMost", "[1..2]", String.valueOf(number()), "null");
            case "badges" -> pick("list contains(?, \"X\")", "not(list contains(?, \"Y\"))", "list contains(?, \"Y\")");
            case "since" -> pick("< date(\"1920-01-05\")", ">= date(\"1920-01-10\")", "date(\"1920-01-08\")");
            case "rank" -> pick("2", ">= 1", "0", "< rent");
            case "grade" -> pick("null", "1", "> 1");
            case "status" -> pick("\"REJECT\"", "\"APPROVE\"", "not(\"MANUAL\")");
            case "quota" -> pick("> 0.0001", "<= 0.0002", "0", "<= topQuota", "<= scale(count, bounds)", "null");
            case "graded" -> pick("> 5", "<= 3", "[4..8]", "> scale(count, rising)");
            case "each" -> pick("> 4", "<= countAtMost", "null", "[2..5]");
            case "filled" -> pick("> 100", "<= 66.6666", "33.3333", "> topQuota", "null");
            case "rent" -> pick("> 2", "< count", "0");
            default -> throw new IllegalArgumentException(column);
        };
    }

    private long number() {
        return random.nextInt(4);
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }

    private static String quoted(String word) {
        return "\"" + word + "\"";
    }

    /** All that a fact may turn out to be; null where it may also stay untold for good. */
    static List<Object> values(Scheme.Fact fact) {
        List<Object> values = new ArrayList<>();
        if (!fact.absent().equals(Scheme.Absent.UNKNOWN)) values.add(null);
        switch (fact.type()) {
            case BOOLEAN -> values.addAll(List.of(true, false));
            case TEXT -> fact.values().forEach(v -> values.add(v.code()));
            case INTEGER, FEN -> {
                for (long n = fact.min(); n <= fact.max(); n++) values.add(n);
            }
            case PERCENT -> {
                for (long n = fact.min(); n <= fact.max(); n++) values.add(Percent.value(n));
            }
            case DATE -> {
                for (LocalDate day = FIRST; !day.isAfter(APPLIED); day = day.plusDays(1)) values.add(day);
            }
            case LIST -> {
                for (int bits = 0; bits < 1 << fact.values().size(); bits++) {
                    int set = bits;
                    values.add(IntStream.range(0, fact.values().size())
                            .filter(i -> (set >>> i & 1) != 0)
                            .mapToObj(i -> (Object) fact.values().get(i).code())
                            .toList());
                }
            }
        }
        return values;
    }
}
