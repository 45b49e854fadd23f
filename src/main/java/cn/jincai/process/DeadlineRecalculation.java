package cn.jincai.process;

import cn.jincai.calendar.NoticeLoaded;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Deadline;
import cn.jincai.policy.Step;
import cn.jincai.review.notice.Notices;
import java.time.LocalDate;
import java.util.Date;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.RepositoryServiceImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.TimerDeclarationType;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** With a year's notice, the first or an amended one, days of that year that still lie ahead are counted again from where they began (rulebook 2.7). */
@Component
class DeadlineRecalculation {
    /** How the engine's own description of a timer begins where a day is set. */
    private static final String DAY = TimerDeclarationType.DATE.name();

    private final ProcessEngineConfigurationImpl engine;
    private final TaskService tasks;
    private final ManagementService jobs;
    private final RuntimeService instances;
    private final RepositoryServiceImpl definitions;
    private final Limits limits;
    private final Stages stages;
    private final Notices notices;

    DeadlineRecalculation(
            ProcessEngineConfigurationImpl engine,
            TaskService tasks,
            ManagementService jobs,
            RuntimeService instances,
            RepositoryService definitions,
            Limits limits,
            Stages stages,
            Notices notices) {
        this.engine = engine;
        this.tasks = tasks;
        this.jobs = jobs;
        this.instances = instances;
        this.definitions = (RepositoryServiceImpl) definitions;
        this.limits = limits;
        this.stages = stages;
        this.notices = notices;
    }

    @EventListener
    void loaded(NoticeLoaded notice) {
        Date newYear = Date.from(
                LocalDate.of(notice.year(), 1, 1).atStartOfDay(CityClock.ZONE).toInstant());
        for (Job timer : jobs.createJobQuery()
                .timers()
                .active()
                .duedateHigherThan(newYear)
                .list()) recount(timer, notice.before());
        for (Task task : tasks.createTaskQuery().dueAfter(newYear).list()) recount(task, notice.before());
    }

    /** Periods in days and hours know no holidays; counted again they would begin anew. */
    private void recount(Job timer, WorkingCalendar before) {
        JobDefinition definition = jobs.createJobDefinitionQuery()
                .jobDefinitionId(timer.getJobDefinitionId())
                .singleResult();
        if (!definition.getJobConfiguration().startsWith(DAY)) return;
        Deadline due = limits.again(
                timer.getCreateTime().toInstant(),
                timer.getDuedate().toInstant(),
                before,
                () -> jobs.recalculateJobDuedate(timer.getId(), false));
        var event = (ActivityImpl) definitions
                .getDeployedProcessDefinition(timer.getProcessDefinitionId())
                .findActivity(definition.getActivityId());
        var waiting = event.getEventScope() instanceof ActivityImpl host ? host : event;
        tell(waiting, timer.getProcessInstanceId(), due);
    }

    private void recount(Task task, WorkingCalendar before) {
        Deadline due = limits.again(
                task.getCreateTime().toInstant(),
                task.getDueDate().toInstant(),
                before,
                () -> engine.getCommandExecutorTxRequired().execute(command -> {
                    TaskEntity waiting = command.getTaskManager().findTaskById(task.getId());
                    waiting.setDueDate((Date)
                            waiting.getTaskDefinition().getDueDateExpression().getValue(waiting.getExecution()));
                    waiting.triggerUpdateEvent(); // so that the table of open tasks follows
                    return null;
                }));
        tell(
                (ActivityImpl) definitions
                        .getDeployedProcessDefinition(task.getProcessDefinitionId())
                        .findActivity(task.getTaskDefinitionKey()),
                task.getProcessInstanceId(),
                due);
    }

    private void tell(ActivityImpl waiting, String instance, Deadline due) {
        Step stage = (Step) waiting.getProperty(StageListener.STAGE);
        Object caseNumber = instances.getVariable(instance, Variable.CASE_NUMBER.key);
        if (stage == null || caseNumber == null || due == null) return;
        CaseNumber number = new CaseNumber(caseNumber.toString());
        stages.enter(number, stage, due);
        if (stage.is(Step.Kind.NOTICE)) notices.recounted(number, due);
    }
}
