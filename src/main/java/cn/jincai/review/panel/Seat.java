package cn.jincai.review.panel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An expert's place in a panel.
 *
 * @param round      in which he votes
 * @param vote       {@code approve}, {@code reject} or {@code recuse}; null as long as he is silent
 * @param words      his reasons
 * @param votedAt    when he voted or recused himself
 * @param replaces   whom he followed on his seat
 * @param replacedAt when he lost it without having voted
 */
public record Seat(
        String account,
        int round,
        @Nullable String vote,
        @Nullable String words,
        @Nullable Instant votedAt,
        @Nullable String replaces,
        @Nullable Instant seatedAt,
        @Nullable Instant replacedAt) {
    public boolean hasVoted() {
        return "approve".equals(vote) || "reject".equals(vote);
    }

    public boolean isSilent() {
        return vote == null;
    }

    /** The seat is his, and nobody has followed him on it. */
    public boolean isHeld() {
        return replacedAt == null;
    }
}
