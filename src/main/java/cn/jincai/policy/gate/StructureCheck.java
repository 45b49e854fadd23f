package cn.jincai.policy.gate;

import cn.jincai.policy.DiagramVocabulary;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.SafeXml;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Table;
import cn.jincai.policy.forms.Form;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** That a package is whole: the files it needs, diagrams that hold to the rules, forms in both languages. */
@Component
public class StructureCheck implements PackageCheck {
    private static final String APPLICATION = "forms/application.form";

    private final DiagramVocabulary words;

    /** @param words from the room that runs the diagrams */
    public StructureCheck(DiagramVocabulary words) {
        this.words = words;
    }

    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        checkBroken(candidate, findings);
        candidate
                .rulesets()
                .forEach(ruleset -> Stream.concat(ruleset.conditions().stream(), ruleset.entitlements().stream())
                        .forEach(table -> whole(table, findings)));
        Form application = candidate.forms().get(APPLICATION);
        if (application != null) asked(candidate.catalogue(), application, findings);
        AskedOfCase.check(candidate, findings);
        if (findings.all().stream().noneMatch(m -> m.field().contains(".bpmn")))
            CaseWalk.check(candidate, words, findings);
    }

    @Override
    public void checkBroken(PolicyPackage candidate, Findings findings) {
        if (!candidate.files().containsKey(candidate.caseDiagram()))
            findings.add(PolicyPackage.OWN_DIAGRAM, "", "policy.diagram.MISSING_FILE", PolicyPackage.SHARED_DIAGRAM);
        if (!candidate.files().containsKey(APPLICATION)) findings.add(APPLICATION, "", "policy.file.MISSING_FILE");
        candidate.files().forEach((path, content) -> {
            if (path.endsWith(".dmn")) language(path, content, findings);
            else if (!path.endsWith(".bpmn")) encoding(path, content, findings);
        });
        DiagramCheck.check(candidate, words, findings);
        CaseRouteCheck.check(candidate, findings);
        candidate
                .forms()
                .values()
                .forEach(form -> form.untranslated()
                        .forEach(key -> findings.add(form.file(key), key, "policy.form.NOT_TRANSLATED", key)));
    }

    /** With a cell too few all cells behind it would be read a column to the left. */
    private static void whole(Table table, Findings findings) {
        for (Table.Row row : table.rows())
            if (row.cells().size() != table.columns().size())
                findings.add(
                        table.file(),
                        "table " + table.id() + ", row " + row.number(),
                        "policy.table.CELLS",
                        row.cells().size(),
                        table.columns().size());
    }

    /** Cells are read as FEEL, whatever else they say they are. */
    private static void language(String path, byte[] content, Findings findings) {
        SafeXml.root(path, content, new Findings())
                .ifPresent(root -> SafeXml.all(root).forEach(element -> {
                    String language = element.getAttribute("expressionLanguage");
                    if (!language.isEmpty()
                            && !language.toUpperCase(Locale.ROOT).contains("FEEL"))
                        findings.add(path, element.getAttribute("id"), "policy.table.LANGUAGE", language);
                }));
    }

    /** Read otherwise, each character that is no UTF-8 would become a question mark, for good. XML says its own encoding. */
    private static void encoding(String path, byte[] content, Findings findings) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            int lost = text.indexOf('\uFFFD');
            if (lost >= 0)
                findings.add(
                        path,
                        "line "
                                + (1
                                        + text.substring(0, lost)
                                                .chars()
                                                .filter(c -> c == '\n')
                                                .count()),
                        "policy.file.CHARACTER_LOST");
        } catch (CharacterCodingException e) {
            findings.add(path, "", "policy.file.NOT_UTF8");
        }
    }

    /** Who somebody is, where money goes, and what only the applicant can tell: nobody would know it if the form did not ask. */
    private static void asked(Scheme scheme, Form application, Findings findings) {
        List<String> needed = new ArrayList<>();
        if (!scheme.applying().employer()) needed.addAll(List.of("name", "documentType", "documentNumber"));
        Scheme.Roster roster = scheme.applying().roster();
        if (scheme.benefits().stream().anyMatch(Scheme.Benefit::isMoney))
            needed.addAll(List.of("accountHolder", "bankName", "bankAccount"));
        scheme.facts().stream()
                .filter(f -> f.source().equals("applicant") && f.absent().equals(Scheme.Absent.UNKNOWN))
                .map(Scheme.Fact::name)
                .filter(fact -> roster == null || !roster.facts().contains(fact))
                .forEach(needed::add);
        for (String key : needed)
            if (application.field(key).isEmpty()) findings.add(APPLICATION, key, "policy.form.NOT_ASKED", key);
    }
}
