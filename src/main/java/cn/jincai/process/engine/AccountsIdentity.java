package cn.jincai.process.engine;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.GroupQuery;
import org.camunda.bpm.engine.identity.NativeUserQuery;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.TenantQuery;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.camunda.bpm.engine.impl.GroupQueryImpl;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.TenantQueryImpl;
import org.camunda.bpm.engine.impl.UserQueryImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.GroupEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;

/** The engine's view of our accounts: it may look, and neither makes accounts nor checks passwords. A role is a group. */
public class AccountsIdentity implements ReadOnlyIdentityProvider {
    private final Accounts accounts;
    private final Supplier<Packages> packages;

    private AccountsIdentity(Accounts accounts, Supplier<Packages> packages) {
        this.accounts = accounts;
        this.packages = packages;
    }

    /** @param packages asked for the roles of the register */
    public static SessionFactory factory(Supplier<Accounts> accounts, Supplier<Packages> packages) {
        return new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return ReadOnlyIdentityProvider.class;
            }

            @Override
            public Session openSession() {
                return new AccountsIdentity(accounts.get(), packages);
            }
        };
    }

    @Override
    public @Nullable User findUserById(String name) {
        return name == null
                ? null
                : accounts.look(name).map(AccountsIdentity::user).orElse(null);
    }

    @Override
    public @Nullable Group findGroupById(String code) {
        return Role.find(code)
                .or(() -> packages.get().registersIfWhole().role(code))
                .map(this::group)
                .orElse(null);
    }

    /** By name and role alone: what is sealed is opened for those on the page. */
    private List<Actor> users(UserQueryImpl query) {
        Stream<Actor> found = query.getId() == null
                ? accounts.everybody().stream()
                : accounts.look(query.getId()).map(one -> new Actor(one.name(), one.roles())).stream();
        return found.filter(somebody ->
                        query.getIds() == null || List.of(query.getIds()).contains(somebody.account()))
                .filter(somebody -> query.getGroupId() == null
                        || somebody.roles().stream()
                                .anyMatch(role -> role.code().equals(query.getGroupId())))
                .filter(somebody -> query.getTenantId() == null)
                .toList();
    }

    private List<Group> groups(GroupQueryImpl query) {
        Set<Role> roles = query.getUserId() == null
                ? packages.get().registersIfWhole().roles()
                : accounts.look(query.getUserId()).map(Account::roles).orElse(Set.of());
        return roles.stream()
                .sorted()
                .filter(role -> query.getId() == null || role.code().equals(query.getId()))
                .filter(role ->
                        query.getIds() == null || List.of(query.getIds()).contains(role.code()))
                .filter(role -> query.getTenantId() == null)
                .map(this::group)
                .toList();
    }

    private static User user(Account account) {
        var user = new UserEntity(account.name());
        user.setFirstName(account.displayName());
        user.setLastName("");
        return user;
    }

    /** Tasklist shows the name as it is: its script knows the English ones of the product's own. */
    private Group group(Role role) {
        var group = new GroupEntity(role.code());
        group.setName(
                role.isOwn() ? role.text().zh() : packages.get().nameOf(role).both());
        group.setType("WORKFLOW");
        return group;
    }

    private static <T> List<T> page(List<T> all, Page page) {
        return page == null
                ? all
                : all.stream()
                        .skip(page.getFirstResult())
                        .limit(page.getMaxResults())
                        .toList();
    }

    @Override
    public UserQuery createUserQuery() {
        return new Users(Context.getProcessEngineConfiguration().getCommandExecutorTxRequired());
    }

    @Override
    public UserQuery createUserQuery(CommandContext context) {
        return createUserQuery();
    }

    @Override
    public GroupQuery createGroupQuery() {
        return new Groups(Context.getProcessEngineConfiguration().getCommandExecutorTxRequired());
    }

    @Override
    public GroupQuery createGroupQuery(CommandContext context) {
        return createGroupQuery();
    }

    @Override
    public TenantQuery createTenantQuery() {
        return new NoTenants(Context.getProcessEngineConfiguration().getCommandExecutorTxRequired());
    }

    @Override
    public TenantQuery createTenantQuery(CommandContext context) {
        return createTenantQuery();
    }

    @Override
    public NativeUserQuery createNativeUserQuery() {
        throw new BadUserRequestException("accounts are not asked by SQL");
    }

    @Override
    public boolean checkPassword(String name, String password) {
        return false;
    }

    @Override
    public @Nullable Tenant findTenantById(String id) {
        return null;
    }

    @Override
    public void flush() {
        // nothing is ever written
    }

    @Override
    public void close() {
        // holds nothing
    }

    private class Users extends UserQueryImpl {
        Users(CommandExecutor executor) {
            super(executor);
        }

        @Override
        public long executeCount(CommandContext context) {
            return users(this).size();
        }

        @Override
        public List<User> executeList(CommandContext context, Page page) {
            return page(users(this), page).stream()
                    .map(somebody -> findUserById(somebody.account()))
                    .toList();
        }
    }

    private class Groups extends GroupQueryImpl {
        Groups(CommandExecutor executor) {
            super(executor);
        }

        @Override
        public long executeCount(CommandContext context) {
            return groups(this).size();
        }

        @Override
        public List<Group> executeList(CommandContext context, Page page) {
            return page(groups(this), page);
        }
    }

    private static class NoTenants extends TenantQueryImpl {
        NoTenants(CommandExecutor executor) {
            super(executor);
        }

        @Override
        public long executeCount(CommandContext context) {
            return 0;
        }

        @Override
        public List<Tenant> executeList(CommandContext context, Page page) {
            return List.of();
        }
    }
}
