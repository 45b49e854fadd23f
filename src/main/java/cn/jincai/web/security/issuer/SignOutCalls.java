package cn.jincai.web.security.issuer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Around the calls by which an issuer tells of sign-outs: while its keys can't be had nothing is ended, and it is told to come again instead of that something broke here. */
class SignOutCalls extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(SignOutCalls.class);
    private static final String PATIENCE = "3000";

    static {
        // Spring Security asks for the keys by the JDK's old client, which alone here waits for ever
        for (String limit : new String[] {"sun.net.client.defaultConnectTimeout", "sun.net.client.defaultReadTimeout"})
            if (System.getProperty(limit) == null) System.setProperty(limit, PATIENCE);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith("/logout/connect/back-channel/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException silent) {
            LOG.warn(
                    "A sign-out told by an issuer could not be checked: {}",
                    silent.getClass().getName());
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        }
    }
}
