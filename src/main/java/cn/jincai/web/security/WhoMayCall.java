package cn.jincai.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.method.PreAuthorizeAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.util.SimpleMethodInvocation;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Who may call an endpoint is what its {@code @PreAuthorize} says, and one that does not say so is closed. Asked before anything of the request is read or counted, and
 * without a proxy around each controller: there are some fifty, and the start would have to make a class for each.
 */
@Component
class WhoMayCall implements HandlerInterceptor, WebMvcConfigurer {
    private static final AuthorizationResult CLOSED = new AuthorizationDecision(false);

    private final PreAuthorizeAuthorizationManager rules = new PreAuthorizeAuthorizationManager();

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this).order(Ordered.HIGHEST_PRECEDENCE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod endpoint) admit(endpoint);
        return true;
    }

    private void admit(HandlerMethod endpoint) {
        var result = rules.authorize(
                WhoMayCall::caller, new SimpleMethodInvocation(endpoint.getBean(), endpoint.getMethod()));
        if (result == null) result = CLOSED;
        if (!result.isGranted()) throw new AuthorizationDeniedException("not for this caller", result);
    }

    private static Authentication caller() {
        var caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null) throw new AuthenticationCredentialsNotFoundException("nobody is signed in");
        return caller;
    }
}
