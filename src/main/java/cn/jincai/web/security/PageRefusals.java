package cn.jincai.web.security;

import cn.jincai.web.problem.ErrorPage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** What the security filters refuse at the pages: put on record, then shown by {@link ErrorPage}. */
@Component
class PageRefusals implements AccessDeniedHandler {
    private final AccessDeniedHandler page = new AccessDeniedHandlerImpl();
    private final RefusedAttempts attempts;
    private final EndedSession ended;

    PageRefusals(RefusedAttempts attempts, EndedSession ended) {
        this.attempts = attempts;
        this.ended = ended;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException, ServletException {
        if (refused instanceof CsrfException && ended.leadsBack(request, response)) return;
        attempts.record(request, HttpStatus.FORBIDDEN, refused instanceof CsrfException ? "PAGE_TOO_OLD" : "FORBIDDEN");
        page.handle(request, response, refused);
    }
}
