package cn.jincai.policy;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** That a package is whole: the files it needs, diagrams that hold to the rules, forms in both languages. */
@Component
class StructureCheck implements PackageCheck {
    private static final String APPLICATION = "forms/application.form";

    private final DiagramWords words;

    /** @param words from the room that runs the diagrams */
    StructureCheck(DiagramWords words) {
        this.words = words;
    }

    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        checkBroken(candidate, findings);
        Form application = candidate.forms().get(APPLICATION);
        if (application != null) asked(candidate.catalogue(), application, findings);
    }

    @Override
    public void checkBroken(PolicyPackage candidate, Findings findings) {
        for (String file : new String[] {"process.bpmn", APPLICATION})
            if (!candidate.files().containsKey(file)) findings.add(file, "", "MISSING_FILE", "缺少文件。", "The file is missing.");
        DiagramCheck.check(candidate.files(), words, candidate.forms().values(), findings);
        candidate.forms().values().forEach(form -> form.untranslated().forEach(key ->
            findings.add("forms/" + form.name() + ".form", key, "NOT_TRANSLATED", "en.yaml 中缺少“" + key + "”的英文。", "en.yaml beside it lacks the English of '" + key + "'.")));
    }

    /** Who somebody is, where money goes, and what only the applicant can tell: nobody would know it if the form did not ask. */
    private static void asked(Scheme scheme, Form application, Findings findings) {
        List<String> needed = new ArrayList<>(List.of("name", "documentType", "documentNumber"));
        if (scheme.benefits().stream().anyMatch(Scheme.Benefit::isMoney)) needed.addAll(List.of("accountHolder", "bankName", "bankAccount"));
        scheme.facts().stream().filter(f -> f.source().equals("applicant") && f.absent().equals(Scheme.Absent.UNKNOWN)).map(Scheme.Fact::name).forEach(needed::add);
        for (String key : needed)
            if (application.field(key).isEmpty()) findings.add(APPLICATION, key, "NOT_ASKED", "申请表没有询问“" + key + "”，而只有申请人知道。", "The application form does not ask '" + key + "', and only the applicant knows it.");
    }
}
