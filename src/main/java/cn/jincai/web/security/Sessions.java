package cn.jincai.web.security;

import cn.jincai.applicant.RolesChanged;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Whoever is given or loses a role signs in again: a session, and Tasklist within it, remembers what one was at sign-in. */
@Component
class Sessions {
    private final SessionRegistry registry;

    Sessions(SessionRegistry registry) {
        this.registry = registry;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void end(RolesChanged changed) {
        registry.getAllSessions(changed.account(), false).forEach(SessionInformation::expireNow);
    }
}
