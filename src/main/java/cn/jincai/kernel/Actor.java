package cn.jincai.kernel;

import java.util.Set;

/** Who acts: an account with its roles, or the system itself. The account's name is no personal name. */
public record Actor(String account, Set<Role> roles) {
    public static final Actor SYSTEM = new Actor("system", Set.of());

    /** Whether one of his roles is this one or has its rights. */
    public boolean is(Role role) {
        return roles.stream().anyMatch(own -> own.equals(role) || own.rights().equals(role));
    }

    public boolean isAny(Role... any) {
        for (Role role : any) if (is(role)) return true;
        return false;
    }

    /** Whether he has this role itself, and so its tasks; its rights alone do not do. */
    public boolean holds(Role role) {
        return roles.contains(role);
    }

    /** @throws Problem FORBIDDEN without this role */
    public void mustBe(Role role) {
        if (!is(role)) throw Problem.forbidden("kernel.ROLE", role.text());
    }

    public boolean isSystem() {
        return this.equals(SYSTEM);
    }
}
