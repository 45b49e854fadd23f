package cn.jincai.registry;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.registers.Entry;
import cn.jincai.policy.registers.Registers;
import cn.jincai.registry.Answer.Answered;
import cn.jincai.registry.Answer.Silent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Against a real HTTP server that answers as badly as servers do. */
@ExtendWith(OutputCaptureExtension.class)
class SourcesTest {
    private static final Set<String> ASKED = Set.of("inPost", "insuredMonthsConsecutive");
    private static final Subject FANG = new Subject(
            "张𠮷芳",
            "RESIDENT_ID",
            "350582199003070021",
            "91350582MA2XY0014Y",
            Map.of("phone", "13900001111", "occupationCode", "6-18-02-04"));

    private static final Registers REGISTERS = new Registers(new TreeMap<>(Map.of(
            Registers.SOURCES,
            List.of(
                    entry("insurance", null, new Entry.Source(List.of("occupationCode"), List.of(), 30)),
                    entry("abacus-office", LocalDate.of(2025, 12, 31), Entry.Source.NONE)))));

    private static Entry entry(String code, @Nullable LocalDate until, Entry.Source asked) {
        return new Entry(Registers.SOURCES, code, new Text("社保", "Social insurance"), null, until, asked, null, 1);
    }

    private final CityClock clock = new CityClock();
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicReference<JsonNode> question = new AtomicReference<>();
    private final AtomicReference<String> path = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicBoolean outwaited = new AtomicBoolean();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void answersWhatItWasAsked() {
        answers(200, """
            {"source": "insurance", "asOf": "%s", "facts": {"inPost": true, "insuredMonthsConsecutive": 14}}""".formatted(clock.today()));
        assertThat(ask())
                .isEqualTo(new Answered(clock.today(), Map.of("inPost", true, "insuredMonthsConsecutive", 14L)));
    }

    @Test
    void whatWasNotAskedIsNotKept() {
        answers(200, """
            {"asOf": "%s", "facts": {"inPost": null, "income": 800000, "illness": "…"}}""".formatted(clock.today()));
        assertThat(ask()).isEqualTo(new Answered(clock.today(), Map.of()));
    }

    @Test
    void aSourceIsToldWhomItIsAskedAboutAndOfTheAnswersOnlyWhatItNeeds() {
        answers(200, "{}");
        ask();
        assertThat(question.get().path("subject"))
                .isEqualTo(json.valueToTree(Map.of(
                        "name",
                        "张𠮷芳",
                        "documentType",
                        "RESIDENT_ID",
                        "documentNumber",
                        "350582199003070021",
                        "employerCode",
                        "91350582MA2XY0014Y")));
        assertThat(question.get().path("answers")).isEqualTo(json.valueToTree(Map.of("occupationCode", "6-18-02-04")));
        assertThat(question.get().path("facts"))
                .isEqualTo(json.valueToTree(List.of("inPost", "insuredMonthsConsecutive")));
        assertThat(path.get()).isEqualTo("/insurance");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "not JSON",
                "{\"facts\": {}}",
                "{\"asOf\": \"2026-02-30\", \"facts\": {}}",
                "{\"asOf\": \"9999-01-01\", \"facts\": {}}",
                "{\"asOf\": \"2024-01-01\"}",
                "{\"asOf\": \"2024-01-01\", \"facts\": []}",
                "{\"asOf\": \"2024-01-01\", \"facts\": {\"inPost\": {}}}",
                "{\"asOf\": \"2024-01-01\", \"facts\": {\"inPost\": {\"2024-13\": true}}}",
                "{\"asOf\": \"2024-01-01\", \"facts\": {\"inPost\": {\"2024-01\": [true]}}}",
                "{\"asOf\": \"2024-01-01\", \"facts\": {\"inPost\": 1.23456}}",
                "{\"asOf\": \"2024-01-01\", \"facts\": {\"inPost\": [[1]]}}",
                "{\"asOf\": \"2024-01-01\", \"facts\": {\"insuredMonthsConsecutive\": 99999999999999999999}}",
                "{\"asOf\": \"2024-01-01\", \"facts\": {\"inPost\""
            })
    void aMalformedAnswerIsSilence(String body) {
        answers(200, body);
        assertSilent("malformed");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 401, 404, 429, 500, 503})
    void anyStatusButOneIsSilence(int status) {
        answers(status, status == 204 ? "" : "{\"asOf\": \"2024-01-01\", \"facts\": {}}");
        assertSilent("HTTP " + status);
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.createContext("/insurance", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            send(exchange, 307, "");
        });
        server.createContext(
                "/elsewhere", exchange -> send(exchange, 200, "{\"asOf\": \"2024-01-01\", \"facts\": {}}"));
        assertSilent("HTTP 307");
    }

    @Test
    void anAnswerThatIsTooLargeIsSilence() {
        answers(
                200,
                "{\"asOf\": \"2024-01-01\", \"facts\": {\"inPost\": true, \"more\": \"" + "x".repeat(70_000) + "\"}}");
        assertSilent("too large");
    }

    @Test
    void whoDoesNotAnswerInTimeIsSilent() {
        server.createContext("/insurance", exchange -> {
            waited();
            send(exchange, 200, "{}");
        });
        assertSilent("in time");
    }

    @Test
    void whoAnswersByDropsIsSilent() {
        server.createContext("/insurance", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            waited();
            exchange.close();
        });
        assertThat(ask()).isInstanceOf(Silent.class);
        assertThat(outwaited).as("it still drops").isFalse();
    }

    @Test
    void whereNobodyListensIsSilence() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(sources(URI.create("http://127.0.0.1:" + free + "/")).ask("insurance", FANG, ASKED))
                .isInstanceOfSatisfying(
                        Silent.class, s -> assertThat(s.why().en()).contains("reached"));
    }

    @Test
    void aSourceWithoutAddressIsNotConnected() {
        assertThat(sources(null).ask("insurance", FANG, ASKED))
                .isEqualTo(new Silent(new Text("该数据源尚未接通", "The source is not connected")));
        assertThat(sources(null).ask("school", FANG, ASKED)).isInstanceOf(Silent.class);
    }

    @Test
    void aSourceThatIsOverIsNotAsked() {
        answers(200, "{\"asOf\": \"2026-01-01\", \"facts\": {}}");
        Sources sources =
                sources(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/insurance"));
        assertThat(sources.ask("abacus-office", FANG, ASKED))
                .isInstanceOfSatisfying(
                        Silent.class, s -> assertThat(s.why().en()).isEqualTo("The source is over by its register"));
        assertThat(question.get()).isNull();
        assertThat(sources.names()).containsExactly("insurance");
        assertThat(sources.nameOf("abacus-office").en()).as("as it was called").isEqualTo("Social insurance");
        assertThat(sources.nameOf("nobody").en()).isEqualTo("nobody");
    }

    @Test
    void anAnswerIsGoodForAsManyDaysAsTheRegisterSays() {
        Sources sources = sources(null);
        Instant now = clock.instant();
        assertThat(sources.isGood("insurance", now.minus(Duration.ofDays(29)))).isTrue();
        assertThat(sources.isGood("insurance", now.minus(Duration.ofDays(31)))).isFalse();
        assertThat(sources.isGood("nobody", now.minus(Duration.ofDays(3650)))).isTrue();
    }

    @Test
    void noLogNamesThePerson(CapturedOutput output) {
        answers(500, "张𠮷芳 350582199003070021");
        ask();
        assertThat(output).contains("insurance").doesNotContain("张", "350582199003070021", "13900001111");
        assertThat(FANG.toString() + new Answered(clock.today(), Map.of("name", "张")))
                .doesNotContain("张", "3505");
    }

    private Answer ask() {
        return sources(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/insurance"))
                .ask("insurance", FANG, ASKED);
    }

    private void assertSilent(String why) {
        assertThat(ask())
                .isInstanceOfSatisfying(
                        Silent.class, s -> assertThat(s.why().en()).contains(why));
    }

    private Sources sources(@Nullable URI url) {
        var settings = new SourceSettings(
                Map.of("insurance", new SourceSettings.Source(url, null)),
                new SourceSettings.Patience(Duration.ofMillis(500), Duration.ofMillis(700), 4, Duration.ofSeconds(60)));
        return new Sources(() -> REGISTERS, settings, Optional.empty(), clock, json);
    }

    private void answers(int status, String body) {
        server.createContext("/insurance", exchange -> {
            question.set(json.readTree(exchange.getRequestBody()));
            path.set(exchange.getRequestURI().toString());
            send(exchange, status, body);
        });
    }

    /** Until the test is over, or for a minute, which nobody may wait for. */
    private void waited() {
        try {
            outwaited.set(!over.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
