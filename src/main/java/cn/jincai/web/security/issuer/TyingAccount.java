package cn.jincai.web.security.issuer;

import cn.jincai.kernel.Actor;
import cn.jincai.web.security.ActorArgument;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Somebody who is signed in here has shown his password and goes to an issuer to tie his account to who he is there. Kept in his session, for one journey and ten minutes, which the machine counts. */
record TyingAccount(String account, String issuer, long begun) {
    private static final String KEPT = TyingAccount.class.getName();
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    static void begin(Actor holder, String issuer, HttpSession session) {
        session.setAttribute(KEPT, new TyingAccount(holder.account(), issuer, System.nanoTime()));
    }

    /** Who ties his account with the sign-in that has just come back from this issuer. */
    static Optional<Actor> of(String issuer) {
        var session = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
                .getRequest()
                .getSession(false);
        if (session == null || !(session.getAttribute(KEPT) instanceof TyingAccount tying)) return Optional.empty();
        session.removeAttribute(KEPT);
        return ActorArgument.signedIn()
                .filter(holder -> holder.account().equals(tying.account)
                        && issuer.equals(tying.issuer)
                        && System.nanoTime() - tying.begun < PATIENCE.toNanos());
    }
}
