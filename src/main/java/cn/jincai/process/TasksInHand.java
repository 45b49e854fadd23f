package cn.jincai.process;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What is late, and who holds which task: everybody's for a leader (rulebook 7.8), for others what they hold or may take. */
@Service
public class TasksInHand {
    public enum Which {
        LATE,
        HELD
    }

    private final TaskService engine;
    private final Tasks tasks;
    private final TaskLists lists;
    private final CityClock clock;

    TasksInHand(TaskService engine, Tasks tasks, TaskLists lists, CityClock clock) {
        this.engine = engine;
        this.tasks = tasks;
        this.lists = lists;
        this.clock = clock;
    }

    /**
     * @param group      whose task it is; null where it is for people by name
     * @param alone      for the one who has it and nobody else
     * @param daysLate   calendar days since the last day; 0 while in time
     * @param raised     late by its own day or by that promised for the case
     * @param returnable whether the one who looks may give it back to those who may take it
     */
    public record InHand(
            TaskLists.Waiting task,
            @Nullable Role group,
            boolean alone,
            long daysLate,
            boolean raised,
            boolean returnable) {}

    /** The longest overdue first. */
    public Page<InHand> list(Actor actor, Which which, int page, int size) {
        var query = engine.createTaskQuery()
                .active()
                .orderByDueDate()
                .asc()
                .orderByTaskId()
                .asc();
        if (which == Which.LATE) query.taskMinPriority(Overdue.PRIORITY);
        else query.taskAssigned();
        if (actor.is(Role.LEADER))
            return new Page<>(inHand(actor, TaskLists.page(query, page, size)), page, size, query.count());
        var theirs = lists.theirs(actor, actor.roles().stream().map(Role::code).toList(), query);
        return new Page<>(
                inHand(
                        actor,
                        theirs.stream()
                                .skip(Page.offset(page, size))
                                .limit(size)
                                .toList()),
                page,
                size,
                theirs.size());
    }

    /** One that the actor may give back. @throws Problem NOT_FOUND for what is none of his business or done, FORBIDDEN or CONFLICT with the reason in words */
    public InHand returnable(Actor actor, String id) {
        Task task = engine.createTaskQuery().taskId(id).singleResult();
        if (task == null || !actor.is(Role.LEADER) && !tasks.isTheirs(actor, task)) throw Problem.notFound();
        tasks.mayRelease(actor, task);
        return inHand(actor, List.of(task)).get(0);
    }

    private List<InHand> inHand(Actor actor, List<Task> found) {
        var waiting = lists.waiting(found);
        return IntStream.range(0, found.size())
                .mapToObj(i -> inHand(actor, found.get(i), waiting.get(i)))
                .toList();
    }

    private InHand inHand(Actor actor, Task task, TaskLists.Waiting waiting) {
        var candidates = engine.getIdentityLinksForTask(task.getId()).stream()
                .filter(link -> link.getType().equals(IdentityLinkType.CANDIDATE))
                .toList();
        Role group = candidates.stream()
                .filter(link -> link.getGroupId() != null)
                .map(link -> Role.named(link.getGroupId()))
                .findFirst()
                .orElse(null);
        return new InHand(
                waiting,
                group,
                candidates.isEmpty(),
                daysLate(waiting.due()),
                task.getPriority() >= Overdue.PRIORITY,
                mayRelease(actor, task));
    }

    private long daysLate(@Nullable Instant due) {
        if (due == null) return 0;
        LocalDate last = due.minusMillis(1).atZone(CityClock.ZONE).toLocalDate();
        return Math.max(0, ChronoUnit.DAYS.between(last, clock.today()));
    }

    private boolean mayRelease(Actor actor, Task task) {
        try {
            tasks.mayRelease(actor, task);
            return true;
        } catch (Problem refused) {
            return false;
        }
    }
}
