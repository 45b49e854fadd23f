package cn.jincai.assessment;

import cn.jincai.policy.CityPackages;
import cn.jincai.policy.PolicyPackage;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A made-up scheme of random tables: facts of each type, values derived from them, parameters, and cells of each kind that the language of cells has. Some
 * cells are written as a Chinese keyboard writes them; the stock engine, which knows no such thing, gets them in plain signs.
 */
final class RandomTables {
    static final LocalDate BASE = LocalDate.of(2026, 3, 10);
    private static final List<String> CODES = List.of("A", "B", "C", "D"),
            NUMBERS = List.of("1", "2", "3", "4"),
            OPS = List.of("<", "<=", ">", ">=");

    /** @param kind {@code number}, {@code date}, {@code flag}, {@code text}, {@code list} or {@code numbers} */
    private record Name(String name, String kind) {}

    /** @param typed as somebody types it, where that is not plain */
    private record Written(String plain, String typed) {}

    private final Random random;
    private final List<Name> facts = new ArrayList<>(),
            derived = new ArrayList<>(),
            parameters = new ArrayList<>(),
            all = new ArrayList<>();
    final TreeSet<String> kindsWritten;
    /** What we read, and the same in plain signs. */
    final PolicyPackage policy, plain;

    final Map<String, String> hitPolicies = new HashMap<>();

    /** @param kindsWritten collects the kinds of cells that occur */
    RandomTables(Random random, TreeSet<String> kindsWritten) {
        this.random = random;
        this.kindsWritten = kindsWritten;
        List<String> kinds = new ArrayList<>(List.of("number", "date", "flag", "text", "list", "numbers"));
        for (int i = random.nextInt(6); i > 0; i--) kinds.add(any(kinds));
        for (String kind : kinds) facts.add(new Name(kind + "Fact" + facts.size(), kind));
        derived.addAll(List.of(
                new Name("months", "number"),
                new Name("later", "date"),
                new Name("rank", "number"),
                new Name("best", "number"),
                new Name("sum", "number")));
        parameters.addAll(List.of(
                new Name("limit", "number"),
                new Name("changing", "number"),
                new Name("dayLimit", "date"),
                new Name("switched", "flag")));
        all.addAll(facts);
        all.addAll(derived);
        all.addAll(parameters);
        all.add(new Name("applicationDate", "date"));
        SortedMap<String, byte[]> typed = new TreeMap<>();
        put(typed, "scheme.yaml", scheme());
        put(typed, "rulesets/r/parameters.yaml", parameters());
        StringBuilder rules = new StringBuilder();
        SortedMap<String, byte[]> inPlain = new TreeMap<>();
        dmn("conditions.dmn", List.of("c0", "c1", "c2"), true, typed, inPlain, rules);
        dmn("benefits.dmn", List.of("e0", "e1"), false, typed, inPlain, rules);
        put(
                typed,
                "rulesets/r/sources.yaml",
                "documents:\n  - {code: law, title: {zh: 法, en: law}, articles: [{name: {zh: 条, en: article}, text: {zh: 文, en: text}, rules: ["
                        + rules + "]}]}\n");
        put(typed, "rulesets/r/examples.yaml", "[]\n");
        policy = CityPackages.read("random", typed);
        inPlain.putAll(typed.entrySet().stream()
                .filter(e -> !inPlain.containsKey(e.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        plain = new PolicyPackage(
                policy.scheme(),
                policy.hash(),
                policy.catalogue(),
                policy.steps(),
                policy.rulesets(),
                policy.forms(),
                inPlain);
    }

    private static void put(SortedMap<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Name any(String kind) {
        return any(all.stream().filter(n -> n.kind.equals(kind)).toList());
    }

    // ---- the scheme

    private String scheme() {
        String
                first =
                        facts.stream()
                                .filter(f -> f.kind.equals("date"))
                                .findFirst()
                                .orElseThrow()
                                .name,
                text =
                        facts.stream()
                                .filter(f -> f.kind.equals("text"))
                                .findFirst()
                                .orElseThrow()
                                .name,
                list =
                        facts.stream()
                                .filter(f -> f.kind.equals("list"))
                                .findFirst()
                                .orElseThrow()
                                .name,
                number =
                        facts.stream()
                                .filter(f -> f.kind.equals("number"))
                                .findFirst()
                                .orElseThrow()
                                .name;
        String told = "{message: {zh: 因, en: reason}, mend: {zh: 补, en: mend}, appeal: {zh: 诉, en: appeal}}",
                label = "label: {zh: 名, en: name}";
        return "code: random\nname: {zh: 随机, en: random}\nabout: {zh: 随机, en: random}\ngoverningDate: applicationDate\n"
                + "benefits: [{code: GRANT, name: {zh: 款, en: grant}, fund: TALENT_FUND, kind: money}]\nfacts:\n"
                + facts.stream()
                        .map(f -> "  - {name: " + f.name + ", type: "
                                + switch (f.kind) {
                                    case "number" -> random.nextBoolean() ? "integer" : "fen";
                                    case "flag" -> "boolean";
                                    case "numbers" -> "list, of: integer";
                                    default -> f.kind;
                                }
                                + ", source: applicant, " + label + values(f.kind) + "}\n")
                        .collect(Collectors.joining())
                + "reasons: {FAILS: " + told + ", DATA_UNAVAILABLE: " + told + ", REVIEW_REFUSED: " + told
                + "}\ndocuments: []\nwaivable: []\npanelLevels: []\npaymentKey: []\nsameThing: []\naskedBeforePaying: []\n"
                + "rules:\n  derived:\n    - {fact: months, as: completedMonths, from: " + first
                + ", on: applicationDate}\n    - {fact: later, as: monthsLater, from: " + first + ", months: limit}\n"
                + "    - {fact: rank, as: number, of: " + text
                + ", values: {A: 1, B: 2, D: 9}}\n    - {fact: best, as: number, of: " + list
                + ", values: {A: 3, C: 5}}\n"
                + "    - {fact: sum, as: calculation, is: \"" + number + " * 2 - limit\"}\n"
                + "  benefits: {GRANT: {tables: [c0, c1, c2, e0, e1]}}\n";
    }

    private static String values(String kind) {
        List<String> codes =
                kind.equals("text") || kind.equals("list") ? CODES : kind.equals("numbers") ? NUMBERS : List.of();
        return codes.isEmpty()
                ? ""
                : ", values: ["
                        + codes.stream()
                                .map(c -> "{code: \"" + c + "\", name: {zh: 码, en: code}}")
                                .collect(Collectors.joining(", "))
                        + "]";
    }

    private String parameters() {
        String sourced = ", status: SOURCED, source: law}";
        return "inForceFrom: 2020-01-01\nparameters:\n  limit: {unit: months, values: {always: {is: "
                + random.nextInt(9) + sourced + "}}\n"
                + "  changing: {unit: count, values: {always: {is: " + random.nextInt(12) + sourced + ", " + BASE
                + ": {is: " + random.nextInt(12) + sourced + "}}\n"
                + "  dayLimit: {unit: date, values: {always: {is: " + day() + sourced + ", " + BASE.plusDays(2)
                + ": {is: " + day() + sourced + "}}\n"
                + "  switched: {unit: flag, values: {always: {is: " + random.nextBoolean() + sourced + "}}\n";
    }

    // ---- tables

    private void dmn(
            String file,
            List<String> tables,
            boolean conditions,
            SortedMap<String, byte[]> typed,
            SortedMap<String, byte[]> inPlain,
            StringBuilder rules) {
        StringBuilder ours = new StringBuilder(), stock = new StringBuilder();
        for (StringBuilder text : List.of(ours, stock))
            text.append(
                    "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"d\" name=\"d\" namespace=\"n\">\n");
        for (String table : tables) {
            String hits = random.nextBoolean() ? "COLLECT" : "RULE ORDER";
            hitPolicies.put(table, hits);
            List<Name> columns = IntStream.rangeClosed(0, 1 + random.nextInt(4))
                    .mapToObj(i -> any(all))
                    .toList();
            List<String> outputs =
                    conditions ? List.of("rule", "reason", "effect", "status") : List.of("rule", "status", "amountFen");
            StringBuilder head = new StringBuilder("<decision id=\"" + table + "\" name=\"" + table
                    + "\"><decisionTable id=\"" + table + "-t\" hitPolicy=\"" + hits + "\">\n");
            for (int c = 0; c < columns.size(); c++)
                head.append("<input id=\"")
                        .append(table)
                        .append("-i")
                        .append(c)
                        .append("\"><inputExpression id=\"")
                        .append(table)
                        .append("-x")
                        .append(c)
                        .append("\"><text>")
                        .append(columns.get(c).name)
                        .append("</text></inputExpression></input>\n");
            for (String output : outputs)
                head.append("<output id=\"")
                        .append(table)
                        .append("-o-")
                        .append(output)
                        .append("\" name=\"")
                        .append(output)
                        .append("\"/>\n");
            ours.append(head);
            stock.append(head);
            for (int row = 0, rows = 1 + random.nextInt(8); row < rows; row++) {
                String id = table + "-" + row;
                rules.append(rules.isEmpty() ? "" : ", ").append(id);
                StringBuilder end = new StringBuilder();
                for (String output : outputs)
                    end.append("<outputEntry id=\"")
                            .append(id)
                            .append("-")
                            .append(output)
                            .append("\"><text>")
                            .append(
                                    switch (output) {
                                        case "rule" -> "\"" + id + "\"";
                                        case "reason" -> "\"FAILS\"";
                                        case "effect" -> "\"MANUAL\"";
                                        case "status" -> "\"SOURCED\"";
                                        default -> "100";
                                    })
                            .append("</text></outputEntry>");
                ours.append("<rule id=\"r-").append(id).append("\">");
                stock.append("<rule id=\"r-").append(id).append("\">");
                for (int c = 0; c < columns.size(); c++) {
                    Written cell = random.nextInt(3) == 0
                            ? new Written(random.nextBoolean() ? "" : "-", "")
                            : written(columns.get(c));
                    String start = "<inputEntry id=\"" + id + "-e" + c + "\"><text>";
                    ours.append(start).append(escaped(cell.typed)).append("</text></inputEntry>");
                    stock.append(start).append(escaped(cell.plain)).append("</text></inputEntry>");
                }
                ours.append(end).append("</rule>\n");
                stock.append(end).append("</rule>\n");
            }
            ours.append("</decisionTable></decision>\n");
            stock.append("</decisionTable></decision>\n");
        }
        put(typed, "rulesets/r/" + file, ours + "</definitions>\n");
        put(inPlain, "rulesets/r/" + file, stock + "</definitions>\n");
    }

    private static String escaped(String cell) {
        return cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private Written written(Name column) {
        String plain = cell(column);
        return new Written(plain, random.nextInt(4) == 0 ? typed(plain) : plain);
    }

    /** Some of the signs outside quotes in full width, and the quotes as Chinese ones. */
    private String typed(String plain) {
        kindsWritten.add("full width");
        StringBuilder typed = new StringBuilder();
        boolean quoted = false;
        for (char c : plain.toCharArray()) {
            if (c == '"') typed.append((quoted = !quoted) ? '“' : '”');
            else if (!quoted && c > ' ' && !Character.isLetter(c) && random.nextBoolean())
                typed.append(c == ',' && random.nextBoolean() ? '、' : (char) (c - '!' + '！'));
            else typed.append(c);
        }
        return typed.toString();
    }

    // ---- cells

    private String cell(Name column) {
        boolean parameter = parameters.contains(column),
                ordered = column.kind.equals("number") || column.kind.equals("date"),
                list = column.kind.startsWith("list") || column.kind.equals("numbers");
        if (column.kind.equals("flag"))
            return parameter || random.nextInt(3) > 0
                    ? kind("flag", "" + random.nextBoolean())
                    : kind("flag or null", "false, null");
        if (!parameter && (list || random.nextInt(4) == 0)) return sentence(column);
        String tests = IntStream.rangeClosed(0, random.nextInt(3) / 2 + random.nextInt(2))
                .mapToObj(i -> ordered ? ordered(column.kind) : "\"" + any(CODES) + "\"")
                .collect(Collectors.joining(", "));
        if (random.nextInt(4) == 0) return kind("not", "not(" + tests + ")");
        return !parameter && random.nextInt(8) == 0
                ? kind("or null", "null, " + tests)
                : !parameter && random.nextInt(16) == 0
                        ? kind("null", random.nextBoolean() ? "null" : "not(null)")
                        : kind("list of tests", tests);
    }

    private String kind(String kind, String cell) {
        kindsWritten.add(kind);
        return cell;
    }

    private String ordered(String kind) {
        if (random.nextInt(3) == 0) return range(kind);
        return random.nextInt(3) == 0
                ? kind("equal " + kind, operand(kind))
                : kind("compared " + kind, any(OPS) + " " + operand(kind));
    }

    private String range(String kind) {
        String from, to;
        if (kind.equals("date")) {
            LocalDate day = day();
            from = date(day);
            to = date(day.plusDays(random.nextInt(6)));
        } else {
            int a = random.nextInt(10);
            from = "" + a;
            to = "" + (a + random.nextInt(5));
        }
        return kind("range", any(List.of("[", "]", "(")) + from + ".." + to + any(List.of("]", "[", ")")));
    }

    /** It speaks of its column, and perhaps of others. */
    private String sentence(Name column) {
        String all = about(new Name("?", column.kind));
        for (int i = random.nextInt(3); i > 0; i--) {
            Name other = random.nextBoolean()
                    ? new Name("?", column.kind)
                    : any(this.all.stream().filter(n -> !parameters.contains(n)).toList());
            String one = about(other);
            if (random.nextInt(4) == 0) one = kind("not in a sentence", "not(" + one + ")");
            String word = random.nextBoolean() ? " and " : " or ";
            all = random.nextInt(3) == 0 ? "(" + all + ")" + word + one : all + word + one;
        }
        return random.nextInt(5) == 0 ? kind("not around a sentence", "not(" + all + ")") : all;
    }

    private String about(Name name) {
        return switch (name.kind) {
            case "flag" -> kind("flag in a sentence", name.name + " = " + random.nextBoolean());
            case "text" -> kind("text in a sentence", name.name + " = \"" + any(CODES) + "\"");
            case "list" ->
                random.nextBoolean()
                        ? kind("list contains", "list contains(" + name.name + ", \"" + any(CODES) + "\")")
                        : kind(
                                "some of a list",
                                "(some one in " + name.name + " satisfies one in (\"" + any(CODES) + "\", \""
                                        + any(CODES) + "\"))");
            case "numbers" -> kind("list contains a number", "list contains(" + name.name + ", " + any(NUMBERS) + ")");
            default ->
                random.nextInt(6) == 0
                        ? kind("null in a sentence", name.name + " = null")
                        : kind(
                                name.kind + " in a sentence",
                                name.name + " " + any(List.of("<", "<=", ">", ">=", "=")) + " " + operand(name.kind));
        };
    }

    private String operand(String kind) {
        if (kind.equals("date")) return random.nextBoolean() ? date(day()) : any("date").name;
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> "" + random.nextInt(14);
            case 3 -> any("number").name;
            case 4 -> kind("+", any("number").name + " + " + random.nextInt(5));
            case 5 -> kind("-", any("number").name + " - " + any("number").name);
            case 6 -> kind("*", any("number").name + " * 2");
            case 7 ->
                kind("max", "max(" + any("number").name + ", " + random.nextInt(9) + ", " + any("number").name + ")");
            default -> kind("min", "min(" + (3 + random.nextInt(9)) + ", " + any("number").name + ")");
        };
    }

    private LocalDate day() {
        return BASE.minusDays(random.nextInt(8));
    }

    private static String date(LocalDate day) {
        return "date(\"" + day + "\")";
    }

    // ---- people

    /** @param unknown one in so many facts that nobody tells; 0 where all are told */
    Map<String, Object> facts(LocalDate applied, int unknown) {
        Map<String, Object> told = new HashMap<>();
        for (Name fact : facts) {
            if (unknown > 0 && random.nextInt(unknown) == 0) continue;
            told.put(
                    fact.name,
                    switch (fact.kind) {
                        case "number" -> (Object) (long) random.nextInt(14);
                        case "date" ->
                            applied.minusDays(random.nextInt(9))
                                    .minusMonths(random.nextInt(4) == 0 ? random.nextInt(7) : 0);
                        case "flag" -> random.nextBoolean();
                        case "text" -> any(CODES);
                        case "list" ->
                            CODES.stream().filter(c -> random.nextInt(3) == 0).toList();
                        default ->
                            NUMBERS.stream()
                                    .filter(c -> random.nextInt(3) == 0)
                                    .map(Long::valueOf)
                                    .toList();
                    });
        }
        return told;
    }
}
