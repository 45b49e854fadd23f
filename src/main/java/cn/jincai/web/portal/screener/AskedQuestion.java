package cn.jincai.web.portal.screener;

import cn.jincai.kernel.Text;
import cn.jincai.planning.SchemeQuestions;
import cn.jincai.policy.forms.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question as the screener asks it: on a page of its own, so nothing hides it there, short lists as choices that are seen at once, and a box as yes or no, since
 * a box that is not ticked may also mean that nobody has answered.
 *
 * @param section under which its form asks it; null where it stands in none with a name
 * @param form    the form in which it stands
 */
record AskedQuestion(Form.Field field, Optional<Text> section, Form form) {
    /** So many choices fit on a phone without a list that opens. */
    private static final int SEEN_AT_ONCE = 12;

    /** As the first of these schemes asks it, with the choices of all of them; empty where none asks or assumes such a thing. */
    static Optional<AskedQuestion> of(List<SchemeQuestions> schemes, String key) {
        List<Form.Option> choices = schemes.stream()
                .flatMap(s -> s.form().field(key).stream())
                .flatMap(field -> field.values().stream())
                .toList();
        return schemes.stream()
                .flatMap(s -> of(s.form(), key, choices).stream())
                .findFirst();
    }

    private static Optional<AskedQuestion> of(Form form, String key, List<Form.Option> choices) {
        return form.field(key)
                .map(field -> new AskedQuestion(
                        asked(field, field.values().isEmpty() ? List.of() : once(choices)),
                        form.sections().stream()
                                .filter(g -> Form.fields(g.parts()).contains(field))
                                .map(Form.Group::label)
                                .filter(label -> !label.zh().isEmpty())
                                .findFirst(),
                        form));
    }

    /** One scheme may know choices that another does not; what they share is called as the first calls it. */
    private static List<Form.Option> once(List<Form.Option> choices) {
        Map<Object, Form.Option> once = new LinkedHashMap<>();
        choices.forEach(choice -> once.putIfAbsent(choice.value(), choice));
        return List.copyOf(once.values());
    }

    private static Form.Field asked(Form.Field field, List<Form.Option> choices) {
        boolean box = field.type().equals("checkbox") && !field.isByMonth();
        boolean list = field.type().equals("select")
                && !field.isPeriod()
                && choices.size() <= SEEN_AT_ONCE
                && field.valuesKey().isEmpty();
        return new Form.Field(
                field.id(),
                field.key(),
                box || list ? "radio" : field.type(),
                field.label(),
                field.description(),
                true,
                false,
                box
                        ? List.of(
                                new Form.Option(true, Text.of("web.form.yes")),
                                new Form.Option(false, Text.of("web.form.no")))
                        : choices,
                field.valuesKey(),
                field.limits(),
                field.defaultValue(),
                Optional.empty(),
                field.properties());
    }

    /** Nothing chosen from such a list means that nothing of it is there. */
    boolean isList() {
        return field.isList();
    }

    /** Alone, for its checks. */
    Form alone() {
        return new Form("question", form.id(), List.of(field), List.of());
    }
}
