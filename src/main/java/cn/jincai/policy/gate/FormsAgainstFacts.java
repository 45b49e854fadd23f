package cn.jincai.policy.gate;

import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.policy.forms.FormCondition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What applicants are asked must be what the rules can read: each key of the application form and the screener is a fact of the scheme, of the same type and
 * out of the same list, or one of the few keys that tell who somebody is and where money goes.
 */
@Component
public class FormsAgainstFacts implements PackageCheck {
    /** Keys of forms that are no facts (case-api). */
    static final Set<String> PERSON = Set.of(
            "name",
            "documentType",
            "documentNumber",
            "phone",
            "email",
            "employerCode",
            "employerName",
            "accountHolder",
            "bankName",
            "bankAccount",
            "field");

    private static final String APPLICATION = "forms/application.form", SCREENER = "forms/screener.form";

    private final FormCheck check;

    public FormsAgainstFacts(FormCheck check) {
        this.check = check;
    }

    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        if (!candidate.forms().containsKey(APPLICATION))
            findings.add(APPLICATION, "", "policy.form.NO_FORM", APPLICATION);
        candidate.forms().forEach((path, form) -> {
            boolean asksFacts = path.equals(APPLICATION) || path.equals(SCREENER);
            for (Form.Field field : form.fields()) {
                checks(form.file(field.id()), field, findings);
                if (asksFacts) fact(candidate.catalogue(), form.file(field.id()), field, findings);
            }
        });
    }

    private void checks(String path, Form.Field field, Findings findings) {
        String name = field.properties().get("check");
        if (name != null && !check.names().contains(name))
            findings.add(path, "#" + field.id(), "policy.form.UNKNOWN_CHECK", name, check.names());
        String when = field.properties().get("checkWhen");
        if (when == null) return;
        try {
            FormCondition.of(when);
        } catch (IllegalArgumentException wrong) {
            findings.add(path, "#" + field.id(), "policy.form.checkWhen.BAD_CONDITION", when);
        }
    }

    private static void fact(Scheme scheme, String path, Form.Field field, Findings findings) {
        if (PERSON.contains(field.key())) return;
        Scheme.Fact fact = scheme.fact(field.key()).orElse(null);
        if (fact == null) {
            findings.add(path, "#" + field.id(), "policy.form.NO_FACT", field.key(), PERSON);
        } else if (!agrees(fact, field)) {
            findings.add(path, "#" + field.id(), "policy.form.OTHER_TYPE", field.key(), fact.type(), field.type());
        } else if (fact.mayLieAhead() && "true".equals(field.properties().get("past"))) {
            findings.add(path, "#" + field.id(), "policy.form.AHEAD", field.key());
        } else if (!fact.values().isEmpty()) {
            List<String> foreign = field.values().stream()
                    .map(Form.Option::code)
                    .filter(c -> fact.value(c).isEmpty())
                    .toList();
            if (!foreign.isEmpty())
                findings.add(path, "#" + field.id(), "policy.form.FOREIGN_VALUE", foreign, field.key(), codes(fact));
        }
    }

    private static String codes(Scheme.Fact fact) {
        return fact.values().stream().map(Scheme.Value::code).collect(Collectors.joining(", "));
    }

    private static boolean agrees(Scheme.Fact fact, Form.Field field) {
        boolean one = field.type().equals("select") || field.type().equals("radio");
        if (field.isByMonth() != (fact.type() == Scheme.Type.SERIES)) return false;
        return switch (fact.type()) {
            case DATE -> field.type().equals("date");
            case BOOLEAN -> field.type().equals("checkbox") || one && all(field, Boolean.class);
            case TEXT ->
                field.type().equals("textfield") || field.type().equals("textarea") || one && all(field, String.class);
            case LIST -> field.isList() && all(field, fact.numbers() ? Long.class : String.class);
            case INTEGER ->
                field.type().equals("number") && !field.isFen() && !field.isPercent() || one && all(field, Long.class);
            case FEN -> field.type().equals("number") && field.isFen();
            case PERCENT -> field.type().equals("number") && field.isPercent();
            case SERIES -> field.isByMonth() && agrees(fact.ofOneMonth(), field.ofOneMonth());
            case PERIOD -> field.isPeriod() && field.periodKind() == fact.periodKind();
        };
    }

    private static boolean all(Form.Field field, Class<?> type) {
        return field.values().stream().allMatch(o -> type.isInstance(o.value()));
    }
}
