package cn.jincai.policy.editing;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Written;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was typed of a worked case, as YAML in flow style.
 *
 * @param facts         by name, only those that are known
 * @param lines         likewise, in the order of the form; empty for one that is to go
 * @param expect        by benefit, only of those of which something is said
 * @param expectOfLines words as they were typed, of each of {@code lines}
 */
record CaseYaml(
        Scheme scheme,
        String nameZh,
        String nameEn,
        String day,
        String noticesUntil,
        Map<String, String> facts,
        List<Map<String, String>> lines,
        String verdict,
        Map<String, String> expect,
        List<Map<String, String>> expectOfLines) {
    static final String UNKNOWN = "null";

    private static final int LONGEST_NAME = 200;

    /** @throws Problem INVALID at {@code nameZh}, {@code fact-NAME}, {@code line-0-NAME}, {@code BENEFIT-WORD} and so on */
    static CaseYaml of(Scheme scheme, CaseEdit typed) {
        List<Mistake> mistakes = new ArrayList<>();
        name("nameZh", typed.nameZh(), mistakes);
        name("nameEn", typed.nameEn(), mistakes);
        Optional<LocalDate> day = Written.day(typed.applicationDate());
        if (day.isEmpty())
            mistakes.add(Mistake.of(
                    "applicationDate",
                    "policy.edit.case.DAY",
                    typed.applicationDate().strip()));
        String until = typed.noticesUntil().strip();
        if (!until.isEmpty() && !until.matches("(19|20)\\d\\d"))
            mistakes.add(Mistake.of("noticesUntil", "policy.edit.case.YEAR", until));
        Map<String, String> facts = facts(scheme, "fact-", typed.facts(), mistakes);
        List<Map<String, String>> lines = new ArrayList<>();
        for (Map<String, String> line : typed.lines())
            lines.add(facts(scheme, "line-" + lines.size() + "-", line, mistakes));
        verdict("verdict", typed.verdict(), false, mistakes);
        Map<String, String> expect = new LinkedHashMap<>();
        typed.expect().forEach((code, words) -> {
            if (scheme.benefits().stream().noneMatch(b -> b.code().equals(code)))
                mistakes.add(Mistake.of("", "policy.edit.case.BENEFIT", code));
            else if (!CaseEdit.isEmpty(words)) {
                check(scheme, code + "-", words, mistakes);
                expect.put(code, said(words));
            }
        });
        for (int i = 0; i < typed.expectOfLines().size(); i++)
            if (i < lines.size() && !lines.get(i).isEmpty())
                check(scheme, "expect-" + i + "-", typed.expectOfLines().get(i), mistakes);
        if (expect.isEmpty()
                && typed.verdict().isEmpty()
                && typed.expectOfLines().stream().allMatch(CaseEdit::isEmpty))
            mistakes.add(Mistake.of("verdict", "policy.edit.case.NOTHING"));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        return new CaseYaml(
                scheme,
                typed.nameZh().strip(),
                typed.nameEn().strip(),
                day.orElseThrow().toString(),
                until,
                facts,
                lines,
                typed.verdict(),
                expect,
                typed.expectOfLines());
    }

    private static void name(String field, String typed, List<Mistake> mistakes) {
        if (typed.isBlank()) mistakes.add(Mistake.of(field, "policy.edit.text.REQUIRED"));
        else if (typed.length() > LONGEST_NAME)
            mistakes.add(Mistake.of(field, "policy.edit.text.TOO_LONG", LONGEST_NAME));
    }

    private static Map<String, String> facts(
            Scheme scheme, String prefix, Map<String, String> typed, List<Mistake> mistakes) {
        Map<String, String> facts = new LinkedHashMap<>();
        typed.forEach((name, text) -> {
            Scheme.Fact fact = scheme.fact(name).orElse(null);
            if (fact == null) mistakes.add(Mistake.of("", "policy.edit.case.UNKNOWN_FACT", name));
            else if (!text.isBlank())
                FactText.yaml(fact, text)
                        .ifPresentOrElse(
                                yaml -> facts.put(name, yaml),
                                () -> mistakes.add(Mistake.of(
                                        prefix + name,
                                        "policy.edit.fact." + fact.type(),
                                        fact.label(),
                                        text.strip().length() > 40
                                                ? text.strip().substring(0, 40) + "…"
                                                : text.strip())));
        });
        return facts;
    }

    static Optional<String> fact(Scheme scheme, String name, String typed) {
        return scheme.fact(name).flatMap(fact -> FactText.yaml(fact, typed));
    }

    private static void verdict(String field, String typed, boolean ofBenefit, List<Mistake> mistakes) {
        if (typed.isEmpty() || ofBenefit && typed.equals(CaseEdit.NOT_ASKED)) return;
        if (Arrays.stream(Verdict.values()).noneMatch(v -> v.name().equals(typed)))
            mistakes.add(Mistake.of(field, "policy.edit.case.VERDICT"));
    }

    private static void check(Scheme scheme, String prefix, Map<String, String> words, List<Mistake> mistakes) {
        words.forEach((word, typed) -> {
            if (typed.isBlank()) return;
            switch (word) {
                case "verdict" -> verdict(prefix + word, typed, true, mistakes);
                case "amountFen", "monthlyFen" -> {
                    if (Written.fen(typed).isEmpty())
                        mistakes.add(Mistake.of(prefix + word, "policy.edit.is.YUAN", typed.strip()));
                }
                case "months", "level" -> {
                    if (Written.number(typed).isEmpty())
                        mistakes.add(Mistake.of(prefix + word, "policy.edit.case.NUMBER", typed.strip()));
                }
                case "instalments" -> {
                    if (!typed.equals(FactText.NONE) && FactText.sums(typed).isEmpty())
                        mistakes.add(Mistake.of(prefix + word, "policy.edit.is.YUAN", typed.strip()));
                }
                case "reasons" -> {
                    for (String code : typed.split(","))
                        if (!code.equals(FactText.NONE) && !scheme.reasons().containsKey(code))
                            mistakes.add(Mistake.of(prefix + word, "policy.edit.case.REASON", code));
                }
                default -> mistakes.add(Mistake.of("", "policy.edit.case.WORD", word));
            }
        });
    }

    /** {@code {verdict: APPROVE, amountFen: 100000}} of words that were typed rightly. */
    static String said(Map<String, String> words) {
        if (CaseEdit.NOT_ASKED.equals(words.get("verdict"))) return "{asked: false}";
        List<String> said = new ArrayList<>();
        for (String word : CaseFile.WORDS) {
            String typed = words.getOrDefault(word, "").strip();
            if (!typed.isEmpty()) said.add(word + ": " + said(word, typed));
        }
        return "{" + String.join(", ", said) + "}";
    }

    private static String said(String word, String typed) {
        return switch (word) {
            case "amountFen", "monthlyFen" ->
                Written.fen(typed).map(String::valueOf).orElse(typed);
            case "months", "level" -> Written.number(typed).map(String::valueOf).orElse(typed);
            case "instalments" ->
                typed.equals(FactText.NONE) ? "[]" : FactText.sums(typed).orElse(typed);
            case "reasons" ->
                typed.contains(FactText.NONE) && !typed.contains(",")
                        ? "[]"
                        : Arrays.stream(typed.split(","))
                                .filter(code -> !code.equals(FactText.NONE))
                                .collect(Collectors.joining(", ", "[", "]"));
            default -> typed;
        };
    }

    /** By the ids of those lines that are left; empty where nothing is said of any. */
    static String ofLines(List<String> ids, List<Map<String, String>> left) {
        Map<String, String> said = new TreeMap<>();
        for (int i = 0; i < Math.min(ids.size(), left.size()); i++)
            if (!CaseEdit.isEmpty(left.get(i))) said.put(ids.get(i), said(left.get(i)));
        return said.isEmpty()
                ? ""
                : said.entrySet().stream()
                        .map(e -> YamlText.quoted(e.getKey()) + ": " + e.getValue())
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    static List<String> entries(Map<String, String> values) {
        return values.entrySet().stream()
                .map(e -> YamlText.plain(e.getKey()) + ": " + e.getValue())
                .toList();
    }

    private static String map(Map<String, String> values) {
        return "{" + String.join(", ", entries(values)) + "}";
    }

    /** Of a new case. */
    List<String> written() {
        List<String> all = new ArrayList<>();
        all.add("case: {zh: " + YamlText.quoted(nameZh) + ", en: " + YamlText.quoted(nameEn) + "}");
        all.add("applicationDate: " + day);
        if (!noticesUntil.isEmpty()) all.add("noticesUntil: " + noticesUntil);
        all.add("facts: " + map(facts));
        List<Map<String, String>> told = new ArrayList<>(), expected = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++)
            if (!lines.get(i).isEmpty()) {
                told.add(lines.get(i));
                expected.add(i < expectOfLines.size() ? expectOfLines.get(i) : Map.of());
                ids.add("" + told.size());
            }
        if (!told.isEmpty())
            all.add("lines: " + told.stream().map(CaseYaml::map).collect(Collectors.joining(", ", "[", "]")));
        Map<String, String> said = new LinkedHashMap<>();
        if (!verdict.isEmpty()) said.put("case", verdict);
        said.putAll(expect);
        String ofLines = ofLines(ids, expected);
        if (!ofLines.isEmpty()) said.put("lines", ofLines);
        all.add("expect: " + map(said));
        return all;
    }
}
