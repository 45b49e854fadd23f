package cn.jincai.review.panel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param level    at which it looks
 * @param round    1 or 2
 * @param openedAt when the experts of its first round were drawn
 * @param result   {@code approve}, {@code reject} or {@code undecided}; {@link #ENDED} where the case was withdrawn before; null while it votes
 * @param decidedAt when its last round was counted; while it votes once more, when the first one was
 */
public record Panel(
        long id,
        int level,
        int round,
        Instant openedAt,
        @Nullable String result,
        @Nullable Instant decidedAt) {
    /** Without a result: the applicant took the case back. */
    public static final String ENDED = "ended";

    /** All its votes have been counted. */
    public boolean hasCounted() {
        return result != null && !result.equals(ENDED);
    }

    public boolean isVoting() {
        return result == null;
    }
}
