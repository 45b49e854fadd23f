package cn.jincai.web.admin;

import cn.jincai.policy.Scheme;
import cn.jincai.policy.editing.CaseEdit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.util.MultiValueMap;

/** The form of a worked case as it came: {@code fact-NAME}, {@code line-0-NAME}, {@code BENEFIT-WORD}, {@code expect-0-WORD}. */
record TypedCase(Scheme scheme, MultiValueMap<String, String> all) {
    static final int MOST_LINES = 100;

    CaseEdit read() {
        Map<String, Map<String, String>> expect = new LinkedHashMap<>();
        scheme.benefits().forEach(b -> expect.put(b.code(), under(b.code() + "-")));
        TreeMap<Integer, Map<String, String>> lines = new TreeMap<>();
        for (int i = 0; i < MOST_LINES; i++) {
            Map<String, String> line = under("line-" + i + "-");
            if (!line.isEmpty()) lines.put(i, line.containsKey("gone") ? Map.of() : line);
        }
        List<Map<String, String>> told = new ArrayList<>(), expected = new ArrayList<>();
        for (int i = 0; !lines.isEmpty() && i <= lines.lastKey(); i++) {
            told.add(lines.getOrDefault(i, Map.of()));
            expected.add(under("expect-" + i + "-"));
        }
        return new CaseEdit(
                one("nameZh"),
                one("nameEn"),
                one("applicationDate"),
                one("noticesUntil"),
                under("fact-"),
                told,
                one("verdict"),
                expect,
                expected);
    }

    private String one(String field) {
        String typed = all.getFirst(field);
        return typed == null ? "" : typed.strip();
    }

    /** By what stands behind the prefix; of boxes all that were ticked. */
    private Map<String, String> under(String prefix) {
        Map<String, String> under = new LinkedHashMap<>();
        all.forEach((name, values) -> {
            if (name.startsWith(prefix))
                under.put(
                        name.substring(prefix.length()),
                        String.join(
                                ",", values.stream().filter(v -> !v.isBlank()).toList()));
        });
        return under;
    }
}
