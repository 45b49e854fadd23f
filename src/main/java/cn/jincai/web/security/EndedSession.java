package cn.jincai.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.session.SessionInformationExpiredEvent;
import org.springframework.security.web.session.SessionInformationExpiredStrategy;
import org.springframework.stereotype.Component;

/** A session that has ended, or was left in another tab, under a page that is still open: leads to the sign-in and back, with what was typed. */
@Component
public class EndedSession extends LoginUrlAuthenticationEntryPoint implements SessionInformationExpiredStrategy {
    public static final String SIGN_IN = "/sign-in";
    private static final String ENDED = SIGN_IN + "?ended";

    private final UnsentForms unsent;
    private final PageToken token;

    EndedSession(UnsentForms unsent, PageToken token) {
        super(SIGN_IN);
        this.unsent = unsent;
        this.token = token;
    }

    /** Whoever was signed in is told why he has to do it again. */
    @Override
    protected String determineUrlToUseForThisRequest(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused) {
        return request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid() ? ENDED : SIGN_IN;
    }

    /** A form or a call of a page whose token is not, or no longer, the session's. False where it is to be refused. */
    boolean leadsBack(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isCall(request)) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value()); // the page says so, see portal.js
            return true;
        }
        if (request.getRequestURI().equals("/sign-out")
                && ActorArgument.signedIn().isEmpty()) {
            response.sendRedirect("/");
            return true;
        }
        var form = unsent.keep(request);
        if (form.isPresent())
            response.sendRedirect(
                    form.get().owner().equals(token.ownerNow()) ? form.get().page() : ENDED);
        return form.isPresent();
    }

    /** Whose roles were changed: the session was ended from here. */
    @Override
    public void onExpiredSessionDetected(SessionInformationExpiredEvent event) throws IOException {
        var request = event.getRequest();
        if (request.getMethod().equals("GET") && !isCall(request)) {
            SecurityRules.pagesOnly().saveRequest(request, event.getResponse());
            event.getResponse().sendRedirect(ENDED);
        } else if (!leadsBack(request, event.getResponse()))
            event.getResponse().setStatus(HttpStatus.UNAUTHORIZED.value());
    }

    private static boolean isCall(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null
                || request.getRequestURI().startsWith("/camunda/api/");
    }
}
