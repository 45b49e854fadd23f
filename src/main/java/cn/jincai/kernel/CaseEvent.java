package cn.jincai.kernel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened and that the record keeps: {@code audit} chains it, {@code filing} writes the case's timeline and the messages
 * to its people from it. Published with Spring's ApplicationEventPublisher inside the transaction in which it happened.
 *
 * @param number  the case, or null for what belongs to none (a publication, a sign-in)
 * @param kind    a short code such as {@code accepted}, {@code looked-at}, {@code refused-attempt}
 * @param stage   the case's stage when it happened, or null
 * @param what    told on the timeline; names nobody, shows no personal value
 * @param by      who did it
 * @param as      in which role, null for the system
 * @param seenBy  who may read it on the timeline
 * @param details for the auditor only: outcome, ids, hashes; never a name, identity number, telephone or account
 */
public record CaseEvent(
        @Nullable CaseNumber number,
        String kind,
        @Nullable String stage,
        Text what,
        Actor by,
        @Nullable Role as,
        Audience seenBy,
        Map<String, String> details) {
    /**
     * Of what belongs to no case. Its kind is what stands behind the key's last dot: {@code applicant.event.staff-made}.
     *
     * @param values for the sentence
     */
    public static CaseEvent forAuditors(
            String key, Actor by, @Nullable Role as, Map<String, String> details, Object... values) {
        return new CaseEvent(null, Problem.codeOf(key), null, Text.of(key, values), by, as, Audience.AUDITORS, details);
    }

    /** APPLICANT also sends the applicant a message; EVERYONE the same, and the employer's clerk reads it; OFFICERS and AUDITORS stay inside. */
    public enum Audience {
        EVERYONE,
        APPLICANT,
        OFFICERS,
        AUDITORS
    }
}
