package cn.jincai.review;

import cn.jincai.applicant.Accounts;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.filing.DataChecks;
import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.filing.OfficerFacts;
import cn.jincai.filing.messages.EmployerDenials;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.TaskResult;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import cn.jincai.policy.TaskRef;
import cn.jincai.review.discretion.Overrides;
import cn.jincai.review.notice.Objections;
import cn.jincai.staffing.Absences;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The officers' tasks: who may take a task, and what completing it means. It is asked whichever way a task is claimed or completed, in the
 * transaction in which the case moves on.
 */
@Service
@Transactional
public class ReviewTasks {
    /** What the diagram is told of a vote: what it was is nobody's to know before the panel has closed (rulebook 7.6). */
    private static final String VOTED = "voted";

    private final FourEyes fourEyes;
    private final CaseFile cases;
    private final CaseLifecycle way;
    private final DataChecks dataChecks;
    private final HearingsAndRatings hearings;
    private final OfficerFacts officerFacts;
    private final ReviewStep reviewStep;
    private final Panels panels;
    private final Objections objections;
    private final Decisions decisions;
    private final DraftedGrounds draftedGrounds;
    private final Judgement judgement;
    private final Opinions opinions;
    private final Overrides overrides;
    private final EmployerDenials denials;
    private final Accounts accounts;
    private final Absences absences;
    private final ApplicationEventPublisher events;

    ReviewTasks(
            FourEyes fourEyes,
            CaseFile cases,
            CaseLifecycle way,
            DataChecks dataChecks,
            HearingsAndRatings hearings,
            OfficerFacts officerFacts,
            ReviewStep reviewStep,
            Panels panels,
            Objections objections,
            Decisions decisions,
            DraftedGrounds draftedGrounds,
            Judgement judgement,
            Opinions opinions,
            Overrides overrides,
            EmployerDenials denials,
            Accounts accounts,
            Absences absences,
            ApplicationEventPublisher events) {
        this.fourEyes = fourEyes;
        this.cases = cases;
        this.way = way;
        this.dataChecks = dataChecks;
        this.hearings = hearings;
        this.officerFacts = officerFacts;
        this.reviewStep = reviewStep;
        this.panels = panels;
        this.objections = objections;
        this.decisions = decisions;
        this.draftedGrounds = draftedGrounds;
        this.judgement = judgement;
        this.opinions = opinions;
        this.overrides = overrides;
        this.denials = denials;
        this.accounts = accounts;
        this.absences = absences;
        this.events = events;
    }

    /** @throws Problem FORBIDDEN with the reason in words (rulebook 7.5) */
    public void mayTake(Actor who, TaskRef task) {
        fourEyes.mayAct(who, task);
    }

    /**
     * A fact that an officer has seen proof of (rulebook 7.4), under the same limits as the step itself; see {@link OfficerFacts#record}.
     *
     * @throws Problem FORBIDDEN with the reason in words (rulebook 7.5)
     */
    public void record(
            Actor who,
            CaseNumber number,
            @Nullable Integer line,
            String name,
            @Nullable JsonNode value,
            @Nullable Long evidence,
            @Nullable String note) {
        fourEyes.mayAct(who, now(who, number));
        officerFacts.record(who, number, line, name, value, evidence, note);
    }

    /**
     * A decision that reached the person on paper (rulebook 7.9), from the receipt that the counter holds; the earlier of this day and the first opening counts.
     *
     * @param how a code of {@link ServiceMethod}
     * @throws Problem NOT_FOUND, FORBIDDEN for whom the case concerns, CONFLICT before the signature, INVALID for a day before it or in the future
     */
    public void served(Actor who, CaseNumber number, @Nullable LocalDate on, String how) {
        cases.admit(who, number);
        fourEyes.mustNotBeConcerned(who, cases.get(number));
        decisions.served(who, number, on, how);
    }

    /** Whether nothing keeps this person from the step at which the case stands. */
    public boolean mayRecord(Actor who, CaseNumber number) {
        return fourEyes.mayActSilently(who, now(who, number));
    }

    private TaskRef now(Actor who, CaseNumber number) {
        cases.admit(who, number);
        return new TaskRef("", cases.get(number).stage().step(), number, null, null);
    }

    /** A task that somebody else holds goes back to its group. @throws Problem FORBIDDEN with the reason in words */
    public void mayHandBack(Actor who, TaskRef task) {
        fourEyes.mayHandBack(who, task);
    }

    /**
     * @param fields the form's other fields: {@code opinion}, {@code waive}, {@code reject}, {@code items}
     * @throws Problem FORBIDDEN, CONFLICT (done already) or INVALID (outcome or field that does not fit, opinion missing); nothing has changed then
     */
    public TaskResult complete(Actor who, TaskRef task, String outcome, Map<String, Object> fields) {
        fourEyes.mayAct(who, task);
        List<String> allowed = List.copyOf(task.step().outcomes().keySet());
        if (!allowed.contains(outcome)) throw Problem.invalid("outcome", "review.UNKNOWN_OUTCOME", Text.list(allowed));
        TaskResult done = step(who, task, outcome, new TaskFields(fields));
        fourEyes.acted(who, task);
        return done;
    }

    private TaskResult step(Actor who, TaskRef task, String outcome, TaskFields fields) {
        switch (task.step().kind()) {
            case ASKS_EMPLOYER -> employerCheck(who, task, outcome, fields);
            case ACCEPTS -> acceptance(who, task, outcome, fields);
            case CHECKS_DATA -> opinions.add(task, who, outcome, fields.opinion(), List.of(), List.of(), List.of());
            case GIVES_OPINION -> {
                boolean refuses = task.step().outcome(outcome).refuses();
                String words = refuses ? fields.opinionRequired() : fields.opinion();
                opinions.add(task, who, outcome, words, List.of(), List.of(), List.of());
                tell(who, task, outcome, task.step().outcome(outcome).name());
            }
            case REVIEWS -> {
                reviewStep.complete(who, task, outcome, fields);
                if (outcome.equals("approve"))
                    way.identityConfirmed(task.ofCase(), who, task.step().doneBy());
                tell(who, task, outcome, task.step().outcome(outcome).name());
            }
            case PANEL -> {
                panels.vote(who, task, outcome, fields);
                tell(who, task, VOTED, Text.of("review.outcome.voted"));
                return TaskResult.of(VOTED);
            }
            case OBJECTION -> {
                String words = fields.opinionRequired();
                objections.answer(who, task, outcome, words, fields.text("published"));
                opinions.add(task, who, outcome, words, List.of(), List.of(), List.of());
            }
            case SIGNS -> {
                return decision(who, task, outcome, fields);
            }
            case FOLLOWS_UP -> {
                opinions.add(task, who, outcome, fields.opinion(), List.of(), List.of(), List.of());
                hearings.followedUp(task.ofCase());
            }
            default -> throw Problem.notFound();
        }
        return TaskResult.of(outcome);
    }

    private void employerCheck(Actor who, TaskRef task, String outcome, TaskFields fields) {
        String words = outcome.equals("deny") ? fields.opinionRequired() : fields.opinion();
        opinions.add(task, who, outcome, words, List.of(), List.of(), List.of());
        if (words != null && outcome.equals("deny")) denials.say(task.ofCase(), words);
        way.employerSays(task.ofCase(), who, outcome.equals("confirm"));
    }

    private void acceptance(Actor who, TaskRef task, String outcome, TaskFields fields) {
        switch (outcome) {
            case "accept" -> {
                opinions.add(task, who, outcome, fields.opinion(), List.of(), List.of(), List.of());
                way.accept(task.ofCase(), who);
            }
            case "supplement" -> {
                String words = fields.opinionRequired();
                opinions.add(task, who, outcome, words, List.of(), List.of(), List.of());
                way.ask(task.ofCase(), task.step(), fields.list("items"), Text.same(words), who, Role.INTAKE);
            }
            default -> {
                String words = fields.opinionRequired();
                opinions.add(task, who, outcome, words, List.of(), List.of(), List.of());
                way.notAccept(task.ofCase(), who, words);
            }
        }
    }

    /** Of a case, or of a payment that is to be given up; the latter is carried out by the payment's own room when the diagram goes on. */
    private TaskResult decision(Actor who, TaskRef task, String outcome, TaskFields fields) {
        if (outcome.equals("sign") && task.subject() == null) return decisions.sign(who, task, fields);
        String words = outcome.equals("return") ? fields.opinionRequired() : fields.opinion();
        if (task.number() != null) {
            opinions.add(task, who, outcome, words, List.of(), List.of(), List.of());
            tell(who, task, outcome, task.step().outcome(outcome).name());
        }
        return TaskResult.of(outcome);
    }

    /** On a return, a recorded fact or a supplement the same person goes on, or who stands in for him, when there and still allowed; after an upheld objection nobody is set. */
    public Optional<String> returnsTo(CaseNumber number, String step) {
        Steps steps = cases.get(number).stage().steps();
        List<String> objections = steps.keys(Kind.OBJECTION);
        long upheld = opinions.of(number).stream()
                .filter(o -> objections.contains(o.step()) && o.outcome().equals("uphold"))
                .mapToLong(Opinion::id)
                .max()
                .orElse(0);
        TaskRef again = new TaskRef("", steps.get(step), number, null, null);
        return Opinions.last(opinions.of(number).stream()
                        .filter(o -> o.step().equals(step) && o.id() > upheld)
                        .map(Opinion::account)
                        .toList())
                .flatMap(absences::acting)
                .filter(absences::isThere)
                .filter(account -> fourEyes.mayActSilently(accounts.actor(account), again));
    }

    /** What the task's form shows before somebody has typed: what is missing, and what the review before stated. Never a variable of the engine. */
    public Map<String, Object> prefill(Actor who, TaskRef task) {
        fourEyes.mayAct(who, task);
        Map<String, Object> fields = new LinkedHashMap<>();
        if (task.number() == null) return fields;
        Case file = cases.get(task.number());
        Step step = task.step();
        if (step.is(Kind.ACCEPTS)
                || step.is(Kind.REVIEWS) && file.stage().steps().isFirst(step)) {
            Map<String, Text> missing = missing(file);
            List<Choice> askable = way.askable(task.number(), step).entrySet().stream()
                    .map(item -> new Choice(
                            item.getKey(),
                            missing.containsKey(item.getKey())
                                    ? Text.of("review.choice.grounds", item.getValue(), missing.get(item.getKey()))
                                    : item.getValue()))
                    .toList();
            tick(fields, "items", askable, List.copyOf(missing.keySet()));
        }
        if (step.is(Kind.REVIEWS)) {
            Optional<Opinion> before = opinions.lastReview(file);
            tick(
                    fields,
                    "waive",
                    reviewStep.waivable(file),
                    before.map(Opinion::waived).orElse(List.of()));
            tick(
                    fields,
                    "reject",
                    reviewStep.refusable(file),
                    before.filter(o -> !o.outcome().equals("reject"))
                            .map(Opinion::refused)
                            .orElse(List.of()));
            reviewStep.tickLines(file, before, (key, options, ticked) -> tick(fields, key, options, ticked));
            overrides.lastReason(task.number()).ifPresent(reason -> fields.put(Overrides.REASON, reason));
            fields.put("outcome", before.map(Opinion::outcome).orElseGet(() -> proposes(file)));
        }
        if (step.is(Kind.OBJECTION)) fields.put("ofLine", objections.isOfALine(task));
        if (step.is(Kind.SIGNS) && task.subject() == null) {
            Map<String, String> drafts = draftedGrounds.of(task.number());
            fields.put("grounds", drafts);
            fields.put("groundsOptions", draftedGrounds.names(task.number(), drafts.keySet()));
        }
        return fields;
    }

    /** A list to tick: what there is, under the name that the form's {@code valuesKey} has for it, and what is ticked from the start. */
    private static void tick(Map<String, Object> fields, String key, List<Choice> options, List<String> ticked) {
        fields.put(key + "Options", options);
        fields.put(
                key,
                options.stream().map(Choice::value).filter(ticked::contains).toList());
    }

    /** Before the sources have answered, what only they can tell is not missing. */
    private Map<String, Text> missing(Case file) {
        return file.stage().is(Kind.ACCEPTS) ? Map.of() : dataChecks.mendable(file);
    }

    private String proposes(Case file) {
        return judgement.proposal(file).verdict() == Verdict.REJECT ? "reject" : "approve";
    }

    /** Earlier opinions, for the case file; accounts are shown to officers only. */
    public List<Opinion> opinions(CaseNumber number) {
        return opinions.of(number);
    }

    private void tell(Actor who, TaskRef task, String outcome, Text what) {
        Step step = task.step();
        events.publishEvent(new CaseEvent(
                task.number(),
                step.key(),
                step.key(),
                Text.of("review.event.done", step.name(), what),
                who,
                step.role(),
                Audience.OFFICERS,
                Map.of("outcome", outcome)));
    }
}
