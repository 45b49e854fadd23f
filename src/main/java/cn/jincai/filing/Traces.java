package cn.jincai.filing;

import cn.jincai.applicant.likeness.Likenesses;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.forms.Form;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a case tells of its person, by which another document of his is found (rulebook 7.10). */
@Component
class Traces {
    private final Completeness completeness;
    private final Likenesses likenesses;

    Traces(Completeness completeness, Likenesses likenesses) {
        this.completeness = completeness;
        this.likenesses = likenesses;
    }

    void keep(PolicyPackage pack, String person, ObjectNode answers) {
        String account = answers.path("bankAccount").asText("");
        List<String> certificates = completeness.form(pack).fields().stream()
                .filter(f -> FieldChecks.CERTIFICATE.equals(f.properties().get("check")))
                .map(Form.Field::key)
                .map(key -> answers.path(key).asText(""))
                .filter(number -> !number.isBlank())
                .toList();
        likenesses.told(person, account.isBlank() ? null : account, certificates);
    }
}
