package cn.jincai.process.worklists;

import java.util.function.Function;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Keeps the table of open tasks beside the engine's: built into each user task, so that no request passes it by, and in the engine's transaction. */
public class OpenTaskListener extends AbstractBpmnParseListener {
    /** From this priority on a task is late. */
    public static final int LATE = 90;

    private final Supplier<OpenTaskTable> table;
    private final Supplier<DoneTasks> times;
    private final Function<DelegateTask, OpenTask> row;

    public OpenTaskListener(
            Supplier<OpenTaskTable> table, Supplier<DoneTasks> times, Function<DelegateTask, OpenTask> row) {
        this.table = table;
        this.times = times;
        this.row = row;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        var task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        task.addBuiltInTaskListener(
                TaskListener.EVENTNAME_CREATE, made -> table.get().insert(row.apply(made)));
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, this::moved);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_UPDATE, this::moved);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, this::done);
        task.addBuiltInTaskListener(
                TaskListener.EVENTNAME_DELETE, gone -> table.get().remove(gone.getId()));
    }

    private void done(DelegateTask task) {
        times.get().keep(task.getId());
        table.get().remove(task.getId());
    }

    private void moved(DelegateTask task) {
        table.get()
                .moved(
                        task.getId(),
                        task.getDueDate() == null ? null : task.getDueDate().toInstant(),
                        task.getAssignee(),
                        task.getPriority() >= LATE);
    }
}
