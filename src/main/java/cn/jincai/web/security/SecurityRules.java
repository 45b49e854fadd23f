package cn.jincai.web.security;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import cn.jincai.web.security.issuer.IssuerSettings;
import cn.jincai.web.security.issuer.SignInByIssuer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Which addresses are open, and which ask for a sign-in. Only these coarse rules stand here; what a role may do stands at each method. All
 * matchers are path patterns: a plain text would be matched by Spring MVC alone and would not see the servlets of Tasklist.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IssuerSettings.class)
public class SecurityRules {
    /** Nothing from elsewhere, no inline script, and framed by our own pages (the case file stands inside Tasklist). */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    /** An answer for programs is no page: opened as one it loads nothing, runs nothing and stands in no frame. */
    private static final String NO_PAGE =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String[] OPEN_PAGES = {
        "/",
        "/schemes/**",
        "/screener/**",
        "/notices/**",
        "/assets/**",
        "/fonts/**",
        "/favicon.ico",
        "/sign-in",
        "/sign-in/passkey",
        "/passkey/options",
        "/lost-password/**",
        "/register/**",
        "/first-administrator",
        "/language",
        "/privacy",
        "/documents",
        "/display",
        "/design",
        "/robots.txt",
        "/sitemap.xml",
        "/error",
        "/v3/api-docs"
    };

    /**
     * A page that says what was wrong is shown whatever the request was, which comes along with it. Values of headers and names of parameters come as
     * they are: refused not before somebody reads them they would be our error, in the midst of something else. No line break is among them, which the
     * container refuses.
     */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall strict = new StrictHttpFirewall() {
            @Override
            public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
                return request.getDispatcherType() == DispatcherType.ERROR
                        ? new FirewalledRequest(request) {
                            @Override
                            public void reset() {
                                // nothing was changed
                            }
                        }
                        : super.getFirewalledRequest(request);
            }
        };
        strict.setAllowedHeaderValues(value -> true);
        strict.setAllowedParameterNames(name -> true);
        return strict;
    }

    /** What products like this often leave open does not exist here, not even for those who are signed in. */
    @Bean
    @Order(1)
    SecurityFilterChain closedDoors(HttpSecurity http) throws Exception {
        return http.securityMatchers(
                        m -> m.requestMatchers(paths("/engine-rest/**", "/h2-console/**", "/actuator", "/actuator/**")))
                .authorizeHttpRequests(a -> a.requestMatchers(
                                paths("/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness"))
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(e -> e.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.NOT_FOUND))
                        .accessDeniedHandler(
                                (request, response, denied) -> response.setStatus(HttpServletResponse.SC_NOT_FOUND)))
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .httpBasic(b -> b.authenticationEntryPoint(new HttpStatusEntryPoint(
                        HttpStatus.NOT_FOUND))) // administrators are told the details of health
                .csrf(AbstractHttpConfigurer::disable)
                .headers(SecurityRules::noPage)
                .build();
    }

    /** Other systems of the city: no session, no cookie, and so no forged request from a browser. */
    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http, ApiRefusals refusals, Optional<SignInByIssuer> issuers)
            throws Exception {
        if (issuers.isPresent()) issuers.get().api(http);
        return http.securityMatcher(withDefaults().matcher("/api/**"))
                .authorizeHttpRequests(a -> a.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                withDefaults().matcher(HttpMethod.POST, "/api/assessments"),
                                withDefaults().matcher(HttpMethod.POST, "/api/assessments/explanation"),
                                withDefaults().matcher(HttpMethod.POST, "/api/assessments/next-question"),
                                withDefaults().matcher(HttpMethod.POST, "/api/assessments/all"),
                                withDefaults().matcher(HttpMethod.GET, "/api/assessments"),
                                withDefaults().matcher(HttpMethod.GET, "/api/schemes/**"),
                                withDefaults().matcher("/api/notices/**"))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(e -> e.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .headers(SecurityRules::noPage)
                .httpBasic(b -> b.authenticationEntryPoint(refusals))
                .addFilterBefore(new PasswordsOverTlsOnly(refusals), BasicAuthenticationFilter.class)
                .addFilterBefore(new UnfinishedSignIn(refusals), AuthorizationFilter.class)
                .build();
    }

    /** People: forms, a session, a token against forged requests. */
    @Bean
    @Order(4)
    SecurityFilterChain portal(
            HttpSecurity http,
            SignedIn signedIn,
            SignInRefusals refusals,
            PageRefusals refused,
            EndedSession ended,
            PageToken token,
            SessionRegistry sessions,
            ApiRefusals apiRefusals,
            Optional<SignInByIssuer> issuers,
            @Value("${server.servlet.session.cookie.name}") String cookie)
            throws Exception {
        http.authorizeHttpRequests(a -> a.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(paths(OPEN_PAGES))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(f -> f.loginPage(EndedSession.SIGN_IN)
                        .authenticationDetailsSource(SignInDetails::new)
                        .successHandler(signedIn)
                        .failureHandler(refusals))
                .exceptionHandling(e -> e.authenticationEntryPoint(ended).accessDeniedHandler(refused))
                .logout(l -> l.logoutUrl("/sign-out")
                        .logoutSuccessUrl("/")
                        .deleteCookies(cookie, SealedAnswers.COOKIE, SignedIn.DISPLAY_OF_BROWSER))
                .requestCache(c -> c.requestCache(pagesOnly()))
                .sessionManagement(s -> s.sessionFixation(f -> f.changeSessionId())
                        .maximumSessions(-1)
                        .sessionRegistry(sessions)
                        .expiredSessionStrategy(ended))
                .headers(headers ->
                        page(headers, issuers.map(SignInByIssuer::origins).orElse("")))
                .csrf(c -> c.csrfTokenRepository(token))
                .addFilterBefore(new UnfinishedSignIn(apiRefusals), AuthorizationFilter.class);
        if (issuers.isPresent()) issuers.get().portal(http);
        return http.build();
    }

    /** @param elsewhere where forms may end too, each after a blank */
    private static void page(HeadersConfigurer<HttpSecurity> headers, String elsewhere) {
        String policy = CONTENT_SECURITY_POLICY.replace("form-action 'self'", "form-action 'self'" + elsewhere);
        headers.contentSecurityPolicy(c -> c.policyDirectives(policy))
                .frameOptions(f -> f.sameOrigin())
                .referrerPolicy(r -> r.policy(ReferrerPolicy.SAME_ORIGIN))
                .httpStrictTransportSecurity(
                        t -> t.maxAgeInSeconds(Duration.ofDays(365).toSeconds()));
    }

    private static void noPage(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(c -> c.policyDirectives(NO_PAGE))
                .referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER));
    }

    /** After signing in one goes on to the page that was asked for; a picture, a background call or what is framed by a page is none. */
    public static HttpSessionRequestCache pagesOnly() {
        var cache = new HttpSessionRequestCache();
        cache.setMatchingRequestParameterName(null);
        cache.setRequestMatcher(request -> request.getMethod().equals("GET")
                && String.valueOf(request.getHeader("Accept")).contains("text/html")
                && request.getHeader("HX-Request") == null
                && !isFramed(request));
        return cache;
    }

    /** Whether the answer is to stand inside another page. */
    static boolean isFramed(HttpServletRequest request) {
        return "iframe".equals(request.getHeader("Sec-Fetch-Dest"));
    }

    public static RequestMatcher[] paths(String... patterns) {
        return Arrays.stream(patterns).map(p -> withDefaults().matcher(p)).toArray(RequestMatcher[]::new);
    }

    /** Sessions are an account's, however it has signed in. */
    @Bean
    SessionRegistry sessionRegistry() {
        return new SessionRegistryImpl() {
            @Override
            public void registerNewSession(String id, Object principal) {
                super.registerNewSession(
                        id, principal instanceof AuthenticatedPrincipal byIssuer ? byIssuer.getName() : principal);
            }
        };
    }

    /** Tells the registry of sessions that ended by themselves. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }
}
