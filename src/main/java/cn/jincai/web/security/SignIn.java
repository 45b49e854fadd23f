package cn.jincai.web.security;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Name (or number of the document) and password become who one is: the account's name and, as authorities, the codes of its roles. */
@Component
class SignIn implements AuthenticationProvider {
    /** In place of all roles, of whoever signed in with a password that the office made. */
    static final SimpleGrantedAuthority PASSWORD_GIVEN = new SimpleGrantedAuthority("password-given");

    private final Accounts accounts;
    private final SignInLimit limit;

    SignIn(Accounts accounts, SignInLimit limit) {
        this.accounts = accounts;
        this.limit = limit;
    }

    @Override
    public Authentication authenticate(Authentication claim) {
        String name = accounts.signInName(claim.getName());
        String
                address =
                        claim.getDetails() instanceof WebAuthenticationDetails details
                                ? details.getRemoteAddress()
                                : "",
                browser = claim.getDetails() instanceof SignInDetails form ? form.browser() : null;
        var wait = limit.waitFor(name, address, browser);
        if (!wait.isZero()) throw new TooManyAttempts(wait);
        Account account = accounts.signIn(name, String.valueOf(claim.getCredentials()))
                .orElseThrow(() -> {
                    limit.wrong(name, address, browser);
                    return new BadCredentialsException("name or password");
                });
        limit.right(name, address, browser);
        if (accounts.isPasswordLapsed(account.name())) throw new CredentialsExpiredException("given too long ago");
        var authorities = accounts.isPasswordGiven(account.name())
                ? List.of(PASSWORD_GIVEN)
                : account.roles().stream()
                        .map(role -> new SimpleGrantedAuthority(role.code()))
                        .toList();
        var signedIn = UsernamePasswordAuthenticationToken.authenticated(account.name(), null, authorities);
        signedIn.setDetails(claim.getDetails());
        return signedIn;
    }

    @Override
    public boolean supports(Class<?> claim) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(claim);
    }
}
