package cn.jincai.web.security;

import cn.jincai.kernel.Actor;
import java.util.List;
import java.util.Optional;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives a controller's {@code Actor} argument: who is signed in. Nobody is: the answer is 401, unless the argument is an
 * {@code Optional<Actor>}, for pages that are open to all and show more to some.
 */
@Component
public class ActorArgument implements HandlerMethodArgumentResolver, WebMvcConfigurer {
    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.nestedIfOptional().getNestedParameterType() == Actor.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            ModelAndViewContainer model,
            NativeWebRequest request,
            WebDataBinderFactory binders) {
        var actor = signedIn();
        if (parameter.getParameterType() == Optional.class) return actor;
        return actor.orElseThrow(() -> new AuthenticationCredentialsNotFoundException("nobody is signed in"));
    }

    public static Optional<Actor> signedIn() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(a -> a.isAuthenticated() && !(a instanceof AnonymousAuthenticationToken))
                .map(ActorArgument::actor);
    }

    private static Actor actor(Authentication signedIn) {
        return new Actor(signedIn.getName(), RoleAuthority.roles(signedIn.getAuthorities()));
    }
}
