package cn.jincai.web.security.issuer;

import cn.jincai.kernel.Problem;
import cn.jincai.web.security.issuer.IssuerSettings.Issuer;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.RequestEntity;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The issuers of the settings, and what they last said of themselves. Asked when somebody signs in, and by health, never at the start: one that is away keeps nobody from
 * starting, nor from signing in with a password.
 */
class Issuers implements ClientRegistrationRepository {
    static final String ANSWER = "/sign-in/answer/";
    private static final Logger LOG = LoggerFactory.getLogger(Issuers.class);
    private static final Duration CONNECT = Duration.ofSeconds(2),
            READ = Duration.ofSeconds(3),
            LOOKED_AT_EVERY = Duration.ofMinutes(1),
            AGAIN_AFTER = Duration.ofSeconds(10);
    private static final ParameterizedTypeReference<Map<String, Object>> DESCRIPTION =
            new ParameterizedTypeReference<>() {};

    private final IssuerSettings settings;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();
    private final ClientHttpRequestFactory calls;

    Issuers(IssuerSettings settings) {
        this.settings = settings;
        var factory = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build());
        factory.setReadTimeout(READ);
        calls = factory;
    }

    /**
     * @param at      in nanoseconds of the machine: how long ago it was is all that counts
     * @param known   what it said when it last answered
     * @param trouble why it did not answer now
     */
    private record Look(
            long at,
            @Nullable ClientRegistration known,
            @Nullable String trouble) {
        private boolean holds() {
            return System.nanoTime() - at < (trouble == null ? LOOKED_AT_EVERY : AGAIN_AFTER).toNanos();
        }
    }

    /** For calls to them: no redirects, and never for long. */
    ClientHttpRequestFactory calls() {
        return calls;
    }

    Issuer settingsOf(String issuer) {
        return Objects.requireNonNull(settings.issuers().get(issuer), issuer);
    }

    /** Null for one that the settings don't name. @throws Problem UNAVAILABLE where it has never answered */
    @Override
    @SuppressWarnings("NullAway") // Spring's own contract says so, its signature does not
    public ClientRegistration findByRegistrationId(String issuer) {
        return settings.issuers().containsKey(issuer) ? described(issuer) : null;
    }

    /** As it last described itself, whether or not it answers now. @throws Problem UNAVAILABLE where it has never answered */
    ClientRegistration described(String issuer) {
        Look last = looks.get(issuer);
        if (last == null || last.known == null) last = look(issuer);
        if (last.known == null) throw away(issuer);
        return last.known;
    }

    /** Before anybody is sent there. @throws Problem UNAVAILABLE */
    void mustAnswer(String issuer) {
        if (look(issuer).trouble != null) throw away(issuer);
    }

    Problem away(String issuer) {
        return Problem.of(Problem.Kind.UNAVAILABLE, "web.ISSUER_AWAY", settings.nameOf(issuer));
    }

    /** Which do not answer, and how that shows; looked at once a minute at most. */
    Map<String, String> trouble() {
        Map<String, String> trouble = new TreeMap<>();
        for (String issuer : settings.issuers().keySet()) {
            String found = look(issuer).trouble;
            if (found != null) trouble.put(issuer, found);
        }
        return trouble;
    }

    private Look look(String issuer) {
        return looks.compute(
                issuer,
                (name, last) -> last != null && last.holds() ? last : fresh(name, last == null ? null : last.known));
    }

    private Look fresh(String name, @Nullable ClientRegistration known) {
        try {
            return new Look(System.nanoTime(), asked(name), null);
        } catch (RuntimeException silent) {
            Throwable cause = silent.getCause() == null ? silent : silent.getCause();
            LOG.warn("The issuer {} does not answer: {}", name, cause.getClass().getName());
            return new Look(System.nanoTime(), known, cause.getClass().getSimpleName());
        }
    }

    private ClientRegistration asked(String name) {
        Issuer issuer = settingsOf(name);
        var address = UriComponentsBuilder.fromUri(issuer.url())
                .path("/.well-known/openid-configuration")
                .build()
                .toUri();
        Map<String, Object> description = new RestTemplate(calls)
                .exchange(RequestEntity.get(address).build(), DESCRIPTION)
                .getBody();
        if (description == null || !issuer.url().toString().equals(description.get("issuer")))
            throw new IllegalStateException("it calls itself otherwise than the settings");
        return ClientRegistrations.fromOidcConfiguration(description)
                .registrationId(name)
                .clientId(issuer.clientId())
                .clientSecret(issuer.clientSecret())
                .scope(List.copyOf(issuer.scopes()))
                .redirectUri("{baseUrl}" + ANSWER + "{registrationId}")
                .build();
    }
}
