package cn.jincai.web.problem;

import cn.jincai.kernel.MemoryGone;
import cn.jincai.web.server.Turnstile;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What filters and views throw is answered as what controllers throw is ({@link ProblemAdvice}). The container would write its message into the log,
 * which may quote what was sent, and call it our error.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
public class BeforeControllers extends OncePerRequestFilter {
    static final String REFUSAL = BeforeControllers.class.getName() + ".refusal";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            Turnstile.throwIfRefused(request);
            if (leavesItsKindOpen(request)) throw new HttpMediaTypeNotSupportedException("a kind of body with *");
            chain.doFilter(request, response);
        } catch (OutOfMemoryError gone) { // the container would note it down and go on
            MemoryGone.endIf(gone);
            throw gone;
        } catch (ServletException | RuntimeException thrown) {
            MemoryGone.endIf(thrown);
            Refusal refusal = ProblemAdvice.refusal(thrown, request);
            if (response.isCommitted())
                throw new ServletException("half an answer is out"); // so that it does not look whole
            request.setAttribute(REFUSAL, refusal);
            response.sendError(refusal.status().value());
        }
    }

    /** Such as {@code application/*}, which a body can't be; Spring would trip over it. */
    private static boolean leavesItsKindOpen(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.split(";", 2)[0].contains("*");
    }
}
