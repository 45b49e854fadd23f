package cn.jincai.process;

import cn.jincai.kernel.Lock;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Steps;
import cn.jincai.policy.registers.Registers;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What a group needs to work in Tasklist. Rights on a task come with its candidate group; its lists are ours (decision 191), so that the engine keeps none. */
@Component
class TasklistRights implements SmartInitializingSingleton {
    private final AuthorizationService rights;
    private final FilterService filters;
    private final Packages packages;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    TasklistRights(
            AuthorizationService rights,
            FilterService filters,
            Packages packages,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.rights = rights;
        this.filters = filters;
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
        private final Set<List<String>> granted;

        Setup(List<Role> workers) {
            this.workers = workers;
            granted = Stream.of(Resources.APPLICATION, Resources.PROCESS_DEFINITION)
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
            filters.createTaskFilterQuery().list().forEach(list -> filters.deleteFilter(list.getId())); // of before
            for (Role role : workers) {
                grant(role, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
                grant(
                        role,
                        Resources.PROCESS_DEFINITION,
                        Authorization.ANY,
                        Permissions.READ,
                        Permissions.READ_INSTANCE); // the case's number on each card
            }
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
}
