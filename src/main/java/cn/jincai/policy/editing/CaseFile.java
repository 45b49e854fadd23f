package cn.jincai.policy.editing;

import cn.jincai.policy.Findings;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.YamlEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The worked cases of a ruleset as their forms show them. */
record CaseFile(Scheme scheme, YamlEntry top) {
    /** Words of a benefit, in the order in which people write them. */
    static final List<String> WORDS =
            List.of("verdict", "amountFen", "level", "monthlyFen", "months", "reasons", "instalments");

    static CaseFile read(Scheme scheme, String path, byte[] content) {
        return new CaseFile(scheme, YamlEntry.read(path, content, new Findings()));
    }

    List<CaseEdit> all() {
        return top.list().stream().map(this::read).toList();
    }

    private CaseEdit read(YamlEntry e) {
        YamlEntry name = e.get("case"), expect = e.get("expect");
        List<Map<String, String>> lines = new ArrayList<>(), expectOfLines = new ArrayList<>();
        for (YamlEntry line : e.get("lines").list()) {
            lines.add(facts(line));
            expectOfLines.add(said(expect.get("lines").get(id(line, lines.size()))));
        }
        Map<String, Map<String, String>> said = new LinkedHashMap<>();
        scheme.benefits().forEach(b -> said.put(b.code(), said(expect.get(b.code()))));
        return new CaseEdit(
                name.get("zh").text(""),
                name.get("en").text(""),
                e.get("applicationDate").text(""),
                e.get("noticesUntil").text(""),
                facts(e.get("facts")),
                lines,
                expect.get("case").text(expect.get("caseVerdict").text("")),
                said,
                expectOfLines);
    }

    /** Of a line, or its place from 1 where none is written. */
    static String id(YamlEntry line, int place) {
        return line.get("id").text(String.valueOf(place));
    }

    private Map<String, String> facts(YamlEntry told) {
        Map<String, String> facts = new LinkedHashMap<>();
        told.map()
                .forEach((name, value) ->
                        scheme.fact(name).ifPresent(fact -> facts.put(name, FactText.shown(fact, value.value()))));
        return facts;
    }

    private static Map<String, String> said(YamlEntry told) {
        Map<String, String> words = new LinkedHashMap<>();
        if (!told.isMap()) return words;
        told.map().forEach((word, value) -> words.put(word, said(word, value.value())));
        if ("false".equals(words.remove("asked"))) words.put("verdict", CaseEdit.NOT_ASKED);
        return words;
    }

    private static String said(String word, @Nullable Object value) {
        if (value == null) return "";
        if (value instanceof List<?> list)
            return list.isEmpty()
                    ? FactText.NONE
                    : list.stream()
                            .map(v -> v instanceof Long fen ? FactText.yuan(fen) : String.valueOf(v))
                            .collect(Collectors.joining(word.equals("reasons") ? "," : " "));
        return word.endsWith("Fen") && value instanceof Long fen ? FactText.yuan(fen) : String.valueOf(value);
    }
}
