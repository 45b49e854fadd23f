package cn.jincai.document;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.Running;
import cn.jincai.web.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forty who send files that are meant to stop the server, all at once and for a while, to a server with 512 MB. */
@Tag("issue-15.1")
class UploadsSoak {
    private static final int ATTACKERS = 40, BEFORE = 200, TIMES_AS_SLOW = 5;
    private static final Duration WHILE = Duration.ofMinutes(1);
    private static final List<String> PAGES = List.of("/", "/schemes", "/notices", "/sign-in");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
    private int port;

    @Test
    void whileFortySendBombsOthersAreAnswered(@TempDir Path folder) throws Exception {
        for (String needed : List.of("bpmn", "forms"))
            Files.createSymbolicLink(folder.resolve(needed), Path.of(needed).toAbsolutePath());
        List<String> java = Stream.concat(
                        Stream.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"),
                        Running.classes().stream().filter(option -> !option.startsWith("-XX:Tiered")))
                .toList();
        try (Running server = Running.start(folder, Map.of("PATH", System.getenv("PATH")), java)) {
            server.untilAnswers("/actuator/health/readiness", 200);
            port = server.port();
            Visitor applicant = new Visitor(port).withPassword("applicant", "applicant");
            String number = applicant
                    .send("POST", "/api/cases", "{\"scheme\":\"skills-award\"}", "Content-Type", "application/json")
                    .json()
                    .get("number")
                    .asText();
            for (int i = 0; i < BEFORE; i++) look(i);
            long before = median(looks(Duration.ofSeconds(10)));
            List<byte[]> bombs = new ArrayList<>(Bombs.all().values());
            bombs.addAll(Bombs.disarmed().values());
            long until = System.nanoTime() + WHILE.toNanos();
            ExecutorService attackers = Executors.newFixedThreadPool(ATTACKERS);
            List<Future<?>> attacks = new ArrayList<>();
            for (int i = 0; i < ATTACKERS; i++) {
                int first = i;
                attacks.add(attackers.submit(() -> {
                    for (int n = first; System.nanoTime() < until; n++) send(number, bombs.get(n % bombs.size()));
                    return null;
                }));
            }
            List<Long> meanwhile;
            try {
                meanwhile = looks(WHILE);
            } catch (IOException gone) {
                throw new AssertionError(server.console(), gone);
            }
            for (Future<?> attack : attacks) attack.get(5, TimeUnit.MINUTES);
            attackers.shutdown();
            System.out.printf(
                    "a page took %d ms before, %d ms meanwhile, the slowest of %d %d ms; uploads were answered %s%n",
                    before, median(meanwhile), meanwhile.size(), Collections.max(meanwhile), answers);
            assertThat(answers.keySet()).as("%s", server.console()).isSubsetOf(201, 409, 422, 503);
            assertThat(answers.keySet()).contains(422);
            assertThat(median(meanwhile)).isLessThanOrEqualTo(TIMES_AS_SLOW * Math.max(before, 1));
            assertThat(new Visitor(port).get("/actuator/health").status()).isEqualTo(200);
            assertThat(send(number, Uploads.pdf())).as("a good one").isIn(201, 409);
        }
    }

    private int send(String number, byte[] file) throws IOException, InterruptedException {
        String head = "--x\r\nContent-Disposition: form-data; name=\"need\"\r\n\r\nCERTIFICATE\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n";
        int status = http.send(
                        HttpRequest.newBuilder(uri("/api/cases/" + number + "/documents"))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString("applicant:applicant"
                                                                .getBytes(StandardCharsets.US_ASCII)))
                                .header("Content-Type", "multipart/form-data; boundary=x")
                                .POST(BodyPublishers.ofByteArrays(List.of(
                                        head.getBytes(StandardCharsets.US_ASCII),
                                        file,
                                        "\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII))))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
        answers.computeIfAbsent(status, s -> new AtomicInteger()).incrementAndGet();
        return status;
    }

    /** @return how long each took, in milliseconds */
    private List<Long> looks(Duration during) throws IOException, InterruptedException {
        List<Long> took = new ArrayList<>();
        for (long begun = System.nanoTime(); System.nanoTime() - begun < during.toNanos(); )
            took.add(look(took.size()));
        return took;
    }

    private long look(int n) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        int status = http.send(
                        HttpRequest.newBuilder(uri(PAGES.get(n % PAGES.size()))).build(), BodyHandlers.ofByteArray())
                .statusCode();
        assertThat(status).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }

    private static long median(List<Long> all) {
        return all.stream().sorted().collect(Collectors.toList()).get(all.size() / 2);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
