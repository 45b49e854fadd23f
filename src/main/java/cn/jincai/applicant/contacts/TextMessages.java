package cn.jincai.applicant.contacts;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * The city's gateway for text messages 短信平台: one POST, {@code {"to": "...", "text": "..."}}, answered with 2xx once it is taken, with 422 where the number can't be reached
 * (docs/operations.md). The number stands in the body alone, never in an address or a log.
 */
@Component
public class TextMessages {
    private static final int NO_SUCH_NUMBER = 422;

    /**
     * Who takes messages where the settings name nobody; only the demo has one.
     *
     * @param address     asked at each call, as it is known only once the web server has started
     * @param credentials headers that go along
     */
    public record Simulated(Supplier<URI> address, Map<String, String> credentials) {}

    private final @Nullable URI address;
    private final String token;
    private final Optional<Simulated> simulator;
    private final Duration patience;
    private final Supplier<RestClient> http;

    TextMessages(
            @Value("${jincai.text-messages.url}") @Nullable URI address,
            @Value("${jincai.text-messages.token}") String token,
            @Value("${jincai.text-messages.patience}") Duration patience,
            Optional<Simulated> simulator) {
        this.address = address == null || address.toString().isEmpty() ? null : address;
        this.token = token;
        this.patience = patience;
        this.simulator = simulator;
        this.http = SingletonSupplier.of(this::client);
    }

    private RestClient client() {
        var calls = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build());
        calls.setReadTimeout(patience);
        return RestClient.builder().requestFactory(calls).build();
    }

    public boolean isConnected() {
        return address != null || simulator.isPresent();
    }

    Mail.Sent send(String phone, String text) {
        URI to = address != null ? address : simulator.orElseThrow().address().get();
        try {
            HttpStatusCode answer = http.get()
                    .post()
                    .uri(to)
                    .contentType(MediaType.APPLICATION_JSON)
                    .headers(h -> credentials().forEach(h::set))
                    .body(Map.of("to", phone, "text", text))
                    .exchange((request, response) -> response.getStatusCode());
            if (answer.is2xxSuccessful()) return Mail.Sent.SENT;
            return answer.value() == NO_SUCH_NUMBER ? Mail.Sent.REFUSED : Mail.Sent.LATER;
        } catch (ResourceAccessException silent) {
            return Mail.Sent.LATER;
        }
    }

    private Map<String, String> credentials() {
        if (address == null) return simulator.orElseThrow().credentials();
        return token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token);
    }
}
