package cn.jincai.filing;

import cn.jincai.applicant.Employers;
import cn.jincai.applicant.Persons;
import cn.jincai.calendar.Calendars;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.filing.completeness.QuestionOrder;
import cn.jincai.filing.completeness.Questions;
import cn.jincai.filing.deadlines.CaseDeadline;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Deadline;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the way of a case does to the case: its stages, the employer's word, acceptance, what is asked of the applicant, and the end. */
@Service
@Transactional
public class CaseLifecycle {
    private final CaseTable cases;
    private final Packages packages;
    private final Completeness completeness;
    private final Questions questions;
    private final QuestionOrder order;
    private final CaseClock caseClock;
    private final Access access;
    private final Identity identity;
    private final Employers employers;
    private final IssuedDocuments issued;
    private final Calendars calendars;
    private final int supplementWorkingDays;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    CaseLifecycle(
            CaseTable cases,
            Packages packages,
            Completeness completeness,
            Questions questions,
            QuestionOrder order,
            CaseClock caseClock,
            Access access,
            Identity identity,
            Employers employers,
            IssuedDocuments issued,
            Calendars calendars,
            @Value("${jincai.clock.supplement-working-days:15}") int supplementWorkingDays,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.cases = cases;
        this.packages = packages;
        this.completeness = completeness;
        this.questions = questions;
        this.order = order;
        this.caseClock = caseClock;
        this.access = access;
        this.identity = identity;
        this.employers = employers;
        this.issued = issued;
        this.calendars = calendars;
        this.supplementWorkingDays = supplementWorkingDays;
        this.clock = clock;
        this.events = events;
    }

    /** The case now stands at this stage until {@code due}, which is null where the step has no limit. */
    public void enter(CaseNumber number, Step stage, @Nullable Deadline due) {
        enter(cases.hold(number), stage, due);
    }

    /** The case now stands at its step of this kind, without a limit. */
    public void enter(CaseNumber number, Kind kind) {
        Case file = cases.hold(number);
        enter(file, file.stage().steps().first(kind), null);
    }

    private void enter(Case file, Step stage, @Nullable Deadline due) {
        CaseNumber number = file.number();
        caseClock.moved(file, stage);
        Case after = cases.change(number, c -> {
            Case there = c.at(stage, due == null ? null : due.end(), due != null && due.provisional());
            return stage.is(Kind.CHECKS_DATA) ? there.checksBegan(cases.moment()) : there;
        });
        stage.group().ifPresent(role -> access.give(number, role));
        endParts(after);
        if (!file.stage().code().equals(stage.key())) {
            Audience seenBy = stage.is(Kind.ASKS_EMPLOYER) ? Audience.EVERYONE : Audience.APPLICANT;
            events.publishEvent(after.event("stage", Actor.SYSTEM, null, seenBy, Map.of(), stage.name()));
        }
    }

    /** Whose step is over sees the case some days longer; of several payments each goes its own way until the case is closed. */
    private void endParts(Case file) {
        Step now = file.stage().step();
        Set<Role> stay = new TreeSet<>();
        file.stage().steps().all().stream()
                .filter(step -> step.key().equals(now.key())
                        || now.kind().isOfPayment() && step.kind().isOfPayment())
                .map(Step::role)
                .filter(Objects::nonNull)
                .forEach(stay::add);
        access.endAllBut(file.number(), stay);
    }

    /** The package asks the employer, the person is employed, and the employer has a clerk here who is not the applicant. */
    public boolean asksEmployer(CaseNumber number) {
        Case file = cases.get(number);
        var scheme = packages.byHash(file.packageHash()).catalogue();
        return file.employerCode() != null
                && !file.ofEmployer()
                && scheme.employerCheck()
                && scheme.asksEmployer(completeness.values(file.answers()))
                && employers.hasClerk(file.employerCode(), file.applicant());
    }

    /** The clerk's word; a denial goes on too, marked, and is told (rulebook 7). */
    public void employerSays(CaseNumber number, Actor clerk, boolean confirms) {
        Case file = cases.change(number, c -> c.employerSaid(confirms ? "confirmed" : "denied"));
        events.publishEvent(file.event(
                confirms ? "employer-confirmed" : "employer-denied",
                clerk,
                Role.EMPLOYER,
                Audience.EVERYONE,
                Map.of()));
    }

    public void employerSilent(CaseNumber number) {
        Case file = cases.change(number, c -> c.employerSaid("silent"));
        events.publishEvent(file.event("employer-silent", Actor.SYSTEM, null, Audience.EVERYONE, Map.of()));
    }

    public void accept(CaseNumber number, Actor clerk) {
        accepted(number, clerk, Role.INTAKE);
        identityConfirmed(number, clerk, Role.INTAKE);
    }

    /** Who accepts or approves has compared what the applicant corrected of name and document with the document that was shown. */
    public void identityConfirmed(CaseNumber number, Actor officer, Role as) {
        identity.confirm(officer, as, number);
    }

    /** Silence for the whole limit is acceptance (行政许可法 32 by analogy). */
    public void acceptedByLapse(CaseNumber number) {
        accepted(number, Actor.SYSTEM, null);
    }

    /** Whether the scheme lets the system accept what is complete, and this is: every document handed in and none only promised, every question answered, nothing asked yet. */
    @Transactional(readOnly = true)
    public boolean isComplete(CaseNumber number) {
        Case file = cases.get(number);
        PolicyPackage pack = packages.byHash(file.packageHash());
        return pack.catalogue().way().automaticAcceptance()
                && file.promises().isEmpty()
                && questions.everAsked(number).isEmpty()
                && completeness.mistakes(pack, file, List.of()).isEmpty();
    }

    /** What keeps an officer from accepting the case without looking at it by itself: empty where everything is there and nothing is only promised. */
    @Transactional(readOnly = true)
    public Optional<Text> incomplete(CaseNumber number) {
        Case file = cases.get(number);
        if (!file.promises().isEmpty()) return Optional.of(Text.of("filing.incomplete.promised"));
        if (!questions.everAsked(number).isEmpty()) return Optional.of(Text.of("filing.incomplete.asked"));
        return completeness.mistakes(packages.byHash(file.packageHash()), file, List.of()).stream()
                .map(Mistake::message)
                .findFirst();
    }

    /** Whether the applicant has corrected his name or document, which whoever accepts or approves compares with the document. */
    @Transactional(readOnly = true)
    public boolean identityDiffers(CaseNumber number) {
        return !identity.waiting(number, false).isEmpty();
    }

    /** By the system, which has found it complete. */
    public void acceptedAsComplete(CaseNumber number) {
        if (!isComplete(number)) throw Problem.conflict("filing.NOT_COMPLETE");
        accepted(number, Actor.SYSTEM, null, "filing.event.accepted-as-complete");
    }

    private void accepted(CaseNumber number, Actor by, @Nullable Role as) {
        accepted(number, by, as, by.isSystem() ? "filing.event.accepted-by-lapse" : "filing.event.accepted");
    }

    private void accepted(CaseNumber number, Actor by, @Nullable Role as, String words) {
        Case file = cases.hold(number);
        if (file.acceptedAt() != null) return;
        Case after = cases.change(number, c -> c.accepted(caseClock.promise(), cases.moment()));
        caseClock.begins(after);
        issued.issue(
                number,
                "acceptance-notice",
                data(
                        after,
                        Map.of(
                                "acceptedOn",
                                clock.today(),
                                "promisedBy",
                                after.promisedBy(),
                                "byLapse",
                                words.endsWith("by-lapse"),
                                "bySystem",
                                words.endsWith("as-complete"))),
                clock.instant());
        events.publishEvent(new CaseEvent(
                number, "accepted", after.stage().code(), Text.of(words), by, as, Audience.APPLICANT, Map.of()));
    }

    /** Only for want of competence or of a scheme, never for a condition; a dated document with remedies. */
    public void notAccept(CaseNumber number, Actor clerk, String opinion) {
        Case file = cases.hold(number);
        issued.issue(number, "not-accepted-notice", data(file, Map.of("reason", Text.same(opinion))), clock.instant());
        events.publishEvent(file.event("not-accepted", clerk, Role.INTAKE, Audience.APPLICANT, Map.of()));
    }

    /**
     * One notice lists everything that is missing (一次性告知); again only what the answer made faulty, so a thing asked before and
     * answered may be asked again by the same or a later step, but not the same open question twice. What settles most stands first.
     *
     * @throws Problem INVALID for an item that is neither a form's key nor a document's code
     */
    public void ask(CaseNumber number, Step step, List<String> items, Text why, Actor by, Role as) {
        Map<String, Text> whys = new LinkedHashMap<>();
        items.forEach(item -> whys.put(item, why));
        ask(number, step, whys, by, as);
    }

    /** With a reason of its own for each item. */
    void ask(CaseNumber number, Step step, Map<String, Text> whys, Actor by, @Nullable Role as) {
        List<String> items = List.copyOf(whys.keySet());
        Case file = cases.hold(number);
        PolicyPackage pack = packages.byHash(file.packageHash());
        if (items.isEmpty()) throw Problem.invalid("items", "filing.items.REQUIRED");
        mustBeTheFirstNotice(file, step, items);
        for (String item : items) {
            if (!completeness.isItem(pack, item) || item.equals(Completeness.ROSTER) && !step.is(Kind.ACCEPTS))
                throw Problem.invalid("items", "filing.UNKNOWN_ITEM", item);
        }
        List<Case.Asked> asked = order.of(file, pack, whys);
        cases.change(number, c -> c.asks(asked, step.key()));
        questions.ask(number, step.key(), asked.stream().map(Case.Asked::item).toList());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Case.Asked a : asked) rows.add(Map.of("item", label(pack, file, a.item()), "reason", a.reason()));
        issued.issue(
                number,
                "supplement-notice",
                data(
                        file,
                        Map.of(
                                "items",
                                rows,
                                "answerBy",
                                calendars
                                        .workingDays(clock.instant(), supplementWorkingDays)
                                        .day())),
                clock.instant());
        events.publishEvent(file.event(
                "supplement-asked",
                by,
                as,
                Audience.APPLICANT,
                Map.of("items", String.join(",", items)),
                Text.joined(
                        "filing.and",
                        asked.stream()
                                .map(a -> completeness.label(pack, a.item()))
                                .toList())));
    }

    /**
     * What this step may ask of the applicant, with its name: the documents, then what the form asks after these answers. The counter's second notice is
     * confined to what its first one named.
     */
    @Transactional(readOnly = true)
    public Map<String, Text> askable(CaseNumber number, Step step) {
        Case file = cases.get(number);
        PolicyPackage pack = packages.byHash(file.packageHash());
        Map<String, Text> items = new LinkedHashMap<>();
        pack.catalogue().documents().forEach(d -> items.put(d.code(), d.name()));
        completeness.form(pack).shown(completeness.values(file.answers())).forEach(f -> items.put(f.key(), f.label()));
        if (step.is(Kind.ACCEPTS) && pack.catalogue().applying().roster() != null)
            items.put(Completeness.ROSTER, completeness.roster(pack, file));
        Set<String> before = questions.everAsked(number);
        if (step.is(Kind.ACCEPTS) && !before.isEmpty()) items.keySet().retainAll(before);
        return items;
    }

    private Text label(PolicyPackage pack, Case file, String item) {
        return item.equals(Completeness.ROSTER) ? completeness.roster(pack, file) : completeness.label(pack, item);
    }

    /** The counter says once all that is missing; again it asks only for what the answer made faulty (行政许可法 32). */
    private void mustBeTheFirstNotice(Case file, Step step, List<String> items) {
        if (!step.is(Kind.ACCEPTS)) return;
        Set<String> before = questions.everAsked(file.number());
        if (!before.isEmpty() && !before.containsAll(items)) throw Problem.invalid("items", "filing.TOLD_ONCE");
    }

    /** The step that asked for the supplement that was handed in or has lapsed. */
    public @Nullable String askedBy(CaseNumber number) {
        return cases.get(number).askedBy();
    }

    /** Asks the applicant for another account for a payment; the stage stays. */
    public void askAccount(CaseNumber number, long payment, Text why, Actor by) {
        Case file = cases.change(number, c -> c.asksAccount(payment));
        events.publishEvent(file.event(
                "account-asked",
                by,
                Role.FINANCE,
                Audience.APPLICANT,
                Map.of("payment", String.valueOf(payment)),
                why));
    }

    /** The leader has given more time: a dated document says why, until when, and by which article (行政许可法 42). */
    public void extended(CaseNumber number, Actor leader, CaseDeadline deadline, int workingDays, String reason) {
        Case file = cases.get(number);
        issued.issue(
                number,
                "extension-notice",
                data(
                        file,
                        Map.of(
                                "promisedBy",
                                deadline.promisedBy(),
                                "lawfulBy",
                                deadline.lawfulBy(),
                                "workingDays",
                                workingDays,
                                "reason",
                                Text.same(reason))),
                clock.instant());
        events.publishEvent(file.event(
                "extended",
                leader,
                Role.LEADER,
                Audience.APPLICANT,
                Map.of("lawfulBy", deadline.lawfulBy().toString()),
                workingDays,
                deadline.promisedBy()));
    }

    /** Nobody gave one in time: from now on there is nothing to give until finance asks again. */
    public void accountNoLongerAsked(CaseNumber number) {
        cases.change(number, c -> c.asksAccount(null));
    }

    /** The decision was signed: from now on the applicant can't withdraw, and the counter serves it where that is done on paper. */
    public void signed(CaseNumber number) {
        Case file = cases.change(number, c -> c.signed(cases.moment()));
        caseClock.signed(file);
        file.stage().steps().first(Kind.ACCEPTS).group().ifPresent(role -> access.hold(number, role));
    }

    /** The person has the decision: nothing of it is left for the counter to serve. */
    public void served(CaseNumber number) {
        access.letGo(number);
    }

    /** @param outcome granted, refused, not-accepted, withdrawn or lapsed; a case closed before keeps its outcome */
    public void close(CaseNumber number, String outcome) {
        Case file = cases.hold(number);
        if (file.isClosed()) return;
        caseClock.moved(file, file.stage().steps().get(Stage.CLOSED));
        caseClock.ended(number);
        Case after = cases.change(number, c -> c.closed(outcome, cases.moment()));
        endParts(after);
        events.publishEvent(after.event(
                "closed",
                Actor.SYSTEM,
                null,
                Audience.APPLICANT,
                Map.of("outcome", outcome),
                Text.of("filing.outcome." + outcome)));
    }

    /** How a case may end; each is told as {@code filing.outcome.OUTCOME}. */
    public static final Set<String> OUTCOMES = Set.of("granted", "refused", "not-accepted", "withdrawn", "lapsed");

    public void letIn(CaseNumber number, String account) {
        access.give(number, Access.account(account));
    }

    /** His part in the case is over at once: another has his seat. */
    public void letOut(CaseNumber number, String account) {
        access.take(number, Access.account(account));
    }

    public void letIn(CaseNumber number, Role role) {
        access.give(number, role);
    }

    /** Something of a closed case may have to be decided once more: these see it for as long as whoever's step is over. */
    public void letInAgain(CaseNumber number, Set<Role> roles) {
        roles.forEach(role -> access.give(number, role));
        endParts(cases.get(number));
    }

    public String scheme(CaseNumber number) {
        return cases.get(number).scheme();
    }

    public String packageHash(CaseNumber number) {
        return cases.get(number).packageHash();
    }

    private Map<String, Object> data(Case file, Map<String, Object> more) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", file.answer("name"));
        data.put("documentNumber", Persons.maskNumber(file.answer("documentNumber")));
        data.put("employerName", file.answers().path("employerName").asText(null));
        data.put("scheme", packages.byHash(file.packageHash()).catalogue().name());
        data.put("submittedOn", file.applicationDate());
        data.putAll(more);
        return data;
    }
}
