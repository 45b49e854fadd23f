package cn.jincai.process;

import cn.jincai.applicant.Accounts;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.ReadOnce;
import cn.jincai.kernel.TaskRef;
import cn.jincai.kernel.TaskResult;
import cn.jincai.payment.Cashier;
import cn.jincai.payment.PaymentView;
import cn.jincai.payment.Payments;
import cn.jincai.review.OpenTasks;
import cn.jincai.review.ReviewTasks;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/**
 * Hands what a person does at a task to the room that owns the step. The rooms say who may and what comes of it; the engine only asks, whichever way
 * the task was reached.
 */
@Component
class Completions {
    /** What of a task's variables tells the rooms which one it is. */
    static final List<String> NAMES =
            List.of(Variable.CASE_NUMBER.key, Variable.RUN.key, Variable.PAYMENT.key, Variable.OBJECTION.key);

    private final Accounts accounts;
    private final TaskForms forms;
    private final ReviewTasks desk;
    private final OpenTasks openTasks;
    private final Cashier cashier;
    private final Payments payments;
    private final CaseLifecycle cases;
    private final ReadOnce<Asked, Boolean> allowed = new ReadOnce<>(this::ask);
    private final ThreadLocal<Handed> last = new ThreadLocal<>();

    Completions(
            Accounts accounts,
            TaskForms forms,
            ReviewTasks desk,
            OpenTasks openTasks,
            Cashier cashier,
            Payments payments,
            CaseLifecycle cases) {
        this.accounts = accounts;
        this.forms = forms;
        this.desk = desk;
        this.openTasks = openTasks;
        this.cashier = cashier;
        this.payments = payments;
        this.cases = cases;
    }

    private record Handed(String task, TaskResult done) {}

    static TaskRef ref(String id, String step, Map<String, Object> variables) {
        var number = variables.get(Variable.CASE_NUMBER.key);
        var objection = variables.get(Variable.OBJECTION.key);
        return new TaskRef(
                id,
                step,
                number == null ? null : new CaseNumber(number.toString()),
                Objects.toString(variables.get(Variable.RUN.key), null),
                Objects.toString(objection == null ? variables.get(Variable.PAYMENT.key) : objection, null));
    }

    static TaskRef ref(DelegateTask task) {
        var variables = new LinkedHashMap<String, Object>();
        NAMES.forEach(name -> variables.put(name, task.getVariable(name)));
        return ref(task.getId(), task.getTaskDefinitionKey(), variables);
    }

    private record Asked(Actor who, TaskRef task) {}

    /** Asked by the call and by the engine's guard, answered once in a transaction. @throws Problem FORBIDDEN with the reason in words */
    void mayTake(Actor who, TaskRef task) {
        allowed.get(new Asked(who, task));
    }

    private boolean ask(Asked asked) {
        if (Cashier.knows(asked.task.step())) cashier.mayTake(asked.who, asked.task);
        else desk.mayTake(asked.who, asked.task);
        return true;
    }

    /** @throws Problem FORBIDDEN with the reason in words */
    void mayHandBack(Actor who, TaskRef task) {
        desk.mayHandBack(who, task);
    }

    /** {@link #mayTake} for a whole list: the ids of those that this person may take. */
    Set<String> open(Actor who, List<TaskRef> tasks) {
        var isOfCase = Collectors.<TaskRef>partitioningBy(task -> task.number() != null && task.run() == null);
        var apart = tasks.stream().collect(isOfCase);
        return Stream.concat(
                        openTasks.of(who, apart.get(true)).stream(),
                        apart.get(false).stream().filter(task -> may(who, task)))
                .map(TaskRef::id)
                .collect(Collectors.toSet());
    }

    private boolean may(Actor who, TaskRef task) {
        try {
            mayTake(who, task);
            return true;
        } catch (Problem refused) {
            return false;
        }
    }

    /** Which payment the task is about, told so that two of one case are told apart. */
    Optional<PaymentView> payment(Map<String, Object> variables) {
        return Optional.ofNullable((Long) variables.get(Variable.PAYMENT.key)).map(payments::find);
    }

    void mayTake(String account, DelegateTask task) {
        mayTake(accounts.actor(account), ref(task));
    }

    /** Within the transaction in which the task is completed. @return the outcome that the diagram goes on by */
    String hand(String account, DelegateTask task, Map<String, Object> filled) {
        if (!account.equals(task.getAssignee())) throw Problem.forbidden("process.task.NOT_ASSIGNEE");
        Actor who = accounts.actor(account);
        TaskRef ref = ref(task);
        mayTake(who, ref);
        var fields = forms.check(task.getId(), task.getProcessDefinitionId(), filled);
        String outcome = Objects.toString(fields.remove("outcome"), null);
        if (outcome == null) throw Problem.invalid("outcome", "process.outcome.REQUIRED");
        TaskResult done = Cashier.knows(ref.step())
                ? cashier.complete(who, ref, outcome, fields)
                : desk.complete(who, ref, outcome, fields);
        if (ref.step().equals("decision") && ref.subject() != null)
            payments.decided(who, Long.parseLong(ref.subject()), outcome, (String) fields.get("opinion"));
        last.set(new Handed(task.getId(), done));
        return done.outcome();
    }

    /** Nothing completes that did not go through its form: a bare "complete" would carry the case on without anybody's word. */
    void mustBeHanded(DelegateTask task) {
        if (last.get() == null || !last.get().task().equals(task.getId()))
            throw Problem.forbidden("process.task.NO_FORM");
    }

    /** What came of the task that this thread has just completed. */
    TaskResult result() {
        Handed handed = last.get();
        last.remove();
        return handed == null ? null : handed.done();
    }

    String scheme(CaseNumber number) {
        return cases.scheme(number);
    }

    Map<String, Object> start(Task task, Map<String, Object> start) {
        return forms.start(task.getId(), task.getProcessDefinitionId(), start);
    }

    JsonNode form(Task task, Map<String, Object> start, boolean english) {
        return forms.drawn(task.getId(), task.getProcessDefinitionId(), start, english);
    }

    /** Values that a form starts with, from the room; none of them becomes a variable. */
    Map<String, Object> prefill(Actor who, TaskRef task) {
        return Cashier.knows(task.step()) ? Map.of() : desk.prefill(who, task);
    }
}
