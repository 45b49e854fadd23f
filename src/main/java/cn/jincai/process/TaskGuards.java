package cn.jincai.process;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.TaskResult;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.form.TaskFormData;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.form.handler.TaskFormHandler;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;

/**
 * Puts our guards into every user task of every diagram: at assignment, at the form, at completion. They are built in, so no flag of a request
 * ("skip custom listeners") passes them by, and what they throw rolls the step back.
 */
class TaskGuards extends AbstractBpmnParseListener {
    /** Where {@link Tasks} is told what came of a task that it hands in. */
    static final String RESULT = "result";

    private static final String HANDED = "handed";

    private final Supplier<Completions> completions;

    TaskGuards(Supplier<Completions> completions) {
        this.completions = completions;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        var task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        boolean oneOfSeveral = StageListener.severally(activity) != null;
        task.setTaskFormHandler(new Handing(task.getTaskFormHandler(), oneOfSeveral));
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, this::assigned);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, this::handed);
        task.addBuiltInTaskListener(
                TaskListener.EVENTNAME_DELETE, over -> completions.get().isOver(over));
    }

    /** Nothing completes that did not go through its form: a bare "complete" would carry the case on without anybody's word. */
    private void handed(DelegateTask task) {
        if (task.getVariableLocal(HANDED) == null) throw Problem.forbidden("process.task.NO_FORM");
        completions.get().isOver(task);
    }

    /** Nobody takes a task for somebody else, and nobody takes one that the room keeps from him. */
    private void assigned(DelegateTask task) {
        String who = Context.getCommandContext().getAuthenticatedUserId();
        boolean isNew = Context.getCommandContext()
                .getDbEntityManager()
                .getDbEntityCache()
                .isTransient((TaskEntity) task);
        if (isNew || task.getAssignee() == null) return;
        completions.get().isGiven(task);
        if (who == null) return; // by the system
        if (!who.equals(task.getAssignee())) throw new ProcessEngineException("a task is taken for oneself only");
        completions.get().mayTake(who, task);
    }

    private class Handing implements TaskFormHandler {
        private final TaskFormHandler engine;
        private final boolean oneOfSeveral;

        Handing(TaskFormHandler engine, boolean oneOfSeveral) {
            this.engine = engine;
            this.oneOfSeveral = oneOfSeveral;
        }

        /** Only the outcome becomes a variable; of tasks that several people have at once each keeps its own. */
        @Override
        @SuppressWarnings("unchecked") // nobody else puts one in: a form's values are JSON
        public void submitFormVariables(VariableMap filled, VariableScope scope) {
            var task = (TaskEntity) scope;
            String who = Context.getCommandContext().getAuthenticatedUserId();
            if (who == null) throw new ProcessEngineException("a form is handed in by a person");
            // what the rooms set in motion is theirs to do; the person's own rights were asked for before
            Object result = filled.get(RESULT) instanceof AtomicReference<?> ? filled.remove(RESULT) : null;
            TaskResult done = Context.getCommandContext()
                    .runWithoutAuthorization(() -> completions.get().hand(who, task, filled));
            if (result != null) ((AtomicReference<TaskResult>) result).set(done);
            task.setVariableLocal(HANDED, Variables.untypedValue(true, true)); // never stored
            String outcome = done.outcome();
            if (oneOfSeveral) task.getExecution().setVariableLocal("outcome", outcome);
            else engine.submitFormVariables(Variables.putValue("outcome", outcome), scope);
        }

        @Override
        public void parseConfiguration(
                Element element, DeploymentEntity deployment, ProcessDefinitionEntity definition, BpmnParse parse) {
            engine.parseConfiguration(element, deployment, definition, parse);
        }

        @Override
        public TaskFormData createTaskForm(TaskEntity task) {
            return engine.createTaskForm(task);
        }
    }
}
