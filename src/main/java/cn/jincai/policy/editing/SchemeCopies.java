package cn.jincai.policy.editing;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Written;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** A scheme copied as a new one, without what the new one is not to have. It is in force for nobody until it is proposed and published. */
@Service
public class SchemeCopies {
    private static final String SCHEME = "scheme.yaml", SAMPLES = "samples.yaml";

    private final Publication publication;
    private final Packages packages;

    SchemeCopies(Publication publication, Packages packages) {
        this.publication = publication;
        this.packages = packages;
    }

    /**
     * What there is to decide about.
     *
     * @param parameters names of those that the benefits that stay need, by ruleset
     * @param facts      all, each with the places that need it; without any it may be left out
     */
    public record Choices(Map<String, Set<String>> parameters, Map<String, List<Text>> facts) {}

    /** @param copy of which only the benefits are looked at */
    public Choices choices(String hash, SchemeCopy copy) {
        Draft draft = new Draft(packages, publication, hash);
        Set<String> gone = gone(draft.from.catalogue(), copy);
        LeftOut left = new LeftOut(draft, gone);
        Map<String, Set<String>> parameters = new LinkedHashMap<>();
        for (Ruleset ruleset : draft.from.rulesets()) parameters.put(ruleset.name(), left.parameters(ruleset));
        Map<String, List<Text>> facts = new LinkedHashMap<>();
        draft.from.catalogue().facts().forEach(f -> facts.put(f.name(), left.needs(f.name())));
        return new Choices(parameters, facts);
    }

    private static Set<String> gone(Scheme scheme, SchemeCopy copy) {
        return scheme.benefits().stream()
                .map(Scheme.Benefit::code)
                .filter(code -> !copy.benefits().containsKey(code))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What can be said of names, codes and benefits before anything else is asked.
     *
     * @throws Problem INVALID at {@code code}, {@code nameZh}, {@code nameEn}, or {@code benefit-} and the old code
     */
    public void checkNames(String hash, SchemeCopy copy) {
        Draft draft = new Draft(packages, publication, hash);
        Scheme scheme = draft.from.catalogue();
        List<Mistake> mistakes = new ArrayList<>();
        if (!copy.code().matches("[a-z][a-z0-9-]{2,39}")) mistakes.add(Mistake.of("code", "policy.edit.code.LETTERS"));
        else if (publication.schemes().contains(copy.code()))
            mistakes.add(Mistake.of("code", "policy.edit.code.TAKEN"));
        if (copy.nameZh().isBlank()) mistakes.add(Mistake.of("nameZh", "policy.edit.name.REQUIRED"));
        if (copy.nameEn().isBlank()) mistakes.add(Mistake.of("nameEn", "policy.edit.name.REQUIRED"));
        List<String> old = scheme.benefits().stream().map(Scheme.Benefit::code).toList();
        copy.benefits().forEach((benefit, code) -> {
            if (!code.matches("[A-Z][A-Z0-9_]{2,39}") || old.contains(code))
                mistakes.add(Mistake.of("benefit-" + benefit, "policy.edit.benefit.CODE"));
        });
        if (copy.benefits().isEmpty()) mistakes.add(Mistake.of("benefit-" + old.get(0), "policy.edit.benefit.NONE"));
        if (copy.benefits().values().stream().distinct().count()
                < copy.benefits().size())
            mistakes.add(
                    Mistake.of("benefit-" + copy.benefits().keySet().iterator().next(), "policy.edit.benefit.TWICE"));
        if (mistakes.isEmpty()) mistakes.addAll(new LeftOut(draft, gone(scheme, copy)).neededBenefits());
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
    }

    /** @throws Problem INVALID at {@code firstDay}, or {@code is-} and so on with the key of a value */
    public void checkValues(String hash, SchemeCopy copy) {
        Draft draft = new Draft(packages, publication, hash);
        values(draft, copy);
    }

    private static void values(Draft draft, SchemeCopy copy) {
        List<Mistake> mistakes = new ArrayList<>();
        LocalDate first = Written.day(copy.firstDay()).orElse(null);
        if (!copy.firstDay().isBlank() && first == null)
            mistakes.add(Mistake.of(
                    "firstDay", "policy.edit.from.DATE", copy.firstDay().strip()));
        Ruleset newest = draft.from.rulesets().get(draft.from.rulesets().size() - 1);
        for (Ruleset ruleset : draft.from.rulesets()) {
            String path = ruleset.folder() + "parameters.yaml";
            if (ruleset == newest && first != null && !first.equals(ruleset.inForceFrom()))
                draft.put(path, List.of(), "inForceFrom", first.toString(), "");
            for (Parameter parameter : ruleset.parameters().values())
                for (Parameter.Dated dated : parameter.values())
                    value(draft, copy, path, ruleset, parameter, dated, mistakes);
        }
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
    }

    private static void value(
            Draft draft,
            SchemeCopy copy,
            String path,
            Ruleset ruleset,
            Parameter parameter,
            Parameter.Dated dated,
            List<Mistake> mistakes) {
        String day = dated.from().equals(LocalDate.MIN)
                ? PackageEdits.ALWAYS
                : dated.from().toString();
        String key = SchemeCopy.value(ruleset.name(), parameter.name(), day);
        ValueEdit typed = copy.values().get(key), old = ValueEdit.of(parameter, dated);
        if (typed == null || typed.equals(old)) return;
        try {
            String line = PackageEdits.line(ruleset, parameter, typed);
            draft.change(path, text -> text.with(List.of("parameters", parameter.name(), "values"), day, line));
        } catch (Problem problem) {
            if (problem.mistakes().isEmpty()) throw problem;
            problem.mistakes().forEach(m -> mistakes.add(new Mistake(m.field() + "-" + key, m.code(), m.message())));
        }
    }

    /**
     * A version of the new scheme, or all that is missing, and then nothing is kept.
     *
     * @throws Problem INVALID as {@link #checkNames} and {@link #checkValues}, and at {@code fact-} and the name of one that something else needs
     */
    public Upload copy(String hash, SchemeCopy copy, Actor by) {
        checkNames(hash, copy);
        Draft draft = new Draft(packages, publication, hash);
        values(draft, copy);
        LeftOut left = new LeftOut(draft, gone(draft.from.catalogue(), copy));
        left.leaveOut(copy.without());
        draft.files.remove(SAMPLES); // made-up people who have applied for the other
        draft.files.replaceAll(
                (path, content) -> PackageEdits.isOwn(path) ? renamed(content, copy.benefits()) : content);
        String name = "{zh: " + YamlText.quoted(copy.nameZh().strip()) + ", en: "
                + YamlText.quoted(copy.nameEn().strip()) + "}";
        draft.put(SCHEME, List.of(), "code", copy.code(), "");
        draft.put(SCHEME, List.of(), "name", name, "");
        return draft.keep(by);
    }

    private static byte[] renamed(byte[] content, Map<String, String> codes) {
        String text = new String(content, StandardCharsets.UTF_8);
        for (Map.Entry<String, String> code : codes.entrySet())
            text = text.replaceAll("\\b" + code.getKey() + "\\b", code.getValue());
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
