package cn.jincai;

import bare.BareJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * From the start of the process until it takes traffic, of a second start: the packaged demo with its samples on H2 in a file against the engine and
 * Tasklist as delivered, packaged alike, on H2 in a file. In turns; each in a process of its own, as {@code java -jar} starts it.
 */
class StartBench {
    private static final int ROUNDS = 5;

    @Test
    void aSecondStartTakesNotMuchLongerThanTheBareEngines() throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "start")
                .toAbsolutePath();
        for (String part : List.of("bpmn", "forms")) copy(Path.of(part), folder.resolve(part));
        Path jar = Path.of("target", "jincai.jar").toAbsolutePath();
        List<String> ours = List.of("-jar", jar.toString());
        List<String> bare = List.of(
                "-jar",
                BareJar.of(jar, folder.resolve("bare.jar")).toString(),
                "--spring.datasource.url=jdbc:h2:file:./bare/engine",
                "--spring.datasource.username=sa",
                "--server.address=127.0.0.1");
        start(folder, ours, "/actuator/health/readiness", 200);
        start(folder, bare, "/no-such-page", 404);
        double[] oursMillis = new double[ROUNDS],
                bareMillis = new double[ROUNDS],
                oursKilobytes = new double[ROUNDS],
                bareKilobytes = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Started one = start(folder, ours, "/actuator/health/readiness", 200),
                    other = start(folder, bare, "/no-such-page", 404);
            oursMillis[round] = one.time.toMillis();
            bareMillis[round] = other.time.toMillis();
            oursKilobytes[round] = one.residentKilobytes;
            bareKilobytes[round] = other.residentKilobytes;
        }
        double time = Benchmark.median(oursMillis), bareTime = Benchmark.median(bareMillis);
        new Benchmark(
                        "start",
                        time / bareTime,
                        "Camunda 7.24.0 with Tasklist on Spring Boot, H2 in a file, second start",
                        null,
                        1.5,
                        Map.of(
                                "millisToReady",
                                time,
                                "baselineMillisToReady",
                                bareTime,
                                "residentMegabytes",
                                Math.round(Benchmark.median(oursKilobytes) / 1024),
                                "baselineResidentMegabytes",
                                Math.round(Benchmark.median(bareKilobytes) / 1024),
                                "rounds",
                                ROUNDS))
                .keep()
                .holds();
    }

    private record Started(Duration time, long residentKilobytes) {}

    private static Started start(Path folder, List<String> java, String path, int status) throws IOException {
        try (Running running = Running.start(folder, Map.of(), java)) {
            return new Started(running.untilAnswers(path, status), resident(running.pid()));
        }
    }

    /** As Linux counts it; 0 elsewhere. */
    private static long resident(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (Files.notExists(status)) return 0;
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList())
                Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
    }
}
