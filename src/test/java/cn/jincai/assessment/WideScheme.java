package cn.jincai.assessment;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Instalments;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Type;
import cn.jincai.policy.Steps;
import cn.jincai.policy.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A made-up scheme as large as wanted: facts in tables of ten columns each, and a list of occupations of which each row names some. */
final class WideScheme {
    private static final Text ANY = new Text("某", "any");
    private static final int COLUMNS = 10, LEVELS = 20;

    private final Random random = new Random(200_500);
    private final int facts, codes, rows;

    WideScheme(int facts, int codes, int rows) {
        this.facts = facts;
        this.codes = codes;
        this.rows = rows;
    }

    PolicyPackage make() {
        List<Table> conditions = new ArrayList<>();
        int tables = Math.max(1, facts / COLUMNS);
        for (int t = 0; t < tables; t++) {
            List<String> columns = new ArrayList<>(List.of("trade"));
            for (int f = t * COLUMNS; f < Math.min(facts, (t + 1) * COLUMNS); f++) columns.add("fact" + f);
            List<Table.Row> own = new ArrayList<>();
            for (int n = 1; n <= Math.max(1, rows / tables); n++) own.add(condition("t" + t + "-" + n, n, columns));
            conditions.add(table("conditions.dmn", "table" + t, columns, own));
        }
        List<Table.Row> grants = new ArrayList<>();
        for (int level = 1; level <= LEVELS; level++)
            grants.add(new Table.Row(
                    level,
                    "g" + level,
                    List.of("list contains(?, \"C" + level * codes / (LEVELS + 1) + "\")"),
                    Map.of(
                            "rule",
                            "\"g" + level + "\"",
                            "status",
                            "\"SOURCED\"",
                            "level",
                            String.valueOf(level),
                            "amountFen",
                            level + "00000")));
        List<Table> entitlements = List.of(table("benefits.dmn", "grants", List.of("skills"), grants));
        Ruleset ruleset = new Ruleset(
                "1919-01", LocalDate.of(1919, 1, 1), Map.<String, Parameter>of(), conditions, entitlements, List.of());
        return new PolicyPackage(
                "wide", "wide", catalogue(conditions), Steps.shared(), List.of(ruleset), Map.of(), new TreeMap<>());
    }

    private Table.Row condition(String id, int number, List<String> columns) {
        List<String> cells = new ArrayList<>();
        int first = random.nextInt(codes - 5);
        cells.add(IntStream.range(first, first + 1 + random.nextInt(5))
                .mapToObj(c -> "\"C" + c + "\"")
                .collect(Collectors.joining(", ")));
        for (int c = 1; c < columns.size(); c++) {
            int fact = Integer.parseInt(columns.get(c).substring("fact".length()));
            String cell = fact % 2 == 0 ? String.valueOf(random.nextBoolean()) : "> " + random.nextInt(1, 100);
            cells.add(random.nextInt(3) == 0 ? cell : "");
        }
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("rule", "\"" + id + "\"");
        outputs.put("reason", "\"NO\"");
        outputs.put("effect", number % 4 == 0 ? "\"MANUAL\"" : "\"REJECT\"");
        outputs.put("status", "\"SOURCED\"");
        return new Table.Row(number, id, cells, outputs);
    }

    private static Table table(String file, String id, List<String> columns, List<Table.Row> rows) {
        return new Table(
                file, id, id, columns.stream().map(c -> new Table.Column(c, c)).toList(), rows);
    }

    private Scheme catalogue(List<Table> conditions) {
        List<Scheme.Fact> all = new ArrayList<>();
        for (int f = 0; f < facts; f++) all.add(fact("fact" + f, f % 2 == 0 ? Type.BOOLEAN : Type.INTEGER, List.of()));
        List<Scheme.Value> values = IntStream.range(0, codes)
                .mapToObj(c -> new Scheme.Value("C" + c, ANY))
                .toList();
        all.add(fact("trade", Type.TEXT, values));
        all.add(fact("skills", Type.LIST, values));
        List<String> tables = new ArrayList<>(conditions.stream().map(Table::id).toList());
        tables.add("grants");
        Map<String, Scheme.ReasonText> reasons = new LinkedHashMap<>();
        for (String code : List.of("NO", Reason.DATA_UNAVAILABLE, Reason.REVIEW_REFUSED))
            reasons.put(code, new Scheme.ReasonText(code, ANY, ANY, ANY));
        return new Scheme(
                "wide",
                ANY,
                ANY,
                Scheme.APPLICATION_DATE,
                false,
                null,
                List.of(new Scheme.Benefit("GRANT", ANY, "FUND", "money", "at-once", null)),
                all,
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
                new Scheme.Rules(
                        List.of(),
                        List.of(new Scheme.BenefitRules(
                                "GRANT",
                                tables,
                                null,
                                Map.of(),
                                null,
                                Instalments.AT_ONCE,
                                List.of(),
                                Scheme.Choice.best,
                                null,
                                false))),
                true,
                Scheme.Way.SHARED,
                Scheme.Applying.PERSON,
                Scheme.Front.NONE);
    }

    private static Scheme.Fact fact(String name, Type type, List<Scheme.Value> values) {
        return new Scheme.Fact(
                name,
                type,
                values,
                false,
                ANY,
                "applicant",
                null,
                Scheme.Absent.UNKNOWN,
                0,
                type == Type.INTEGER ? 200L : null,
                Scheme.Changes.freely,
                false,
                List.of(),
                false,
                "");
    }
}
