package cn.jincai.policy;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A package that somebody wants in force from a day on.
 *
 * @param state  {@code open}, {@code published} or {@code declined}
 * @param reason for declining, null while open
 */
public record Proposal(
        long id,
        String scheme,
        String hash,
        LocalDate from,
        String note,
        String proposedBy,
        Instant proposedAt,
        String state,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String reason) {
    public boolean isOpen() {
        return state.equals("open");
    }
}
