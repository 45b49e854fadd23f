package cn.jincai.policy;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** That a package is whole: the files it needs, diagrams that hold to the rules, forms in both languages. */
@Component
class StructureCheck implements PackageCheck {
    private final ObjectProvider<DiagramWords> words;

    /** @param words from the room that runs the diagrams; where nobody runs them, they are not looked at */
    StructureCheck(ObjectProvider<DiagramWords> words) {
        this.words = words;
    }

    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        if (words.getIfAvailable() == null) return;
        for (String file : new String[] {"process.bpmn", "forms/application.form"})
            if (!candidate.files().containsKey(file)) findings.add(file, "", "MISSING_FILE", "缺少文件。", "The file is missing.");
        DiagramCheck.check(candidate.files(), words.getObject(), candidate.forms().values(), findings);
        candidate.forms().values().forEach(form -> form.untranslated().forEach(key ->
            findings.add("forms/" + form.name() + ".form", key, "NOT_TRANSLATED", "en.yaml 中缺少“" + key + "”的英文。", "en.yaml beside it lacks the English of '" + key + "'.")));
    }
}
