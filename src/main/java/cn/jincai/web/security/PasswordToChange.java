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
    private static final Refusal REFUSAL = Refusal.of(
            HttpStatus.FORBIDDEN,
            "PASSWORD_TO_CHANGE",
            "这是系统生成的初始密码，须先更改才能办理其他事项：在网页登录后更改，或调用 PUT /api/account/password，内容为 {\"old\": 现密码, \"password\": 新密码}。",
            "This is a first password made by the office. Change it before anything else: sign in on the website, or call PUT /api/account/password with {\"old\": the present one, \"password\": the new one}.");
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
