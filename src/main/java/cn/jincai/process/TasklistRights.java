package cn.jincai.process;

import cn.jincai.kernel.Lock;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.policy.Steps;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a group needs to work in Tasklist, and its lists there: all mine to take, those of each group, what is overdue. The lists hold plain values;
 * expressions in stored queries are off. Rights on a task come with its candidate group.
 */
@Component
class TasklistRights implements SmartInitializingSingleton {
    private static final List<Role> WORKERS = List.copyOf(Steps.shared().officers());

    private final AuthorizationService rights;
    private final FilterService filters;
    private final TaskService tasks;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    TasklistRights(
            AuthorizationService rights,
            FilterService filters,
            TaskService tasks,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.rights = rights;
        this.filters = filters;
        this.tasks = tasks;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public void afterSingletonsInstantiated() {
        transaction.executeWithoutResult(status -> {
            Lock.TASKLIST_SETUP.hold(jdbc);
            for (Role role : WORKERS) {
                grant(role, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
                grant(
                        role,
                        Resources.PROCESS_DEFINITION,
                        Authorization.ANY,
                        Permissions.READ,
                        Permissions.READ_INSTANCE); // the case's number on each card
            }
            list(Text.of("process.tasklist.all"), 0, tasks.createTaskQuery(), WORKERS);
            list(
                    Text.of("process.tasklist.overdue"),
                    10,
                    tasks.createTaskQuery().taskMinPriority(Overdue.PRIORITY),
                    WORKERS);
            for (Role role : WORKERS) list(role.text(), 20 + role.ordinal(), of(role), List.of(role));
        });
    }

    /** Experts are drawn and have their task from the start; the others take theirs from the group. */
    private TaskQuery of(Role role) {
        return role == Role.EXPERT
                ? tasks.createTaskQuery()
                        .taskDefinitionKeyIn(
                                Steps.shared().keys(Step.Kind.PANEL).toArray(String[]::new))
                : tasks.createTaskQuery().taskCandidateGroup(role.code());
    }

    private void list(Text text, int order, TaskQuery query, List<Role> readers) {
        String name = text.zh();
        var known = filters.createTaskFilterQuery().filterName(name).singleResult();
        if (known == null) known = filters.newTaskFilter(name);
        known.setQuery(query);
        known.setProperties(Map.of(
                "priority",
                order,
                "showUndefinedVariable",
                false,
                "refresh",
                true,
                "variables",
                List.of(
                        column(Variable.CASE_NUMBER, "caseNumber"),
                        column(Variable.RUN, "run"),
                        column(Variable.PAYMENT, "payment"),
                        column(Variable.OBJECTION, "objection"))));
        known = filters.saveFilter(known);
        for (Role role : readers) grant(role, Resources.FILTER, known.getId(), Permissions.READ);
    }

    private static Map<String, String> column(Variable variable, String name) {
        return Map.of(
                "name",
                variable.key,
                "label",
                Text.of("process.tasklist." + name).zh());
    }

    private void grant(Role role, Resource resource, String id, Permission... permissions) {
        var known = rights.createAuthorizationQuery()
                .groupIdIn(role.code())
                .resourceType(resource)
                .resourceId(id)
                .count();
        if (known > 0) return;
        var right = rights.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        right.setGroupId(role.code());
        right.setResource(resource);
        right.setResourceId(id);
        right.setPermissions(permissions);
        rights.saveAuthorization(right);
    }
}
