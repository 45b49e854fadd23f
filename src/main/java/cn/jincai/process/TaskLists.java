package cn.jincai.process;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Role;
import cn.jincai.payment.PaymentView;
import cn.jincai.policy.Step;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.OpenTaskQueries;
import cn.jincai.process.worklists.OpenTaskQueries.Asked;
import cn.jincai.process.worklists.OpenTaskQueries.Everybodys;
import cn.jincai.process.worklists.OpenTaskQueries.Order;
import cn.jincai.process.worklists.OpenTaskQueries.Span;
import cn.jincai.process.worklists.OpenTaskQueries.Whose;
import cn.jincai.process.worklists.TaskReader;
import cn.jincai.review.notice.Objections;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The lists of tasks that wait: of one person, of one case, of what is overdue. They are read from the table of open tasks, a page with as many questions however many wait. */
@Service
public class TaskLists {
    private final OpenTaskQueries open;
    private final Completions rooms;

    TaskLists(OpenTaskQueries open, Completions rooms) {
        this.open = open;
        this.rooms = rooms;
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
    @Transactional(readOnly = true)
    public Page<Waiting> list(Actor actor, @Nullable String group, @Nullable String stage, int page, int size) {
        return list(actor, group, stage, null, page, size);
    }

    /** The same of one scheme, or of all where it is null. */
    @Transactional(readOnly = true)
    public Page<Waiting> list(
            Actor actor, @Nullable String group, @Nullable String stage, @Nullable String scheme, int page, int size) {
        Asked asked =
                new Asked(Whose.MINE_AND_TO_TAKE, group, stage, true, scheme == null ? Span.ALL : Span.scheme(scheme));
        if (group != null
                && actor.roles().stream().noneMatch(role -> role.code().equals(group)))
            return new Page<>(List.of(), page, size, 0);
        TaskReader reader = reader(actor);
        return new Page<>(
                waiting(open.page(reader, asked, Order.NEWEST, Page.offset(page, size), Page.size(size))),
                page,
                Page.size(size),
                open.count(reader, asked, 0));
    }

    /** The actor's task at this stage of one case, however many others wait for him. */
    @Transactional(readOnly = true)
    public Optional<Waiting> of(Actor actor, CaseNumber number, String stage) {
        Asked asked = new Asked(Whose.MINE_AND_TO_TAKE, null, stage, true, Span.ofCase(number));
        return waiting(open.page(reader(actor), asked, Order.NEWEST, 0, 1)).stream()
                .findFirst();
    }

    /**
     * For many like cases at once: the open tasks of one scheme at one step that this person has or may take, what is due first, first.
     *
     * @param most how many are told at most
     */
    @Transactional(readOnly = true)
    public List<Waiting> alike(Actor actor, String scheme, String step, int most) {
        Asked asked = new Asked(Whose.MINE_AND_TO_TAKE, null, step, false, Span.scheme(scheme));
        return waiting(open.page(reader(actor), asked, Order.DUE, 0, most));
    }

    /** The leader's list (rulebook 7.8): everybody's tasks past their day, whoever holds them, the longest overdue first. */
    @Transactional(readOnly = true)
    public Page<Waiting> overdue(int page, int size) {
        return new Page<>(
                waiting(open.everybodys(Everybodys.LATE, Page.offset(page, size), Page.size(size))),
                page,
                Page.size(size),
                open.countEverybodys(Everybodys.LATE));
    }

    /** Who reads, with what is kept from him. */
    public TaskReader reader(Actor actor) {
        return rooms.reader(
                actor,
                open.askingMore(
                        actor.account(), actor.roles().stream().map(Role::code).toList()));
    }

    public Step step(OpenTask task) {
        return rooms.step(task);
    }

    public List<Waiting> waiting(List<OpenTask> found) {
        Map<Long, PaymentView> payments = rooms.payments(found.stream()
                .filter(task -> task.subject() != null && rooms.step(task).isOfPayment(task.subject()))
                .map(task -> Long.valueOf(String.valueOf(task.subject())))
                .collect(Collectors.toSet()));
        return found.stream().map(task -> waiting(task, payments)).toList();
    }

    private Waiting waiting(OpenTask task, Map<Long, PaymentView> payments) {
        Step step = rooms.step(task);
        Long subject = task.subject() == null ? null : Long.valueOf(task.subject());
        PaymentView payment = subject == null || !step.isOfPayment(task.subject()) ? null : payments.get(subject);
        return new Waiting(
                task.id(),
                step.key(),
                task.number(),
                task.run(),
                task.scheme(),
                task.due(),
                task.assignee(),
                payment == null ? null : new OfPayment(payment.id(), payment.benefit(), payment.instalment()),
                step.is(Step.Kind.OBJECTION) && subject != null ? Objections.number(subject) : null,
                step);
    }
}
