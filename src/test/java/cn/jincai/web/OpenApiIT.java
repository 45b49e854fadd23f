package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;

/** The description of the API is committed, so that whoever changes a call sees it, and complete, so that nobody has to read the code. */
@CaseTest
class OpenApiIT {
    private static final Path COMMITTED = Path.of("docs/openapi.json");
    private static final String REFRESH =
            "mvn -q -B -Dopenapi=write -Dit.test=OpenApiIT test-compile failsafe:integration-test@h2";
    private static final ObjectMapper JSON = new ObjectMapper();

    @LocalServerPort
    int port;

    @Autowired
    OpenApiWebMvcResource description;

    private JsonNode now;

    @Test
    void theCommittedDescriptionIsThatOfTheRunningApplication() throws IOException {
        JsonNode now = now();
        if ("write".equals(System.getProperty("openapi"))) {
            var lines = new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
            Files.writeString(COMMITTED, JSON.writer(lines).writeValueAsString(now) + "\n");
        }
        List<String> differences = new ArrayList<>();
        compare("", JSON.readTree(Files.readString(COMMITTED)), now, differences);
        assertThat(differences)
                .as("docs/openapi.json is not what the code says. If the change is meant: " + REFRESH)
                .isEmpty();
    }

    @Test
    void theProductAnswersTheCommittedOneToEverybody() throws IOException {
        Visitor.Answer answer = new Visitor(port).get("/v3/api-docs");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.json()).isEqualTo(JSON.readTree(Files.readString(COMMITTED)));
    }

    @Test
    void everyCallSaysWhatItDoesInWhichRoomWhoMayCallItAndWhatCanGoWrong() {
        List<String> gaps = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        calls((path, method, call) -> {
            String name = method.toUpperCase() + " " + path;
            if (call.path("summary").asText().isBlank()) gaps.add(name + ": no summary (api/calls.properties)");
            if (call.path("tags").size() != 1
                    || !call.path("tags").path(0).asText().matches("[A-Z][a-z]+([ -][a-z]+)? \\p{IsHan}+"))
                gaps.add(name + ": its room is told by one tag in both languages, not " + call.path("tags"));
            if (!call.path("description").asText().contains("谁可以调用 Who:"))
                gaps.add(name + ": nobody knows who may call it");
            if (!ids.add(call.path("operationId").asText()))
                gaps.add(name + ": operationId " + call.path("operationId") + " twice");
            if (call.path("security").isMissingNode()) gaps.add(name + ": does not say whether one signs in");
            call.path("responses")
                    .fields()
                    .forEachRemaining(answer -> answer(name, answer.getKey(), answer.getValue(), gaps));
            Set<String> codes = new TreeSet<>();
            call.path("responses").fieldNames().forEachRemaining(codes::add);
            if (call.path("security").size() > 0 && !codes.containsAll(Set.of("401", "403")))
                gaps.add(name + ": no 401 and 403");
            if (path.contains("{") && !codes.contains("404")) gaps.add(name + ": no 404");
        });
        assertThat(gaps).as(String.join("\n", gaps)).isEmpty();
        assertThat(ResourceBundle.getBundle("api/calls").keySet())
                .as("each sentence is of a call")
                .allMatch(key -> key.contains(".") && !key.endsWith(".description")
                        || ids.contains(key.replace(".description", "")));
    }

    @Test
    void whoeverHasToSignInShowsAPasswordOrATokenOfAnIssuer() throws IOException {
        JsonNode either = JSON.readTree("[{\"basic\":[]},{\"bearer\":[]}]");
        calls((path, method, call) ->
                assertThat(call.path("security")).as(method + " " + path).isIn(either, JSON.createArrayNode()));
        JsonNode schemes = now().at("/components/securitySchemes");
        assertThat(schemes.at("/basic/scheme").asText()).isEqualTo("basic");
        assertThat(schemes.at("/bearer/scheme").asText()).isEqualTo("bearer");
        assertThat(schemes.at("/bearer/bearerFormat").asText()).isEqualTo("JWT");
        assertThat(schemes)
                .allSatisfy(scheme ->
                        assertThat(scheme.path("description").asText()).containsPattern("\\p{IsHan}.*[a-z]"));
    }

    @Test
    void eachPropertyAndParameterIsExplainedAndNoSentenceIsLeftOver() {
        List<String> gaps = new ArrayList<>();
        Set<String> properties = new TreeSet<>(), parameters = new TreeSet<>();
        JsonNode schemas = now().at("/components/schemas");
        Set<String> said = ResourceBundle.getBundle("api/schemas").keySet();
        schemas.fields()
                .forEachRemaining(schema -> schema.getValue()
                        .path("properties")
                        .fields()
                        .forEachRemaining(property -> {
                            String name = schema.getKey() + "." + property.getKey();
                            properties.add(name);
                            if (!said.contains(name)) properties.add(property.getKey());
                            if (property.getValue().path("description").asText().isBlank())
                                gaps.add(name + ": no sentence (api/schemas.properties)");
                        }));
        calls((path, method, call) -> {
            call.path("parameters").forEach(parameter -> {
                String name = call.path("operationId").asText() + "."
                        + parameter.path("name").asText();
                parameters.add(name);
                parameters.add("parameter." + parameter.path("name").asText());
                if (parameter.path("description").asText().isBlank() || !parameter.has("example"))
                    gaps.add(name + ": no sentence or no example (api/calls.properties)");
            });
            call.at("/requestBody/content/multipart~1form-data/schema/properties")
                    .fields()
                    .forEachRemaining(part -> {
                        parameters.add(call.path("operationId").asText() + "." + part.getKey());
                        parameters.add("parameter." + part.getKey());
                        if (part.getValue().path("description").asText().isBlank())
                            gaps.add(call.path("operationId") + "." + part.getKey() + ": no sentence");
                    });
            call.path("responses")
                    .fieldNames()
                    .forEachRemaining(
                            code -> parameters.add(call.path("operationId").asText() + "." + code));
        });
        said.forEach(key -> {
            String of = key.replaceFirst("\\.codes$", "").replaceFirst("^as\\.", "");
            if (key.startsWith("name.")
                    ? !schemas.has(ResourceBundle.getBundle("api/schemas").getString(key))
                    : !properties.contains(of) && !schemas.has(of)) gaps.add(key + ": of nothing");
        });
        ResourceBundle.getBundle("api/calls").keySet().stream()
                .filter(key -> key.contains(".") && !key.startsWith("tag.") && !key.endsWith(".description"))
                .filter(key -> !parameters.contains(key.replaceFirst("\\.example$", "")))
                .forEach(key -> gaps.add(key + ": of nothing"));
        assertThat(gaps).as(String.join("\n", gaps)).isEmpty();
    }

    @Test
    void examplesAreAsTheirSchemasSayAndEachBodyHasOne() {
        List<String> wrong = new ArrayList<>();
        calls((path, method, call) -> {
            call.at("/requestBody/content").fields().forEachRemaining(content -> {
                if (content.getKey().startsWith("multipart")) return; // its parts are explained one by one
                JsonNode schema = content.getValue().path("schema");
                JsonNode named = resolved(schema.path("items").isMissingNode() ? schema : schema.path("items"));
                if (!content.getValue().has("example") && !named.has("examples"))
                    wrong.add(method + " " + path + ": no example of its body (api/examples.json)");
            });
        });
        now().at("/components/schemas")
                .fields()
                .forEachRemaining(schema -> schema.getValue()
                        .path("examples")
                        .forEach(example -> fits(schema.getValue(), example, schema.getKey(), wrong)));
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    @Test
    void answersAreAsTheirSchemasSay() {
        List<String> wrong = new ArrayList<>();
        Visitor visitor = new Visitor(port);
        fits(schema("Scheme"), visitor.get("/api/schemes").json().path(0), "/api/schemes", wrong);
        Map.of(
                        "/api/assessments", "AssessmentRequest Assessment",
                        "/api/assessments/explanation", "AssessmentRequest Explanation",
                        "/api/assessments/next-question", "AssessmentRequest NextQuestions",
                        "/api/assessments/all", "AllSchemesRequest AllSchemesAnswer")
                .forEach((path, names) -> {
                    JsonNode asked = schema(names.split(" ")[0]).at("/examples/0");
                    Visitor.Answer answer = visitor.post(path, asked.toString());
                    assertThat(answer.status()).as(path + answer.body()).isEqualTo(200);
                    fits(schema(names.split(" ")[1]), answer.json(), path, wrong);
                });
        fits(schema("Problem"), visitor.post("/api/assessments", "{}").json(), "a problem", wrong);
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    /** Types, codes, required and unknown properties, as far as these descriptions use them. */
    private void fits(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        JsonNode is = resolved(schema);
        if (is.has("anyOf")) {
            if (!value.isNull()) fits(is.at("/anyOf/0"), value, at, wrong);
            return;
        }
        List<String> types = new ArrayList<>();
        if (is.path("type").isTextual()) types.add(is.path("type").asText());
        is.path("type").forEach(type -> types.add(type.asText()));
        String type = value.isIntegralNumber()
                ? "integer"
                : value.getNodeType().name().toLowerCase();
        if (!types.isEmpty() && !types.contains(type))
            wrong.add(at + ": " + type + " where " + types + " is described");
        if (value.isTextual() && is.has("enum") && !is.path("enum").toString().contains(value.toString()))
            wrong.add(at + ": " + value + " is none of " + is.path("enum"));
        for (int i = 0; i < value.size() && value.isArray(); i++)
            fits(is.path("items"), value.get(i), at + "/" + i, wrong);
        if (!value.isObject() || !is.has("properties")) return;
        is.path("required").forEach(name -> {
            if (!value.hasNonNull(name.asText())) wrong.add(at + ": " + name + " is missing or null");
        });
        value.fields().forEachRemaining(member -> {
            JsonNode property = is.path("properties").path(member.getKey());
            if (property.isMissingNode()) wrong.add(at + "/" + member.getKey() + ": is not described");
            else fits(property, member.getValue(), at + "/" + member.getKey(), wrong);
        });
    }

    private JsonNode resolved(JsonNode schema) {
        String ref = schema.path("$ref").asText();
        return ref.isEmpty() ? schema : schema(ref.substring(ref.lastIndexOf('/') + 1));
    }

    private JsonNode schema(String name) {
        JsonNode schema = now().at("/components/schemas/" + name);
        assertThat(schema.isObject()).as("schema " + name).isTrue();
        return schema;
    }

    @Test
    void pagesAndTheTwoHeadersAreExplainedWhereverTheyStand() {
        Set<String> seen = new TreeSet<>();
        calls((path, method, call) -> call.path("parameters").forEach(parameter -> {
            String name = parameter.path("name").asText();
            if (!Set.of("page", "size", "Idempotency-Key", "If-Match").contains(name)) return;
            seen.add(name);
            assertThat(parameter.path("description").asText())
                    .as(method + " " + path + " " + name)
                    .isNotBlank();
        }));
        assertThat(seen).containsExactlyInAnyOrder("page", "size", "Idempotency-Key", "If-Match");
        JsonNode patch = now().at("/paths/~1api~1cases~1{number}~1answers/patch/responses");
        assertThat(patch.at("/200/headers").has("ETag")).isTrue();
        assertThat(patch.has("412")).isTrue();
        assertThat(now().at("/components/schemas/Problem/properties").has("errors"))
                .isTrue();
        assertThat(now().at("/components/schemas").fieldNames())
                .toIterable()
                .as("called by plain names")
                .contains("Benefit", "FigureGroup")
                .allMatch(name -> name.matches("([A-Z][a-z]+)+"), "plain words, not a class within a class");
    }

    private static void answer(String name, String code, JsonNode answer, List<String> gaps) {
        if (answer.path("description").asText().isBlank()) gaps.add(name + " " + code + ": no description");
        boolean problem = code.startsWith("4") || code.startsWith("5");
        boolean tellsMore =
                answer.path("content").has("application/json"); // such as what differs, which is an answer of its own
        if (problem
                && !tellsMore
                && !answer.at("/content/application~1problem+json/schema/$ref")
                        .asText()
                        .endsWith("/Problem")) gaps.add(name + " " + code + ": is no problem of RFC 9457");
        if (!problem && answer.path("content").has("*/*"))
            gaps.add(name + " " + code + ": does not say in which format");
    }

    private interface Look {
        void at(String path, String method, JsonNode call);
    }

    private void calls(Look look) {
        JsonNode paths = now().path("paths");
        assertThat(paths.size()).isGreaterThan(15);
        paths.fields()
                .forEachRemaining(path -> path.getValue()
                        .fields()
                        .forEachRemaining(call -> look.at(path.getKey(), call.getKey(), call.getValue())));
    }

    private JsonNode now() {
        try {
            if (now == null)
                now = JSON.readTree(description.openapiJson(
                        new MockHttpServletRequest("GET", "/described"), "/described", Locale.CHINA));
            return now;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compare(String at, JsonNode committed, JsonNode now, List<String> differences) {
        if (committed.equals(now)) return;
        if (committed.isObject() && now.isObject()) {
            Set<String> names = new TreeSet<>();
            committed.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            for (String name : names) compare(at + " > " + name, committed.path(name), now.path(name), differences);
        } else {
            differences.add(at + ": committed " + shown(committed) + ", now " + shown(now));
        }
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
