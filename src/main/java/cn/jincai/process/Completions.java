package cn.jincai.process;

import cn.jincai.applicant.Accounts;
import cn.jincai.filing.Ties;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.TaskResult;
import cn.jincai.payment.Cashier;
import cn.jincai.payment.PaymentView;
import cn.jincai.payment.Payments;
import cn.jincai.policy.Step;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.TaskReader;
import cn.jincai.review.OpenTasks;
import cn.jincai.review.ReviewTasks;
import cn.jincai.review.TaskDrafts;
import cn.jincai.review.discretion.Overrides;
import cn.jincai.revision.RevisionTasks;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Hands what a person does at a task to the room that owns the step. The rooms say who may and what comes of it; the engine only asks, whichever way
 * the task was reached.
 */
@Component
public class Completions {
    /** What of a task's variables tells the rooms which one it is. */
    static final List<String> NAMES =
            List.of(Variable.CASE_NUMBER.key, Variable.RUN.key, Variable.PAYMENT.key, Variable.OBJECTION.key);

    private final Accounts accounts;
    private final TaskForms forms;
    private final PackageDeployment packages;
    private final ReviewTasks reviewTasks;
    private final RevisionTasks revisionTasks;
    private final OpenTasks openTasks;
    private final TaskDrafts drafts;
    private final Cashier cashier;
    private final Payments payments;
    private final Ties ties;

    Completions(
            Accounts accounts,
            TaskForms forms,
            PackageDeployment packages,
            ReviewTasks reviewTasks,
            RevisionTasks revisionTasks,
            OpenTasks openTasks,
            TaskDrafts drafts,
            Cashier cashier,
            Payments payments,
            Ties ties) {
        this.accounts = accounts;
        this.forms = forms;
        this.packages = packages;
        this.reviewTasks = reviewTasks;
        this.revisionTasks = revisionTasks;
        this.openTasks = openTasks;
        this.drafts = drafts;
        this.cashier = cashier;
        this.payments = payments;
        this.ties = ties;
    }

    /** @param definition of the process, by which the step is that of the package with which the diagram came */
    TaskRef ref(String id, String definition, String step, Map<String, Object> variables) {
        var number = variables.get(Variable.CASE_NUMBER.key);
        var objection = variables.get(Variable.OBJECTION.key);
        return new TaskRef(
                id,
                packages.steps(definition).find(step).orElseGet(() -> Step.undeclared(step)),
                number == null ? null : new CaseNumber(number.toString()),
                Objects.toString(variables.get(Variable.RUN.key), null),
                Objects.toString(objection == null ? variables.get(Variable.PAYMENT.key) : objection, null));
    }

    public TaskRef ref(OpenTask task) {
        return new TaskRef(task.id(), step(task), task.number(), task.run(), task.subject());
    }

    Step step(OpenTask task) {
        return packages.steps(task.diagram()).find(task.step()).orElseGet(() -> Step.undeclared(task.step()));
    }

    TaskRef ref(DelegateTask task) {
        var variables = new LinkedHashMap<String, Object>();
        NAMES.forEach(name -> variables.put(name, task.getVariable(name)));
        return ref(task.getId(), task.getProcessDefinitionId(), task.getTaskDefinitionKey(), variables);
    }

    /** @throws Problem FORBIDDEN with the reason in words */
    void mayTake(Actor who, TaskRef task) {
        if (task.step().kind().isOfPayment()) cashier.mayTake(who, task);
        else if (task.step().is(Step.Kind.REVISES)) revisionTasks.mayTake(who, task);
        else reviewTasks.mayTake(who, task);
    }

    /** @throws Problem FORBIDDEN with the reason in words */
    public void mayHandBack(Actor who, TaskRef task) {
        CaseNumber number = about(task).orElse(null);
        reviewTasks.mayHandBack(who, new TaskRef(task.id(), task.step(), number, task.run(), task.subject()));
    }

    /** {@link #mayTake} for a whole list: the ids of those that this person may take. */
    Set<String> open(Actor who, List<TaskRef> tasks) {
        Predicate<TaskRef> isOfCase = task -> task.number() != null && task.run() == null,
                revises = task -> task.step().is(Step.Kind.REVISES),
                reviews = isOfCase.and(revises.negate());
        return Stream.of(
                        openTasks.of(who, tasks.stream().filter(reviews).toList()).stream(),
                        revisionTasks.open(who, tasks.stream().filter(revises).toList()).stream(),
                        tasks.stream().filter(isOfCase.or(revises).negate()).filter(task -> may(who, task)))
                .flatMap(found -> found)
                .map(TaskRef::id)
                .collect(Collectors.toSet());
    }

    /** What is kept from whoever reads a list. @param asking of those that ask more, all that are his to take, in his hands or in those of his colleagues */
    TaskReader reader(Actor who, List<OpenTask> asking) {
        List<TaskRef> refs = asking.stream().map(this::ref).toList();
        Set<String> free = open(
                who,
                IntStream.range(0, refs.size())
                        .filter(i -> asking.get(i).assignee() == null)
                        .mapToObj(refs::get)
                        .toList());
        Set<String> shut = shut(who, refs);
        Set<String> notToTake = asking.stream()
                .map(OpenTask::id)
                .filter(id -> shut.contains(id) || !free.contains(id))
                .collect(Collectors.toSet());
        return new TaskReader(
                who.account(),
                who.roles().stream().map(Role::code).collect(Collectors.toSet()),
                openTasks.shut(who),
                notToTake,
                shut,
                who.is(Role.LEADER) ? openTasks.leaderSteps() : Set.of(),
                ties.isBoundToDistricts(who.account()) ? Ties.IN_OWN_DISTRICT : null);
    }

    /** Of these tasks, those about cases with which the officer has nothing to do; he is not told of them. A clerk's own limits are the employer's. */
    Set<String> shut(Actor who, List<TaskRef> tasks) {
        Map<String, CaseNumber> about = new LinkedHashMap<>();
        tasks.stream()
                .filter(task -> task.step().role() != Role.EMPLOYER)
                .forEach(task -> about(task).ifPresent(number -> about.put(task.id(), number)));
        Set<CaseNumber> shut = ties.shut(who.account(), Set.copyOf(about.values()));
        return about.keySet().stream()
                .filter(id -> shut.contains(about.get(id)))
                .collect(Collectors.toSet());
    }

    /** Of these cases those that concern him, or are shut to him otherwise. */
    public Set<CaseNumber> concerned(Actor who, Set<CaseNumber> numbers) {
        Set<CaseNumber> concerned = new HashSet<>(openTasks.shut(who));
        concerned.addAll(ties.shut(who.account(), numbers));
        return concerned;
    }

    /** Of a run's task it is the case of its payment, where it has one. */
    public Optional<CaseNumber> about(TaskRef task) {
        if (task.number() != null) return Optional.of(task.number());
        return task.subject() != null && task.step().isOfPayment(task.subject())
                ? Optional.of(payments.find(Long.parseLong(task.subject())).number())
                : Optional.empty();
    }

    /** {@link #mayTake}, silently. */
    public boolean may(Actor who, TaskRef task) {
        try {
            mayTake(who, task);
            return true;
        } catch (Problem refused) {
            return false;
        }
    }

    /** Which payments the tasks are about, by their numbers, told so that two of one case are told apart. */
    Map<Long, PaymentView> payments(Set<Long> numbers) {
        return payments.all(numbers);
    }

    void mayTake(String account, DelegateTask task) {
        mayTake(actor(account), ref(task));
    }

    /** Who acts under this name, with the roles that he has now. */
    public Actor actor(String account) {
        return accounts.actor(account);
    }

    /** Within the transaction in which the task is completed: the room asks who may, and acts. */
    TaskResult hand(String account, DelegateTask task, Map<String, Object> filled) {
        if (!account.equals(task.getAssignee())) throw Problem.forbidden("process.task.NOT_ASSIGNEE");
        Actor who = accounts.actor(account);
        TaskRef ref = ref(task);
        var fields = forms.check(task.getId(), task.getProcessDefinitionId(), filled);
        // the list of the form, left as it was; a program of before there was a list names no such field, and is
        // counted as such
        if (filled.containsKey(Overrides.REASON)) fields.putIfAbsent(Overrides.REASON, "");
        String outcome = Objects.toString(fields.remove("outcome"), null);
        if (outcome == null) throw Problem.invalid("outcome", "process.outcome.REQUIRED");
        TaskResult done = ref.step().kind().isOfPayment()
                ? cashier.complete(who, ref, outcome, fields)
                : ref.step().is(Step.Kind.REVISES)
                        ? revisionTasks.complete(who, ref, outcome, fields)
                        : reviewTasks.complete(who, ref, outcome, fields);
        if (ref.step().is(Step.Kind.SIGNS) && task.getVariable(Variable.PAYMENT.key) instanceof Long payment)
            payments.decided(who, payment, outcome, (String) fields.get("opinion"));
        return done;
    }

    /** What its holder has typed and not handed in. */
    Map<String, Object> draft(Actor who, Task task) {
        return drafts.of(task.getId(), who.account());
    }

    /** What does not belong to the form is left out, as nobody could hand it in. */
    void keepDraft(Actor who, Task task, Map<String, Object> typed) {
        drafts.keep(task.getId(), who.account(), forms.open(task.getId(), task.getProcessDefinitionId(), typed));
    }

    void forgetDraft(Actor who, Task task) {
        drafts.forget(task.getId(), who.account());
    }

    /** What somebody else had typed at it is neither shown to its new holder nor kept. */
    void isGiven(DelegateTask task) {
        drafts.forgetAllBut(task.getId(), task.getAssignee());
    }

    void isOver(DelegateTask task) {
        drafts.forget(task.getId());
    }

    Map<String, Object> start(Task task, Map<String, Object> start) {
        return forms.start(task.getId(), task.getProcessDefinitionId(), start);
    }

    JsonNode form(Task task, @Nullable Map<String, Object> start, boolean english) {
        return forms.drawn(task.getId(), task.getProcessDefinitionId(), start, english);
    }

    /** Values that a form starts with, from the room; none of them becomes a variable. */
    Map<String, Object> prefill(Actor who, TaskRef task) {
        if (task.step().is(Step.Kind.REVISES)) return revisionTasks.prefill(who, task);
        return task.step().kind().isOfPayment() ? Map.of() : reviewTasks.prefill(who, task);
    }
}
