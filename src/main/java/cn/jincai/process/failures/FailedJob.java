package cn.jincai.process.failures;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that the engine had to do by itself and could not. It names nobody.
 *
 * @param job     the engine's id of it
 * @param scheme  code; empty for a diagram that came with no package
 * @param number  of its case, null for what belongs to a run or to none, and where whoever looks has nothing to do with the case
 * @param shut    the case is kept from whoever looks
 * @param run     of its half-yearly run, or null
 * @param step    as the package or the diagram calls it
 * @param at      when it failed last; null where that was before reasons were kept
 * @param retries how often it is still tried by itself; 0 where it stands still
 */
public record FailedJob(
        String job,
        String scheme,
        @Nullable CaseNumber number,
        boolean shut,
        @Nullable String run,
        Text step,
        FailureKind kind,
        Text why,
        @Nullable Instant at,
        int retries) {
    /** It is not tried any more until somebody asks for it. */
    public boolean standsStill() {
        return retries == 0;
    }
}
