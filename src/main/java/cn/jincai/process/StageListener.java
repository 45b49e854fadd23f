package cn.jincai.process;

import cn.jincai.policy.Step;
import cn.jincai.policy.Steps;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.bpmn.behavior.MultiInstanceActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/** What in a diagram bears a stage's name as its id, or as its property {@code stage}, tells the stage when a case comes to it. */
class StageListener extends AbstractBpmnParseListener {
    /** The stage of an activity, kept at the activity for those who look at its timers later. */
    static final String STAGE = "jincai-stage";

    private static final String LIMIT = "jincai-limit";
    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    private final Supplier<Stages> stages;
    private final Function<String, Steps> steps;

    /** @param steps of a package, by its hash */
    StageListener(Supplier<Stages> stages, Function<String, Steps> steps) {
        this.stages = stages;
        this.steps = steps;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        ActivityImpl several = severally(activity);
        var task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        stage(element, scope)
                .ifPresent(stage -> tell(several == null ? activity : several, stage, task.getDueDateExpression()));
    }

    /** What is around an activity that several people have at once, however deep within; null where it is there once. */
    static @Nullable ActivityImpl severally(ActivityImpl activity) {
        for (ScopeImpl around = activity.getFlowScope(); around instanceof ActivityImpl a; around = a.getFlowScope())
            if (a.getActivityBehavior() instanceof MultiInstanceActivityBehavior) return a;
        return null;
    }

    @Override
    public void parseReceiveTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        stage(element, scope).ifPresent(stage -> tell(activity, stage, null));
    }

    @Override
    public void parseSubProcess(Element element, ScopeImpl scope, ActivityImpl activity) {
        stage(element, scope).ifPresent(stage -> tell(activity, stage, null));
    }

    @Override
    public void parseIntermediateCatchEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        Element timer = element.element("timerEventDefinition");
        if (timer != null) stage(element, scope).ifPresent(stage -> tell(activity, stage, date(timer)));
    }

    /** The timer at a waiting task is the task's limit. */
    @Override
    public void parseBoundaryTimerEventDefinition(Element timer, boolean interrupting, ActivityImpl event) {
        var host = (ActivityImpl) event.getEventScope();
        if (interrupting && host.getProperty(STAGE) != null && host.getProperty(LIMIT) == null)
            host.setProperty(LIMIT, date(timer));
    }

    private void tell(ActivityImpl activity, Step stage, @Nullable Expression limit) {
        activity.setProperty(STAGE, stage);
        activity.setProperty(LIMIT, limit);
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                step -> stages.get().entered(step, stage, (Expression) activity.getProperty(LIMIT)));
    }

    private static @Nullable Expression date(Element timer) {
        Element date = timer.element("timeDate");
        return date == null
                ? null
                : Context.getProcessEngineConfiguration()
                        .getExpressionManager()
                        .createExpression(date.getText().strip());
    }

    private Optional<Step> stage(Element element, ScopeImpl scope) {
        // the deployment bears the package's hash as its name; perhaps it is still being made
        String hash = String.valueOf(Context.getCommandContext()
                .getDeploymentManager()
                .findDeploymentById(((ProcessDefinitionEntity) scope.getProcessDefinition()).getDeploymentId())
                .getName());
        return property(element)
                .or(() -> Optional.ofNullable(element.attribute("id")))
                .flatMap(name -> steps.apply(hash).find(name))
                .filter(step -> step.kind().isStage());
    }

    private static Optional<String> property(Element element) {
        Element extensions = element.element("extensionElements");
        Element properties = extensions == null
                ? null
                : extensions.elementNS(new org.camunda.bpm.engine.impl.util.xml.Namespace(CAMUNDA), "properties");
        if (properties == null) return Optional.empty();
        return properties.elements("property").stream()
                .filter(p -> "stage".equals(p.attribute("name")))
                .map(p -> p.attribute("value"))
                .findFirst();
    }
}
