package cn.jincai.registry;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.registers.Entry;
import cn.jincai.policy.registers.Registers;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Service;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * The sources of facts outside the house 数据源: each behind one address, asked with one POST (docs/sources.md). A person is named in the
 * body only, never in an address or a log.
 */
@Service
@EnableConfigurationProperties(SourceSettings.class)
public class Sources {
    private static final Logger log = LoggerFactory.getLogger(Sources.class);
    private static final int LARGEST_ANSWER = 64 * 1024;
    /** Who finds more has to type more. */
    public static final int MOST_FOUND = 20;

    private final Supplier<Registers> registers;
    private final SourceSettings settings;
    private final Optional<SimulatedSources> simulator;
    private final CityClock clock;
    private final ObjectMapper json;
    private final Supplier<RestClient> http;

    @Autowired
    Sources(
            Packages packages,
            SourceSettings settings,
            Optional<SimulatedSources> simulator,
            CityClock clock,
            ObjectMapper json) {
        this(packages::registersIfWhole, settings, simulator, clock, json);
    }

    /** @param registers those in force: what a source is called, what it is asked with, until when it is asked */
    Sources(
            Supplier<Registers> registers,
            SourceSettings settings,
            Optional<SimulatedSources> simulator,
            CityClock clock,
            ObjectMapper json) {
        this.registers = registers;
        this.settings = settings;
        this.simulator = simulator;
        this.clock = clock;
        this.json = json;
        this.http = SingletonSupplier.of(this::client);
    }

    /** With the machine's trust store, which takes a while to read: made when a source is first asked. */
    private RestClient client() {
        var calls = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.sourcePatience().connect())
                .build());
        calls.setReadTimeout(settings.sourcePatience().answer());
        return RestClient.builder().requestFactory(calls).build();
    }

    /** Those of the register that hold today. */
    public Set<String> names() {
        return registers.get().inForce(clock.today(), Registers.SOURCES).stream()
                .map(Entry::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The source's name in words, as it is called today or was last called; its code where the register does not have it. */
    public Text nameOf(String source) {
        return registers.get().nameOf(clock.today(), Registers.SOURCES, source).orElseGet(() -> Text.same(source));
    }

    /** Whether an answer of that moment still holds: for the whole case, where the register gives no days. */
    public boolean isGood(String source, Instant answeredAt) {
        return registered(source)
                .map(Entry.Source::goodForDays)
                .map(days -> !LocalDate.ofInstant(answeredAt, CityClock.ZONE)
                        .plusDays(days)
                        .isBefore(clock.today()))
                .orElse(true);
    }

    private Optional<Entry.Source> registered(String source) {
        return registers.get().on(clock.today(), Registers.SOURCES, source).map(Entry::source);
    }

    /** Asks once; trying again is the caller's. Whatever goes wrong on the way or in the answer is silence, never an exception. */
    public Answer ask(String source, Subject subject, Set<String> facts) {
        if (registers.get().isEnded(clock.today(), Registers.SOURCES, source))
            return new Answer.Silent(Text.of("registry.silent.ended"));
        URI address = addressOf(source);
        if (address == null) return new Answer.Silent(Text.of("registry.silent.notConnected"));
        try {
            return exchanged(
                    source,
                    address,
                    question(source, subject, facts),
                    (request, response) -> read(source, facts, response));
        } catch (ResourceAccessException | JsonProcessingException e) {
            return silent(source, inWords(e.getCause() == null ? e : e.getCause()));
        }
    }

    /**
     * Searches a public register, as that of enterprises. Nobody is named in the question.
     *
     * @param part of a name, or a code
     * @param keys what may come back of an entry; anything else that is told is thrown away unread
     * @return empty where the source is silent
     */
    public Optional<Found> search(String source, String part, Set<String> keys) {
        URI address = addressOf(source);
        if (address == null || registers.get().isEnded(clock.today(), Registers.SOURCES, source))
            return Optional.empty();
        Map<String, Object> question = Map.of(
                "request",
                UUID.randomUUID().toString(),
                "search",
                part,
                "most",
                MOST_FOUND,
                "facts",
                new TreeSet<>(keys));
        try {
            return exchanged(source, address, question, (request, response) -> found(source, keys, response));
        } catch (ResourceAccessException | JsonProcessingException e) {
            silent(source, inWords(e.getCause() == null ? e : e.getCause()));
            return Optional.empty();
        }
    }

    private Optional<Found> found(String source, Set<String> keys, ClientHttpResponse response) throws IOException {
        byte[] body = response.getBody().readNBytes(LARGEST_ANSWER + 1);
        if (response.getStatusCode().value() != 200 || body.length > LARGEST_ANSWER) {
            silent(
                    source,
                    Text.of("registry.silent.status", response.getStatusCode().value()));
            return Optional.empty();
        }
        try {
            JsonNode answer = json.readTree(body);
            List<Map<String, Object>> entries = new ArrayList<>();
            for (JsonNode entry : answer.path("found"))
                if (entries.size() < MOST_FOUND) entries.add(AnswerForm.facts(entry, keys));
            return Optional.of(new Found(AnswerForm.date(answer.path("asOf")), List.copyOf(entries)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            silent(source, Text.of("registry.silent.malformed"));
            return Optional.empty();
        }
    }

    private <T> T exchanged(
            String source,
            URI address,
            Map<String, Object> question,
            RestClient.RequestHeadersSpec.ExchangeFunction<T> read)
            throws JsonProcessingException {
        return http.get()
                .post()
                .uri(address)
                .contentType(MediaType.APPLICATION_JSON)
                .accept(MediaType.APPLICATION_JSON)
                .headers(h -> credentials(source).forEach(h::set))
                .body(json.writeValueAsBytes(question))
                .exchange(read);
    }

    private @Nullable URI addressOf(String source) {
        var known = settings.sources().get(source);
        if (known != null && known.url() != null) return known.url();
        return simulator.map(s -> s.address().apply(source)).orElse(null);
    }

    private Map<String, String> credentials(String source) {
        var known = settings.sources().get(source);
        if (known == null || known.url() == null)
            return simulator.map(SimulatedSources::credentials).orElse(Map.of());
        return known.token() == null ? Map.of() : Map.of("Authorization", "Bearer " + known.token());
    }

    private Map<String, Object> question(String source, Subject subject, Set<String> facts) {
        var person = new LinkedHashMap<String, Object>();
        person.put("name", subject.name());
        person.put("documentType", subject.documentType());
        person.put("documentNumber", subject.documentNumber());
        person.put("employerCode", subject.employerCode());
        var answers = new TreeMap<>(subject.answers());
        answers.keySet().retainAll(registered(source).map(Entry.Source::sends).orElse(List.of()));
        return Map.of(
                "request",
                UUID.randomUUID().toString(),
                "subject",
                person,
                "answers",
                answers,
                "facts",
                new TreeSet<>(facts));
    }

    private Answer read(String source, Set<String> asked, ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        if (status != 200) return silent(source, Text.of("registry.silent.status", status));
        byte[] body = response.getBody().readNBytes(LARGEST_ANSWER + 1);
        if (body.length > LARGEST_ANSWER) return silent(source, Text.of("registry.silent.tooLarge"));
        try {
            return understood(asked, json.readTree(body));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return silent(source, Text.of("registry.silent.malformed"));
        }
    }

    /** @throws RuntimeException where the answer is not of the form that docs/sources.md gives */
    private Answer understood(Set<String> asked, JsonNode answer) {
        LocalDate asOf = AnswerForm.date(answer.path("asOf"));
        if (asOf.isAfter(clock.today())) throw new IllegalArgumentException("speaks for a day to come");
        return new Answer.Answered(asOf, AnswerForm.facts(answer.path("facts"), asked));
    }

    private Answer.Silent silent(String source, Text why) {
        log.warn("source {} is silent: {}", source, why.en());
        return new Answer.Silent(why);
    }

    private static Text inWords(Throwable e) {
        if (e instanceof HttpConnectTimeoutException || e instanceof ConnectException)
            return Text.of("registry.silent.unreachable");
        if (e instanceof HttpTimeoutException) return Text.of("registry.silent.late");
        return Text.of("registry.silent.broken");
    }
}
