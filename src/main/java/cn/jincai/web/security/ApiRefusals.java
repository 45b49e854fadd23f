package cn.jincai.web.security;

import cn.jincai.web.problem.ProblemAdvice;
import cn.jincai.web.problem.Refusal;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** What the security filters refuse under /api, in the same form as all other problems there. */
@Component
public class ApiRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final ObjectMapper json;
    private final RefusedAttempts attempts;

    ApiRefusals(ObjectMapper json, RefusedAttempts attempts) {
        this.json = json;
        this.attempts = attempts;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (refused instanceof TooManyAttempts many) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(many.retryAfter.toSeconds()));
            write(tooMany(many), request, response);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"jincai\", charset=\"UTF-8\"");
        write(Refusal.of(HttpStatus.UNAUTHORIZED, HttpHeaders.EMPTY), request, response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        var refusal = Refusal.of(HttpStatus.FORBIDDEN, HttpHeaders.EMPTY);
        attempts.record(request, refusal);
        write(refusal, request, response);
    }

    static Refusal tooMany(TooManyAttempts many) {
        long minutes = Math.max(1, (many.retryAfter.toSeconds() + 59) / 60);
        return Refusal.of(HttpStatus.TOO_MANY_REQUESTS, "web.TOO_MANY_ATTEMPTS", minutes);
    }

    public void write(Refusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(refusal.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        json.writeValue(response.getOutputStream(), refusal.toJson(ProblemAdvice.apiLocale(request)));
    }
}
