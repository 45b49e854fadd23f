package cn.jincai.web.security;

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
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/** The last step of a sign-in of several: under a new session's name he becomes who he is. */
@Component
class FinishedSignIn {
    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();
    private final SignIn signIn;
    private final SignedIn signedIn;
    private final ApplicationEventPublisher events;

    FinishedSignIn(SignIn signIn, SignedIn signedIn, ApplicationEventPublisher events) {
        this.signIn = signIn;
        this.signedIn = signedIn;
        this.events = events;
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
