package cn.jincai.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A session lasts as long as a person does something in it. Tasklist asks for its lists by itself, and a page follows a long run: to the server that would be use
 * without end, at a desk that everybody has left. By the clock of the machine, as the city's may be moved in the demo.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER - 1)
class SessionInUse extends OncePerRequestFilter {
    /** With it Tasklist says of a call that somebody has done something since the last one, see {@code desk.js}. */
    static final String BY_A_PERSON = "In-Use";

    private static final String LAST = "lastUsedByAPerson";

    private final InstantSource machine;

    SessionInUse() {
        this(InstantSource.system());
    }

    SessionInUse(InstantSource machine) {
        this.machine = machine;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null) look(session, request);
        chain.doFilter(request, response);
    }

    private void look(HttpSession session, HttpServletRequest request) {
        try {
            long last = session.getAttribute(LAST) instanceof Long at ? at : session.getCreationTime();
            long idle = machine.millis() - last;
            if (idle > Duration.ofSeconds(session.getMaxInactiveInterval()).toMillis()) session.invalidate();
            else if (isByAPerson(request)) session.setAttribute(LAST, machine.millis());
        } catch (IllegalStateException ended) {
            // by another call in this moment: to the rules behind this one there is none
        }
    }

    private static boolean isByAPerson(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/camunda/api/")
                ? request.getHeader(BY_A_PERSON) != null
                : !String.valueOf(request.getHeader("Accept")).contains("text/event-stream");
    }
}
