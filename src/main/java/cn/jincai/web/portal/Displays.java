package cn.jincai.web.portal;

import cn.jincai.applicant.DisplayChoices;
import cn.jincai.web.security.ActorArgument;
import cn.jincai.web.security.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.WebUtils;

/**
 * How pages look to whoever asks: as his account has it, else as was chosen in this browser, kept for a year or until somebody signs out there, else as his device
 * asks for. What was chosen in a browser never becomes an account's. Templates know it as {@code displays}.
 */
@Component
public class Displays {
    /** Of one answer: what was chosen with the very request. */
    private static final String JUST_NOW = "jincai.display";

    private final DisplayChoices choices;

    Displays(DisplayChoices choices) {
        this.choices = choices;
    }

    public Display now() {
        return of(request());
    }

    /** As the switch for elderly people would make it. */
    public Display switched() {
        return now().forElders(!now().isForElders());
    }

    static Display of(HttpServletRequest request) {
        if (request.getAttribute(JUST_NOW) instanceof Display chosen) return chosen;
        var session = request.getSession(false);
        if (session != null && session.getAttribute(SignedIn.DISPLAY_OF_ACCOUNT) instanceof String ofAccount)
            return Display.of(ofAccount);
        var cookie = WebUtils.getCookie(request, SignedIn.DISPLAY_OF_BROWSER);
        return cookie == null ? Display.PLAIN : Display.of(cookie.getValue());
    }

    /** Kept with the account of whoever is signed in, else in the browser. */
    void choose(Display chosen, HttpServletRequest request, HttpServletResponse response) {
        choose(chosen, true, request, response);
    }

    /** By an address alone, which somebody else may have made: until he signs out, or in the browser where nobody is signed in. */
    void look(Display chosen, HttpServletRequest request, HttpServletResponse response) {
        choose(chosen, false, request, response);
    }

    private void choose(Display chosen, boolean forGood, HttpServletRequest request, HttpServletResponse response) {
        String words = String.join(".", chosen.words());
        request.setAttribute(JUST_NOW, chosen);
        var who = ActorArgument.signedIn();
        if (who.isEmpty()) keepInBrowser(words, request, response);
        else {
            request.getSession().setAttribute(SignedIn.DISPLAY_OF_ACCOUNT, words);
            if (forGood) choices.choose(who.get().account(), words);
        }
    }

    private static void keepInBrowser(String words, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(SignedIn.DISPLAY_OF_BROWSER, words)
                        .path("/")
                        .maxAge(Duration.ofDays(365))
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }
}
