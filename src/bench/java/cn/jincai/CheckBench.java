package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From {@code bin/jincai check .} until it has said of all packages of the city, offered or not, what the gate says: on a laptop, without archive of classes, as a newcomer does it. Beside ten seconds. */
class CheckBench {
    private static final int ROUNDS = 3;
    private static final double AT_MOST_MILLISECONDS = 10_000;

    @Test
    void allPackagesAreCheckedInTenSeconds() throws Exception {
        Path jar = Path.of("target", "jincai.jar").toAbsolutePath();
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "check");
        Path alone = Files.copy(jar, folder.resolve("jincai.jar"));
        double[] millis = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) millis[round] = check(alone, folder.resolve("said"));
        List<String> said = Files.readAllLines(folder.resolve("said"));
        new Benchmark(
                        "check",
                        Benchmark.median(millis) / AT_MOST_MILLISECONDS,
                        "ten seconds",
                        null,
                        1.0,
                        Map.of(
                                "medianMilliseconds",
                                Benchmark.median(millis),
                                "rounds",
                                ROUNDS,
                                "said",
                                said.get(said.size() - 1)))
                .keep()
                .holds();
    }

    private static double check(Path jar, Path said) throws IOException, InterruptedException {
        ProcessBuilder check = new ProcessBuilder(
                        List.of(Path.of("bin", "jincai").toAbsolutePath().toString(), "check", "."))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        check.environment().put("JINCAI_JAR", jar.toAbsolutePath().toString());
        check.environment().put("JAVA_HOME", System.getProperty("java.home"));
        long begun = System.nanoTime();
        assertThat(check.start().waitFor())
                .as(() -> "the packages pass, see " + said)
                .isZero();
        return (System.nanoTime() - begun) / 1e6;
    }
}
