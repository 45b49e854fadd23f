package cn.jincai.staffing;

import cn.jincai.kernel.CaseNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task that went from one officer to another.
 *
 * @param task   the engine's; it may be done by now
 * @param number the case, null for a task of a half-yearly run
 * @param step   key of the step
 * @param from   who had it, null where nobody had
 * @param to     who has it since
 * @param by     who gave it
 * @param words  what the one said to the other
 */
public record Handover(
        String task,
        @Nullable CaseNumber number,
        String step,
        @Nullable String from,
        String to,
        String by,
        Instant at,
        String words) {}
