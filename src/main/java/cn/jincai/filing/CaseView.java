package cn.jincai.filing;

import cn.jincai.assessment.Assessment;
import cn.jincai.filing.deadlines.Promise;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.policy.Step;
import cn.jincai.policy.forms.FieldClass;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case as its reader may see it; what the reader may not see is null or empty. Sums are fen. The decision and the payments are added by their rooms.
 *
 * @param stageProvisional the holidays of the year of {@code stageEnds} are not announced yet
 * @param masked    classes of which values are shown masked, and which the reader may open with a purpose
 * @param unchecked        no source has been asked yet: a fact that only one can tell is not the applicant's to supplement
 */
public record CaseView(
        CaseNumber number,
        String scheme,
        @Nullable String ruleset,
        String stage,
        @Nullable Instant stageEnds,
        boolean stageProvisional,
        @Nullable String outcome,
        @Nullable Instant submittedAt,
        @Nullable Instant acceptedAt,
        @Nullable LocalDate promisedBy,
        @Nullable Promise promise,
        ObjectNode answers,
        List<KnownFact> facts,
        List<FieldClass> masked,
        @Nullable Assessment assessment,
        List<Document> documents,
        List<String> promises,
        List<Case.Asked> asked,
        boolean accountAsked,
        @Nullable String employerWord,
        @Nullable String withdrawalReason,
        boolean unchecked,
        List<Timeline.Entry> timeline,
        @Nullable Rating rating,
        long version,
        @JsonIgnore Step step) {

    /** An evidence file; issued documents have a {@code kind} instead of a need. */
    public record Document(
            long id,
            @Nullable String need,
            @Nullable String kind,
            String type,
            long bytes,
            @Nullable String sha256,
            String name,
            Instant at) {}

    public record Rating(int stars, @Nullable String text) {}
}
