package cn.jincai.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Forms against facts: what a form asks is a fact of the scheme or one of the few words about a person, in the fact's own type and values, and what only the applicant can tell is asked. */
@Component
class FormsCheck implements PackageCheck {
    /** Of the person, the employer and the account; no rule reads them. */
    private static final Set<String> OF_THE_PERSON = new TreeSet<>(Set.of("name", "documentType", "documentNumber", "phone", "email", "employerCode", "employerName", "accountHolder",
        "bankName", "bankAccount", "field"));
    private static final Set<String> NEEDED = new TreeSet<>(Set.of("name", "documentType", "documentNumber"));
    private static final Set<String> NEEDED_FOR_MONEY = new TreeSet<>(Set.of("accountHolder", "bankName", "bankAccount"));

    private static final Map<Scheme.Type, Set<String>> COMPONENTS = Map.of(Scheme.Type.DATE, Set.of("date"), Scheme.Type.BOOLEAN, Set.of("checkbox", "radio", "select"),
        Scheme.Type.TEXT, Set.of("textfield", "textarea", "radio", "select"), Scheme.Type.LIST, Set.of("checklist"), Scheme.Type.INTEGER, Set.of("number", "radio", "select"),
        Scheme.Type.FEN, Set.of("number"));

    private final FormCheck formCheck;

    FormsCheck(FormCheck formCheck) {
        this.formCheck = formCheck;
    }

    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        Scheme scheme = candidate.catalogue();
        candidate.forms().values().forEach(form -> form.fields().forEach(field -> named(form, field, findings)));
        for (String name : List.of("application", "screener")) {
            Form form = candidate.forms().get("forms/" + name + ".form");
            if (form != null) form.fields().forEach(field -> field(scheme, form, field, findings));
        }
        Form application = candidate.forms().get("forms/application.form");
        if (application != null) asked(scheme, application, findings);
    }

    private void named(Form form, Form.Field field, Findings findings) {
        String check = field.properties().get("check");
        if (check != null && !formCheck.names().contains(check)) wrong(form, field.key(), "CHECK_UNKNOWN", "没有校验“" + check + "”，可用：" + new TreeSet<>(formCheck.names()),
            "there is no check '" + check + "'; allowed: " + new TreeSet<>(formCheck.names()), findings);
    }

    private static void field(Scheme scheme, Form form, Form.Field field, Findings findings) {
        if (OF_THE_PERSON.contains(field.key())) return;
        Scheme.Fact fact = scheme.fact(field.key()).orElse(null);
        if (fact == null) {
            Set<String> facts = new TreeSet<>(scheme.facts().stream().map(Scheme.Fact::name).toList());
            wrong(form, field.key(), "FACT_UNKNOWN", "不是本事项的事实，也不是人员字段，可用：" + facts + "、" + OF_THE_PERSON, "is no fact of the scheme and no word about a person; allowed: " + facts + ", " + OF_THE_PERSON, findings);
            return;
        }
        if (!COMPONENTS.get(fact.type()).contains(field.type())) wrong(form, field.key(), "FACT_TYPE", "事实类型是 " + fact.type() + "，不能用 " + field.type() + "，可用：" + new TreeSet<>(COMPONENTS.get(fact.type())),
            "the fact is of type " + fact.type() + " and can't be asked by " + field.type() + "; allowed: " + new TreeSet<>(COMPONENTS.get(fact.type())), findings);
        if (fact.type() == Scheme.Type.FEN && !field.isFen()) wrong(form, field.key(), "FACT_UNIT", "金额应注明 unit: fen", "a sum must say unit: fen", findings);
        for (Form.Option option : field.values())
            if (!fits(fact, option.value())) wrong(form, field.key(), "VALUE_UNKNOWN", "选项“" + option.code() + "”不是该事实的值，可用：" + allowed(fact),
                "option '" + option.code() + "' is no value of the fact; allowed: " + allowed(fact), findings);
    }

    private static boolean fits(Scheme.Fact fact, Object value) {
        return switch (fact.type()) {
            case BOOLEAN -> value instanceof Boolean;
            case INTEGER, FEN -> value instanceof Long number && number >= fact.min() && (fact.max() == null || number <= fact.max());
            case TEXT, LIST -> fact.numbers() ? value instanceof Long : fact.values().isEmpty() ? value instanceof String : value instanceof String code && fact.value(code).isPresent();
            case DATE -> true;
        };
    }

    private static Object allowed(Scheme.Fact fact) {
        return switch (fact.type()) {
            case BOOLEAN -> "true, false";
            case INTEGER, FEN -> fact.min() + ".." + (fact.max() == null ? "" : fact.max());
            default -> fact.values().stream().map(Scheme.Value::code).toList();
        };
    }

    private static void asked(Scheme scheme, Form form, Findings findings) {
        for (String key : NEEDED) if (form.field(key).isEmpty()) missing(form, key, findings);
        if (scheme.benefits().stream().anyMatch(Scheme.Benefit::isMoney))
            for (String key : NEEDED_FOR_MONEY) if (form.field(key).isEmpty()) missing(form, key, findings);
        for (Scheme.Fact fact : scheme.facts())
            if (fact.source().equals("applicant") && fact.absent().equals(Scheme.Absent.UNKNOWN) && form.field(fact.name()).isEmpty()) missing(form, fact.name(), findings);
    }

    private static void missing(Form form, String key, Findings findings) {
        wrong(form, key, "NOT_ASKED", "表单没有询问，而只有申请人知道", "the form does not ask it, and only the applicant knows", findings);
    }

    private static void wrong(Form form, String key, String code, String zh, String en, Findings findings) {
        findings.add("forms/" + form.name() + ".form", key, code, "“" + key + "”：" + zh + "。", "'" + key + "': " + en + ".");
    }
}
