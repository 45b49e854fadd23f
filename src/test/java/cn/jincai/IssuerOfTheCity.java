package cn.jincai;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/** A real issuer (Spring Authorization Server) on a port of this machine, with its people, who are made up, and its programs. */
class IssuerOfTheCity {
    static final String CLIENT = "jincai-portal",
            SECRET = "a secret between the two",
            PASSWORD = "there",
            AUDIENCE = "jincai-api";
    static final Set<String> PROGRAMS = Set.of("treasury", "stranger");

    final int port;
    private final Map<String, Map<String, Object>> inTokens = new ConcurrentHashMap<>(),
            asked = new ConcurrentHashMap<>();
    private final RSAKey key;
    private int application;

    IssuerOfTheCity() {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
            key = new RSAKeyGenerator(2048).keyID("of the city").generate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        try {
            start(Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "issuer")
                    .toAbsolutePath());
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Where the application is, to which people are led back. */
    void serves(int port) {
        application = port;
    }

    /** @param token what its tokens say of him; @param open what it tells when asked with one */
    void person(String name, Map<String, Object> token, Map<String, Object> open) {
        inTokens.put(name, token);
        asked.put(name, open);
    }

    /** Signed with its key, of its own making otherwise. */
    String signed(String type, Consumer<JwtClaimsSet.Builder> claims) {
        var told = JwtClaimsSet.builder()
                .issuer(url())
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plusSeconds(300));
        claims.accept(told);
        return new NimbusJwtEncoder(keys())
                .encode(JwtEncoderParameters.from(
                        JwsHeader.with(SignatureAlgorithm.RS256).type(type).build(), told.build()))
                .getTokenValue();
    }

    RSAKey publicKey() {
        return key.toPublicJWK();
    }

    private JWKSource<SecurityContext> keys() {
        return new ImmutableJWKSet<>(new JWKSet(key));
    }

    private void start(Path folder) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var place = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(place, "nothing", new HttpServlet() {});
        place.addServletMappingDecoded("/", "nothing");
        place.addServletContainerInitializer(
                (classes, servlets) -> {
                    var context = new AnnotationConfigWebApplicationContext();
                    context.setServletContext(servlets);
                    context.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("issuerOfTheCity", this));
                    context.register(Rules.class);
                    context.refresh();
                    servlets.addFilter(
                                    "springSecurityFilterChain",
                                    new DelegatingFilterProxy("springSecurityFilterChain", context))
                            .addMappingForUrlPatterns(null, false, "/*");
                },
                Set.of());
        tomcat.start();
    }

    /** No configuration by its annotation, or the application under test would find it too. */
    @EnableWebSecurity
    static class Rules {
        @Bean
        @Order(1)
        SecurityFilterChain server(HttpSecurity http, IssuerOfTheCity issuer) throws Exception {
            var server = OAuth2AuthorizationServerConfigurer.authorizationServer();
            return http.securityMatcher(server.getEndpointsMatcher())
                    .with(
                            server,
                            s -> s.oidc(o -> o.userInfoEndpoint(u -> u.userInfoMapper(asked -> {
                                String name = asked.getAuthorization().getPrincipalName();
                                var told = new HashMap<>(issuer.asked.getOrDefault(name, Map.of()));
                                told.put("sub", name);
                                return new OidcUserInfo(told);
                            }))))
                    .authorizeHttpRequests(a -> a.anyRequest().authenticated())
                    .exceptionHandling(e -> e.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")))
                    .oauth2ResourceServer(r -> r.jwt(Customizer.withDefaults()))
                    .build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain people(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(a -> a.anyRequest().authenticated())
                    .csrf(AbstractHttpConfigurer::disable)
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService peopleOfTheCity(IssuerOfTheCity issuer) {
            return name -> User.withUsername(name)
                    .password("{noop}" + PASSWORD)
                    .authorities("person")
                    .disabled(!issuer.inTokens.containsKey(name))
                    .build();
        }

        @Bean
        RegisteredClientRepository clients(IssuerOfTheCity issuer) {
            return new RegisteredClientRepository() {
                @Override
                public void save(RegisteredClient client) {
                    // it would keep a secret in a better hash
                }

                @Override
                public RegisteredClient findById(String id) {
                    return findByClientId(id);
                }

                @Override
                public RegisteredClient findByClientId(String id) {
                    var client = RegisteredClient.withId(id).clientId(id).clientSecret("{noop}" + SECRET);
                    client.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
                    if (PROGRAMS.contains(id))
                        return client.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                                .build();
                    String here = "http://127.0.0.1:" + issuer.application;
                    return client.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                            .redirectUri(here + "/sign-in/answer/city")
                            .postLogoutRedirectUri(here + "/")
                            .scope("openid")
                            .clientSettings(ClientSettings.builder()
                                    .requireProofKey(true)
                                    .build())
                            .build();
                }
            };
        }

        @Bean
        JWKSource<SecurityContext> keysOfTheIssuer(IssuerOfTheCity issuer) {
            return issuer.keys();
        }

        @Bean
        JwtDecoder ownTokens(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        AuthorizationServerSettings address(IssuerOfTheCity issuer) {
            return AuthorizationServerSettings.builder().issuer(issuer.url()).build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> whatTokensSay(IssuerOfTheCity issuer) {
            return token -> {
                if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(token.getAuthorizationGrantType()))
                    token.getClaims()
                            .audience(List.of(AUDIENCE))
                            .claim("client_id", token.getRegisteredClient().getClientId());
                else if (OidcParameterNames.ID_TOKEN.equals(token.getTokenType().getValue()))
                    issuer.inTokens
                            .getOrDefault(token.getPrincipal().getName(), Map.of())
                            .forEach((name, value) -> token.getClaims().claim(name, value));
            };
        }
    }
}
