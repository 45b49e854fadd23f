package cn.jincai.web;

import cn.jincai.kernel.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Name and password become who one is: the account's name and, as authorities, the codes of its roles. */
@Component
class SignIn implements AuthenticationProvider {
    static final Map<String, Role> PEOPLE = people();

    private final SignInLimit limit;

    SignIn(SignInLimit limit) {
        this.limit = limit;
    }

    private static Map<String, Role> people() {
        var people = new java.util.LinkedHashMap<String, Role>();
        for (Role role : Role.values()) people.put(role.code(), role);
        people.remove("expert");
        for (int n = 1; n <= 5; n++) people.put("expert" + n, Role.EXPERT);
        people.put("applicant2", Role.APPLICANT);
        people.put("reviewer2", Role.REVIEWER);
        people.put("senior-reviewer2", Role.SENIOR_REVIEWER);
        return people;
    }

    @Override
    public Authentication authenticate(Authentication claim) {
        String name = claim.getName();
        String address = claim.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
        var wait = limit.waitFor(name, address);
        if (!wait.isZero()) throw new TooManyAttempts(wait);
        Set<Role> roles = rolesOf(name, String.valueOf(claim.getCredentials()));
        if (roles.isEmpty()) {
            limit.wrong(name, address);
            throw new BadCredentialsException("name or password");
        }
        limit.right(name);
        List<GrantedAuthority> authorities = roles.stream().map(r -> (GrantedAuthority) new SimpleGrantedAuthority(r.code())).toList();
        var signedIn = UsernamePasswordAuthenticationToken.authenticated(name, null, authorities);
        signedIn.setDetails(claim.getDetails());
        return signedIn;
    }

    private Set<Role> rolesOf(String name, String password) {
        return PEOPLE.containsKey(name) && name.equals(password) ? Set.of(PEOPLE.get(name)) : Set.of();
    }

    @Override
    public boolean supports(Class<?> claim) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(claim);
    }
}
