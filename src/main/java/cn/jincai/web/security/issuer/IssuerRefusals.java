package cn.jincai.web.security.issuer;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.web.security.EndedSession;
import cn.jincai.web.security.SignInPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** A sign-in by an issuer that came to nothing leads back to the sign-in page, which says why; nothing of the issuer's answer stays in the address. */
class IssuerRefusals implements AuthenticationFailureHandler {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerRefusals.class);

    private final SessionRegistry sessions;

    IssuerRefusals(SessionRegistry sessions) {
        this.sessions = sessions;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        forgetWhatHasEnded(request);
        request.getSession().setAttribute(SignInPage.REFUSAL, reason(refused));
        response.sendRedirect(request.getContextPath() + EndedSession.SIGN_IN);
    }

    /** The roles of whoever is refused may have changed just now, which ends his session here: told in that one, the reason would end with it. */
    private void forgetWhatHasEnded(HttpServletRequest request) {
        SessionInformation known =
                sessions.getSessionInformation(request.getSession().getId());
        if (known != null && known.isExpired()) request.getSession().invalidate();
    }

    private static Text reason(AuthenticationException refused) {
        if (refused instanceof RefusedWithWords words) return words.text();
        if (refused.getCause() instanceof Problem away) return away.text();
        String code = refused instanceof OAuth2AuthenticationException known
                ? known.getError().getErrorCode()
                : refused.getClass().getSimpleName();
        LOG.warn("A sign-in by an issuer came to nothing: {}", code.replaceAll("[^\\w.-]", "?"));
        return Text.of(code.equals("access_denied") ? "web.ISSUER_CANCELLED" : "web.ISSUER_FAILED");
    }
}
