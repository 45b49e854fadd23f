package cn.jincai.policy.editing;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Worked cases of {@code examples.yaml} changed one by one; all the others mean afterwards what they meant. Each change makes a version, as in {@link PackageEdits}. */
@Service
public class CaseEdits {
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
            else new CaseChange(draft, path, at, before.get(at), yaml).make();
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

    static List<CaseEdit> cases(Draft draft, String path) {
        byte[] content = draft.files.get(path);
        if (content == null) throw Problem.notFound();
        return CaseFile.read(draft.from.catalogue(), path, content).all();
    }
}
