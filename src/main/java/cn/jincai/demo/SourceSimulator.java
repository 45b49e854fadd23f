package cn.jincai.demo;

import cn.jincai.applicant.Persons;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.registry.SourceSettings;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** The demo's stand-in for all outside sources: answers over HTTP like they do, about sample people that only this demo knows. */
@Service
@Profile("demo")
public class SourceSimulator {
    /** Drawn anew at each start, so that nothing but this process can ask about the people. */
    public static final String SECRET_HEADER = "X-Simulator-Secret";

    private static final String EMPLOYERS = "employer";

    public enum Mode {
        OK,
        DOWN,
        SLOW,
        CONTRADICTS;

        /** @throws Problem INVALID for a word that is none of the four */
        public static Mode of(String word) {
            return Arrays.stream(values())
                    .filter(m -> m.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> Problem.invalid("mode", "demo.UNKNOWN_MODE"));
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String secret = newSecret();
    private final Map<String, Mode> modes = new ConcurrentHashMap<>();
    private final Environment environment;
    private final SimulatedPeople people;
    private final Samples samples;
    private final Persons persons;
    private final CityClock clock;
    private final SourceSettings settings;

    SourceSimulator(
            Environment environment,
            SimulatedPeople people,
            Samples samples,
            Persons persons,
            CityClock clock,
            SourceSettings settings) {
        this.environment = environment;
        this.people = people;
        this.samples = samples;
        this.persons = persons;
        this.clock = clock;
        this.settings = settings;
    }

    /** Of this application itself; known only once its web server has started, so it is read at each call. */
    public URI address(String source) {
        return URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port")
                + "/simulator/sources/" + source);
    }

    public String secret() {
        return secret;
    }

    /** Whether a call comes from this very process. */
    public boolean knows(String secret) {
        return secret != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), this.secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Longer than anybody waits. */
    public Duration slowness() {
        return settings.sourcePatience().answer().multipliedBy(2);
    }

    /** The question and the answer in the form of docs/sources.md. Somebody of another name under the same document is unknown. */
    public Map<String, Object> answer(String source, JsonNode question) {
        JsonNode subject = question.path("subject");
        var told =
                new TreeMap<>(person(subject).map(p -> knownTo(source, p)).orElseGet(() -> samples.unknownTo(source)));
        var asked = new HashSet<String>();
        question.path("facts").forEach(name -> asked.add(name.asText()));
        told.keySet().retainAll(asked);
        return Map.of("source", source, "asOf", clock.today().toString(), "facts", told);
    }

    /** Of the made-up enterprises those with this in the name, or with this code. */
    public Map<String, Object> found(String source, JsonNode question) {
        String part = question.path("search").asText().strip();
        List<Map<String, Object>> register =
                source.equals(EMPLOYERS) ? DemoFile.read("employers.yaml", new TypeReference<>() {}) : List.of();
        return Map.of(
                "source",
                source,
                "asOf",
                clock.today().toString(),
                "found",
                register.stream()
                        .filter(e -> String.valueOf(e.get("employerName")).contains(part)
                                || String.valueOf(e.get("employerCode")).equalsIgnoreCase(part))
                        .limit(question.path("most").asLong())
                        .toList());
    }

    private Optional<SimulatedPeople.Person> person(JsonNode subject) {
        String type = subject.path("documentType").asText("");
        String number = subject.path("documentNumber").asText("");
        String key = persons.key(type, number);
        var found = people.find(key);
        if (found.isEmpty() && introduced(type, number)) found = people.find(key);
        return found.filter(p -> p.name().equals(subject.path("name").asText().strip()));
    }

    private boolean introduced(String documentType, String documentNumber) {
        try {
            return samples.introduce(documentType, documentNumber);
        } catch (DuplicateKeyException another) {
            return true; // asked about the same person in the same moment
        }
    }

    private Map<String, Object> knownTo(String source, SimulatedPeople.Person person) {
        Map<String, Object> facts = person.facts().getOrDefault(source, Map.of());
        return mode(source) == Mode.CONTRADICTS
                ? SampleDefinitions.merged(facts, samples.contradictions(person.scheme(), source))
                : facts;
    }

    public Mode mode(String source) {
        return modes.getOrDefault(source, Mode.OK);
    }

    public void switchTo(String source, Mode mode) {
        modes.put(source, mode);
    }

    private static String newSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
