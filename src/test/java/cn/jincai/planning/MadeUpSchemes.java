package cn.jincai.planning;

import cn.jincai.kernel.Problem;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.PolicyPackage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Sets of schemes that nobody wrote, of which each may exclude, need, deduct or cap what others grant, for life or for a calendar year: most have one order that is right. */
final class MadeUpSchemes {
    private static final String[] OUTPUTS_OF_CONDITIONS = {"rule", "reason", "effect", "status"},
            OUTPUTS_OF_BENEFITS = {"rule", "status", "amountFen"};

    private final Random random;
    private final int number;

    private MadeUpSchemes(long seed, int number) {
        this.random = new Random(seed);
        this.number = number;
    }

    static List<PolicyPackage> of(long seed, int number) {
        MadeUpSchemes made = new MadeUpSchemes(seed, number);
        List<PolicyPackage> all = new ArrayList<>();
        for (int i = 1; i <= number; i++) all.add(made.scheme(i));
        return all;
    }

    private PolicyPackage scheme(int i) {
        int sum = 100 * (1 + random.nextInt(50)), cap = 100 * (1 + random.nextInt(60));
        String others = others(i), within = random.nextInt(4) == 0 ? "calendarYear" : "life";
        String bars = switch (random.nextInt(4)) {
            case 0 -> "> 0"; // refused to whoever holds another
            case 1 -> "0"; // only for whoever holds another
            default -> "> 99999999";
        };
        String atMost = random.nextInt(2) == 0 ? ", atMost: left" : "";
        TreeMap<String, byte[]> files = new TreeMap<>();
        put(files, "scheme.yaml", """
                code: made-%1$d
                name: {zh: 第%1$d项, en: Scheme %1$d}
                about: {zh: 虚构, en: made up}
                governingDate: applicationDate
                benefits:
                  - {code: MADE_%1$d, name: {zh: 第%1$d项, en: Scheme %1$d}, fund: TALENT_FUND, kind: money}
                facts:
                  - {name: held, type: fen, label: {zh: 已享受, en: Held}, source: own-records, whenAbsent: 0, count: {of: amountFen, benefits: [%2$s], within: %3$s}}
                reasons:
                  NO: {message: {zh: 不可, en: no}, mend: {zh: 无, en: nothing}}
                  DATA_UNAVAILABLE: {message: {zh: 不知, en: unknown}, mend: {zh: 补, en: tell}}
                  REVIEW_REFUSED: {message: {zh: 不可, en: no}, mend: {zh: 无, en: nothing}}
                appeal: {zh: 可诉, en: appeal}
                rules:
                  derived:
                    - {fact: left, as: calculation, is: "%4$d - held"}
                  benefits:
                    MADE_%1$d: {tables: [gate, sums]%5$s}
                """.formatted(i, others, within, cap, atMost));
        put(files, "rulesets/r/parameters.yaml", "inForceFrom: 2020-01-01\nparameters: {}\n");
        put(files, "rulesets/r/examples.yaml", "[]\n");
        put(
                files,
                "rulesets/r/sources.yaml",
                "documents: [{code: d, title: {zh: 文, en: text}, articles: [{name: {zh: 一, en: one}, text: {zh: 文, en: text}, rules: [G, S]}]}]\n");
        put(
                files,
                "rulesets/r/conditions.dmn",
                table("gate", bars, OUTPUTS_OF_CONDITIONS, "\"G\"", "\"NO\"", "\"REJECT\"", "\"SOURCED\""));
        put(
                files,
                "rulesets/r/benefits.dmn",
                table("sums", ">= 0", OUTPUTS_OF_BENEFITS, "\"S\"", "\"SOURCED\"", String.valueOf(sum)));
        try {
            return CityPackages.read("made-" + i, files);
        } catch (Problem faulty) {
            throw new AssertionError(faulty.mistakes().toString(), faulty);
        }
    }

    private String others(int i) {
        String others = random.ints(1, number + 1)
                .limit(2)
                .filter(other -> other != i)
                .distinct()
                .mapToObj(other -> "MADE_" + other)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "MADE_" + (i % number + 1) : others;
    }

    private static void put(TreeMap<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String table(String id, String cell, String[] outputs, String... values) {
        StringBuilder xml = new StringBuilder("""
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d-%1$s" name="%1$s" namespace="x">
                <decision id="%1$s" name="%1$s"><decisionTable id="t-%1$s" hitPolicy="COLLECT">
                <input id="i" label="held"><inputExpression id="e" typeRef="number"><text>held</text></inputExpression></input>
                """.formatted(id));
        for (String output : outputs)
            xml.append("<output id=\"o-%1$s\" name=\"%1$s\" typeRef=\"string\"/>\n".formatted(output));
        xml.append("<rule id=\"r\"><inputEntry id=\"c\"><text>%s</text></inputEntry>"
                .formatted(cell.replace(">", "&gt;")));
        for (int i = 0; i < values.length; i++)
            xml.append("<outputEntry id=\"v%d\"><text>%s</text></outputEntry>".formatted(i, values[i]));
        return xml.append("</rule></decisionTable></decision></definitions>").toString();
    }
}
