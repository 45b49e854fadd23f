package cn.jincai.process.people;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.process.Completions;
import cn.jincai.process.TaskLists;
import cn.jincai.process.Tasks;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.OpenTaskQueries;
import cn.jincai.process.worklists.OpenTaskQueries.Asked;
import cn.jincai.process.worklists.OpenTaskQueries.Everybodys;
import cn.jincai.process.worklists.OpenTaskQueries.Order;
import cn.jincai.process.worklists.OpenTaskQueries.Span;
import cn.jincai.process.worklists.OpenTaskQueries.Whose;
import cn.jincai.process.worklists.OpenTaskTable;
import cn.jincai.process.worklists.TaskReader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What is late, and who holds which task: everybody's for a leader (rulebook 7.8), for others what they hold or may take. */
@Service
public class TasksInHand {
    public enum Which {
        LATE(Everybodys.LATE, Whose.MINE_AND_TO_TAKE, Span.RAISED),
        /** Two thirds of the lawful days of the case are over. */
        REMINDED(Everybodys.REMINDED, Whose.MINE_AND_TO_TAKE, Span.REMINDED),
        HELD(Everybodys.HELD, Whose.MINE, Span.ALL);

        private final Everybodys everybodys;
        private final Whose whose;
        private final Span span;

        Which(Everybodys everybodys, Whose whose, Span span) {
            this.everybodys = everybodys;
            this.whose = whose;
            this.span = span;
        }
    }

    private final TaskService engine;
    private final Tasks tasks;
    private final TaskLists lists;
    private final OpenTaskTable table;
    private final OpenTaskQueries open;
    private final Completions rooms;
    private final CityClock clock;

    TasksInHand(
            TaskService engine,
            Tasks tasks,
            TaskLists lists,
            OpenTaskTable table,
            OpenTaskQueries open,
            Completions rooms,
            CityClock clock) {
        this.engine = engine;
        this.tasks = tasks;
        this.lists = lists;
        this.table = table;
        this.open = open;
        this.rooms = rooms;
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
    @Transactional(readOnly = true)
    public Page<InHand> list(Actor actor, Which which, int page, int size) {
        if (actor.is(Role.LEADER))
            return new Page<>(
                    inHand(actor, open.everybodys(which.everybodys, Page.offset(page, size), size)),
                    page,
                    size,
                    open.countEverybodys(which.everybodys));
        Asked asked = new Asked(which.whose, null, null, true, which.span);
        TaskReader reader = lists.reader(actor);
        return new Page<>(
                inHand(actor, open.page(reader, asked, Order.DUE, Page.offset(page, size), size)),
                page,
                size,
                open.count(reader, asked, 0));
    }

    /** One that the actor may give back. @throws Problem NOT_FOUND for what is none of his business or done, FORBIDDEN or CONFLICT with the reason in words */
    public InHand returnable(Actor actor, String id) {
        Task task = engine.createTaskQuery().taskId(id).singleResult();
        if (task == null || !actor.is(Role.LEADER) && !tasks.isTheirs(actor, task)) throw Problem.notFound();
        tasks.mayRelease(actor, task);
        return inHand(actor, List.of(table.find(id).orElseThrow(Problem::notFound)))
                .get(0);
    }

    private List<InHand> inHand(Actor actor, List<OpenTask> found) {
        var waiting = lists.waiting(found);
        Set<String> named = table.withCandidates(found.stream()
                .filter(task -> task.role() == null)
                .map(OpenTask::id)
                .toList());
        Set<CaseNumber> concerned = rooms.concerned(
                actor,
                found.stream().map(OpenTask::number).filter(Objects::nonNull).collect(Collectors.toSet()));
        return IntStream.range(0, found.size())
                .mapToObj(i -> inHand(actor, found.get(i), waiting.get(i), named, concerned))
                .toList();
    }

    /** Which of a page may be given back is found out for all at once; {@link Tasks} has the last word. */
    private InHand inHand(
            Actor actor, OpenTask task, TaskLists.Waiting waiting, Set<String> named, Set<CaseNumber> concerned) {
        boolean alone = task.role() == null && !named.contains(task.id()),
                own = actor.account().equals(task.assignee());
        boolean anothers = actor.is(Role.LEADER)
                && task.assignee() != null
                && (task.number() == null || !concerned.contains(task.number()));
        return new InHand(
                waiting,
                task.role() == null ? null : Role.named(task.role()),
                alone,
                daysLate(waiting.due()),
                task.raised(),
                !alone && (own || anothers));
    }

    private long daysLate(@Nullable Instant due) {
        if (due == null) return 0;
        LocalDate last = due.minusMillis(1).atZone(CityClock.ZONE).toLocalDate();
        return Math.max(0, ChronoUnit.DAYS.between(last, clock.today()));
    }
}
