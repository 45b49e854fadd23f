package cn.jincai.web.security.issuer;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.IssuerAccounts;
import cn.jincai.kernel.Problem;
import cn.jincai.web.problem.Refusal;
import cn.jincai.web.security.ApiRefusals;
import cn.jincai.web.security.RoleAuthority;
import cn.jincai.web.security.SignInRecord;
import cn.jincai.web.security.issuer.IssuerSettings.Issuer;
import cn.jincai.web.security.issuer.IssuerSettings.Program;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerAuthenticationManagerResolver;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.client.RestTemplate;

/**
 * Tokens of issuers, by their signature, issuer, audience and time. At {@code /api} one is a program's: of a client that the settings name, made out to this application, and not
 * to somebody who has signed in. The program acts under the account that it has here.
 */
class IssuerTokens implements AuthenticationManagerResolver<HttpServletRequest>, AuthenticationEntryPoint {
    /** Each with a key that the issuer alone has. */
    private static final Set<SignatureAlgorithm> SIGNATURES = Set.of(SignatureAlgorithm.values());

    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
    /** Of a token that was given for a person. */
    private static final List<String> OF_PEOPLE = List.of("auth_time", "sid", "nonce");

    private final Issuers issuers;
    private final IssuerAccounts accounts;
    private final SignInRecord record;
    private final ApiRefusals refusals;
    private final AuthenticationManagerResolver<HttpServletRequest> byIssuer;
    private final Map<String, JwtDecoder> signIns = new ConcurrentHashMap<>();

    IssuerTokens(
            IssuerSettings settings,
            Issuers issuers,
            IssuerAccounts accounts,
            SignInRecord record,
            ApiRefusals refusals) {
        this.issuers = issuers;
        this.accounts = accounts;
        this.record = record;
        this.refusals = refusals;
        Map<String, AuthenticationManager> managers = settings.issuers().entrySet().stream()
                .filter(issuer -> issuer.getValue().audience() != null)
                .collect(Collectors.toMap(
                        issuer -> issuer.getValue().url().toString(), issuer -> programs(issuer.getKey())));
        byIssuer = new JwtIssuerAuthenticationManagerResolver((AuthenticationManagerResolver<String>) managers::get);
    }

    @Override
    public AuthenticationManager resolve(HttpServletRequest request) {
        AuthenticationManager manager = byIssuer.resolve(request);
        return token -> {
            try {
                return manager.authenticate(token);
            } catch (AuthenticationServiceException | Problem silent) {
                throw new RefusedWithWords(Problem.of(Problem.Kind.UNAVAILABLE, "web.ISSUER_SILENT"));
            } catch (InvalidBearerTokenException wrong) {
                record.tokenRefused();
                throw wrong;
            }
        };
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (refused instanceof RefusedWithWords words) {
            Refusal refusal = Refusal.of(words.problem());
            refusal.writeHead(response);
            refusals.write(refusal, request, response);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        refusals.write(Refusal.of(HttpStatus.UNAUTHORIZED, "web.TOKEN_REFUSED"), request, response);
    }

    JwtDecoder ofSignIns(ClientRegistration issuer) {
        return signIns.computeIfAbsent(issuer.getRegistrationId(), name -> {
            NimbusJwtDecoder decoder = decoder(issuer);
            decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                    new JwtTimestampValidator(), new OidcIdTokenValidator(issuer)));
            decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
            return decoder;
        });
    }

    private AuthenticationManager programs(String name) {
        Issuer issuer = issuers.settingsOf(name);
        var provider = new JwtAuthenticationProvider(new SupplierJwtDecoder(() -> {
            NimbusJwtDecoder decoder = decoder(issuers.described(name));
            decoder.setJwtValidator(JwtValidators.createDefaultWithValidators(validators(issuer)));
            return decoder;
        }));
        provider.setJwtAuthenticationConverter(token -> program(issuer, token));
        return provider::authenticate;
    }

    private static List<OAuth2TokenValidator<Jwt>> validators(Issuer issuer) {
        return List.of(
                new JwtTimestampValidator(),
                new JwtClaimValidator<Object>(
                        JwtClaimNames.ISS, told -> issuer.url().toString().equals(String.valueOf(told))),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, told -> told != null && told.contains(issuer.audience())),
                new JwtClaimValidator<>(JwtClaimNames.EXP, told -> told != null));
    }

    private NimbusJwtDecoder decoder(ClientRegistration issuer) {
        return NimbusJwtDecoder.withJwkSetUri(issuer.getProviderDetails().getJwkSetUri())
                .restOperations(new RestTemplate(issuers.calls()))
                .jwsAlgorithms(taken -> taken.addAll(SIGNATURES))
                .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier(
                        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null)))
                .build();
    }

    private JwtAuthenticationToken program(Issuer issuer, Jwt token) {
        Object client = token.getClaims().get(issuer.clientClaim());
        if (OF_PEOPLE.stream().anyMatch(token::hasClaim)) throw new InvalidBearerTokenException("of a person");
        Account account = issuer.programs().stream()
                .filter(program -> program.client().equals(client))
                .map(Program::account)
                .flatMap(name -> accounts.program(name).stream())
                .findFirst()
                .orElseThrow(() -> new InvalidBearerTokenException("of no program"));
        return new JwtAuthenticationToken(token, RoleAuthority.of(account), account.name());
    }
}
