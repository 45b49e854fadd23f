package cn.jincai.web.security;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.SecondFactors;
import cn.jincai.applicant.Standings;
import cn.jincai.web.security.UnfinishedSignIn.Left;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Name (or number of the document) and password become who one is: the account's name and, as authorities, the codes of its roles. */
@Component
public class SignIn implements AuthenticationProvider {
    private final Accounts accounts;
    private final Standings standings;
    private final SecondFactors factors;
    private final SignInLimit limit;

    SignIn(Accounts accounts, Standings standings, SecondFactors factors, SignInLimit limit) {
        this.accounts = accounts;
        this.standings = standings;
        this.factors = factors;
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
        boolean atTheForm = browser != null;
        var standing = standings.of(account.name());
        if (standing.lapsed()) throw new CredentialsExpiredException("given too long ago");
        if (standing.program() && atTheForm) throw new DisabledException("a program's account is for the API");
        var authorities = authorities(account, standing, atTheForm);
        var signedIn = UsernamePasswordAuthenticationToken.authenticated(account.name(), null, authorities);
        signedIn.setDetails(claim.getDetails());
        return signedIn;
    }

    /** Who he is, where nothing is left to do. A person with a second factor is none at the API: there is no place for a code, and programs have accounts of their own. */
    private List<GrantedAuthority> authorities(Account account, Standings.Standing standing, boolean atTheForm) {
        boolean required = !standing.program() && factors.isRequired(account.roles());
        if (standing.secondFactor() || required && !atTheForm) return List.of(Left.CODE.authority);
        return authorities(account, standing.passwordGiven() ? Left.PASSWORD : required ? Left.FACTOR : null);
    }

    /** After the right code, the first one too. */
    public List<GrantedAuthority> afterTheCode(String name) {
        return authorities(accounts.find(name), standings.of(name).passwordGiven() ? Left.PASSWORD : null);
    }

    /** Of whoever the issuer vouches for. Where it has not seen a second factor, ours is asked for. */
    public List<GrantedAuthority> afterTheIssuer(Account account, boolean factorShown) {
        Left left = standings.of(account.name()).secondFactor()
                ? Left.CODE
                : factors.isRequired(account.roles()) ? Left.FACTOR : null;
        return authorities(account, factorShown ? null : left);
    }

    private static List<GrantedAuthority> authorities(Account account, @Nullable Left left) {
        return left != null ? List.of(left.authority) : RoleAuthority.of(account);
    }

    @Override
    public boolean supports(Class<?> claim) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(claim);
    }
}
