package cn.jincai.applicant;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which roles one person never holds together, and which one administrator alone does not give. Both are tables that the city can change. */
@Component
class RolesApart {
    private final JdbcClient jdbc;

    RolesApart(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Two roles that check each other, or of which one gives the other. */
    record Pair(Role one, Role other) {}

    List<Pair> pairs() {
        return jdbc.sql("select one_role, other_role from role_exclusions order by one_role, other_role")
                .query((row, i) -> new Pair(Role.of(row.getString(1)), Role.of(row.getString(2))))
                .list();
    }

    /**
     * Who checks is another than who is checked, in every case and at every time, not only within one (不相容岗位相互分离). A role of the register goes with those with which
     * the one goes whose rights it has.
     */
    Optional<Mistake> mistake(Set<Role> roles) {
        if (roles.size() < 2) return Optional.empty();
        return pairs().stream()
                .flatMap(pair -> withRights(roles, pair.one)
                        .flatMap(one -> withRights(roles, pair.other)
                                .map(other -> Mistake.of(
                                        "roles", "applicant.ROLES_CHECK_EACH_OTHER", one.text(), other.text()))))
                .findFirst();
    }

    private static Stream<Role> withRights(Set<Role> roles, Role rights) {
        return roles.stream().filter(role -> role.rights().equals(rights));
    }

    /** Of these, what is given by one and confirmed by another: every role of the register is, as somebody has thought it up. */
    Set<Role> byTwo(Set<Role> roles) {
        Set<String> own = Set.copyOf(jdbc.sql("select role from staff_roles where by_two")
                .query(String.class)
                .list());
        return roles.stream()
                .filter(role -> !role.isOwn() || own.contains(role.code()))
                .collect(Collectors.toSet());
    }

    /**
     * Whose rights a role of the register has, from when it is first given: they are read wherever the role is held, so a code that comes again later goes with the same.
     *
     * @throws Problem CONFLICT {@code ROLE_WITH_OTHER_RIGHTS}
     */
    void know(Role role) {
        if (role.isOwn()) return;
        String rights = role.rights().code();
        jdbc.sql("select rights from staff_roles where role = ?")
                .param(role.code())
                .query(String.class)
                .optional()
                .ifPresentOrElse(
                        known -> {
                            if (!known.equals(rights))
                                throw Problem.conflict(
                                        "applicant.ROLE_WITH_OTHER_RIGHTS",
                                        role.text(),
                                        Role.of(known).text());
                        },
                        () -> jdbc.sql("insert into staff_roles (role, by_two, rights) values (?, true, ?)")
                                .params(role.code(), rights)
                                .update());
    }

    /** As an account holds it. @param rights null of the product's own */
    static Role role(String code, @Nullable String rights) {
        return rights == null ? Role.named(code) : Role.further(code, Role.of(rights), null);
    }
}
