package cn.jincai.web.security;

import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Persons;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.stereotype.Component;

/**
 * Who signed in and out, and who tried in vain, for the record. A name that nobody has is masked: people type their identity number there, or a
 * password. Calls of programs sign in each time and are told by what they do.
 */
@Component
class SignInRecord {
    private final Accounts accounts;
    private final ApplicationEventPublisher events;

    SignInRecord(Accounts accounts, ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.events = events;
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
        String name = event.getAuthentication().getName();
        tell("web.event.sign-in-failed", accounts.look(name).isPresent() ? name : Persons.maskNumber(name));
    }

    void codeFailed(String account) {
        tell("web.event.code-failed", account);
    }

    private void tell(String key, String account) {
        events.publishEvent(CaseEvent.forAuditors(key, new Actor(account, Set.of()), null, Map.of()));
    }
}
