package cn.jincai.policy.editing;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.Ruleset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Worked cases of {@code examples.yaml} changed one by one; all the others mean afterwards what they meant. Each change makes a version, as in {@link PackageEdits}. */
@Service
public class CaseEdits {
    private static final String FACTS = "facts", LINES = "lines", EXPECT = "expect";

    private final Publication publication;
    private final Packages packages;

    CaseEdits(Publication publication, Packages packages) {
        this.publication = publication;
        this.packages = packages;
    }

    /** In the order of the file. @throws Problem NOT_FOUND */
    public List<CaseEdit> all(String hash, String ruleset) {
        Draft draft = new Draft(packages, publication, hash);
        return cases(draft, path(draft.ruleset(ruleset)));
    }

    /**
     * A case changed, or a new one at the end.
     *
     * @param at place in the file, from 0; -1 for a new one
     * @throws Problem NOT_FOUND; INVALID at the field that was typed wrongly; CONFLICT where only a text editor can change it
     */
    public Upload put(String hash, String ruleset, int at, CaseEdit typed, Actor by) {
        return put(hash, ruleset, Map.of(at, typed), by);
    }

    /** Several at once, by their places. @throws Problem as {@link #put} */
    public Upload put(String hash, String ruleset, Map<Integer, CaseEdit> typed, Actor by) {
        return written(hash, ruleset, typed).keep(by);
    }

    /** The version as it would be, for those who only want to know what its rules say of the case. Nothing is kept. @throws Problem as {@link #put} */
    public PolicyPackage tried(String hash, String ruleset, int at, CaseEdit typed) {
        Draft draft = written(hash, ruleset, Map.of(at, typed));
        PolicyPackage from = draft.from;
        return new PolicyPackage(
                from.scheme(), from.hash(), from.catalogue(), from.steps(), from.rulesets(), from.forms(), draft.files);
    }

    /** @throws Problem INVALID for the last that is left */
    public Upload remove(String hash, String ruleset, int at, Actor by) {
        Draft draft = new Draft(packages, publication, hash);
        String path = path(draft.ruleset(ruleset));
        List<CaseEdit> before = cases(draft, path);
        if (at < 0 || at >= before.size()) throw Problem.notFound();
        if (before.size() == 1) throw Problem.invalid("case", "policy.edit.case.LAST");
        draft.change(path, text -> text.withoutItem(List.of(), at));
        List<CaseEdit> others = new ArrayList<>(before);
        others.remove(at);
        if (!cases(draft, path).equals(others)) throw Problem.conflict("policy.edit.BY_TEXT_EDITOR", path);
        return draft.keep(by);
    }

    private Draft written(String hash, String ruleset, Map<Integer, CaseEdit> typed) {
        Draft draft = new Draft(packages, publication, hash);
        String path = path(draft.ruleset(ruleset));
        List<CaseEdit> before = cases(draft, path);
        typed.forEach((at, edit) -> {
            if (at >= before.size()) throw Problem.notFound();
            if (at >= 0 && edit.lines().size() < before.get(at).lines().size())
                throw Problem.conflict("policy.edit.case.LINES", path);
            CaseYaml yaml = CaseYaml.of(draft.from.catalogue(), edit);
            if (at < 0) draft.change(path, text -> text.appended(List.of(), yaml.written()));
            else new Change(draft, path, at, before.get(at), yaml).make();
        });
        List<CaseEdit> after = cases(draft, path);
        for (int i = 0; i < before.size(); i++)
            if (!typed.containsKey(i) && !after.get(i).equals(before.get(i)))
                throw Problem.conflict("policy.edit.BY_TEXT_EDITOR", path);
        return draft;
    }

    private static String path(Ruleset ruleset) {
        return ruleset.folder() + "examples.yaml";
    }

    private static List<CaseEdit> cases(Draft draft, String path) {
        byte[] content = draft.files.get(path);
        if (content == null) throw Problem.notFound();
        return CaseFile.read(draft.from.catalogue(), path, content).all();
    }

    /** One case of a file made to say what was typed, where it says something else. */
    private record Change(Draft draft, String path, int at, CaseEdit old, CaseYaml now) {
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
                changed.forEach((name, value) -> own.append(", ")
                        .append(YamlText.plain(name))
                        .append(": ")
                        .append(value));
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
            CaseEdit then = cases(draft, path).get(at);
            boolean whole = draft.text(path)
                    .at(way(EXPECT))
                    .map(e -> e.get("caseVerdict"))
                    .isPresent();
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
            for (int i = 0; i < a.size(); i++)
                if (!CaseYaml.said(a.get(i)).equals(CaseYaml.said(b.get(i)))) return false;
            return true;
        }

        private List<String> ids() {
            List<String> ids = new ArrayList<>();
            var file = CaseFile.read(now.scheme(), path, Objects.requireNonNull(draft.files.get(path)));
            file.top().list().get(at).get(LINES).list().forEach(line -> ids.add(CaseFile.id(line, ids.size() + 1)));
            return ids;
        }
    }
}
