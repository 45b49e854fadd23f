package cn.jincai.document;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.Running;
import cn.jincai.kernel.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("issue-13.12")
class BombsTest {
    private static final int PATIENCE_SECONDS = 30;

    /** In a process of its own, which ends at once where its small memory does not do. */
    public static final class Desk {
        public static void main(String[] args) throws IOException {
            try (var files = Files.list(Path.of(args[0]))
                    .filter(f -> f.toString().endsWith(".bomb"))
                    .sorted()) {
                for (Path file : files.toList()) {
                    long begun = System.nanoTime();
                    String told = look(file);
                    System.out.printf(
                            "%s: %s in %d s%n", file.getFileName(), told, (System.nanoTime() - begun) / 1_000_000_000);
                }
            }
        }

        private static String look(Path file) throws IOException {
            try {
                return InspectedFile.of(Files.readAllBytes(file)).type();
            } catch (Problem problem) {
                return problem.code();
            }
        }
    }

    @Test
    @Tag("issue-15.1")
    void whatUnfoldsBeyondMeasureIsRefusedAndTakesLittleMemoryAndTime(@TempDir Path folder) throws IOException {
        Map<String, byte[]> bombs = Bombs.all(), harmless = Bombs.disarmed();
        put(folder, bombs);
        put(folder, harmless);
        try (Running desk = Running.start(
                folder,
                Map.of(),
                List.of(
                        "-Xmx300m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Running.testClasses(),
                        Desk.class.getName(),
                        folder.toString()))) {
            assertThat(desk.untilEnded()).as(desk.console()).isZero();
            String told = desk.console();
            for (String bomb : bombs.keySet())
                assertThat(seconds(told, bomb, "FILE_UNFOLDS|FILE_DAMAGED|IMAGE_TOO_LARGE"))
                        .as(bomb)
                        .isLessThan(PATIENCE_SECONDS);
            for (String file : harmless.keySet())
                assertThat(seconds(told, file, "application/pdf|image/png"))
                        .as(file)
                        .isLessThan(PATIENCE_SECONDS);
        }
    }

    private static void put(Path folder, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(file.getValue()).as(file.getKey()).hasSizeLessThan(Evidence.LARGEST);
            Files.write(folder.resolve(file.getKey() + ".bomb"), file.getValue());
        }
    }

    private static int seconds(String told, String file, String answers) {
        Matcher line = Pattern.compile(Pattern.quote(file + ".bomb: ") + "(?:" + answers + ") in (\\d+) s")
                .matcher(told);
        assertThat(line.find()).as(file + " in " + told).isTrue();
        return Integer.parseInt(line.group(1));
    }

    @Test
    void aReportOfAThousandPagesIsTaken() throws IOException {
        byte[] report = Bombs.report(1000);
        assertThat(new String(report, StandardCharsets.ISO_8859_1))
                .as("its objects are packed")
                .contains("/ObjStm");
        assertThat(InspectedFile.of(report).type()).isEqualTo("application/pdf");
    }

    @Test
    void aLargeScanWhoseTableOfObjectsIsWrongIsMendedAndTaken() {
        assertThat(InspectedFile.of(Bombs.scanWithoutTable()).type()).isEqualTo("application/pdf");
    }

    @Test
    void aPdfWithPackedObjectsIsTaken() {
        assertThat(InspectedFile.of(Bombs.packed("", 1_000_000, 100_000, 1_000_000))
                        .type())
                .isEqualTo("application/pdf");
        assertThat(InspectedFile.of(Bombs.packed("", 0, 0, 100_000_000)).type()).isEqualTo("application/pdf");
    }
}
