package cn.jincai.process;

import cn.jincai.filing.deadlines.Promises;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/** Whatever is to be done in a case past its promised day is raised like a task past its own day, {@link Overdue}; nothing is ever decided by that (rulebook 7.8). */
@Component
class OverdueCases implements DueWork {
    private final TaskService tasks;
    private final Overdue overdue;
    private final Promises promises;
    private final CityClock clock;

    OverdueCases(TaskService tasks, Overdue overdue, Promises promises, CityClock clock) {
        this.tasks = tasks;
        this.overdue = overdue;
        this.promises = promises;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> next() {
        return notYetRaised(1).isEmpty() ? promises.next() : Optional.of(clock.instant());
    }

    @Override
    public void run() {
        overdue.raise(notYetRaised(200));
    }

    private List<Task> notYetRaised(int most) {
        List<String> broken = promises.broken();
        return broken.isEmpty()
                ? List.of()
                : tasks.createTaskQuery()
                        .taskMaxPriority(Overdue.PRIORITY - 1)
                        .processInstanceBusinessKeyIn(broken.toArray(String[]::new))
                        .listPage(0, most);
    }
}
