package cn.jincai.planning;

import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Made-up schemes of three benefits each that take from one pool of 80 000 yuan: one at once, one by the month, one in two parts that are applied for one by one. */
final class PooledScheme {
    static final long HOLDS = 80_000_00;
    static final String POOL =
            "{code: housing, name: {zh: 安居总额, en: Housing total}, atMost: housingFen, within: life, benefits: [A1, A2, A3, B1, B2, B3]}";

    private PooledScheme() {}

    static PolicyPackage of(String letter) {
        return of(letter, POOL);
    }

    static PolicyPackage of(String letter, String pool) {
        return MadeUpPackage.of("pooled-" + letter.toLowerCase(), files(letter, pool));
    }

    static SortedMap<String, byte[]> files(String letter, String pool) {
        SortedMap<String, byte[]> files = MadeUpPackage.files();
        files.keySet().removeIf(path -> path.startsWith("rulesets/"));
        put(files, "scheme.yaml", scheme(letter, pool));
        put(files, "rulesets/2025-01/parameters.yaml", """
                inForceFrom: 2025-01-01
                parameters:
                  housingFen: {unit: fen, label: {zh: 安居总额, en: Housing total at most}, values: {always: {is: 8000000, status: SOURCED, source: order, comparedOn: 2026-10-01}}}
                """);
        put(files, "rulesets/2025-01/sources.yaml", """
                documents:
                  - code: order
                    title: {zh: 办法, en: Order}
                    inForceFrom: 2025-01-01
                    articles:
                      - {name: {zh: 一, en: One}, text: {zh: 一, en: One}, rules: [N, R1, R2, R3]}
                """);
        put(files, "rulesets/2025-01/examples.yaml", "[]\n");
        put(
                files,
                "rulesets/2025-01/conditions.dmn",
                dmn(
                        "conditions",
                        table(
                                "gate",
                                "barred",
                                List.of("rule", "reason", "effect", "status"),
                                List.of("true", "\"N\"", "\"BARRED\"", "\"REJECT\"", "\"SOURCED\""))));
        put(
                files,
                "rulesets/2025-01/benefits.dmn",
                dmn(
                        "benefits",
                        table(
                                        "one",
                                        "barred",
                                        List.of("rule", "status", "amountFen"),
                                        List.of("false", "\"R1\"", "\"SOURCED\"", "onceFen"))
                                + table(
                                        "two",
                                        "barred",
                                        List.of("rule", "status", "monthlyFen", "months"),
                                        List.of("false", "\"R2\"", "\"SOURCED\"", "aMonthFen", "monthsAsked"))
                                + table(
                                        "three",
                                        "barred",
                                        List.of("rule", "status", "amountFen"),
                                        List.of("false", "\"R3\"", "\"SOURCED\"", "inPartsFen"))));
        return files;
    }

    private static String scheme(String letter, String pool) {
        String code = "pooled-" + letter.toLowerCase();
        return """
                code: %s
                name: {zh: 试, en: Trial}
                about: {zh: 试, en: Trial}
                governingDate: applicationDate
                employerCheck: false
                benefits:
                  - {code: L1, name: {zh: 一次补助, en: At once}, fund: TALENT_FUND, kind: money}
                  - {code: L2, name: {zh: 按月补助, en: By the month}, fund: TALENT_FUND, kind: money}
                  - {code: L3, name: {zh: 分次补助, en: In parts}, fund: TALENT_FUND, kind: money}
                facts:
                  - {name: barred, type: boolean, source: ban, label: {zh: 限制, en: Barred}}
                  - {name: onceFen, type: fen, source: applicant, label: {zh: 一次, en: Once}}
                  - {name: aMonthFen, type: fen, source: applicant, label: {zh: 每月, en: A month}}
                  - {name: monthsAsked, type: integer, max: 60, source: applicant, label: {zh: 月数, en: Months}}
                  - {name: inPartsFen, type: fen, source: applicant, label: {zh: 分次, en: In parts}}
                  - {name: part, type: integer, min: 1, max: 2, whenAbsent: 1, source: applicant, label: {zh: 第几次, en: Part}}
                reasons:
                  BARRED: {message: {zh: 限制, en: Barred}, mend: {zh: 无, en: None}}
                  DATA_UNAVAILABLE: {message: {zh: "不知道“{fact}”", en: "{fact} is not known"}, mend: {zh: 无, en: None}}
                  REVIEW_REFUSED: {message: {zh: 不同意, en: Refused}, mend: {zh: 无, en: None}}
                appeal: {zh: 可申诉, en: Appeal}
                paymentKey: [part]
                pools:
                  - %s
                rules:
                  benefits:
                    L1: {tables: [gate, one]}
                    L2: {tables: [gate, two]}
                    L3: {tables: [gate, three], instalments: {equalParts: 2, appliedFor: part}}
                """.formatted(code, pool).replaceAll("\\bL([123])\\b", letter + "$1");
    }

    private static void put(SortedMap<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String dmn(String id, String tables) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\""
                + id + "\" name=\"" + id + "\" namespace=\"https://example.org/pooled\">" + tables + "</definitions>";
    }

    private static String table(String id, String column, List<String> outputs, List<String> cells) {
        return "<decision id=\"" + id + "\" name=\"表\"><decisionTable id=\"" + id
                + "-t\" hitPolicy=\"COLLECT\"><input id=\"" + id
                + "-i\" label=\"列\"><inputExpression id=\"" + id + "-x\"><text>" + column
                + "</text></inputExpression></input>"
                + outputs.stream()
                        .map(o -> "<output id=\"" + id + "-" + o + "\" name=\"" + o + "\" label=\"出\" />")
                        .collect(Collectors.joining())
                + "<rule id=\"" + id + "-r\"><inputEntry id=\"" + id + "-c\"><text>" + cells.get(0)
                + "</text></inputEntry>"
                + java.util.stream.IntStream.range(1, cells.size())
                        .mapToObj(i -> "<outputEntry id=\"" + id + "-o" + i + "\"><text>" + cells.get(i)
                                + "</text></outputEntry>")
                        .collect(Collectors.joining())
                + "</rule></decisionTable></decision>";
    }
}
