package cn.jincai.applicant;

import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;

/**
 * Accounts as Spring Security asks for them. One may sign in with the account's name or the number of one's document; the session then knows
 * the account's name alone. Authorities are the codes of the roles.
 */
@Service
class SignIns implements UserDetailsService {
    private final Accounts accounts;
    private final Attempts attempts;

    SignIns(Accounts accounts, Attempts attempts) {
        this.accounts = accounts;
        this.attempts = attempts;
    }

    @Override
    public UserDetails loadUserByUsername(String signIn) {
        Accounts.SignIn found = accounts.signIn(signIn).orElseThrow(() -> new UsernameNotFoundException("no such account"));
        String[] roles = accounts.find(found.name()).roles().stream().map(role -> role.code()).toArray(String[]::new);
        return User.withUsername(found.name()).password(found.hash()).authorities(roles)
            .accountLocked(found.locked() || attempts.exhausted("sign-in " + signIn)).build();
    }
}
