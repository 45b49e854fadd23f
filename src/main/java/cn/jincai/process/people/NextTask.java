package cn.jincai.process.people;

import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.process.TaskLists;
import cn.jincai.process.Tasks;
import cn.jincai.process.worklists.EverybodysTasks;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.OpenTaskQueries;
import cn.jincai.process.worklists.OpenTaskQueries.Asked;
import cn.jincai.process.worklists.OpenTaskQueries.Order;
import cn.jincai.process.worklists.OpenTaskQueries.Span;
import cn.jincai.process.worklists.OpenTaskQueries.Whose;
import cn.jincai.process.worklists.TaskReader;
import cn.jincai.staffing.Absences;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The next task of an officer: what is due first of all that he has or may take; what he has approved together with others is done. One that nobody has is given to him only while he holds no more than his colleagues who are there
 * do on average; else he goes on with what he has, so that nobody gathers tasks that others wait for.
 */
@Service
public class NextTask {
    /** How many are tried where others are faster. */
    private static final int TRIES = 5;

    private final OpenTaskQueries open;
    private final EverybodysTasks all;
    private final TaskLists lists;
    private final Tasks tasks;
    private final Accounts accounts;
    private final Absences absences;

    NextTask(
            OpenTaskQueries open,
            EverybodysTasks all,
            TaskLists lists,
            Tasks tasks,
            Accounts accounts,
            Absences absences) {
        this.open = open;
        this.all = all;
        this.lists = lists;
        this.tasks = tasks;
        this.accounts = accounts;
        this.absences = absences;
    }

    /** @param taken whether it was nobody's until now */
    public record Next(String task, boolean taken) {}

    /** Takes it, where nobody has it. Empty where there is nothing to do. */
    public Optional<Next> of(Actor who) {
        TaskReader reader = lists.reader(who);
        Optional<OpenTask> own = open.page(reader, Asked.of(Whose.MINE, Span.IN_NO_BULK), Order.DUE, 0, 1).stream()
                .findFirst();
        if (own.isEmpty() || mayHaveMore(who)) {
            for (OpenTask task : open.page(reader, Asked.of(Whose.TO_TAKE, Span.ALL), Order.DUE, 0, TRIES)) {
                if (own.isPresent() && !isBefore(task.due(), own.get().due())) break;
                if (take(who, task)) return Optional.of(new Next(task.id(), true));
            }
        }
        return own.map(task -> new Next(task.id(), false));
    }

    private boolean take(Actor who, OpenTask task) {
        try {
            tasks.claim(who, task.id());
            return true;
        } catch (Problem refused) { // by another, in the same second
            if (refused.kind() == Problem.Kind.CONFLICT || refused.kind() == Problem.Kind.NOT_FOUND) return false;
            throw refused;
        }
    }

    /** What has no day comes last. */
    private static boolean isBefore(@Nullable Instant one, @Nullable Instant other) {
        return one != null && (other == null || one.isBefore(other));
    }

    /** Counted over those who share a role with him, are there and may sign in. */
    private boolean mayHaveMore(Actor who) {
        Set<String> group = new HashSet<>();
        for (Role role : who.roles()) group.addAll(accounts.withRole(role));
        group.removeAll(absences.away());
        group.add(who.account());
        Map<String, Long> held = all.heldBy(group);
        long together = held.values().stream().mapToLong(Long::longValue).sum();
        return held.getOrDefault(who.account(), 0L) * group.size() <= together;
    }
}
