package cn.jincai.kernel;

import java.util.Set;

/** Who acts: an account with its roles, or the system itself. The account's name is no personal name. */
public record Actor(String account, Set<Role> roles) {
    public static final Actor SYSTEM = new Actor("system", Set.of());

    public boolean is(Role role) {
        return roles.contains(role);
    }

    public boolean isAny(Role... any) {
        for (Role role : any) if (roles.contains(role)) return true;
        return false;
    }

    /** @throws Problem FORBIDDEN without this role */
    public void mustBe(Role role) {
        if (!is(role)) throw Problem.forbidden("kernel.ROLE", role.text());
    }

    public boolean isSystem() {
        return this.equals(SYSTEM);
    }
}
