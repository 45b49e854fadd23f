package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.process.EngineClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestClient;

/** The city as people outside meet it: over HTTP alone, each signed in as himself. Words of the field for what they do. */
@TestComponent
@Lazy
public class City {
    private final Environment environment;
    private final ObjectMapper json;
    private final CityClock clock;
    private final EngineClock engineClock;

    City(Environment environment, ObjectMapper json, CityClock clock, EngineClock engineClock) {
        this.environment = environment;
        this.json = json;
        this.clock = clock;
        this.engineClock = engineClock;
    }

    /** Every class of tests begins on the same Monday, whatever day another has left behind, or the machine shows. */
    public static class BeginsOnAMonday implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            SpringExtension.getApplicationContext(context).getBean(City.class).at("2026-03-02T09:00");
        }
    }

    /** An answer with its status; the body is JSON, or missing. */
    public record Answer(int status, JsonNode body, String etag) {
        public Answer is(int expected) {
            assertThat(status).as(String.valueOf(body)).isEqualTo(expected);
            return this;
        }

        public String code() {
            return body.path("code").asText();
        }
    }

    /** The clock stands at this moment, Asia/Shanghai, and runs on from there. Tests of one JVM share it, so each sets it first. */
    public City at(String moment) {
        Instant wanted = LocalDateTime.parse(moment).atZone(CityClock.ZONE).toInstant();
        engineClock.moveTo(Duration.between(Clock.systemUTC().instant(), wanted));
        return this;
    }

    public String today() {
        return clock.today().toString();
    }

    /** Time passes, and what falls due on the way happens. */
    public void passes(String period) {
        call("admin", HttpMethod.POST, "/api/demo/clock", Map.of("advance", period))
                .is(200);
    }

    public void source(String name, String mode) {
        call("admin", HttpMethod.PUT, "/api/demo/sources/" + name, Map.of("mode", mode))
                .is(200);
    }

    public void bank(String answer) {
        call("admin", HttpMethod.POST, "/api/demo/bank", Map.of("answer", answer))
                .is(200);
    }

    /** A body for a case, about a fresh person whom the sources know. */
    public ObjectNode application(String scheme, String kind) {
        return (ObjectNode) call("admin", HttpMethod.GET, "/api/demo/applications/" + scheme + "?kind=" + kind, null)
                .is(200)
                .body();
    }

    /** A case that was only begun, for what hangs on cases. */
    public CaseNumber begun() {
        return new CaseNumber(call("applicant", HttpMethod.POST, "/api/cases", Map.of("scheme", "skills-award"))
                .is(201)
                .body()
                .get("number")
                .asText());
    }

    public ApplicantsCase drafted(String scheme, String kind) {
        return drafted(application(scheme, kind));
    }

    public ApplicantsCase drafted(ObjectNode application) {
        Answer opened =
                call("applicant", HttpMethod.POST, "/api/cases", application).is(201);
        ApplicantsCase file = new ApplicantsCase(
                this,
                opened.body().get("number").asText(),
                application.get("scheme").asText());
        file.papers();
        return file;
    }

    /** Sent, with every paper that the scheme asks for. */
    public ApplicantsCase submitted(String scheme, String kind) {
        return submitted(application(scheme, kind));
    }

    public ApplicantsCase submitted(ObjectNode application) {
        ApplicantsCase file = drafted(application);
        file.submission().is(200);
        return file;
    }

    /** Accepted, its data checked: it waits for the first review, unless the kind makes it wait elsewhere. */
    public ApplicantsCase checked(String scheme, String kind) {
        return checked(application(scheme, kind));
    }

    public ApplicantsCase checked(ObjectNode application) {
        ApplicantsCase file = submitted(application);
        if (file.stage().equals("employer-check")) file.done("employer", "employer-check", "confirm");
        file.done("intake", "acceptance", "accept");
        passes("PT1M");
        return file;
    }

    JsonNode scheme(String code) {
        for (JsonNode scheme :
                call(null, HttpMethod.GET, "/api/schemes", null).is(200).body())
            if (scheme.get("code").asText().equals(code)) return scheme;
        throw new IllegalArgumentException(code);
    }

    /** Tasks that the person may take in this case, at this stage. */
    public List<JsonNode> tasks(String who, String number, String stage) {
        List<JsonNode> tasks = new ArrayList<>();
        for (int page = 0; ; page++) {
            JsonNode list = call(who, HttpMethod.GET, "/api/tasks?stage=" + stage + "&size=100&page=" + page, null)
                    .is(200)
                    .body();
            StreamSupport.stream(list.get("items").spliterator(), false)
                    .filter(t -> number.equals(t.path("case").asText())
                            || number.equals(t.path("run").asText()))
                    .forEach(tasks::add);
            if ((page + 1) * 100L >= list.get("total").asLong()) return tasks;
        }
    }

    public Answer call(String who, HttpMethod method, String path, Object body) {
        return call(who, method, path, body, Map.of());
    }

    public Answer call(String who, HttpMethod method, String path, Object body, Map<String, String> headers) {
        var request = client(who)
                .method(method)
                .uri(java.net.URI.create("http://127.0.0.1:" + port() + path))
                .headers(h -> headers.forEach(h::set));
        if (body != null)
            request.contentType(MediaType.APPLICATION_JSON)
                    .body(
                            body instanceof String s
                                    ? s
                                    : body.toString().startsWith("{\"") ? body.toString() : write(body));
        return request.exchange((q, r) -> answer(
                r.getStatusCode().value(),
                r.getBody().readAllBytes(),
                r.getHeaders().getETag(),
                r.getHeaders().getContentType()));
    }

    public Answer upload(String who, String path, Map<String, String> fields, String fileName, byte[] content) {
        var form = new LinkedMultiValueMap<String, Object>();
        fields.forEach(form::add);
        form.add("file", new ByteArrayResource(content) {
            @Override
            public String getFilename() {
                return fileName;
            }
        });
        return client(who)
                .post()
                .uri(java.net.URI.create("http://127.0.0.1:" + port() + path))
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(form)
                .exchange((q, r) -> answer(
                        r.getStatusCode().value(),
                        r.getBody().readAllBytes(),
                        null,
                        r.getHeaders().getContentType()));
    }

    private RestClient client(String who) {
        return RestClient.builder()
                .defaultHeaders(h -> {
                    if (who != null) h.setBasicAuth(who, who);
                })
                .build();
    }

    private Answer answer(int status, byte[] body, String etag, MediaType type) throws java.io.IOException {
        boolean isJson = body.length > 0 && type != null && (type.getSubtype().endsWith("json"));
        return new Answer(status, isJson ? json.readTree(body) : json.nullNode(), etag);
    }

    private int port() {
        return Integer.parseInt(environment.getRequiredProperty("local.server.port"));
    }

    private String write(Object body) {
        try {
            return json.writeValueAsString(body instanceof Map<?, ?> m ? new TreeMap<>(m) : body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
