package cn.jincai.simulation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A what-if run 试算: what would be different if another package held.
 *
 * @param before hash of the package that it is compared with
 * @param after  hash of the package tried
 * @param people to assess; of the archive as many as there are
 * @param seed   of a made-up population: the same seed makes the same people
 * @param from   first application day
 * @param to     last application day
 * @param done   people assessed so far
 */
public record WhatIf(
        String id,
        String scheme,
        String before,
        String after,
        Over over,
        long people,
        long seed,
        LocalDate from,
        LocalDate to,
        State state,
        long done,
        String askedBy,
        Instant askedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    /** Who is assessed. */
    public enum Over {
        /** Made-up people of the scheme's population. */
        SYNTHETIC,
        /** The facts of cases that were handed in. */
        ARCHIVE;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return code(); // as a mistake lists what is allowed
        }

        public static Over of(String code) {
            return Arrays.stream(values())
                    .filter(o -> o.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no population '" + code + "'"));
        }
    }

    public enum State {
        WAITING,
        RUNNING,
        DONE,
        /** By a person; the figures cover those assessed until then. */
        CANCELLED,
        /** Nothing came of it. */
        FAILED,
        /** The application stopped meanwhile. */
        INTERRUPTED;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    public boolean hasEnded() {
        return state.ordinal() >= State.DONE.ordinal();
    }

    WhatIf withDone(long done) {
        return new WhatIf(
                id, scheme, before, after, over, people, seed, from, to, state, done, askedBy, askedAt, startedAt,
                endedAt);
    }

    /** Of a hundred. */
    public int percent() {
        return state == State.DONE ? 100 : people == 0 ? 0 : (int) Math.min(99, done * 100 / people);
    }
}
