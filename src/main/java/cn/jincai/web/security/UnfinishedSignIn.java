package cn.jincai.web.security;

import cn.jincai.web.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who has shown a right password and has something left to do before he is signed in: people are shown where, whatever they ask for, and programs are told how.
 * Until then he holds no role, so no door stands open beside this one.
 */
public class UnfinishedSignIn extends OncePerRequestFilter {
    /** What is left to do. In place of all roles it stands among the authorities. */
    public enum Left {
        /** The password is one that the office made, and has been read by whoever made it: its first use is its last. */
        PASSWORD("/account", "web.PASSWORD_TO_CHANGE", "/account", "/account/password", "/api/account/password"),
        /** The second factor, after the password. */
        CODE("/sign-in/code", "web.SECOND_FACTOR_DUE", "/sign-in/code", "/passkey/options"),
        /** A role of the account asks for a second factor, and it has none yet. */
        FACTOR(
                "/account/second-factor",
                "web.SECOND_FACTOR_DUE",
                "/account/second-factor",
                "/account/second-factor/code",
                "/account/passkeys",
                "/account/passkeys/options");

        final SimpleGrantedAuthority authority = new SimpleGrantedAuthority("left-" + name().toLowerCase(Locale.ROOT));
        final String page;
        private final Refusal refusal;
        private final Set<String> open;

        Left(String page, String refusal, String... open) {
            this.page = page;
            this.refusal = Refusal.of(HttpStatus.FORBIDDEN, refusal);
            this.open = Set.of(open);
        }

        public static Optional<Left> of(Authentication signedIn) {
            return Stream.of(values())
                    .filter(left -> signedIn.getAuthorities().contains(left.authority))
                    .findFirst();
        }
    }

    private static final Set<String> OPEN = Set.of("/sign-in", "/sign-out", "/language", "/error", "/favicon.ico");

    private final ApiRefusals refusals;

    public UnfinishedSignIn(ApiRefusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        var left = Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .flatMap(Left::of);
        if (left.isEmpty()
                || OPEN.contains(path)
                || left.get().open.contains(path)
                || path.startsWith("/assets/")
                || path.startsWith("/fonts/")) chain.doFilter(request, response);
        else if (path.startsWith("/api/") || path.startsWith("/camunda/api/"))
            refusals.write(left.get().refusal, request, response);
        else response.sendRedirect(request.getContextPath() + left.get().page);
    }
}
