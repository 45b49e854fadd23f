package cn.jincai.applicant;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** Who checks is another than who is checked, in every case and at every time, not only within one (不相容岗位相互分离). */
    Optional<Mistake> mistake(Set<Role> roles) {
        if (roles.size() < 2) return Optional.empty();
        return pairs().stream()
                .filter(pair -> roles.contains(pair.one) && roles.contains(pair.other))
                .findFirst()
                .map(pair ->
                        Mistake.of("roles", "applicant.ROLES_CHECK_EACH_OTHER", pair.one.text(), pair.other.text()));
    }

    /** Given by one and confirmed by another. */
    Set<Role> byTwo() {
        return Set.copyOf(jdbc.sql("select role from staff_roles where by_two").query(String.class).list().stream()
                .map(Role::of)
                .toList());
    }
}
