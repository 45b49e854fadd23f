package cn.jincai.planning;

import cn.jincai.policy.Percent;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one scheme can ask of somebody who only wants to know what he can get: the questions of its application form that its rules read or that decide which of
 * them are asked, and what the records would say ({@code screener.form}), which is assumed as usual and not asked.
 */
public final class SchemeQuestions {
    private static final String APPLICATION = "forms/application.form", RECORDS = "forms/screener.form";

    private final PolicyPackage policy;
    private final Form form;
    private final Set<String> assumed;
    private final FormCheck check;

    SchemeQuestions(PolicyPackage policy, Set<String> read, FormCheck check) {
        this.policy = policy;
        this.check = check;
        List<Form.Part> parts = new ArrayList<>();
        for (String file : List.of(APPLICATION, RECORDS))
            Optional.ofNullable(policy.forms().get(file)).ifPresent(one -> parts.addAll(one.parts()));
        Form whole = new Form("screener", policy.scheme(), parts, List.of());
        form = whole.only(f -> fact(f.key()).isPresent() && (read.contains(f.key()) || whole.decides(f.key())));
        assumed = new TreeSet<>();
        Form records = policy.forms().get(RECORDS);
        for (Form.Field field : form.fields())
            if (fact(field.key()).filter(Scheme.Fact::isOwnRecords).isPresent()
                    || isPart(field.key())
                    || records != null
                            && records.field(field.key())
                                    .filter(f -> f.defaultValue() != null)
                                    .isPresent()) assumed.add(field.key());
    }

    public PolicyPackage policy() {
        return policy;
    }

    public Form form() {
        return form;
    }

    private Optional<Scheme.Fact> fact(String name) {
        return policy.catalogue().fact(name);
    }

    /** Which part is applied for is what the plan says. */
    private boolean isPart(String fact) {
        return policy.catalogue().rules().benefits().stream()
                .anyMatch(b -> fact.equals(b.instalments().appliedFor()));
    }

    /** A question of the application that the person can answer. */
    public boolean asks(String key) {
        return form.field(key).isPresent() && !assumed.contains(key);
    }

    /** What only a record knows and is taken as usual, unless the person says otherwise; which part is applied for is no such thing. */
    public List<Form.Field> assumed() {
        return form.fields().stream()
                .filter(f -> assumed.contains(f.key()) && !isPart(f.key()))
                .toList();
    }

    /** Right answers of this form, and what is usual of what is assumed; what was typed wrong counts as not told. */
    public Map<String, Object> answers(Told told) {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (Form.Field field : form.fields()) {
            Object said = told.answer(field.key());
            if (said != null) answers.put(field.key(), said);
            else if (assumed.contains(field.key()) && field.defaultValue() != null && !told.has(field.key()))
                answers.put(field.key(), field.defaultValue());
        }
        check.checkDraft(form, answers).forEach(m -> answers.remove(m.field()));
        for (Form.Field field : form.fields())
            answers.computeIfPresent(
                    field.key(), (key, value) -> value instanceof String text ? check.spelt(field, text) : value);
        return form.clean(answers);
    }

    /** The same as facts, in the spelling in which an application would keep them, so that both are the same to the rules. */
    public Map<String, Object> facts(Told told) {
        return facts(policy.catalogue(), answers(told));
    }

    /** Of right answers those that are facts of the scheme, with dates as dates. */
    public static Map<String, Object> facts(Scheme scheme, Map<String, Object> answers) {
        Map<String, Object> facts = new HashMap<>();
        answers.forEach((name, value) -> scheme.fact(name)
                .ifPresent(f -> facts.put(
                        name,
                        switch (f.type()) {
                            case DATE -> LocalDate.parse((String) value);
                            case PERCENT ->
                                Percent.value(Percent.of((Number) value).orElseThrow());
                            default -> value;
                        })));
        return facts;
    }

    /** Facts of which the scheme says what they are when nobody tells them, and that nobody is asked for here. */
    Set<String> none(Map<String, Object> facts) {
        Set<String> none = new TreeSet<>();
        for (Scheme.Fact fact : policy.catalogue().facts())
            if (!fact.absent().equals(Scheme.Absent.UNKNOWN) && !facts.containsKey(fact.name()) && !asks(fact.name()))
                none.add(fact.name());
        return none;
    }

    /**
     * What is to be asked so that this fact is told: first the questions that decide whether it is asked at all, then its own. Empty where it is not asked, was
     * answered, or the answers hide it.
     */
    List<String> leadingTo(String key, Told told) {
        Set<String> asked = new LinkedHashSet<>();
        leadingTo(key, told, asked, new LinkedHashSet<>());
        return List.copyOf(asked);
    }

    private boolean leadingTo(String key, Told told, Set<String> asked, Set<String> onTheWay) {
        if (!asks(key) || told.has(key) || !onTheWay.add(key)) return false;
        boolean open = false;
        for (String decider : deciders(key)) open |= leadingTo(decider, told, asked, onTheWay);
        if (!open && form.shown(answers(told)).stream().noneMatch(f -> f.key().equals(key))) return false;
        asked.add(key);
        return true;
    }

    /** The questions that decide whether this one is asked, by a condition of its own or of a group around it. */
    private Set<String> deciders(String key) {
        Set<String> deciders = new LinkedHashSet<>();
        deciders(form.parts(), key, deciders);
        deciders.remove(key);
        return deciders;
    }

    private boolean deciders(List<Form.Part> parts, String key, Set<String> deciders) {
        for (Form.Part part : parts) {
            boolean here = part instanceof Form.Field f
                    ? f.key().equals(key)
                    : part instanceof Form.Group g && deciders(g.parts(), key, deciders);
            if (!here) continue;
            part.hide()
                    .ifPresent(condition -> form.fields().stream()
                            .map(Form.Field::key)
                            .filter(condition::reads)
                            .forEach(deciders::add));
            return true;
        }
        return false;
    }
}
