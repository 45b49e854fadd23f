package cn.jincai.web.security.issuer;

import cn.jincai.applicant.IssuerSignOuts;
import cn.jincai.web.security.SignInRecord;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.filter.OncePerRequestFilter;

/** Before the rules: ends a session here whose end the issuer has told to another node. */
class SignOutsTold extends OncePerRequestFilter {
    private static final String BEGUN = SignOutsTold.class.getName();

    private final IssuerSignOuts signOuts;
    private final SessionRegistry sessions;
    private final SignInRecord record;

    SignOutsTold(IssuerSignOuts signOuts, SessionRegistry sessions, SignInRecord record) {
        this.signOuts = signOuts;
        this.sessions = sessions;
        this.record = record;
    }

    /** To be called with each sign-in by an issuer. */
    void begins(HttpSession session, OidcUser person) {
        session.setAttribute(
                BEGUN,
                signOuts.begins(person.getIssuer().toString(), person.getSubject(), person.getClaimAsString("sid")));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(BEGUN) instanceof IssuerSignOuts.Begun begun
                && signOuts.isOver(begun)) end(session);
        chain.doFilter(request, response);
    }

    private void end(HttpSession session) {
        SessionInformation known = sessions.getSessionInformation(session.getId());
        if (known == null || known.isExpired()) return; // this node was told itself
        known.expireNow();
        record.signedOutByIssuer(String.valueOf(known.getPrincipal()));
    }
}
