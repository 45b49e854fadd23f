package cn.jincai.web.security.factors;

import cn.jincai.web.security.PageToken;
import cn.jincai.web.security.SignIn;
import cn.jincai.web.security.SignInDetails;
import cn.jincai.web.security.SignInLimit;
import cn.jincai.web.security.SignedIn;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/** The last step of a sign-in, after a password or alone: under a new session's name he becomes who he is. */
@Component
class FinishedSignIn {
    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();
    private final SignIn signIn;
    private final SignedIn signedIn;
    private final SignInLimit limit;
    private final PageToken token;
    private final SessionRegistry registry;
    private final ApplicationEventPublisher events;

    FinishedSignIn(
            SignIn signIn,
            SignedIn signedIn,
            SignInLimit limit,
            PageToken token,
            SessionRegistry registry,
            ApplicationEventPublisher events) {
        this.signIn = signIn;
        this.signedIn = signedIn;
        this.limit = limit;
        this.token = token;
        this.registry = registry;
        this.events = events;
    }

    /** Who needs no password before it: what the form's sign-in does for its session is done here. */
    void atOnce(String account, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var details = new SignInDetails(request);
        limit.right(account, details.getRemoteAddress(), details.browser());
        token.saveToken(null, request, response); // it says whose pages these were
        registry.registerNewSession(request.getSession().getId(), account);
        var shown = UsernamePasswordAuthenticationToken.unauthenticated(account, null);
        shown.setDetails(details);
        goOn(shown, request, response);
    }

    /** And goes on where he wanted to. */
    void goOn(Authentication half, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        signedIn.onAuthenticationSuccess(request, response, become(half, request, response));
    }

    Authentication become(Authentication half, HttpServletRequest request, HttpServletResponse response) {
        var whole = whole(half);
        whole.setDetails(half.getDetails());
        request.changeSessionId();
        var context = new SecurityContextImpl(whole);
        SecurityContextHolder.setContext(context);
        sessions.saveContext(context, request, response);
        events.publishEvent(new InteractiveAuthenticationSuccessEvent(whole, getClass()));
        return whole;
    }

    private AbstractAuthenticationToken whole(Authentication half) {
        var authorities = signIn.afterTheCode(half.getName());
        return half instanceof OAuth2AuthenticationToken byIssuer
                ? new OAuth2AuthenticationToken(
                        byIssuer.getPrincipal(), authorities, byIssuer.getAuthorizedClientRegistrationId())
                : UsernamePasswordAuthenticationToken.authenticated(half.getName(), null, authorities);
    }
}
