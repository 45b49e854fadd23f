package cn.jincai;

import bare.BareJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * From the start of the process until it takes traffic, of a second start: the packaged demo with its samples on H2 in a file against the engine and
 * Tasklist as delivered, packaged alike, on H2 in a file. In turns; each in a process of its own, as {@code bin/jincai} starts it, and told beside it as {@code java -jar} does.
 */
class StartBench {
    private static final int ROUNDS = 5, PLAIN_ROUNDS = 3;
    private static final String[] READY = {"/actuator/health/readiness", "200"}, UP = {"/no-such-page", "404"};
    private static final List<String> BARE = List.of(
            "--spring.datasource.url=jdbc:h2:file:./bare/engine",
            "--spring.datasource.username=sa",
            "--server.address=127.0.0.1");

    private Path folder;
    private Path jar;
    private Path bare;

    @Test
    void aSecondStartTakesNotMuchLongerThanTheBareEngines() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "start")
                .toAbsolutePath();
        for (String part : List.of("bpmn", "forms")) copy(Path.of(part), folder.resolve(part));
        jar = Path.of("target", "jincai.jar").toAbsolutePath();
        bare = BareJar.of(jar, folder.resolve("bare.jar"));
        Rounds launched = new Rounds(ROUNDS), plain = new Rounds(PLAIN_ROUNDS);
        launched.measure(() -> launch(jar, List.of(), READY), () -> launch(bare, BARE, UP));
        plain.measure(() -> plain(jar, List.of(), READY), () -> plain(bare, BARE, UP));
        new Benchmark(
                        "start",
                        launched.ratio(),
                        "Camunda 7.24.0 with Tasklist on Spring Boot, H2 in a file, second start, with an archive of its classes too",
                        null,
                        1.35,
                        Map.of(
                                "millisToReady",
                                Benchmark.median(launched.ours),
                                "baselineMillisToReady",
                                Benchmark.median(launched.bares),
                                "residentMegabytes",
                                Math.round(Benchmark.median(launched.oursKilobytes) / 1024),
                                "baselineResidentMegabytes",
                                Math.round(Benchmark.median(launched.baresKilobytes) / 1024),
                                "rounds",
                                ROUNDS,
                                "plainRatio",
                                plain.ratio(),
                                "plainMillisToReady",
                                Benchmark.median(plain.ours),
                                "plainBaselineMillisToReady",
                                Benchmark.median(plain.bares)))
                .keep()
                .holds();
    }

    private record Started(double millis, double residentKilobytes) {}

    private interface Start {
        Started once() throws IOException;
    }

    private static final class Rounds {
        final double[] ours, bares, oursKilobytes, baresKilobytes;

        Rounds(int rounds) {
            ours = new double[rounds];
            bares = new double[rounds];
            oursKilobytes = new double[rounds];
            baresKilobytes = new double[rounds];
        }

        /** The first start of each makes its database and is not counted. */
        void measure(Start our, Start bare) throws IOException {
            our.once();
            bare.once();
            for (int round = 0; round < ours.length; round++) {
                Started one = our.once(), other = bare.once();
                ours[round] = one.millis;
                bares[round] = other.millis;
                oursKilobytes[round] = one.residentKilobytes;
                baresKilobytes[round] = other.residentKilobytes;
            }
        }

        double ratio() {
            return Benchmark.median(ours) / Benchmark.median(bares);
        }
    }

    private Started launch(Path jar, List<String> arguments, String[] answers) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of("bin", "jincai").toAbsolutePath().toString()));
        command.addAll(arguments);
        Map<String, String> environment = Map.of(
                "PATH",
                System.getenv("PATH"),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JINCAI_JAR",
                jar.toString());
        try (Running running = Running.launch(folder, environment, command)) {
            return started(running, answers);
        }
    }

    private Started plain(Path jar, List<String> arguments, String[] answers) throws IOException {
        List<String> java = new ArrayList<>(List.of("-jar", jar.toString()));
        java.addAll(arguments);
        try (Running running = Running.start(folder, Map.of(), java)) {
            return started(running, answers);
        }
    }

    private static Started started(Running running, String[] answers) throws IOException {
        double millis =
                running.untilAnswers(answers[0], Integer.parseInt(answers[1])).toMillis();
        return new Started(millis, resident(running.pid()));
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
