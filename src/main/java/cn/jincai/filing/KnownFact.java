package cn.jincai.filing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A fact of a case as it counts now, and beside it what the applicant said.
 *
 * @param value    typed as the scheme says; null where it is unknown
 * @param source   {@code applicant}, {@code own-records}, {@code officer} or a source's name; null where nobody has told it
 * @param asOf     the day on which it was true
 * @param applicant the applicant's own word, or null
 * @param note     the officer's, where he recorded it
 */
public record KnownFact(
        String name,
        @Nullable Object value,
        @Nullable String source,
        @Nullable LocalDate asOf,
        @JsonIgnore @Nullable Object applicant,
        @JsonIgnore @Nullable String note) {
    /** Whether the source and the applicant say different things; shown to both sides (rulebook 3). */
    @JsonIgnore
    public boolean isDisputed() {
        return applicant != null && value != null && !applicant.equals(value);
    }
}
