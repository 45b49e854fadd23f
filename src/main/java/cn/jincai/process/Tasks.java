package cn.jincai.process;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.TaskResult;
import cn.jincai.kernel.Text;
import cn.jincai.policy.TaskRef;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** What people do with a task: take it, give it back, hand it in. API, portal and Tasklist all come here. */
@Service
public class Tasks {
    /** SQLSTATE of two transactions that waited for each other, changed the same or wrote the same twice. */
    private static final Set<String> CROSSED = Set.of("40001", "40P01", "23505");

    private static final int H2_CONCURRENT_UPDATE = 90_131;

    /** The code of the problem that is nobody's fault and over in a moment. */
    public static final String OVERTAKEN = "OVERTAKEN";

    private final TaskService tasks;
    private final RuntimeService instances;
    private final FormService forms;
    private final HistoryService history;
    private final IdentityService identity;
    private final Completions rooms;
    private final ProcessEngineConfigurationImpl engine;
    private final ApplicationEventPublisher events;

    Tasks(
            TaskService tasks,
            RuntimeService instances,
            FormService forms,
            HistoryService history,
            IdentityService identity,
            Completions rooms,
            ProcessEngineConfigurationImpl engine,
            ApplicationEventPublisher events) {
        this.tasks = tasks;
        this.instances = instances;
        this.forms = forms;
        this.history = history;
        this.identity = identity;
        this.rooms = rooms;
        this.engine = engine;
        this.events = events;
    }

    /** @throws Problem FORBIDDEN with the reason in words; CONFLICT when somebody else has it or it is done */
    public void claim(Actor actor, String id) {
        attempt(
                actor,
                id,
                task -> take(actor, task),
                () -> tasks.createTaskQuery()
                                .taskId(id)
                                .taskAssignee(actor.account())
                                .count()
                        > 0); // who clicks twice has it by the first click
    }

    /** The same, and in the same transaction what is written down about it. @param further is told whether he had it before */
    public void claim(Actor actor, String id, Consumer<Boolean> further) {
        attempt(actor, id, task -> {
            boolean had = actor.account().equals(task.getAssignee());
            take(actor, task);
            further.accept(had);
        });
    }

    private void take(Actor actor, TaskEntity task) {
        if (actor.account().equals(task.getAssignee())) return;
        // else the guard asks, when the engine assigns it
        if (task.getAssignee() != null || !isTheirs(actor, task)) mayTake(actor, task);
        if (task.getAssignee() != null) throw Problem.conflict("process.task.TAKEN");
        as(actor, () -> tasks.claim(task.getId(), actor.account()));
    }

    /**
     * Gives a task back to its group: one's own, or as a leader that of somebody who is away. Who takes it then is asked as ever.
     *
     * @param why on record where the task is another's; null where nobody asked
     */
    public void release(Actor actor, String id, @Nullable ReassignmentReason why) {
        attempt(actor, id, task -> {
            mayRelease(actor, task);
            if (!actor.account().equals(task.getAssignee())) handedBack(actor, task, why);
            tasks.setAssignee(id, null);
            events.publishEvent(new TaskMoved(id, false));
        });
    }

    /**
     * Puts a task into somebody's hands without his having taken it, or back to its group; who may do that is asked before, who may have it here.
     *
     * @param holder who has it as far as the giver knows, null for nobody
     * @param to     who has it from now on, null for those who may take it
     * @param record what is written down about it, in the same transaction
     * @throws Problem FORBIDDEN with the reason in words where {@code to} may not do it; CONFLICT where somebody else has it by now, it is done, or is nobody else's
     */
    public void give(Actor by, String id, @Nullable String holder, @Nullable String to, Consumer<TaskRef> record) {
        attempt(by, id, task -> {
            if (!Objects.equals(holder, task.getAssignee())) throw Problem.conflict("process.task.TAKEN");
            if (to == null) mustBeOthersToo(task);
            else mayTake(rooms.actor(to), task);
            record.accept(rooms.ref(task));
            asSystem(() -> tasks.setAssignee(id, to));
            events.publishEvent(new TaskMoved(id, false));
        });
    }

    /** Gives back whatever the actor holds of the case. @throws Problem CONFLICT where a task is nobody else's */
    public void releaseAll(Actor actor, CaseNumber number) {
        tasks.createTaskQuery()
                .taskAssignee(actor.account())
                .processInstanceBusinessKey(number.value())
                .list()
                .forEach(task -> release(actor, task.getId(), null));
    }

    /** @throws Problem FORBIDDEN, or CONFLICT where there is no group to go back to */
    public void mayRelease(Actor actor, Task task) {
        if (task.getAssignee() == null || actor.account().equals(task.getAssignee())) mustHold(actor, task);
        else rooms.mayHandBack(actor, ref(task));
        mustBeOthersToo(task);
    }

    private void mustBeOthersToo(Task task) {
        if (tasks.getIdentityLinksForTask(task.getId()).stream()
                .noneMatch(link -> link.getType().equals(IdentityLinkType.CANDIDATE)))
            throw Problem.conflict("process.task.ONLY_YOURS");
    }

    private void handedBack(Actor actor, Task task, @Nullable ReassignmentReason why) {
        TaskRef ref = ref(task);
        Map<String, String> details =
                new HashMap<>(Map.of("task", task.getId(), "step", ref.step().key(), "holder", task.getAssignee()));
        if (ref.run() != null) details.put("run", ref.run());
        if (why != null) details.put("reason", why.code());
        events.publishEvent(new CaseEvent(
                ref.number(),
                "task-handed-back",
                ref.step().key(),
                ReassignmentReason.told(why),
                actor,
                Role.LEADER,
                CaseEvent.Audience.OFFICERS,
                details));
    }

    /**
     * Hands the form in: the room acts and the case goes on, in one transaction.
     *
     * @param filled the form's fields by key, {@code outcome} among them
     * @return what came of it; with {@link TaskResult#told()} the case has moved, and yet another way than was asked for
     * @throws Problem FORBIDDEN, CONFLICT (done already), INVALID with every mistake
     */
    public TaskResult complete(Actor actor, String id, Map<String, Object> filled) {
        return complete(actor, id, filled, () -> {});
    }

    /** @param first is asked in the same transaction, before anything is done; what it throws is why nothing is */
    public TaskResult complete(Actor actor, String id, Map<String, Object> filled, Runnable first) {
        var result = new AtomicReference<TaskResult>();
        attempt(actor, id, task -> {
            if (!actor.account().equals(task.getAssignee())) mayTake(actor, task); // else the room asks, as it acts
            mustHold(actor, task);
            first.run();
            var handed = new HashMap<>(filled);
            handed.put(TaskGuards.RESULT, result);
            as(actor, () -> forms.submitTaskForm(id, handed));
            events.publishEvent(new TaskMoved(id, true));
        });
        return Objects.requireNonNull(result.get(), "a step completed without its guard");
    }

    /** What the task's form starts with; for those who may see the task. */
    public Map<String, Object> prefill(Actor actor, String id) {
        return prefill(actor, visible(actor, id));
    }

    /** What this person typed at a task that he holds, and has not handed in; nothing of a task that he does not hold. */
    public Map<String, Object> draft(Actor actor, String id) {
        Task task = visible(actor, id);
        return actor.account().equals(task.getAssignee()) ? rooms.draft(actor, task) : Map.of();
    }

    /**
     * Keeps what is being typed, as it is: whether it is right is asked when it is handed in.
     *
     * @param typed fields by key; one that was emptied is null
     * @throws Problem FORBIDDEN for whoever does not hold the task, NOT_FOUND for one that is done
     */
    public void keepDraft(Actor actor, String id, Map<String, Object> typed) {
        Task task = visible(actor, id);
        mustHold(actor, task);
        rooms.keepDraft(actor, task, typed);
        boolean isStillHis =
                tasks.createTaskQuery().taskId(id).taskAssignee(actor.account()).count() > 0;
        if (!isStillHis) rooms.forgetDraft(actor, task); // handed in or taken over in this moment
    }

    /** The task's form as Tasklist draws it, with what there is to fill in for in this case. */
    public JsonNode form(Actor actor, String id, boolean english) {
        Task task = visible(actor, id);
        @Nullable Map<String, Object> start;
        try {
            start = prefill(actor, task);
        } catch (Problem refused) {
            start = null; // he may look at the task and not act in it: the form without what concerns the case
        }
        return rooms.form(task, start, english);
    }

    private Map<String, Object> prefill(Actor actor, Task task) {
        TaskRef ref = ref(task);
        var start = rooms.start(task, rooms.prefill(actor, ref));
        if (ref.number() != null)
            start.put(Variable.CASE_NUMBER.key, ref.number().value());
        if (ref.run() != null) start.put(Variable.RUN.key, ref.run());
        return start;
    }

    /** Which task this is, for its candidates and its holder only. @throws Problem NOT_FOUND */
    public TaskRef show(Actor actor, String id) {
        return ref(visible(actor, id));
    }

    /** The end of the last day on which it is to be done, for whoever may see it; empty where none is set. @throws Problem NOT_FOUND */
    public Optional<Instant> due(Actor actor, String id) {
        return Optional.ofNullable(visible(actor, id).getDueDate()).map(Date::toInstant);
    }

    private Task visible(Actor actor, String id) {
        Task task = tasks.createTaskQuery().taskId(id).singleResult();
        if (task == null
                || !isTheirs(actor, task)
                || !rooms.shut(actor, List.of(ref(task))).isEmpty()) throw Problem.notFound();
        return task;
    }

    private void mayTake(Actor actor, TaskEntity task) {
        rooms.mayTake(actor, rooms.ref(task));
        if (!isTheirs(actor, task)) throw Problem.forbidden("process.task.NOT_YOURS");
    }

    /** Whether the task is with him, or with a group of his. */
    public boolean isTheirs(Actor actor, Task task) {
        var groups = actor.roles().stream().map(Role::code).collect(Collectors.toSet());
        return actor.account().equals(task.getAssignee())
                || tasks.getIdentityLinksForTask(task.getId()).stream()
                        .anyMatch(link -> actor.account().equals(link.getUserId())
                                || groups.contains(String.valueOf(link.getGroupId())));
    }

    private static void mustHold(Actor actor, Task task) {
        if (!actor.account().equals(task.getAssignee())) throw Problem.forbidden("process.task.NOT_ASSIGNEE");
    }

    private TaskRef ref(Task task) {
        return rooms.ref(
                task.getId(),
                task.getProcessDefinitionId(),
                task.getTaskDefinitionKey(),
                tasks.getVariables(task.getId(), Completions.NAMES));
    }

    private void attempt(Actor actor, String id, Consumer<TaskEntity> work) {
        attempt(actor, id, work, () -> false);
    }

    /**
     * In one transaction and one command of the engine, which so reads each of its rows once and writes at the end; what is refused is put on record
     * after it has been rolled back. Who may act the rooms say: the engine's own rights, which are there for its REST, are not asked again.
     *
     * @param done whether, where somebody was faster, all is as it was wanted
     */
    private void attempt(Actor actor, String id, Consumer<TaskEntity> work, BooleanSupplier done) {
        TaskEntity[] found = new TaskEntity[1];
        try {
            engine.getCommandExecutorTxRequired().execute(command -> {
                found[0] = command.getTaskManager().findTaskById(id);
                if (found[0] == null) throw isDone(id) ? doneAlready() : Problem.notFound();
                return command.runWithoutAuthorization(() -> {
                    work.accept(found[0]);
                    return found[0];
                });
            });
        } catch (RuntimeException thrown) {
            // whose task was done while he read it may have read half of it: whatever that led to, he came too late
            Problem problem = found[0] != null && isDone(id) ? doneAlready() : problem(thrown);
            if (problem == null) throw thrown;
            if (problem.kind() == Problem.Kind.CONFLICT && done.getAsBoolean()) return;
            if (found[0] != null && !problem.code().equals(OVERTAKEN) && !actor.equals(Actor.SYSTEM))
                record(actor, found[0], problem); // what the system tried was nobody's attempt
            throw problem;
        }
    }

    private static @Nullable Problem problem(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) return problem;
            if (cause instanceof TaskAlreadyClaimedException || cause instanceof NullValueException)
                return doneAlready();
        }
        return isOvertaken(thrown) ? overtaken() : null;
    }

    /** The same may well go in a moment: nothing is put on record as refused. @return CONFLICT */
    public static Problem overtaken() {
        return Problem.conflict("process.task." + OVERTAKEN);
    }

    /** Whether somebody else moved the same case in the same moment: says the engine, or the database to it. */
    public static boolean isOvertaken(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause())
            if (cause instanceof OptimisticLockingException
                    || cause instanceof SQLException sql
                            && (CROSSED.contains(String.valueOf(sql.getSQLState()))
                                    || sql.getErrorCode() == H2_CONCURRENT_UPDATE)) return true;
        return false;
    }

    private static Problem doneAlready() {
        return Problem.conflict("process.task.DONE_ALREADY");
    }

    private boolean isDone(String id) {
        return history.createHistoricTaskInstanceQuery().taskId(id).finished().count() > 0;
    }

    private void record(Actor actor, Task task, Problem problem) {
        if (!Set.of(Problem.Kind.FORBIDDEN, Problem.Kind.CONFLICT, Problem.Kind.INVALID)
                .contains(problem.kind())) return;
        var number = instances
                .createVariableInstanceQuery()
                .processInstanceIdIn(task.getProcessInstanceId())
                .variableName(Variable.CASE_NUMBER.key)
                .list()
                .stream()
                .map(v -> new CaseNumber(v.getValue().toString()))
                .findFirst()
                .orElse(null);
        events.publishEvent(new CaseEvent(
                number,
                "refused-attempt",
                task.getTaskDefinitionKey(),
                Text.of("process.event.refused-attempt"),
                actor,
                actor.roles().stream().findFirst().orElse(null),
                CaseEvent.Audience.AUDITORS,
                Map.of("task", task.getId(), "step", task.getTaskDefinitionKey(), "code", problem.code())));
    }

    /** The engine checks rights and asks our guards in the name of this person. */
    private void as(Actor actor, Runnable work) {
        acting(
                () -> identity.setAuthentication(
                        actor.account(), actor.roles().stream().map(Role::code).toList()),
                work);
    }

    /** What nobody clicked for himself. */
    private void asSystem(Runnable work) {
        acting(identity::clearAuthentication, work);
    }

    private void acting(Runnable who, Runnable work) {
        var before = identity.getCurrentAuthentication();
        who.run();
        try {
            work.run();
        } finally {
            if (before == null) identity.clearAuthentication();
            else identity.setAuthentication(before.getUserId(), before.getGroupIds());
        }
    }
}
