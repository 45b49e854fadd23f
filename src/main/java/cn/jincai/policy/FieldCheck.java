package cn.jincai.policy;

import cn.jincai.kernel.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A check that a form asks for by name, {@code properties: {check: resident-id}}, and that another room knows how to make. Its beans live in the rooms
 * that may see both.
 */
public interface FieldCheck {
    String name();

    /** The properties of a field that this check reads, beside {@code check} and {@code checkWhen}. */
    default Set<String> properties() {
        return Set.of();
    }

    /**
     * @param field   the field whose value is checked; its properties may name other fields to compare with
     * @param value   never empty
     * @param answers all answers of the form
     * @return what is wrong, with the value masked
     */
    Optional<Problem.Mistake> mistake(Form.Field field, String value, Map<String, Object> answers);
}
