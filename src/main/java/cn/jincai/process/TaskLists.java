package cn.jincai.process;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Step;
import cn.jincai.policy.TaskRef;
import cn.jincai.review.notice.Objections;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The lists of tasks that wait: of one person, of one case, of what is overdue. */
@Service
public class TaskLists {
    private final TaskService tasks;
    private final RuntimeService instances;
    private final Completions rooms;
    private final PackageDeployment packages;

    TaskLists(TaskService tasks, RuntimeService instances, Completions rooms, PackageDeployment packages) {
        this.tasks = tasks;
        this.instances = instances;
        this.rooms = rooms;
        this.packages = packages;
    }

    /**
     * @param run     the number of a half-yearly run, for its own tasks; {@code number} is null then
     * @param payment which of the case's payments the task is about, where it is about one
     * @param objection the number of the objection that the task is to answer
     */
    public record Waiting(
            String id,
            String stage,
            @JsonProperty("case") @Nullable CaseNumber number,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String run,

            @Nullable String scheme,
            @Nullable Instant due,
            @Nullable String assignee,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            OfPayment payment,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String objection,

            @JsonIgnore Step step) {}

    /** @param instalment null where the benefit is paid at once */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfPayment(
            long id, String benefit, @Nullable Integer instalment) {}

    /**
     * What the actor may take or has taken, newest first; what the rooms would refuse him is not in it, so that the total is true.
     *
     * @param group role code or null
     * @param stage task key or null
     */
    public Page<Waiting> list(Actor actor, @Nullable String group, @Nullable String stage, int page, int size) {
        var groups = actor.roles().stream()
                .map(Role::code)
                .filter(code -> group == null || code.equals(group))
                .toList();
        if (group != null && groups.isEmpty()) return new Page<>(List.of(), page, size, 0);
        TaskQuery query = tasks.createTaskQuery().active();
        if (stage != null) query.taskDefinitionKey(stage);
        if (group != null) query.taskCandidateGroup(group).includeAssignedTasks();
        var theirOwn = theirs(
                actor,
                groups,
                query.orderByTaskCreateTime().desc().orderByTaskId().asc());
        return new Page<>(
                waiting(theirOwn.stream()
                        .skip(Page.offset(page, size))
                        .limit(Page.size(size))
                        .toList()),
                page,
                Page.size(size),
                theirOwn.size());
    }

    /** The actor's task at this stage of one case, however many others wait for him. */
    public Optional<Waiting> of(Actor actor, CaseNumber number, String stage) {
        var groups = actor.roles().stream().map(Role::code).toList();
        return waiting(theirs(
                        actor,
                        groups,
                        tasks.createTaskQuery()
                                .active()
                                .taskDefinitionKey(stage)
                                .processInstanceBusinessKey(number.value())))
                .stream()
                .findFirst();
    }

    /** Of what the query finds those that the actor holds or may take. @param groups codes of his roles */
    List<Task> theirs(Actor actor, List<String> groups, TaskQuery query) {
        TaskQuery theirs = query.or().taskAssignee(actor.account()).taskCandidateUser(actor.account());
        if (!groups.isEmpty()) theirs.taskCandidateGroupIn(new ArrayList<>(groups)); // to which the engine adds
        var found = theirs.endOr().list();
        var variables = variables(found);
        var open = rooms.open(
                actor,
                found.stream()
                        .filter(task -> !actor.account().equals(task.getAssignee()))
                        .map(task -> ref(task, variables))
                        .toList());
        return found.stream()
                .filter(task -> actor.account().equals(task.getAssignee()) || open.contains(task.getId()))
                .toList();
    }

    /** Whoever has nothing to do with some cases: by id all tasks, of whomever, that are about others. Empty for whoever may see any. */
    public Optional<Set<String>> openTo(Actor actor) {
        if (!rooms.keepsOut(actor)) return Optional.empty();
        var all = tasks.createTaskQuery().list();
        var variables = variables(all);
        var refs = all.stream().map(task -> ref(task, variables)).toList();
        var open = refs.stream().map(TaskRef::id).collect(Collectors.toSet());
        open.removeAll(rooms.shut(actor, refs));
        return Optional.of(open);
    }

    /** The leader's list (rulebook 7.8): everybody's tasks past their day, whoever holds them, the longest overdue first. */
    public Page<Waiting> overdue(int page, int size) {
        var query = tasks.createTaskQuery()
                .active()
                .taskMinPriority(Overdue.PRIORITY)
                .orderByDueDate()
                .asc()
                .orderByTaskId()
                .asc();
        return new Page<>(waiting(page(query, page, size)), page, Page.size(size), query.count());
    }

    /** The engine counts rows by int. */
    static List<Task> page(TaskQuery query, int page, int size) {
        return query.listPage((int) Math.min(Page.offset(page, size), Integer.MAX_VALUE), Page.size(size));
    }

    List<Waiting> waiting(List<Task> found) {
        var variables = variables(found);
        return found.stream().map(task -> waiting(task, variables)).toList();
    }

    /** By task: which case, run, payment or objection it is about. */
    private Map<String, Map<String, Object>> variables(List<Task> found) {
        if (found.isEmpty()) return Map.of();
        var ofInstance = new HashMap<String, Map<String, Object>>();
        var ofExecution = new HashMap<String, Map<String, Object>>();
        instances
                .createVariableInstanceQuery()
                .processInstanceIdIn(found.stream()
                        .map(Task::getProcessInstanceId)
                        .distinct()
                        .toArray(String[]::new))
                .variableNameIn(Completions.NAMES.toArray(String[]::new))
                .list()
                .forEach(v -> {
                    ofInstance
                            .computeIfAbsent(v.getProcessInstanceId(), k -> new HashMap<>())
                            .put(v.getName(), v.getValue());
                    ofExecution
                            .computeIfAbsent(v.getExecutionId(), k -> new HashMap<>())
                            .put(v.getName(), v.getValue());
                });
        var byTask = new HashMap<String, Map<String, Object>>();
        for (Task task : found) {
            var own = new HashMap<>(ofInstance.getOrDefault(task.getProcessInstanceId(), Map.of()));
            own.putAll(ofExecution.getOrDefault(
                    task.getExecutionId(), Map.of())); // two objections of one notice are tasks of one instance
            byTask.put(task.getId(), own);
        }
        return byTask;
    }

    private TaskRef ref(Task task, Map<String, Map<String, Object>> variables) {
        return rooms.ref(
                task.getId(),
                task.getProcessDefinitionId(),
                task.getTaskDefinitionKey(),
                variables.getOrDefault(task.getId(), Map.of()));
    }

    private Waiting waiting(Task task, Map<String, Map<String, Object>> variables) {
        var ref = ref(task, variables);
        var payment = rooms.payment(variables.getOrDefault(task.getId(), Map.of()))
                .map(p -> new OfPayment(p.id(), p.benefit(), p.instalment()));
        return new Waiting(
                ref.id(),
                ref.step().key(),
                ref.number(),
                ref.run(),
                scheme(task, ref),
                task.getDueDate() == null ? null : task.getDueDate().toInstant(),
                task.getAssignee(),
                payment.orElse(null),
                ref.step().is(Step.Kind.OBJECTION) && ref.subject() != null
                        ? Objections.number(Long.parseLong(ref.subject()))
                        : null,
                ref.step());
    }

    /** Of a run it is the scheme of the package that the run came with. */
    private @Nullable String scheme(Task task, TaskRef ref) {
        return ref.number() == null
                ? packages.scheme(task.getProcessDefinitionId()).orElse(null)
                : rooms.scheme(ref.number());
    }
}
