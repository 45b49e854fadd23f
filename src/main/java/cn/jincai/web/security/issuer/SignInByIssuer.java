package cn.jincai.web.security.issuer;

import cn.jincai.applicant.IssuerAccounts;
import cn.jincai.applicant.IssuerSignOuts;
import cn.jincai.policy.Packages;
import cn.jincai.web.security.ApiRefusals;
import cn.jincai.web.security.EndedSession;
import cn.jincai.web.security.SignIn;
import cn.jincai.web.security.SignInRecord;
import cn.jincai.web.security.SignedIn;
import cn.jincai.web.security.UnfinishedSignIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.InMemoryOidcSessionRegistry;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Sign-in by an issuer beside the form, for portal and Tasklist alike; and its tokens for programs (decisions 145 and 146). Only where the settings name one. */
@Configuration(proxyBeanMethods = false)
@Conditional(IssuersConfigured.class)
public class SignInByIssuer {
    static final String BEGIN = "/sign-in/by";

    private final IssuerSettings settings;
    private final Issuers issuers;
    private final IssuerAccounts accounts;
    private final Packages packages;
    private final SignIn signIn;
    private final SignInRecord record;
    private final SignedIn signedIn;
    private final IssuerTokens tokens;
    private final SessionRegistry sessions;
    private final IssuerSignOuts signOuts;
    private final SignOutsTold told;
    private final OidcSessionRegistry theirs = new InMemoryOidcSessionRegistry();

    SignInByIssuer(
            IssuerSettings settings,
            IssuerAccounts accounts,
            Packages packages,
            SignIn signIn,
            SignInRecord record,
            SignedIn signedIn,
            ApiRefusals refusals,
            SessionRegistry sessions,
            IssuerSignOuts signOuts) {
        this.settings = settings;
        this.issuers = new Issuers(settings);
        this.accounts = accounts;
        this.packages = packages;
        this.signIn = signIn;
        this.record = record;
        this.signedIn = signedIn;
        this.tokens = new IssuerTokens(settings, issuers, accounts, record, refusals);
        this.sessions = sessions;
        this.signOuts = signOuts;
        this.told = new SignOutsTold(signOuts, sessions, record);
    }

    /** That one is away makes nobody else unwell: it is told, and the application stays up. */
    @Bean
    HealthIndicator issuersHealthIndicator() {
        return () -> {
            var trouble = issuers.trouble();
            return (trouble.isEmpty() ? Health.up() : Health.status("AWAY"))
                    .withDetails(trouble)
                    .build();
        };
    }

    @Bean
    FilterRegistrationBean<SignOutsTold> signOutsTold() {
        var filter = new FilterRegistrationBean<>(told);
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 1);
        return filter;
    }

    /** The application's own decoder: with the signatures that it takes, and never for long. */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens() {
        return tokens::ofSignIns;
    }

    public void portal(HttpSecurity http) throws Exception {
        http.setSharedObject(OidcSessionRegistry.class, theirs);
        http.oauth2Login(o -> o.loginPage(EndedSession.SIGN_IN)
                        .loginProcessingUrl(Issuers.ANSWER + "*")
                        .clientRegistrationRepository(issuers)
                        .authorizedClientRepository(new NoTokensKept())
                        .authorizationEndpoint(a -> a.authorizationRequestResolver(requests())
                                .authorizationRequestRepository(new JourneysBegun()))
                        .tokenEndpoint(t -> t.accessTokenResponseClient(codes()))
                        .userInfoEndpoint(u -> u.oidcUserService(users()))
                        .successHandler(goingOn())
                        .failureHandler(new IssuerRefusals(sessions))
                        .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                            @Override
                            public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                                filter.setAuthenticationFailureHandler(new IssuerRefusals(sessions));
                                return filter;
                            }
                        }))
                .oidcLogout(l -> l.backChannel(b -> b.logoutHandler(toldByTheIssuer())))
                .addFilterBefore(new SignOutCalls(), CsrfFilter.class)
                .logout(l -> l.logoutSuccessHandler(new IssuerSignOut(issuers)));
    }

    public void tasklist(HttpSecurity http) throws Exception {
        http.logout(l -> l.logoutSuccessHandler(new IssuerSignOut(issuers).later()));
    }

    public void api(HttpSecurity http) throws Exception {
        http.oauth2ResourceServer(r -> r.authenticationManagerResolver(tokens).authenticationEntryPoint(tokens));
    }

    /** Where forms may end: signing out leads there. */
    public String origins() {
        return settings.issuers().values().stream()
                .map(issuer -> " " + issuer.origin())
                .distinct()
                .collect(Collectors.joining());
    }

    /** With a code challenge, and not to an issuer that is away. */
    private OAuth2AuthorizationRequestResolver requests() {
        var requests = new DefaultOAuth2AuthorizationRequestResolver(issuers, BEGIN);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        return new OAuth2AuthorizationRequestResolver() {
            @Override
            @SuppressWarnings("NullAway") // no request of this kind is null
            public OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
                OAuth2AuthorizationRequest journey = requests.resolve(request);
                if (journey != null) issuers.mustAnswer(journey.getAttribute(OAuth2ParameterNames.REGISTRATION_ID));
                return journey;
            }

            @Override
            public OAuth2AuthorizationRequest resolve(HttpServletRequest request, String issuer) {
                return requests.resolve(request, issuer);
            }
        };
    }

    private OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codes() {
        var codes = new RestClientAuthorizationCodeTokenResponseClient();
        codes.setRestClient(RestClient.builder()
                .requestFactory(issuers.calls())
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return codes;
    }

    private IssuerUsers users() {
        var http = new RestTemplate(issuers.calls());
        http.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        var plain = new DefaultOAuth2UserService();
        plain.setRestOperations(http);
        var claims = new OidcUserService();
        claims.setOauth2UserService(plain);
        claims.setRetrieveUserInfo(request -> StringUtils.hasText(request.getClientRegistration()
                .getProviderDetails()
                .getUserInfoEndpoint()
                .getUri()));
        return new IssuerUsers(claims, issuers, accounts, packages, signIn, record);
    }

    /** Whoever has just tied his account comes back to it, anybody else goes on as after a password. */
    private AuthenticationSuccessHandler goingOn() {
        return (request, response, who) -> {
            told.begins(request.getSession(), (OidcUser) who.getPrincipal());
            boolean back = who.getPrincipal() instanceof IssuerUser user
                    && user.tiedNow()
                    && UnfinishedSignIn.Left.of(who).isEmpty();
            if (back) response.sendRedirect(request.getContextPath() + "/account?tied");
            else signedIn.onAuthenticationSuccess(request, response, who);
        };
    }

    /** The issuer says that somebody, or one of his sessions, has signed out there: his sessions here end with their next request, and at other nodes with what they read. */
    private LogoutHandler toldByTheIssuer() {
        return (request, response, who) -> {
            var token = (OidcLogoutToken) who.getPrincipal();
            signOuts.tell(token.getIssuer().toString(), token.getSubject(), token.getSessionId());
            for (var over : theirs.removeSessionInformation(token)) {
                SessionInformation session = sessions.getSessionInformation(over.getSessionId());
                if (session != null) session.expireNow();
                record.signedOutByIssuer(over.getPrincipal().getName());
            }
        };
    }
}
