package cn.jincai.filing;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.policy.Steps;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A case 办件 with the applicant's answers opened: for the rooms, never for a page or an answer as it is ({@link CaseFile} shows it).
 *
 * @param asked        what the applicant is to supplement now, what settles most first; empty unless a supplement or an account is asked for
 * @param askedBy      the step that asked
 * @param accountAsked the payment for which another account is asked, or null
 * @param employerWord {@code confirmed}, {@code denied}, {@code silent} or null
 * @param ofEmployer   the employer itself applies: the case is its own, and {@code applicant} the clerk who began it
 * @param checkedAt    when data checks began: from then on a fact that has a source counts only from there (rulebook 3)
 * @param withdrawalReason why the applicant took it back, where he said so, or null
 */
public record Case(
        CaseNumber number,
        String scheme,
        String packageHash,
        Stage stage,
        @Nullable Instant stageEnds,
        boolean stageProvisional,
        @Nullable String outcome,
        String applicant,
        @Nullable String personKey,
        @Nullable String employerCode,
        @Nullable String employerWord,
        boolean sample,
        boolean ofEmployer,
        ObjectNode answers,
        List<Asked> asked,
        @Nullable String askedBy,
        @Nullable Long accountAsked,
        List<String> promises,
        @Nullable LocalDate applicationDate,
        @Nullable Instant submittedAt,
        @Nullable Instant acceptedAt,
        @Nullable LocalDate promisedBy,
        @Nullable Instant checkedAt,
        @Nullable Instant signedAt,
        @Nullable Instant closedAt,
        @Nullable String withdrawalReason,
        Instant createdAt,
        long version) {

    /**
     * One thing to supplement.
     *
     * @param item     a form's key or a document's code
     * @param optional it can't change the result any more, so it need not be answered
     */
    public record Asked(String item, Text reason, boolean optional) {}

    public boolean isDraft() {
        return stage.code().equals(Stage.DRAFT);
    }

    public boolean isClosed() {
        return stage.code().equals(Stage.CLOSED);
    }

    /**
     * Something that happened to it where it stands.
     *
     * @param kind   also names its sentence: {@code filing.event.KIND}
     * @param values for the sentence's places
     */
    CaseEvent event(
            String kind, Actor by, @Nullable Role as, Audience seenBy, Map<String, String> details, Object... values) {
        return new CaseEvent(
                number, kind, stage.code(), Text.of("filing.event." + kind, values), by, as, seenBy, details);
    }

    /** Who it is for, of a case that was sent. */
    public String person() {
        return Objects.requireNonNull(personKey, number::value);
    }

    /** The day for which the rules are asked: while it is a draft that is today. */
    public LocalDate assessedOn(LocalDate today) {
        return applicationDate == null ? today : applicationDate;
    }

    /** Until the decision is first signed the applicant may withdraw (rulebook 7.9). */
    public boolean mayBeWithdrawn() {
        return !isDraft() && !isClosed() && signedAt == null;
    }

    /** The answer as text; empty where none was given. */
    public String answer(String key) {
        return answers.path(key).asText("");
    }

    Case answered(ObjectNode given) {
        return with(c -> c.answers = given);
    }

    /** A draft goes on with this package. */
    Case renewed(String hash) {
        return with(c -> c.packageHash = hash);
    }

    Case submitted(
            String hash, String person, @Nullable String employer, LocalDate day, List<String> promised, Instant now) {
        return with(c -> {
                    c.packageHash = hash;
                    c.applicationDate = day;
                    c.submittedAt = now;
                })
                .handedIn(person, employer, promised);
    }

    /** A supplement may have corrected who it is and where they work; nothing is asked any more. */
    Case handedIn(String person, @Nullable String employer, List<String> promised) {
        return with(c -> {
            c.personKey = person;
            c.employerCode = employer;
            c.promises = promised;
            c.asked = List.of();
        });
    }

    /** Name and document, and with them the person, are others than were sent. */
    Case identified(String person, ObjectNode given) {
        return with(c -> {
            c.personKey = person;
            c.answers = given;
        });
    }

    /** @param ends null where the step has no limit @param provisional whether the end rests on a calendar that is not out yet */
    Case at(Step next, @Nullable Instant ends, boolean provisional) {
        return with(c -> {
            c.stage = next.key();
            c.stageEnds = ends;
            c.stageProvisional = provisional;
        });
    }

    Case asks(List<Asked> items, @Nullable String by) {
        return with(c -> {
            c.asked = items;
            c.askedBy = by;
        });
    }

    /** @param payment for which another account is asked, null where none is asked any more */
    Case asksAccount(@Nullable Long payment) {
        return with(c -> c.accountAsked = payment);
    }

    Case employerSaid(String word) {
        return with(c -> c.employerWord = word);
    }

    Case accepted(LocalDate promised, Instant now) {
        return with(c -> c.acceptedAt = now).promised(promised);
    }

    Case promised(LocalDate day) {
        return with(c -> c.promisedBy = day);
    }

    Case checksBegan(Instant now) {
        return checkedAt != null ? this : with(c -> c.checkedAt = now);
    }

    Case signed(Instant now) {
        return signedAt != null ? this : with(c -> c.signedAt = now);
    }

    Case closed(String how, Instant now) {
        return at(stage.steps().get(Stage.CLOSED), null, stageProvisional).with(c -> {
            c.outcome = how;
            c.closedAt = now;
            c.asked = List.of();
            c.accountAsked = null;
        });
    }

    Case withdrawn(@Nullable String reason, Instant now) {
        return closed("withdrawn", now).with(c -> c.withdrawalReason = reason);
    }

    /** Another writing of it: whoever saw an earlier one notices (If-Match). */
    Case next() {
        return with(c -> c.version++);
    }

    private Case with(Consumer<Changing> change) {
        Changing next = new Changing(this);
        change.accept(next);
        return next.done();
    }

    /** A case while it changes, for {@link #with} alone. */
    private static class Changing {
        private CaseNumber number;
        private String scheme;
        private String packageHash;
        private String stage;
        private final Function<String, Steps> steps;
        private @Nullable Instant stageEnds;
        private boolean stageProvisional;
        private @Nullable String outcome;
        private String applicant;
        private @Nullable String personKey;
        private @Nullable String employerCode;
        private @Nullable String employerWord;
        private boolean sample;
        private boolean ofEmployer;
        private ObjectNode answers;
        private List<Asked> asked;
        private @Nullable String askedBy;
        private @Nullable Long accountAsked;
        private List<String> promises;
        private @Nullable LocalDate applicationDate;
        private @Nullable Instant submittedAt;
        private @Nullable Instant acceptedAt;
        private @Nullable LocalDate promisedBy;
        private @Nullable Instant checkedAt;
        private @Nullable Instant signedAt;
        private @Nullable Instant closedAt;
        private @Nullable String withdrawalReason;
        private Instant createdAt;
        private long version;

        Changing(Case c) {
            number = c.number;
            scheme = c.scheme;
            packageHash = c.packageHash;
            stage = c.stage.code();
            steps = c.stage.read();
            stageEnds = c.stageEnds;
            stageProvisional = c.stageProvisional;
            outcome = c.outcome;
            applicant = c.applicant;
            personKey = c.personKey;
            employerCode = c.employerCode;
            employerWord = c.employerWord;
            sample = c.sample;
            ofEmployer = c.ofEmployer;
            answers = c.answers;
            asked = c.asked;
            askedBy = c.askedBy;
            accountAsked = c.accountAsked;
            promises = c.promises;
            applicationDate = c.applicationDate;
            submittedAt = c.submittedAt;
            acceptedAt = c.acceptedAt;
            promisedBy = c.promisedBy;
            checkedAt = c.checkedAt;
            signedAt = c.signedAt;
            closedAt = c.closedAt;
            withdrawalReason = c.withdrawalReason;
            createdAt = c.createdAt;
            version = c.version;
        }

        Case done() {
            return new Case(
                    number,
                    scheme,
                    packageHash,
                    new Stage(stage, packageHash, steps),
                    stageEnds,
                    stageProvisional,
                    outcome,
                    applicant,
                    personKey,
                    employerCode,
                    employerWord,
                    sample,
                    ofEmployer,
                    answers,
                    asked,
                    askedBy,
                    accountAsked,
                    promises,
                    applicationDate,
                    submittedAt,
                    acceptedAt,
                    promisedBy,
                    checkedAt,
                    signedAt,
                    closedAt,
                    withdrawalReason,
                    createdAt,
                    version);
        }
    }
}
