package cn.jincai.web.security;

import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Persons;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.RateLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.stereotype.Component;

/**
 * Who signed in and out, and who tried in vain, for the record. A name that nobody has is masked: people type their identity number there, or a
 * password. Calls of programs sign in each time and are told by what they do.
 */
@Component
public class SignInRecord {
    private static final long A_MINUTE = 60;

    private final Accounts accounts;
    private final ApplicationEventPublisher events;
    private final RateLimits seen;

    SignInRecord(Accounts accounts, ApplicationEventPublisher events, CityClock clock) {
        this.accounts = accounts;
        this.events = events;
        this.seen = new RateLimits(clock);
    }

    @EventListener
    void signedIn(InteractiveAuthenticationSuccessEvent event) {
        if (UnfinishedSignIn.Left.of(event.getAuthentication())
                .filter(left -> left != UnfinishedSignIn.Left.PASSWORD)
                .isEmpty())
            tell("web.event.signed-in", event.getAuthentication().getName());
    }

    @EventListener
    void signedOut(LogoutSuccessEvent event) {
        tell("web.event.signed-out", event.getAuthentication().getName());
    }

    @EventListener
    void failed(AbstractAuthenticationFailureEvent event) {
        if (!(event.getAuthentication() instanceof UsernamePasswordAuthenticationToken))
            return; // a token's name is all of it
        String name = event.getAuthentication().getName();
        tell("web.event.sign-in-failed", accounts.look(name).isPresent() ? name : Persons.maskNumber(name));
    }

    public void codeFailed(String account) {
        tell("web.event.code-failed", account);
    }

    /** @param code of the reason; whom the issuer meant is not told, as its name for him may be his number */
    public void refusedByIssuer(String issuer, String code) {
        events.publishEvent(CaseEvent.forAuditors(
                "web.event.issuer-sign-in-refused", Actor.SYSTEM, null, Map.of("issuer", issuer, "code", code)));
    }

    public void signedOutByIssuer(String account) {
        tell("web.event.signed-out-by-issuer", account);
    }

    /** Anybody can send any: a minute's worth at once, then one a second. */
    public void tokenRefused() {
        if (seen.of("token", A_MINUTE, Duration.ofMinutes(1)).tryConsume(1))
            events.publishEvent(CaseEvent.forAuditors("web.event.token-refused", Actor.SYSTEM, null, Map.of()));
    }

    private void tell(String key, String account) {
        events.publishEvent(CaseEvent.forAuditors(key, new Actor(account, Set.of()), null, Map.of()));
    }
}
