package cn.jincai.policy.forms;

import cn.jincai.kernel.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A check that a form asks for by name, {@code properties: {check: resident-id}}, and that another room knows how to make. Its beans live in the rooms
 * that may see both.
 *
 * @param properties of a field that this check reads, beside {@code check} and {@code checkWhen}
 * @param always     key of the field at which it is made in every form, though none asks for it; null: only where a form does
 * @param stops      whether what it finds is a mistake; if not, it is told beside the field and stops nothing
 * @param first      whether it is made before the field's own limits, whose words know of no other answer
 * @param spelling   gives a value in the one spelling that is checked and kept
 * @param rule       what is wrong, with the value masked
 */
public record FieldCheck(
        String name,
        Set<String> properties,
        @Nullable String always,
        boolean stops,
        boolean first,
        UnaryOperator<String> spelling,
        Function<Answer, Optional<Problem.Mistake>> rule) {
    public FieldCheck(
            String name,
            Set<String> properties,
            @Nullable String always,
            boolean stops,
            UnaryOperator<String> spelling,
            Function<Answer, Optional<Problem.Mistake>> rule) {
        this(name, properties, always, stops, false, spelling, rule);
    }

    /**
     * @param field   whose value is checked; its properties may name other fields to compare with
     * @param value   never empty
     * @param answers all answers of the form
     */
    public record Answer(Form.Field field, String value, Map<String, Object> answers) {}

    public boolean isAlwaysMade(Form.Field field) {
        return field.key().equals(always);
    }

    public Optional<Problem.Mistake> mistake(Form.Field field, String value, Map<String, Object> answers) {
        return rule.apply(new Answer(field, value, answers));
    }
}
