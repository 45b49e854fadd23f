package cn.jincai.web.security;

import cn.jincai.applicant.DisplayChoices;
import cn.jincai.applicant.Languages;
import cn.jincai.web.tasklist.TasklistAccess;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.stereotype.Component;

/** Where one goes on: at what is left to do before one is signed in, else at the page that a session ended under, at the page that was asked for, else at one's own task list or the home page. */
@Component
public class SignedIn extends SavedRequestAwareAuthenticationSuccessHandler {
    /** The cookie of the language that was chosen in a browser. */
    public static final String LANGUAGE = "JCLANG";
    /** In the session: the next who signs in at this browser has his own. What was chosen in the browser comes before it. */
    public static final String LANGUAGE_OF_ACCOUNT = "jincai.language";

    /** The cookie of how pages look in a browser in which nobody is signed in; the last one's goes with his sign-out. */
    public static final String DISPLAY_OF_BROWSER = "JCLOOK";

    /** In the session: how this account's pages look, which goes before what its browser keeps. */
    public static final String DISPLAY_OF_ACCOUNT = "jincai.display-of-account";

    private static final Duration BROWSER_KEPT = Duration.ofDays(180);

    private final RequestCache asked = SecurityRules.pagesOnly();
    private final UnsentForms unsent;
    private final Sessions sessions;
    private final Languages languages;
    private final DisplayChoices displays;
    private final SealedAnswers screened;

    SignedIn(
            UnsentForms unsent,
            Sessions sessions,
            Languages languages,
            DisplayChoices displays,
            SealedAnswers screened) {
        this.unsent = unsent;
        this.sessions = sessions;
        this.languages = languages;
        this.displays = displays;
        this.screened = screened;
        setRequestCache(asked);
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication who)
            throws ServletException, IOException {
        sessions.begin(request);
        languages.of(who.getName()).ifPresent(chosen -> request.getSession().setAttribute(LANGUAGE_OF_ACCOUNT, chosen));
        displays.of(who.getName()).ifPresent(chosen -> request.getSession().setAttribute(DISPLAY_OF_ACCOUNT, chosen));
        screened.belongTo(who.getName(), request, response);
        if (who.getDetails() instanceof SignInDetails details)
            response.addHeader(
                    HttpHeaders.SET_COOKIE,
                    ResponseCookie.from(SignInDetails.COOKIE, details.browser())
                            .path("/sign-in")
                            .maxAge(BROWSER_KEPT)
                            .httpOnly(true)
                            .secure(request.isSecure())
                            .sameSite("Lax")
                            .build()
                            .toString());
        var left = UnfinishedSignIn.Left.of(who);
        if (left.isPresent()) {
            response.sendRedirect(left.get().page);
            return;
        }
        var page = unsent.goesOnAt(request, who.getName());
        if (page.isEmpty()) {
            super.onAuthenticationSuccess(request, response, who);
            return;
        }
        asked.removeRequest(request, response);
        clearAuthenticationAttributes(request);
        response.sendRedirect(page.get());
    }

    @Override
    protected String determineTargetUrl(HttpServletRequest request, HttpServletResponse response, Authentication who) {
        return who.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .anyMatch(Set.of(TasklistAccess.WORKERS)::contains)
                ? TasklistAccess.HOME
                : "/";
    }
}
