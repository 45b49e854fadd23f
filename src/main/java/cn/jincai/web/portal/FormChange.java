package cn.jincai.web.portal;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a newer package asks otherwise than the one with which a draft was begun.
 *
 * @param asked   questions that are new, or whose answer will no longer do
 * @param dropped questions answered already that are not asked any more
 * @param papers  documents that are new
 */
record FormChange(List<Form.Field> asked, List<Form.Field> dropped, List<Scheme.Document> papers) {
    static FormChange between(PolicyPackage before, PolicyPackage now, Map<String, Object> answers, FormCheck check) {
        Form old = CaseForms.application(before), form = CaseForms.application(now);
        Set<String> wrongBefore = wrong(check, old, answers), wrongNow = wrong(check, form, answers);
        List<String> stillAsked =
                form.shown(answers).stream().map(Form.Field::key).toList();
        return new FormChange(
                form.shown(answers).stream()
                        .filter(f -> old.field(f.key()).isEmpty()
                                || wrongNow.contains(f.key()) && !wrongBefore.contains(f.key()))
                        .toList(),
                old.shown(answers).stream()
                        .filter(f -> answers.get(f.key()) != null && !stillAsked.contains(f.key()))
                        .toList(),
                now.catalogue().documents().stream()
                        .filter(d -> d.isNeeded(answers)
                                && before.catalogue().documents().stream()
                                        .noneMatch(o -> o.code().equals(d.code()) && o.isNeeded(answers)))
                        .toList());
    }

    private static Set<String> wrong(FormCheck check, Form form, Map<String, Object> answers) {
        return check.check(form, answers).stream().map(Mistake::field).collect(Collectors.toSet());
    }

    boolean isEmpty() {
        return asked.isEmpty() && dropped.isEmpty() && papers.isEmpty();
    }
}
