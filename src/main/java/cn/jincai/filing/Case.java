package cn.jincai.filing;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A case 办件 with the applicant's answers opened: for the rooms, never for a page or an answer as it is ({@link CaseFile} shows it).
 *
 * @param asked        what the applicant is to mend now, what settles most first; empty unless a supplement or an account is asked for
 * @param askedBy      the step that asked
 * @param accountAsked the payment for which another account is asked, or null
 * @param employerWord {@code confirmed}, {@code denied}, {@code silent} or null
 * @param checkedAt    when data checks began: from then on a fact that has a source counts only from there (rulebook 3)
 * @param withdrawalReason why the applicant took it back, where he said so, or null
 */
public record Case(
        CaseNumber number,
        String scheme,
        String packageHash,
        Stage stage,
        Instant stageEnds,
        boolean stageProvisional,
        String outcome,
        String applicant,
        String personKey,
        String employerCode,
        String employerWord,
        boolean sample,
        ObjectNode answers,
        List<Asked> asked,
        String askedBy,
        Long accountAsked,
        List<String> promises,
        LocalDate applicationDate,
        Instant submittedAt,
        Instant acceptedAt,
        LocalDate promisedBy,
        Instant checkedAt,
        Instant signedAt,
        Instant closedAt,
        String withdrawalReason,
        Instant createdAt,
        long version) {

    /**
     * One thing to mend.
     *
     * @param item     a form's key or a document's code
     * @param optional it can't change the result any more, so it need not be answered
     */
    public record Asked(String item, Text reason, boolean optional) {}

    public boolean isDraft() {
        return stage == Stage.DRAFT;
    }

    public boolean isClosed() {
        return stage == Stage.CLOSED;
    }

    /**
     * Something that happened to it where it stands.
     *
     * @param kind   also names its sentence: {@code filing.event.KIND}
     * @param values for the sentence's places
     */
    CaseEvent event(String kind, Actor by, Role as, Audience seenBy, Map<String, String> details, Object... values) {
        return new CaseEvent(
                number, kind, stage.code(), Text.of("filing.event." + kind, values), by, as, seenBy, details);
    }

    /** Until the decision is first signed the applicant may withdraw (rulebook 7.9). */
    public boolean mayBeWithdrawn() {
        return !isDraft() && !isClosed() && signedAt == null;
    }

    /** The answer as text; empty where none was given. */
    public String answer(String key) {
        return answers.path(key).asText("");
    }
}
