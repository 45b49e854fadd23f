package cn.jincai.web.security;

import cn.jincai.applicant.Account;
import cn.jincai.kernel.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * What comes with a role of the register: the role itself, and the rights of one of the product's own, by which pages and calls are opened.
 *
 * @param lent that of an own role which the account does not hold
 */
public record RoleAuthority(String authority, String rights, boolean lent) implements GrantedAuthority {
    @Override
    public String getAuthority() {
        return authority;
    }

    /** Of an own role it is its code. */
    public static List<GrantedAuthority> of(Account account) {
        List<GrantedAuthority> all = new ArrayList<>();
        Set<Role> lent = new TreeSet<>();
        for (Role role : account.roles()) {
            if (role.isOwn()) all.add(new SimpleGrantedAuthority(role.code()));
            else {
                all.add(new RoleAuthority(role.code(), role.rights().code(), false));
                lent.add(role.rights());
            }
        }
        lent.removeAll(account.roles());
        lent.forEach(rights -> all.add(new RoleAuthority(rights.code(), rights.code(), true)));
        return List.copyOf(all);
    }

    static Set<Role> roles(Collection<? extends GrantedAuthority> authorities) {
        Set<Role> roles = new TreeSet<>();
        authorities.forEach(one -> role(one).ifPresent(roles::add));
        return roles;
    }

    private static Optional<Role> role(GrantedAuthority authority) {
        if (!(authority instanceof RoleAuthority of)) return Role.find(authority.getAuthority());
        return of.lent ? Optional.empty() : Optional.of(Role.further(of.authority, Role.of(of.rights), null));
    }
}
