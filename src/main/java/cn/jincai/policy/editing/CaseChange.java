package cn.jincai.policy.editing;

import cn.jincai.kernel.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One case of a file made to say what was typed, where it says something else. */
record CaseChange(Draft draft, String path, int at, CaseEdit old, CaseYaml now) {
    private static final String FACTS = "facts", LINES = "lines", EXPECT = "expect";

    void make() {
        List<String> way = way();
        if (!old.nameZh().equals(now.nameZh())) put(way("case"), "zh", YamlText.quoted(now.nameZh()), "");
        if (!old.nameEn().equals(now.nameEn())) put(way("case"), "en", YamlText.quoted(now.nameEn()), "");
        if (!old.applicationDate().equals(now.day())) put(way, "applicationDate", now.day(), "");
        if (!old.noticesUntil().equals(now.noticesUntil()))
            draft.put(path, way, "noticesUntil", now.noticesUntil().isEmpty() ? null : now.noticesUntil(), FACTS);
        if (draft.text(path).at(way).map(e -> e.get(FACTS)).isEmpty()) put(way, FACTS, "{}", EXPECT);
        facts(way(FACTS), old.facts(), now.facts());
        lines();
        expect();
    }

    private List<String> way(String... below) {
        return Stream.concat(Stream.of("" + at), Stream.of(below)).toList();
    }

    private void put(List<String> way, String key, String value, String before) {
        draft.change(
                path,
                text -> text.with(way, key, value, before)
                        .or(() -> text.put(
                                Stream.concat(way.stream(), Stream.of(key)).toList(), value)));
    }

    /** What others take over from here is theirs before anything is changed. */
    private void facts(List<String> way, Map<String, String> old, Map<String, String> now) {
        Map<String, String> changed = changed(old, now);
        if (changed.isEmpty()) return;
        YamlSpot there = draft.text(path).at(way).orElseThrow(Problem::notFound);
        if (there.kind() == YamlSpot.Kind.ALIAS) {
            StringBuilder own = new StringBuilder("{<<: *" + there.name());
            changed.forEach((name, value) ->
                    own.append(", ").append(YamlText.plain(name)).append(": ").append(value));
            draft.change(path, text -> text.put(way, own.append('}').toString()));
            return;
        }
        draft.change(path, text -> text.unnamed(way));
        changed.forEach((name, value) -> {
            boolean gone = value.equals(CaseYaml.UNKNOWN) && !there.isMerged();
            if (gone) draft.change(path, text -> text.without(way, name).or(() -> text.with(way, name, value)));
            else put(way, name, value, "");
        });
    }

    /** By name, in flow style; what is not known any more is {@code null}. */
    private Map<String, String> changed(Map<String, String> old, Map<String, String> now) {
        Map<String, String> changed = new LinkedHashMap<>();
        old.forEach((name, value) -> {
            if (!value.isEmpty() && !now.containsKey(name)) changed.put(name, CaseYaml.UNKNOWN);
        });
        now.forEach((name, value) -> {
            String before = old.getOrDefault(name, "");
            if (before.isEmpty()
                    || !CaseYaml.fact(this.now.scheme(), name, before).equals(Optional.of(value)))
                changed.put(name, value);
        });
        return changed;
    }

    private void lines() {
        int were = old.lines().size();
        for (int i = 0; i < were; i++)
            if (!now.lines().get(i).isEmpty())
                facts(way(LINES, "" + i), old.lines().get(i), now.lines().get(i));
        List<Map<String, String>> added =
                now.lines().stream().skip(were).filter(l -> !l.isEmpty()).toList();
        if (were == 0 && !added.isEmpty()) put(way(), LINES, "[]", EXPECT);
        for (Map<String, String> line : added)
            draft.change(path, text -> text.appended(way(LINES), CaseYaml.entries(line)));
        for (int i = were - 1; i >= 0; i--) {
            int gone = i;
            if (now.lines().get(i).isEmpty()) draft.change(path, text -> text.withoutItem(way(LINES), gone));
        }
        boolean none = now.lines().stream().allMatch(Map::isEmpty);
        if (were > 0 && none) draft.put(path, way(), LINES, null, "");
    }

    private void expect() {
        CaseEdit then = CaseEdits.cases(draft, path).get(at);
        boolean whole =
                draft.text(path).at(way(EXPECT)).map(e -> e.get("caseVerdict")).isPresent();
        String word = whole ? "caseVerdict" : "case";
        Map<String, String> wanted = new LinkedHashMap<>();
        if (!now.verdict().isEmpty()) wanted.put(word, now.verdict());
        wanted.putAll(now.expect());
        String ofLines = CaseYaml.ofLines(ids(), left());
        if (!ofLines.isEmpty()) wanted.put(LINES, ofLines);
        Map<String, String> said = new LinkedHashMap<>();
        if (!then.verdict().isEmpty()) said.put(word, then.verdict());
        then.expect().forEach((code, words) -> {
            if (!words.isEmpty()) said.put(code, CaseYaml.said(words));
        });
        if (draft.text(path).at(way(EXPECT, LINES)).isPresent()) said.put(LINES, saysOfLines() ? ofLines : "");
        wanted.forEach((key, value) -> {
            if (!value.equals(said.get(key))) put(way(EXPECT), key, value, "");
        });
        said.keySet().stream()
                .filter(key -> !wanted.containsKey(key))
                .forEach(key -> draft.put(path, way(EXPECT), key, null, ""));
    }

    /** Whether what is said of the lines is what was typed, under the ids that they have now. */
    private boolean saysOfLines() {
        return now.lines().stream().noneMatch(Map::isEmpty) && sameWords(old.expectOfLines(), left());
    }

    /** What was typed of the lines that stay. */
    private List<Map<String, String>> left() {
        List<Map<String, String>> left = new ArrayList<>();
        for (int i = 0; i < now.lines().size(); i++)
            if (!now.lines().get(i).isEmpty()) left.add(now.expectOfLines().get(i));
        return left;
    }

    private static boolean sameWords(List<Map<String, String>> a, List<Map<String, String>> b) {
        if (a.size() != b.size()) return false;
        for (int i = 0; i < a.size(); i++) if (!CaseYaml.said(a.get(i)).equals(CaseYaml.said(b.get(i)))) return false;
        return true;
    }

    private List<String> ids() {
        List<String> ids = new ArrayList<>();
        var file = CaseFile.read(now.scheme(), path, Objects.requireNonNull(draft.files.get(path)));
        file.top().list().get(at).get(LINES).list().forEach(line -> ids.add(CaseFile.id(line, ids.size() + 1)));
        return ids;
    }
}
