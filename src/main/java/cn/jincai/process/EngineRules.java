package cn.jincai.process;

import cn.jincai.applicant.Accounts;
import cn.jincai.policy.Packages;
import cn.jincai.process.engine.AccountsIdentity;
import cn.jincai.process.engine.ChildrenByName;
import cn.jincai.process.engine.EngineZone;
import cn.jincai.process.engine.WithoutItsGrammar;
import cn.jincai.process.failures.JobFailureTable;
import cn.jincai.process.failures.KeptFailure;
import cn.jincai.process.worklists.DoneTasks;
import cn.jincai.process.worklists.OpenTaskListener;
import cn.jincai.process.worklists.OpenTaskTable;
import java.util.ArrayList;
import java.util.List;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.scripting.engine.DefaultScriptEngineResolver;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.stereotype.Component;

/** How our engine differs from the engine as delivered: it trusts no diagram, runs no script, has no accounts of its own. */
@Component
class EngineRules extends AbstractProcessEnginePlugin {
    private final BeanFactory beans;

    EngineRules(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        EngineZone.take(beans.getBean(DataSource.class));
        engine.setExpressionManager(new SafeEl(name -> beans.containsBean(name) ? beans.getBean(name) : null));
        engine.setIdentityProviderSessionFactory(
                AccountsIdentity.factory(() -> beans.getBean(Accounts.class), () -> beans.getBean(Packages.class)));
        engine.setScriptEngineResolver(new NoScripts());
        engine.setResourceAuthorizationProvider(new GroupsHold());
        // who worked on how many tasks is for the vendor's licence alone, and is about people
        engine.setTaskMetricsEnabled(false);
        // jobs are run in the order of their time, also those that are due at once
        engine.setEnsureJobDueDateNotNull(true);
        engine.setFailedJobCommandFactory(
                (job, failed) -> new KeptFailure(job, failed, () -> beans.getBean(JobFailureTable.class)));
        List<BpmnParseListener> listeners = new ArrayList<>(
                engine.getCustomPostBPMNParseListeners() == null
                        ? List.of()
                        : engine.getCustomPostBPMNParseListeners());
        listeners.add(new DiagramRules());
        listeners.add(new StageListener(
                () -> beans.getBean(Stages.class),
                hash -> beans.getBean(Packages.class).steps(hash)));
        listeners.add(new TaskGuards(() -> beans.getBean(Completions.class)));
        listeners.add(new OpenTaskListener(
                () -> beans.getBean(OpenTaskTable.class),
                () -> beans.getBean(DoneTasks.class),
                task -> beans.getBean(OpenTaskRows.class).row(task)));
        engine.setCustomPostBPMNParseListeners(listeners);
        ChildrenByName.begin();
        WithoutItsGrammar.begin();
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        ChildrenByName.end();
        WithoutItsGrammar.end();
    }

    /** Whoever takes a task of his group may see and hand it in as one of the group: a right of his own is for a task without a group. */
    private static class GroupsHold extends DefaultAuthorizationProvider {
        @Override
        public AuthorizationEntity @Nullable [] newTaskAssignee(Task task, String before, String assignee) {
            boolean ofGroup = ((TaskEntity) task).getCandidates().stream().anyMatch(link -> link.getGroupId() != null);
            return ofGroup ? null : super.newTaskAssignee(task, before, assignee);
        }
    }

    private static class NoScripts extends DefaultScriptEngineResolver {
        NoScripts() {
            super(new ScriptEngineManager(null));
        }

        @Override
        public ScriptEngine getScriptEngine(String language, boolean resolveFromCache) {
            throw new UnsupportedOperationException("scripts are off: " + language);
        }
    }
}
