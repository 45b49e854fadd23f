package cn.jincai.policy;

import cn.jincai.kernel.CaseNumber;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A person's task as the rooms know it, without the engine.
 *
 * @param id      the engine's, opaque
 * @param step    as the package declares it with whose diagram the task came
 * @param number  the case; null for a task of a half-yearly run as a whole
 * @param run     the run's number, or null
 * @param subject what it is about within the case: the number of a payment or an objection; null otherwise
 */
public record TaskRef(
        String id,
        Step step,
        @Nullable CaseNumber number,
        @Nullable String run,
        @Nullable String subject) {
    /** @throws NullPointerException for a task of a half-yearly run as a whole */
    public CaseNumber ofCase() {
        return Objects.requireNonNull(number, id);
    }
}
