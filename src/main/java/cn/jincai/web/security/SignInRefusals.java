package cn.jincai.web.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** A sign-in that failed shows the page again, with the reason, and keeps nothing of what was typed in the address. */
@Component
public class SignInRefusals implements AuthenticationFailureHandler {
    public static final String REASON = SignInRefusals.class.getName();

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException, ServletException {
        request.setAttribute(REASON, refused);
        if (refused instanceof TooManyAttempts many)
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(many.retryAfter.toSeconds()));
        request.getRequestDispatcher("/sign-in/again").forward(request, response);
    }
}
