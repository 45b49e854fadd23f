package cn.jincai.process;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import cn.jincai.process.worklists.OpenTaskListener;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A task past its day is raised in priority and so stands on the list of what is overdue; nothing is ever decided by that (rulebook 7.8). */
@Component
class Overdue implements DueWork {
    static final int PRIORITY = OpenTaskListener.LATE;

    private final TaskService tasks;
    private final CityClock clock;

    Overdue(TaskService tasks, CityClock clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> next() {
        return notYetRaised(null, 1).stream()
                .map(task -> task.getDueDate().toInstant().plusMillis(1))
                .findFirst();
    }

    @Override
    public void run() {
        raise(notYetRaised(Date.from(clock.instant()), 200));
    }

    void raise(List<Task> late) {
        for (Task task : late) {
            try {
                tasks.setPriority(task.getId(), PRIORITY);
            } catch (OptimisticLockingException | NullValueException doneMeanwhile) {
                // somebody has just completed it: nothing to raise any more
            }
        }
    }

    private List<Task> notYetRaised(@Nullable Date before, int most) {
        var query = tasks.createTaskQuery().taskMaxPriority(PRIORITY - 1);
        if (before == null) query.dueAfter(new Date(0));
        else query.dueBefore(before);
        return query.orderByDueDate().asc().listPage(0, most);
    }
}
