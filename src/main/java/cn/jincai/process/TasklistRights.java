package cn.jincai.process;

import cn.jincai.kernel.Lock;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Step;
import cn.jincai.policy.Steps;
import cn.jincai.policy.registers.Registers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a group needs to work in Tasklist, and its lists there: all mine to take, those of each group, what is overdue. The lists hold plain values;
 * expressions in stored queries are off. Rights on a task come with its candidate group.
 */
@Component
class TasklistRights implements SmartInitializingSingleton {
    private final AuthorizationService rights;
    private final FilterService filters;
    private final TaskService tasks;
    private final Packages packages;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    TasklistRights(
            AuthorizationService rights,
            FilterService filters,
            TaskService tasks,
            Packages packages,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.rights = rights;
        this.filters = filters;
        this.tasks = tasks;
        this.packages = packages;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public void afterSingletonsInstantiated() {
        transaction.executeWithoutResult(status -> setUp(packages.registersIfWhole()));
    }

    /** Also of roles that hold from a later day: whoever is given one then finds its list. */
    @EventListener
    void published(Publication.RegistersPublished event) {
        setUp(packages.registers(event.hash()));
    }

    private void setUp(Registers registers) {
        Lock.TASKLIST_SETUP.hold(jdbc);
        SortedSet<Role> workers = new TreeSet<>(Steps.shared().officers());
        registers.roles().stream().filter(role -> !role.isOwn()).forEach(workers::add);
        new Setup(List.copyOf(workers)).make();
    }

    /** Begins with what is there already, read at one go. */
    private final class Setup {
        private final List<Role> workers;
        private final Map<String, Filter> lists = filters.createTaskFilterQuery().list().stream()
                .collect(Collectors.toMap(Filter::getName, list -> list));
        private final Set<List<String>> granted;

        Setup(List<Role> workers) {
            this.workers = workers;
            granted = Stream.of(Resources.APPLICATION, Resources.PROCESS_DEFINITION, Resources.FILTER)
                    .flatMap(kind -> rights
                            .createAuthorizationQuery()
                            .groupIdIn(workers.stream().map(Role::code).toArray(String[]::new))
                            .resourceType(kind)
                            .list()
                            .stream()
                            .map(right -> key(right.getGroupId(), kind, right.getResourceId())))
                    .collect(Collectors.toSet());
        }

        void make() {
            for (Role role : workers) {
                grant(role, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
                grant(
                        role,
                        Resources.PROCESS_DEFINITION,
                        Authorization.ANY,
                        Permissions.READ,
                        Permissions.READ_INSTANCE); // the case's number on each card
            }
            list(Text.of("process.tasklist.all").zh(), 0, tasks.createTaskQuery(), workers);
            list(
                    Text.of("process.tasklist.overdue").zh(),
                    10,
                    tasks.createTaskQuery().taskMinPriority(Overdue.PRIORITY),
                    workers);
            for (Role role : workers) list(nameOf(role), 20 + workers.indexOf(role), of(role), List.of(role));
        }

        /** Tasklist shows it as it is: its script knows the English names of the product's own. */
        private static String nameOf(Role role) {
            return role.isOwn() ? role.text().zh() : role.text().both();
        }

        private void list(String name, int order, TaskQuery query, List<Role> readers) {
            Filter list = lists.computeIfAbsent(name, filters::newTaskFilter);
            list.setQuery(query);
            list.setProperties(Map.of(
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
            list = filters.saveFilter(list);
            for (Role role : readers) grant(role, Resources.FILTER, list.getId(), Permissions.READ);
        }

        private void grant(Role role, Resource resource, String id, Permission... permissions) {
            if (!granted.add(key(role.code(), resource, id))) return;
            var right = rights.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            right.setGroupId(role.code());
            right.setResource(resource);
            right.setResourceId(id);
            right.setPermissions(permissions);
            rights.saveAuthorization(right);
        }

        private static List<String> key(String group, Resource resource, String id) {
            return List.of(group, resource.resourceName(), id);
        }
    }

    /** Experts are drawn and have their task from the start; the others take theirs from the group. */
    private TaskQuery of(Role role) {
        return role == Role.EXPERT
                ? tasks.createTaskQuery()
                        .taskDefinitionKeyIn(
                                Steps.shared().keys(Step.Kind.PANEL).toArray(String[]::new))
                : tasks.createTaskQuery().taskCandidateGroup(role.code());
    }

    private static Map<String, String> column(Variable variable, String name) {
        return Map.of(
                "name",
                variable.key,
                "label",
                Text.of("process.tasklist." + name).zh());
    }
}
