package cn.jincai.web.security;

import cn.jincai.web.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A password that the office made has been read by whoever made it, so its first use is its last: people are shown where to change it, whatever they ask for,
 * and programs are told how. Who has not yet changed it holds no role, so no door stands open beside this one.
 */
public class PasswordToChange extends OncePerRequestFilter {
    private static final Refusal REFUSAL = Refusal.of(HttpStatus.FORBIDDEN, "web.PASSWORD_TO_CHANGE");
    private static final Set<String> OPEN = Set.of(
            "/account",
            "/account/password",
            "/api/account/password",
            "/sign-in",
            "/sign-out",
            "/language",
            "/error",
            "/favicon.ico");

    private final ApiRefusals refusals;

    public PasswordToChange(ApiRefusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        var signedIn = SecurityContextHolder.getContext().getAuthentication();
        boolean given = signedIn != null && signedIn.getAuthorities().contains(SignIn.PASSWORD_GIVEN);
        if (!given || OPEN.contains(path) || path.startsWith("/assets/") || path.startsWith("/fonts/"))
            chain.doFilter(request, response);
        else if (path.startsWith("/api/") || path.startsWith("/camunda/api/"))
            refusals.write(REFUSAL, request, response);
        else response.sendRedirect(request.getContextPath() + "/account");
    }
}
