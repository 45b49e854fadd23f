package cn.jincai.policy;

import cn.jincai.kernel.Actor;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A package that somebody wants in force from a day on.
 *
 * @param state  {@code open}, {@code published}, {@code declined} or {@code withdrawn}
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
    @JsonIgnore
    public boolean isOpen() {
        return state.equals("open");
    }

    /** By whoever proposed it; of what the folders proposed nobody is the author. */
    public boolean mayBeWithdrawnBy(String account) {
        return isOpen() && (proposedBy.equals(account) || proposedBy.equals(Actor.SYSTEM.account()));
    }
}
