package cn.jincai.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What completing a task came to.
 *
 * @param outcome the way that the diagram goes on by; mostly what was asked for, but a signature may become {@code changed}
 * @param told    the step stands and the case moved, yet the person is told this instead of "done"; mostly null
 */
public record TaskResult(String outcome, @Nullable Problem told) {
    public static TaskResult of(String outcome) {
        return new TaskResult(outcome, null);
    }
}
