package cn.jincai.process.people;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.Completions;
import cn.jincai.process.Tasks;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.OpenTaskTable;
import cn.jincai.staffing.Absences;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What somebody holds who is not there goes to his deputy, where that one may do it, and else back to its group; each on record. What is nobody else's stays his. */
@Component
class PassingOn {
    private static final Logger LOG = LoggerFactory.getLogger(PassingOn.class);

    private final Absences absences;
    private final OpenTaskTable table;
    private final Completions rooms;
    private final Tasks tasks;
    private final ApplicationEventPublisher events;

    PassingOn(
            Absences absences, OpenTaskTable table, Completions rooms, Tasks tasks, ApplicationEventPublisher events) {
        this.absences = absences;
        this.table = table;
        this.rooms = rooms;
        this.tasks = tasks;
        this.events = events;
    }

    /** Why he is not there. */
    enum Why {
        AWAY("process.absence.back", "process.absence.deputy"),
        LOCKED("process.locked.back", "process.locked.deputy");

        private final String back;
        private final String deputy;

        Why(String back, String deputy) {
            this.back = back;
            this.deputy = deputy;
        }
    }

    /** Whether nothing is left to be done about it. */
    boolean passOn(String away, OpenTask task, Why why) {
        try {
            if (!isStillWith(away, task)) return true; // another node was faster
            String deputy = absences.acting(away)
                    .filter(one ->
                            !one.equals(away) && task.role() != null && rooms.may(rooms.actor(one), rooms.ref(task)))
                    .orElse(null);
            if (deputy == null
                    && task.role() == null
                    && table.withCandidates(List.of(task.id())).isEmpty()) return true;
            tasks.give(Actor.SYSTEM, task.id(), away, deputy, ref -> tell(ref, away, deputy, why));
            return true;
        } catch (Problem refused) { // done, or given on by himself, in the same moment; what was only crossed is tried
            // again
            return refused.kind() == Problem.Kind.NOT_FOUND
                    || refused.kind() == Problem.Kind.CONFLICT
                            && !refused.code().equals(Tasks.OVERTAKEN);
        } catch (RuntimeException failed) {
            LOG.warn(
                    "a task of somebody who is away could not be passed on: {}",
                    failed.getClass().getName());
            return false;
        }
    }

    private boolean isStillWith(String away, OpenTask task) {
        return table.find(task.id()).filter(now -> away.equals(now.assignee())).isPresent();
    }

    private void tell(TaskRef task, String away, @Nullable String deputy, Why why) {
        Map<String, String> details =
                new HashMap<>(Map.of("task", task.id(), "step", task.step().key(), "holder", away));
        if (task.run() != null) details.put("run", task.run());
        if (deputy != null) details.put("taker", deputy);
        events.publishEvent(new CaseEvent(
                task.number(),
                deputy == null ? "task-handed-back" : "task-handed-over",
                task.step().key(),
                Text.of(deputy == null ? why.back : why.deputy, task.step().name()),
                Actor.SYSTEM,
                null,
                CaseEvent.Audience.OFFICERS,
                details));
    }
}
