package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import bare.BareJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * From the start of the process until it takes traffic, of a second start: the demo with its samples on H2 in a file against the engine and Tasklist as
 * delivered, on H2 in a file. In turns; each in a process of its own. Both are unpacked by Spring Boot's own tool as on a server, so that both start from a
 * class path as with {@code mvn spring-boot:run}; how long both take as one file is told beside it.
 */
class StartBench {
    private static final int ROUNDS = 5;

    @Test
    void aSecondStartTakesNotMuchLongerThanTheBareEngines() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "start").toAbsolutePath();
        for (String part : List.of("bpmn", "forms")) copy(Path.of(part), folder.resolve(part));
        Path jar = Path.of("target", "jincai.jar").toAbsolutePath(), bare = BareJar.of(jar, folder.resolve("bare.jar"));
        List<Subject> subjects = List.of(ours(unpacked(jar, folder)), bare(unpacked(bare, folder)), ours(jar), bare(bare));
        for (Subject subject : subjects.subList(0, 2)) start(folder, subject);   // the first start, which makes the tables
        double[][] millis = new double[subjects.size()][ROUNDS], kilobytes = new double[subjects.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int s = 0; s < subjects.size(); s++) {
                Started started = start(folder, subjects.get(s));
                millis[s][round] = started.time.toMillis();
                kilobytes[s][round] = started.residentKilobytes;
            }
        }
        double[] time = Arrays.stream(millis).mapToDouble(Benchmark::median).toArray(), memory = Arrays.stream(kilobytes).mapToDouble(k -> Benchmark.median(k) / 1024).toArray();
        new Benchmark("start", time[0] / time[1], "Camunda 7.24.0 with Tasklist on Spring Boot, H2 in a file, second start", null, 1.5,
            Map.of("millisToReady", time[0], "baselineMillisToReady", time[1], "millisToReadyAsOneFile", time[2], "baselineMillisToReadyAsOneFile", time[3],
                "residentMegabytes", Math.round(memory[0]), "baselineResidentMegabytes", Math.round(memory[1]), "rounds", ROUNDS)).keep().holds();
    }

    /** What is started, and what it answers once it takes traffic. */
    private record Subject(List<String> java, String path, int status) {}

    private static Subject ours(Path jar) {
        return new Subject(List.of("-jar", jar.toString()), "/actuator/health/readiness", 200);
    }

    private static Subject bare(Path jar) {
        return new Subject(List.of("-jar", jar.toString(), "--spring.datasource.url=jdbc:h2:file:./bare/engine", "--spring.datasource.username=sa", "--server.address=127.0.0.1"), "/no-such-page", 404);
    }

    private static Path unpacked(Path jar, Path folder) throws IOException, InterruptedException {
        Path to = folder.resolve("unpacked-" + jar.getFileName());
        Process tool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", to.toString()).inheritIO().start();
        assertThat(tool.waitFor()).isZero();
        return to.resolve(jar.getFileName());
    }

    private record Started(Duration time, long residentKilobytes) {}

    private static Started start(Path folder, Subject subject) throws IOException {
        try (Running running = Running.start(folder, Map.of(), subject.java)) {
            return new Started(running.untilAnswers(subject.path, subject.status), resident(running.pid()));
        }
    }

    /** As Linux counts it; 0 elsewhere. */
    private static long resident(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (Files.notExists(status)) return 0;
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
    }
}
