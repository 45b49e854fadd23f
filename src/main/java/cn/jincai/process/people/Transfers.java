package cn.jincai.process.people;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.Completions;
import cn.jincai.process.TaskLists;
import cn.jincai.process.Tasks;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.OpenTaskTable;
import cn.jincai.staffing.Absences;
import cn.jincai.staffing.Handovers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * A task handed to a colleague with a word: by whoever has it, by a leader, or by the deputy of somebody who is away. Whoever gets it must be one who may do it (rulebook 7.5):
 * four eyes and recusal are asked of him.
 */
@Service
public class Transfers {
    private final Tasks tasks;
    private final TaskLists lists;
    private final OpenTaskTable table;
    private final Completions rooms;
    private final Absences absences;
    private final Handovers handovers;
    private final Accounts accounts;
    private final ApplicationEventPublisher events;

    Transfers(
            Tasks tasks,
            TaskLists lists,
            OpenTaskTable table,
            Completions rooms,
            Absences absences,
            Handovers handovers,
            Accounts accounts,
            ApplicationEventPublisher events) {
        this.tasks = tasks;
        this.lists = lists;
        this.table = table;
        this.rooms = rooms;
        this.absences = absences;
        this.handovers = handovers;
        this.accounts = accounts;
        this.events = events;
    }

    /** One who may get a task. */
    public record Colleague(String account, String name) {}

    /**
     * @param role   code of the group whose task it is
     * @param takers who may get it
     */
    public record Transferable(TaskLists.Waiting task, Role role, List<Colleague> takers) {}

    /** @throws Problem NOT_FOUND for what is none of his business, done or for people by name; FORBIDDEN with the reason in words */
    public Transferable show(Actor who, String id) {
        OpenTask task = transferable(who, id);
        Role role = Role.named(String.valueOf(task.role()));
        TaskRef ref = rooms.ref(task);
        List<Colleague> takers = accounts.withRole(role).stream()
                .filter(account -> !account.equals(task.assignee()) && mayGetFrom(who, task, account))
                .filter(absences::isThere)
                .filter(account -> rooms.may(accounts.actor(account), ref))
                .map(accounts::find)
                .map(account -> new Colleague(account.name(), account.displayName()))
                .toList();
        return new Transferable(lists.waiting(List.of(task)).get(0), role, takers);
    }

    /**
     * @param holder whom the page showed, blank for nobody: whoever has taken the task since keeps it
     * @param words  said to the colleague, on record and sealed
     * @throws Problem INVALID with the mistakes; CONFLICT where somebody else has it by now or it is done; FORBIDDEN where the colleague may not do it
     */
    public void transfer(Actor who, String id, String holder, String to, String words) {
        OpenTask task = transferable(who, id);
        String said = Handovers.words(words);
        if (to.isBlank()) throw Problem.invalid("to", "process.transfer.TO_WHOM");
        if (!mayGetFrom(who, task, to)) throw Problem.invalid("to", "process.transfer.MAY_NOT");
        Account taker = accounts.look(to)
                .filter(account -> !account.locked())
                .orElseThrow(() -> Problem.invalid("to", "process.transfer.NOBODY"));
        String had = holder.isBlank() ? null : holder;
        if (to.equals(had)) throw Problem.invalid("to", "process.transfer.HAS_IT");
        if (!absences.isThere(to)) throw Problem.invalid("to", "process.transfer.AWAY");
        TaskRef ref = rooms.ref(task);
        if (!rooms.may(accounts.actor(to), ref)) throw Problem.invalid("to", "process.transfer.MAY_NOT");
        tasks.give(who, id, had, taker.name(), given -> {
            handovers.add(id, rooms.about(given).orElse(null), given.step().key(), had, to, who.account(), said);
            tell(who, given, had, to);
        });
    }

    /** What is still held by those for whom he stands in today, as far as he may do it himself: the deputy takes it by handing it to himself. */
    public List<TaskLists.Waiting> covered(Actor who) {
        return lists.waiting(absences.standsInFor(who.account()).stream()
                .sorted()
                .flatMap(away -> table.heldBy(away).stream())
                .filter(task -> task.role() != null && rooms.may(who, rooms.ref(task)))
                .toList());
    }

    private OpenTask transferable(Actor who, String id) {
        OpenTask task = table.find(id).filter(t -> t.role() != null).orElseThrow(Problem::notFound);
        TaskRef ref = rooms.ref(task);
        if (who.account().equals(task.assignee())) {
            // whom the case is shut to does not choose who decides it (公务员法 76); giving it back stays open to him
            if (!rooms.may(who, ref)) throw Problem.forbidden("process.transfer.MAY_NOT_CHOOSE");
            return task;
        }
        if (who.is(Role.LEADER)) {
            rooms.mayHandBack(who, ref);
            return task;
        }
        if (task.assignee() == null
                || !absences.standsInFor(who.account()).contains(task.assignee())
                || !rooms.may(who, ref)) throw Problem.notFound();
        return task;
    }

    /** A deputy takes a task to himself and gives it to nobody else (decision 196). */
    private static boolean mayGetFrom(Actor who, OpenTask task, String to) {
        return who.account().equals(task.assignee()) || who.is(Role.LEADER) || to.equals(who.account());
    }

    private void tell(Actor who, TaskRef task, @Nullable String from, String to) {
        Map<String, String> details =
                new HashMap<>(Map.of("task", task.id(), "step", task.step().key(), "taker", to));
        if (task.run() != null) details.put("run", task.run());
        if (from != null) details.put("holder", from);
        events.publishEvent(new CaseEvent(
                task.number(),
                "task-handed-over",
                task.step().key(),
                Text.of("process.transfer.done", task.step().name()),
                who,
                as(who, task),
                CaseEvent.Audience.OFFICERS,
                details));
    }

    private static @Nullable Role as(Actor who, TaskRef task) {
        Role own = task.step().role();
        Set<Role> roles = who.roles();
        if (own != null && roles.contains(own)) return own;
        return who.is(Role.LEADER)
                ? Role.LEADER
                : roles.stream().sorted().findFirst().orElse(null);
    }
}
