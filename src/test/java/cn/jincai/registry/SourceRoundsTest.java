package cn.jincai.registry;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.CityClock;
import cn.jincai.policy.registers.Registers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A roster of employees, asked about at a real HTTP server some at a time. */
@Tag("issue-16.5")
class SourceRoundsTest {
    private final CityClock clock = new CityClock();
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger asked = new AtomicInteger(), now = new AtomicInteger(), most = new AtomicInteger();
    private final AtomicLong nanoseconds = new AtomicLong();
    /** The first to be asked about is answered when the second is asked about too. */
    private final CountDownLatch two = new CountDownLatch(2);

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Each in a question of his own, in their order, and never more at once than the settings allow. */
    @Test
    void everyEmployeeIsAskedAboutAndOneSilenceIsOnesOwn() {
        answers(Duration.ZERO, number -> number != 17);
        List<Answer> answers = rounds(Duration.ofSeconds(60)).ask("insurance", people(30), Set.of("months"));
        assertThat(answers).hasSize(30);
        for (int i = 0; i < 30; i++)
            if (i == 17) assertThat(answers.get(i)).isInstanceOf(Answer.Silent.class);
            else
                assertThat(answers.get(i))
                        .isInstanceOfSatisfying(
                                Answer.Answered.class,
                                a -> assertThat(a.facts()).containsKey("months"));
        assertThat(((Answer.Answered) answers.get(9)).facts()).containsEntry("months", 9L);
        assertThat(most.get()).isBetween(2, 4);
    }

    @Test
    void aSourceThatIsDownIsAskedOneRoundAndNotAThousandTimes() {
        answers(Duration.ZERO, number -> number < 4);
        assertThat(rounds(Duration.ofSeconds(60)).ask("insurance", people(1000), Set.of("months")))
                .hasSize(8);
        assertThat(asked).hasValue(8);
    }

    @Test
    void whoseTurnDoesNotComeInTimeIsNotAskedAbout() {
        answers(Duration.ofSeconds(6), number -> true);
        assertThat(rounds(Duration.ofSeconds(40)).ask("insurance", people(1000), Set.of("months")))
                .hasSize(8);
    }

    private static List<Subject> people(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Subject("甲", "RESIDENT_ID", String.valueOf(i), null, Map.of()))
                .toList();
    }

    private SourceRounds rounds(Duration roster) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/insurance");
        SourceSettings settings = new SourceSettings(
                Map.of("insurance", new SourceSettings.Source(url, null)),
                new SourceSettings.Patience(Duration.ofSeconds(2), Duration.ofSeconds(5), 4, roster));
        return new SourceRounds(
                new Sources(() -> new Registers(new TreeMap<>()), settings, Optional.empty(), clock, json),
                settings,
                nanoseconds::get);
    }

    /** @param each what passes by the clock of the rounds with each question */
    private void answers(Duration each, Predicate<Integer> knows) {
        server.createContext("/insurance", exchange -> {
            asked.incrementAndGet();
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            JsonNode question = json.readTree(exchange.getRequestBody());
            int number = question.at("/subject/documentNumber").asInt();
            nanoseconds.addAndGet(each.toNanos());
            two.countDown();
            await();
            now.decrementAndGet();
            if (knows.test(number))
                send(exchange, 200, "{\"asOf\": \"%s\", \"facts\": {\"months\": %d}}".formatted(clock.today(), number));
            else send(exchange, 503, "");
        });
    }

    private void await() {
        try {
            if (!two.await(1, TimeUnit.MINUTES)) throw new IllegalStateException("nobody else is asked about");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
