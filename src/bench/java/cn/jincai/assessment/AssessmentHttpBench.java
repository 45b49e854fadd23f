package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.Benchmark;
import cn.jincai.CaseTest;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Scheme;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Requests a second of the public assessment call over HTTP against an endpoint behind the same filters that only reads the same request and writes the
 * same answer, which it holds ready. In turns, four callers at a time; the callers share the processors with the application, on both sides alike.
 */
@CaseTest
@Import(AssessmentHttpBench.Echo.class)
class AssessmentHttpBench {
    private static final int FACT_SETS = 60, CALLERS = 4, REQUESTS = 3_000, WARM = 4, ROUNDS = 9;
    private static final List<String> SCHEMES = List.of("talent-recognition", "recruitment-subsidy", "skills-award");

    @LocalServerPort
    int port;

    @Autowired
    ObjectMapper json;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Parses and writes, and nothing else. */
    @RestController
    static class Echo {
        private static final List<JsonNode> ANSWERS = new ArrayList<>();

        @PreAuthorize("permitAll()")
        @PostMapping(path = "/api/assessments", headers = "X-Echo", produces = MediaType.APPLICATION_JSON_VALUE)
        JsonNode answer(@RequestBody JsonNode asked, @RequestHeader("X-Echo") int number) {
            return asked.isObject() ? ANSWERS.get(number) : asked;
        }
    }

    private record Round(double perSecond, long[] nanos) {}

    @Test
    void theCallIsNotMuchSlowerThanReadingAndWritingItsJson() throws Exception {
        List<HttpRequest> ours = new ArrayList<>(), echo = new ArrayList<>();
        Random random = new Random(20261127);
        for (String scheme : SCHEMES) {
            Scheme catalogue = CityPackages.of(scheme).catalogue();
            for (int i = 0; i < FACT_SETS; i++) {
                LocalDate applied = LocalDate.of(2026, 1, 5).plusDays(random.nextInt(300));
                byte[] body = json.writeValueAsBytes(Map.of(
                        "scheme",
                        scheme,
                        "applicationDate",
                        applied,
                        "facts",
                        RandomCase.facts(catalogue, applied, random, 0.05)));
                HttpRequest.Builder request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/api/assessments"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body));
                ours.add(request.build());
                echo.add(request.copy()
                        .header("X-Echo", String.valueOf(echo.size()))
                        .build());
                Echo.ANSWERS.add(json.readTree(send(ours.get(ours.size() - 1))));
                assertThat(json.readTree(send(echo.get(echo.size() - 1))))
                        .isEqualTo(Echo.ANSWERS.get(Echo.ANSWERS.size() - 1));
            }
        }
        double[] assessed = new double[ROUNDS], echoed = new double[ROUNDS];
        List<long[]> waits = new ArrayList<>();
        for (int round = -WARM; round < ROUNDS; round++) {
            Round one = round(ours), other = round(echo);
            if (round < 0) continue;
            assessed[round] = one.perSecond;
            echoed[round] = other.perSecond;
            waits.add(one.nanos);
        }
        long[] nanos = waits.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        new Benchmark(
                        "assessment-http",
                        Benchmark.median(assessed) / Benchmark.median(echoed),
                        "an endpoint behind the same filters that parses the request and writes an answer of the same size",
                        0.7,
                        Map.of(
                                "requestsASecond",
                                Math.round(Benchmark.median(assessed)),
                                "baselineRequestsASecond",
                                Math.round(Benchmark.median(echoed)),
                                "p50Microseconds",
                                nanos[nanos.length / 2] / 1000,
                                "p99Microseconds",
                                nanos[nanos.length * 99 / 100] / 1000,
                                "callers",
                                CALLERS,
                                "rounds",
                                ROUNDS,
                                "requestsARound",
                                REQUESTS))
                .keep()
                .holds();
    }

    private byte[] send(HttpRequest request) throws Exception {
        var response = http.send(request, BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private Round round(List<HttpRequest> requests) throws Exception {
        AtomicInteger next = new AtomicInteger();
        long[] nanos = new long[REQUESTS];
        Callable<Void> caller = () -> {
            for (int n; (n = next.getAndIncrement()) < REQUESTS; ) {
                long begin = System.nanoTime();
                send(requests.get(n % requests.size()));
                nanos[n] = System.nanoTime() - begin;
            }
            return null;
        };
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            long begin = System.nanoTime();
            for (Future<Void> done : callers.invokeAll(Collections.nCopies(CALLERS, caller))) done.get();
            return new Round(REQUESTS * 1e9 / (System.nanoTime() - begin), nanos);
        } finally {
            callers.shutdownNow();
        }
    }
}
