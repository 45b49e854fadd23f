package cn.jincai.filing;

import cn.jincai.applicant.BankAccounts;
import cn.jincai.applicant.Persons;
import cn.jincai.document.Evidence;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.filing.completeness.Questions;
import cn.jincai.filing.events.HandedIn;
import cn.jincai.filing.mandates.Mandates;
import cn.jincai.filing.remembered.Prefill;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Spelling;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step.Kind;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Sending a case, for the first time or with a supplement. Only what is missing or malformed stops it (rulebook 7). */
@Service
public class Submission {
    private final Filing filing;
    private final CaseTable cases;
    private final Packages packages;
    private final Completeness completeness;
    private final CaseLines lines;
    private final Questions questions;
    private final Evidence evidence;
    private final Mandates mandates;
    private final CaseFacts facts;
    private final CaseAssessments assessments;
    private final Persons persons;
    private final Identity identity;
    private final Prefill prefill;
    private final BankAccounts bankAccounts;
    private final Traces traces;
    private final OpenCases open;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Submission(
            Filing filing,
            CaseTable cases,
            Packages packages,
            Completeness completeness,
            CaseLines lines,
            Questions questions,
            Evidence evidence,
            Mandates mandates,
            CaseFacts facts,
            CaseAssessments assessments,
            Persons persons,
            Identity identity,
            Prefill prefill,
            BankAccounts bankAccounts,
            Traces traces,
            OpenCases open,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.filing = filing;
        this.cases = cases;
        this.packages = packages;
        this.completeness = completeness;
        this.lines = lines;
        this.questions = questions;
        this.evidence = evidence;
        this.mandates = mandates;
        this.facts = facts;
        this.assessments = assessments;
        this.persons = persons;
        this.identity = identity;
        this.prefill = prefill;
        this.bankAccounts = bankAccounts;
        this.traces = traces;
        this.open = open;
        this.clock = clock;
        this.events = events;
    }

    /**
     * @param promises codes of documents that the applicant promises instead of handing in (告知承诺)
     * @throws Problem INVALID with everything missing or malformed at once; CONFLICT naming the open case for the same thing, or when the
     *                 case is not the applicant's turn
     */
    @Transactional
    public CaseView submit(Actor who, CaseNumber number, List<String> promises) {
        Case file = filing.own(who, number);
        if (file.isDraft()) return first(who, file, promises);
        if (file.stage().is(Kind.ASKS_APPLICANT)) return supplement(who, file, promises);
        throw Problem.conflict("filing.ALREADY_SENT", number);
    }

    private CaseView first(Actor who, Case draft, List<String> promises) {
        PolicyPackage pack = packages.inForce(draft.scheme()); // a draft moves on to the package in force
        if (!pack.catalogue().offered()) throw Problem.conflict("filing.NOT_OFFERED");
        ObjectNode answers = completeness.clean(
                pack, completeness.spelt(pack, draft.answers().deepCopy()));
        identity.fill(draft, answers); // as it stands today: it may have been corrected since the draft was begun
        prefill.complete(pack, answers);
        Case sent = cases.change(draft.number(), c -> c.answered(answers));
        List<Mistake> mistakes = new ArrayList<>(completeness.mistakes(pack, sent, promises));
        if (mandates.isHeld(who.account(), draft.number())
                && evidence.of(draft.number()).stream().noneMatch(d -> d.need().equals(Mandates.PAPER.code())))
            mistakes.add(Mistake.of(Mandates.PAPER.code(), "filing.mandate.MISSING"));
        Filing.refuse(mistakes);
        String person = keepPerson(pack, sent);
        persons.lock(person);
        open.forTheSame(person, draft.scheme(), pack.hash(), answers).stream()
                .findFirst()
                .ifPresent(first -> {
                    throw Problem.conflict("filing.OPEN_CASE", first.number());
                });
        cases.change(
                draft.number(),
                c -> c.submitted(pack.hash(), person, employerCode(answers), clock.today(), promises, cases.moment()));
        keepAccount(draft.number(), answers);
        traces.keep(pack, person, answers);
        Case file = cases.get(draft.number());
        facts.recordTold(file);
        assessments.keep(file, "submission", cn.jincai.assessment.Adjustments.NONE);
        filing.tell(file, "submitted", who, Audience.APPLICANT);
        events.publishEvent(new Submitted(file.number(), file.scheme(), pack.hash()));
        return filing.show(cases.get(file.number()));
    }

    private CaseView supplement(Actor who, Case file, List<String> promises) {
        PolicyPackage pack = packages.byHash(file.packageHash());
        List<String> all = new ArrayList<>(file.promises());
        promises.stream().filter(p -> !all.contains(p)).forEach(all::add);
        List<Mistake> mistakes = new ArrayList<>(completeness.mistakes(pack, file, all));
        mistakes.removeIf(m -> !m.code().equals("REQUIRED")
                && completeness.form(pack).field(m.field()).isPresent()
                && !filing.isOpen(file, m.field())); // stood so when it was sent, and can't be corrected now
        Instant asked = questions.askedAt(file.number());
        for (Case.Asked item : file.asked()) {
            boolean paper =
                    pack.catalogue().documents().stream().anyMatch(d -> d.code().equals(item.item()));
            if (item.item().equals(Completeness.ROSTER) && !lines.isHandedInSince(file.number(), asked))
                mistakes.add(
                        Mistake.of(Completeness.ROSTER, "filing.STILL_ASKED", completeness.label(pack, item.item())));
            boolean fresh = evidence.of(file.number()).stream()
                            .anyMatch(d -> d.need().equals(item.item()) && !d.at().isBefore(asked))
                    || promises.contains(item.item());
            if (paper
                    && !fresh
                    && !item.optional()
                    && mistakes.stream().noneMatch(m -> m.field().equals(item.item()))) {
                mistakes.add(Mistake.of(item.item(), "filing.STILL_ASKED", completeness.label(pack, item.item())));
            }
        }
        identity.mistakes(file, asked).stream()
                .filter(m -> mistakes.stream().noneMatch(other -> other.field().equals(m.field())))
                .forEach(mistakes::add);
        Filing.refuse(mistakes);
        String person = keepPerson(pack, file);
        cases.change(file.number(), c -> c.handedIn(person, employerCode(file.answers()), all));
        keepAccount(file.number(), file.answers());
        traces.keep(pack, person, file.answers());
        identity.given(who, file);
        questions.answered(file.number());
        Case after = cases.get(file.number());
        facts.recordTold(after);
        filing.tell(after, "supplemented", who, Audience.APPLICANT);
        events.publishEvent(new HandedIn(file.number()));
        return filing.show(cases.get(file.number()));
    }

    private String keepPerson(PolicyPackage pack, Case file) {
        ObjectNode answers = file.answers();
        return persons.keep(
                answers.path("documentType").asText(),
                answers.path("documentNumber").asText(),
                identity.onRecord(file, answers.path("name").asText()),
                birthDate(pack, answers),
                answers.path("phone").asText(null),
                answers.path("email").asText(null));
    }

    /** Told in the field with which the form compares the identity number. */
    private @Nullable LocalDate birthDate(PolicyPackage pack, ObjectNode answers) {
        String key = completeness.form(pack).fields().stream()
                .map(f -> f.properties().get("birthDate"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        try {
            return answers.hasNonNull(key) ? LocalDate.parse(answers.get(key).asText()) : null;
        } catch (DateTimeParseException e) {
            throw Problem.invalid(key, "filing.NOT_A_DATE");
        }
    }

    private static @Nullable String employerCode(ObjectNode answers) {
        String code = answers.path("employerCode").asText("");
        return code.isBlank() ? null : Spelling.ofCode(code);
    }

    private void keepAccount(CaseNumber number, ObjectNode answers) {
        if (answers.path("bankAccount").asText("").isBlank()) return;
        bankAccounts.name(number, Filing.account(answers));
    }
}
