package cn.jincai.registry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom a source is asked about.
 *
 * @param documentType a form's code such as {@code RESIDENT_ID}: the document's type comes first, its number has another form for each
 * @param employerCode unified social credit code, or null for one without an employer
 * @param answers      what the applicant said; of these only the keys that the source's settings name under {@code sends} leave the house
 */
public record Subject(
        String name,
        String documentType,
        String documentNumber,
        @Nullable String employerCode,
        Map<String, Object> answers) {
    /** Names nobody: a subject may end in a log by accident. */
    @Override
    public String toString() {
        return "Subject[" + documentType + "]";
    }
}
