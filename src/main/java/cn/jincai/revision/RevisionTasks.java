package cn.jincai.revision;

import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.TaskResult;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.policy.TaskRef;
import cn.jincai.review.FourEyes;
import cn.jincai.review.OpenTasks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The steps of a matter after the decision: nobody does two of them, whoever began it none, and nobody in a case that concerns him. It is weighed by others than
 * those who decided before, where there are any. The leader who decided may sign: a city has one for a field, and it is his decision that is put right.
 */
@Service
@Transactional
public class RevisionTasks {
    private static final int LONGEST_OPINION = 10_000;

    private final RevisionTable table;
    private final CaseFile cases;
    private final FourEyes fourEyes;
    private final OpenTasks openTasks;
    private final RevisionWords words;
    private final ApplicationEventPublisher events;

    RevisionTasks(
            RevisionTable table,
            CaseFile cases,
            FourEyes fourEyes,
            OpenTasks openTasks,
            RevisionWords words,
            ApplicationEventPublisher events) {
        this.table = table;
        this.cases = cases;
        this.fourEyes = fourEyes;
        this.openTasks = openTasks;
        this.words = words;
        this.events = events;
    }

    /** @throws Problem FORBIDDEN with the reason in words */
    public void mayTake(Actor who, TaskRef task) {
        mayAct(who, task, table.open(task.ofCase()).orElseThrow(() -> Problem.conflict("revision.NOTHING_OPEN")));
    }

    private void mayAct(Actor who, TaskRef task, Revision revision) {
        Step step = task.step();
        if (step.role() == null || !who.holds(step.role()))
            throw Problem.forbidden(
                    "review.NOT_YOUR_ROLE",
                    step.role() == null ? step.name() : step.role().text());
        fourEyes.mustNotBeConcerned(who, cases.get(task.ofCase()));
        if (revision.begunBy().equals(who.account())) throw Problem.forbidden("revision.BEGUN_BY_YOU");
        revision.said().stream()
                .filter(said ->
                        said.account().equals(who.account()) && !said.step().equals(step.key()))
                .findFirst()
                .ifPresent(said -> {
                    throw Problem.forbidden("review.SAME_PERSON_TWICE", said.stepName());
                });
        if (step.role() != Role.LEADER)
            fourEyes.mustNotHaveDecidedWhereOthersAre(who, cases.get(task.ofCase()), step, revision.keptFrom(step));
    }

    /** {@link #mayTake} for a whole list, with as many questions however long it is: those that this person may take. */
    @Transactional(readOnly = true)
    public List<TaskRef> open(Actor who, List<TaskRef> tasks) {
        return tasks.stream().collect(Collectors.groupingBy(TaskRef::step)).entrySet().stream()
                .flatMap(ofStep -> open(who, ofStep.getKey(), ofStep.getValue()).stream())
                .toList();
    }

    private List<TaskRef> open(Actor who, Step step, List<TaskRef> tasks) {
        Map<CaseNumber, Set<String>> keptFrom =
                table.keptFrom(step.key(), tasks.stream().map(TaskRef::ofCase).collect(Collectors.toSet()));
        List<TaskRef> open = openTasks.of(who, tasks).stream()
                .filter(task -> {
                    Set<String> kept = keptFrom.get(task.ofCase());
                    return kept != null && !kept.contains(who.account());
                })
                .toList();
        if (step.role() == Role.LEADER) return open;
        Set<TaskRef> forOthers = openTasks.decidedByHimAndForOthers(who, step, open, keptFrom);
        return open.stream().filter(task -> !forOthers.contains(task)).toList();
    }

    /**
     * Keeps what was said; the diagram goes on by the outcome.
     *
     * @throws Problem FORBIDDEN, CONFLICT (done already) or INVALID; nothing has changed then
     */
    public TaskResult complete(Actor who, TaskRef task, String outcome, Map<String, Object> fields) {
        Revision revision = table.held(task.ofCase()).orElseThrow(() -> Problem.conflict("revision.NOTHING_OPEN"));
        mayAct(who, task, revision);
        Step step = task.step();
        if (!step.outcomes().containsKey(outcome))
            throw Problem.invalid(
                    "outcome",
                    "review.UNKNOWN_OUTCOME",
                    Text.list(step.outcomes().keySet().stream().toList()));
        String opinion = opinion(fields.get("opinion"), step.outcome(outcome).refuses());
        table.said(revision, task, who.account(), outcome, opinion);
        events.publishEvent(new CaseEvent(
                task.ofCase(),
                step.key(),
                cases.get(task.ofCase()).stage().code(),
                Text.of(
                        "revision.event.done",
                        revision.kind().text(),
                        step.name(),
                        step.outcome(outcome).name()),
                who,
                step.role(),
                Audience.OFFICERS,
                Map.of("kind", revision.kind().code(), "outcome", outcome)));
        return TaskResult.of(outcome);
    }

    private static @Nullable String opinion(@Nullable Object typed, boolean required) {
        String words = Objects.toString(typed, "").strip();
        if (words.length() > LONGEST_OPINION) throw Problem.invalid("opinion", "review.opinion.TOO_LONG");
        if (words.isEmpty() && required) throw Problem.invalid("opinion", "review.opinion.REQUIRED");
        return words.isEmpty() ? null : words;
    }

    /** What the form shows before somebody has typed. */
    @Transactional(readOnly = true)
    public Map<String, Object> prefill(Actor who, TaskRef task) {
        mayTake(who, task);
        Map<String, Object> fields = new HashMap<>();
        table.open(task.ofCase()).ifPresent(revision -> {
            fields.put("proposal", words.proposal(revision));
            if (revision.heardAt() != null) fields.put("answered", words.answered(revision));
        });
        return fields;
    }
}
