package cn.jincai.web.tasklist;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import cn.jincai.kernel.Role;
import cn.jincai.policy.Steps;
import cn.jincai.process.TasklistSignIn;
import cn.jincai.process.Tasks;
import cn.jincai.process.worklists.WorkLists;
import cn.jincai.web.security.ActorArgument;
import cn.jincai.web.security.ApiRefusals;
import cn.jincai.web.security.EndedSession;
import cn.jincai.web.security.RefusedAttempts;
import cn.jincai.web.security.SecurityRules;
import cn.jincai.web.security.UnfinishedSignIn;
import cn.jincai.web.security.issuer.SignInByIssuer;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Tasklist stands on the engine's whole REST interface; of that, those who work on tasks reach the calls listed here, and nobody reaches
 * anything else: no start of a process, no variable, no deployment, no Cockpit, no set-up of a first administrator (CVE-2026-77226).
 */
@Configuration(proxyBeanMethods = false)
public class TasklistAccess {
    public static final String HOME = "/camunda/app/tasklist/default/";
    private static final String ID = "[\\w-]{1,64}";
    private static final String ENGINE = "/camunda/api/engine/engine/default";

    /** Who works on tasks. Applicants and employers' clerks have the portal for theirs. */
    public static final String[] WORKERS =
            Steps.shared().officers().stream().map(Role::code).toArray(String[]::new);

    private static final RequestMatcher FILES = call(
            "GET",
            "/camunda/(app/tasklist/(scripts|styles|locales|case-file|work-lists)/[\\w.-]+|app/tasklist/[\\w-]+\\.(js|css)|lib/[\\w.-]+|assets/[\\w.-]+|favicon\\.ico)");
    private static final RequestMatcher[] CALLS = {
        call("GET", "/camunda/app/tasklist(/(default/?)?)?"),
        call("GET", "/camunda/api/engine/engine/"),
        call("GET", "/camunda/api/admin/auth/user/default"),
        call("GET", "/camunda/api/tasklist/plugin/tasklistPlugins/static/app/plugin\\.(js|css)"),
        call("GET", ENGINE + "/filter(/count)?"),
        call("GET", "/camunda/api/work-lists(/cards)?"),
        call("OPTIONS", ENGINE + "/filter"),
        call("POST", ENGINE + "/filter/" + ID + "/(list|count)"),
        TasklistAccess::ownProfile,
        call("GET", ENGINE + "/task/" + ID),
        call("GET", ENGINE + "/task/" + ID + "/(form|deployed-form|form-variables|identity-links|comment|attachment)"),
        call("POST", ENGINE + "/task/" + ID + "/(claim|unclaim|submit-form)"),
        call("PUT", ENGINE + "/task/" + ID + "/draft"),
        TasklistAccess::ownTasksOfTheCase,
        call("GET", ENGINE + "/history/user-operation(/count)?"),
        call("GET", ENGINE + "/process-definition/[\\w:.-]{1,128}(/xml)?")
    };

    @Bean
    @Order(3)
    SecurityFilterChain tasklist(
            HttpSecurity http,
            EndedSession ended,
            SessionRegistry sessions,
            RefusedAttempts attempts,
            ApiRefusals refusals,
            Optional<SignInByIssuer> issuers,
            @Value("${server.servlet.session.cookie.name}") String cookie)
            throws Exception {
        http.securityMatcher(withDefaults().matcher("/camunda/**"))
                .authorizeHttpRequests(a -> a.requestMatchers(FILES)
                        .permitAll()
                        .requestMatchers(CALLS)
                        .hasAnyAuthority(WORKERS)
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(e -> e.defaultAuthenticationEntryPointFor(
                                ended, withDefaults().matcher("/camunda/app/**"))
                        .defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED),
                                withDefaults().matcher("/camunda/**"))
                        .accessDeniedHandler((request, response, denied) -> refuse(request, response, attempts)))
                .logout(l -> l.logoutRequestMatcher(call("POST", "/camunda/api/admin/auth/user/default/logout"))
                        .deleteCookies(cookie)
                        .logoutSuccessHandler(
                                (request, response, who) -> response.setStatus(HttpStatus.NO_CONTENT.value())))
                .requestCache(c -> c.requestCache(SecurityRules.pagesOnly()))
                .sessionManagement(s -> s.sessionFixation(f -> f.changeSessionId())
                        .maximumSessions(-1)
                        .sessionRegistry(sessions)
                        .expiredSessionStrategy(ended))
                // Tasklist's own filters set its headers and check its token
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .addFilterBefore(new UnfinishedSignIn(refusals), AuthorizationFilter.class);
        if (issuers.isPresent()) issuers.get().tasklist(http);
        return http.build();
    }

    /** After the security rules, before Tasklist's own filters. */
    @Bean
    FilterRegistrationBean<TasklistCalls> tasklistCalls(
            Tasks tasks, WorkLists lists, ObjectMapper json, RefusedAttempts attempts) {
        var filter = new FilterRegistrationBean<>(new TasklistCalls(tasks, new TasklistLists(lists), json, attempts));
        filter.addUrlPatterns("/camunda/api/*");
        filter.setOrder(200);
        return filter;
    }

    /** The portal's sign-in is Tasklist's. */
    @Bean
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> tasklistSignIn() {
        var filter = new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
        filter.setInitParameters(Map.of("authentication-provider", TasklistSignIn.class.getName()));
        filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        filter.setOrder(201);
        return filter;
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, RefusedAttempts attempts)
            throws IOException {
        if (!isTasklistsOwn(request)) attempts.record(request, HttpStatus.FORBIDDEN, "FORBIDDEN");
        if (call("GET", "/camunda(/app/.*|/)?").matches(request))
            response.sendError(HttpStatus.FORBIDDEN.value()); // a person looks at it, not Tasklist's scripts
        else response.setStatus(HttpStatus.FORBIDDEN.value());
    }

    /** Tasklist's pages ask for more than they are given: what they only read is no attempt of the person who works there. */
    private static boolean isTasklistsOwn(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && ActorArgument.signedIn().stream()
                        .flatMap(who -> who.roles().stream())
                        .anyMatch(role -> Set.of(WORKERS).contains(role.rights().code()));
    }

    /** One's own name in the head of the page, and no colleague's. */
    private static boolean ownProfile(HttpServletRequest request) {
        String own = Pattern.quote(String.valueOf(request.getRemoteUser()));
        return call("GET", ENGINE + "/user/" + own + "/profile").matches(request);
    }

    /** After a task Tasklist asks for the next ones of the same case, with exactly these words. */
    private static boolean ownTasksOfTheCase(HttpServletRequest request) {
        return call("GET", ENGINE + "/task").matches(request)
                && request.getParameterMap().keySet().equals(Set.of("assignee", "processInstanceId", "maxResults"))
                && String.valueOf(request.getRemoteUser()).equals(request.getParameter("assignee"))
                && request.getParameter("processInstanceId").matches(ID)
                && request.getParameter("maxResults").equals("15");
    }

    /** Looks at the path as the servlets see it; the plain patterns of Spring MVC would not match theirs. */
    static RequestMatcher call(String method, String path) {
        var pattern = Pattern.compile(path);
        return request -> request.getMethod().equals(method)
                && pattern.matcher(request.getServletPath() + Objects.toString(request.getPathInfo(), ""))
                        .matches();
    }
}
