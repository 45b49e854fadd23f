package cn.jincai.web.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.session.SessionInformationExpiredEvent;
import org.springframework.security.web.session.SessionInformationExpiredStrategy;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** A session that has ended, or was left in another tab, under a page that is still open: leads to the sign-in and back, with what was typed. */
@Component
public class EndedSession extends LoginUrlAuthenticationEntryPoint implements SessionInformationExpiredStrategy {
    public static final String SIGN_IN = "/sign-in";
    private static final String ENDED = SIGN_IN + "?ended";
    private static final String SCREENER = "/screener/";

    private final UnsentForms unsent;
    private final PageToken token;
    private final ObjectProvider<RequestMappingHandlerMapping> addresses;

    EndedSession(
            UnsentForms unsent,
            PageToken token,
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> addresses) {
        super(SIGN_IN);
        this.unsent = unsent;
        this.token = token;
        this.addresses = addresses;
    }

    /** What does not exist is said so: nobody signs in to learn that he has mistyped an address. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException, ServletException {
        if (isNowhere(request)) response.sendError(HttpStatus.NOT_FOUND.value());
        else super.commence(request, response, refused);
    }

    private boolean isNowhere(HttpServletRequest request) {
        if (request.getRequestURI().startsWith("/camunda"))
            return false; // Tasklist has filters and servlets of its own
        try {
            ServletRequestPathUtils.parseAndCache(request);
            return addresses.getObject().getHandler(request) == null;
        } catch (Exception otherMethod) {
            return false;
        }
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
        if (request.getRequestURI()
                .startsWith(SCREENER)) { // what is told there is kept by the browser alone (decision 208)
            response.sendRedirect(
                    request.getRequestURI().startsWith(SCREENER + "question/") ? request.getRequestURI() : "/screener");
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
