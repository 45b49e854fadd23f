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

    /** Whether it is made at this field though the form does not ask for it: what holds for every scheme. */
    default boolean isAlwaysMade(Form.Field field) {
        return false;
    }

    /** Whether what it finds is a mistake; if not, it is told beside the field and stops nothing. */
    default boolean stops() {
        return true;
    }

    /** The value in the one spelling that is checked and kept. */
    default String spelt(String value) {
        return value;
    }

    /**
     * @param field   the field whose value is checked; its properties may name other fields to compare with
     * @param value   never empty
     * @param answers all answers of the form
     * @return what is wrong, with the value masked
     */
    Optional<Problem.Mistake> mistake(Form.Field field, String value, Map<String, Object> answers);
}
