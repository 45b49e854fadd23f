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
 * How pages look to whoever asks: as he has chosen in this browser, kept for a year, else as his account has it, else as his device asks for. Templates
 * know it as {@code displays}.
 */
@Component
public class Displays {
    static final String COOKIE = "JCLOOK";
    /** Of one answer: what was chosen with the very request. */
    private static final String JUST_NOW = "jincai.display";

    private final DisplayChoices choices;

    Displays(DisplayChoices choices) {
        this.choices = choices;
    }

    public Display now() {
        return of(request());
    }

    static Display of(HttpServletRequest request) {
        if (request.getAttribute(JUST_NOW) instanceof Display chosen) return chosen;
        var cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie != null) return Display.of(cookie.getValue());
        var session = request.getSession(false);
        return session != null && session.getAttribute(SignedIn.DISPLAY_OF_ACCOUNT) instanceof String ofAccount
                ? Display.of(ofAccount)
                : Display.PLAIN;
    }

    void choose(Display chosen, HttpServletRequest request, HttpServletResponse response) {
        String words = String.join(".", chosen.words());
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, words)
                        .path("/")
                        .maxAge(Duration.ofDays(365))
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
        request.setAttribute(JUST_NOW, chosen);
        ActorArgument.signedIn().ifPresent(who -> choices.choose(who.account(), words));
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }
}
