package cn.jincai.web.security;

import cn.jincai.web.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** A program's password is taken over TLS, as this server or the proxy before it tells, or from the machine itself; anywhere else it is not even looked at. */
class PasswordsOverTlsOnly extends OncePerRequestFilter {
    private static final Refusal REFUSAL = Refusal.of(HttpStatus.FORBIDDEN, "web.TLS_REQUIRED");

    private final ApiRefusals refusals;

    PasswordsOverTlsOnly(ApiRefusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean sendsPassword = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        if (sendsPassword
                && !request.isSecure()
                && !InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress())
            refusals.write(REFUSAL, request, response);
        else chain.doFilter(request, response);
    }
}
