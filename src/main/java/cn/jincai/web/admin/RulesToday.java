package cn.jincai.web.admin;

import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Instalment;
import cn.jincai.assessment.Reason;
import cn.jincai.policy.editing.CaseEdit;
import cn.jincai.policy.editing.FactText;
import cn.jincai.policy.forms.Written;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of a version say of a worked case beside what it expects.
 *
 * @param differences empty where it comes out as it is written
 * @param taken       the case with what the rules say in place of what it expects
 */
record RulesToday(List<Difference> differences, CaseEdit taken) {
    /**
     * @param benefit code, or null for the whole case and for a line
     * @param line    of a roster, from 1; null for the others
     * @param word    {@code verdict}, {@code amountFen} and so on
     * @param expected as the form shows it; empty where nothing is said of it
     */
    record Difference(@Nullable String benefit, @Nullable Integer line, String word, String expected, String found) {}

    private static final Set<String> FIRST = Set.of("verdict", "amountFen", "reasons");

    static RulesToday of(CaseEdit typed, Assessment found) {
        List<Difference> differences = new ArrayList<>();
        boolean silent = typed.verdict().isEmpty()
                && typed.expect().values().stream().allMatch(RulesToday::isEmpty)
                && typed.expectOfLines().stream().allMatch(RulesToday::isEmpty);
        String verdict = found.verdict().name();
        if (silent || !typed.verdict().isEmpty() && !typed.verdict().equals(verdict))
            differences.add(new Difference(null, null, "verdict", typed.verdict(), verdict));
        Map<String, Map<String, String>> expect = new LinkedHashMap<>();
        typed.expect().forEach((code, words) -> {
            Map<String, String> said = said(found.benefit(code).orElse(null));
            expect.put(code, taken(code, null, words, said, silent, differences));
        });
        List<Map<String, String>> lines = new ArrayList<>();
        int assessed = 0;
        for (int i = 0; i < typed.expectOfLines().size(); i++) {
            Map<String, String> words = typed.expectOfLines().get(i);
            boolean there = i < typed.lines().size() && !isEmpty(typed.lines().get(i));
            AssessedLine line =
                    there && assessed < found.lines().size() ? found.lines().get(assessed++) : null;
            lines.add(line == null ? words : taken(null, i + 1, words, said(line), silent, differences));
        }
        CaseEdit taken = new CaseEdit(
                typed.nameZh(),
                typed.nameEn(),
                typed.applicationDate(),
                typed.noticesUntil(),
                typed.facts(),
                typed.lines(),
                silent || !typed.verdict().isEmpty() ? verdict : "",
                expect,
                lines);
        return new RulesToday(differences, taken);
    }

    private static boolean isEmpty(Map<String, String> words) {
        return words.values().stream().allMatch(String::isBlank);
    }

    private static Map<String, String> taken(
            @Nullable String benefit,
            @Nullable Integer line,
            Map<String, String> words,
            Map<String, String> said,
            boolean silent,
            List<Difference> differences) {
        if (isEmpty(words) && !silent) return words;
        Map<String, String> taken = new LinkedHashMap<>();
        boolean asked = !CaseEdit.NOT_ASKED.equals(said.get("verdict")),
                wasAsked = !CaseEdit.NOT_ASKED.equals(words.get("verdict"));
        said.forEach((word, value) -> {
            String expected = words.getOrDefault(word, "");
            if (expected.isBlank() && !((silent || !wasAsked) && FIRST.contains(word))) return;
            if (!value.isEmpty() || word.equals("reasons")) taken.put(word, value);
            if (!same(word, expected, value)) differences.add(new Difference(benefit, line, word, expected, value));
        });
        return asked ? taken : Map.of("verdict", CaseEdit.NOT_ASKED);
    }

    private static boolean same(String word, String expected, String found) {
        return switch (word) {
            case "amountFen", "monthlyFen" -> Written.fen(expected).equals(Written.fen(found));
            case "months", "level" -> Written.number(expected).equals(Written.number(found));
            case "reasons" -> codes(expected).equals(codes(found));
            case "instalments" -> sums(expected).equals(sums(found));
            default -> expected.strip().equals(found);
        };
    }

    private static Set<String> codes(String typed) {
        return Set.copyOf(Arrays.asList(typed.split(",")));
    }

    private static List<Optional<Long>> sums(String typed) {
        return Arrays.stream(typed.strip().split("[\\s;；、]+")).map(Written::fen).toList();
    }

    private static Map<String, String> said(@Nullable Benefit benefit) {
        Map<String, String> said = new LinkedHashMap<>();
        if (benefit == null) {
            said.put("verdict", CaseEdit.NOT_ASKED);
            return said;
        }
        said.put("verdict", benefit.verdict().name());
        said.put("amountFen", FactText.yuan(benefit.amountFen()));
        said.put("level", text(benefit.level()));
        said.put("monthlyFen", benefit.monthlyFen() == null ? "" : FactText.yuan(benefit.monthlyFen()));
        said.put("months", text(benefit.months()));
        said.put("reasons", codes(benefit.reasons()));
        said.put(
                "instalments",
                benefit.instalments().isEmpty()
                        ? FactText.NONE
                        : benefit.instalments().stream()
                                .map(Instalment::amountFen)
                                .map(FactText::yuan)
                                .collect(Collectors.joining(" ")));
        return said;
    }

    /** Of all that is decided for it. */
    private static Map<String, String> said(AssessedLine line) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("verdict", line.verdict().name());
        said.put(
                "amountFen",
                FactText.yuan(
                        line.benefits().stream().mapToLong(Benefit::amountFen).sum()));
        said.put(
                "reasons",
                codes(line.benefits().stream()
                        .flatMap(b -> b.reasons().stream())
                        .toList()));
        return said;
    }

    private static String codes(List<Reason> reasons) {
        return reasons.isEmpty()
                ? FactText.NONE
                : reasons.stream().map(Reason::code).sorted().collect(Collectors.joining(","));
    }

    private static String text(@Nullable Integer number) {
        return number == null ? "" : number.toString();
    }
}
