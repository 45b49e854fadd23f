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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("issue-13.12")
class BombsTest {
    /** In a process of its own, which ends at once where its small memory does not do. */
    public static final class Desk {
        public static void main(String[] args) throws IOException {
            try (var files = Files.list(Path.of(args[0]))
                    .filter(f -> f.toString().endsWith(".bomb"))
                    .sorted()) {
                for (Path file : files.toList()) {
                    try {
                        System.out.println(file.getFileName() + ": " + InspectedFile.of(Files.readAllBytes(file)));
                    } catch (Problem problem) {
                        System.out.println(file.getFileName() + ": " + problem.code());
                    }
                }
            }
        }
    }

    @Test
    void whatUnfoldsBeyondMeasureIsRefusedAndTakesLittleMemory(@TempDir Path folder) throws IOException {
        Map<String, byte[]> bombs = Bombs.all();
        for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
            assertThat(bomb.getValue()).as(bomb.getKey()).hasSizeLessThan(Evidence.LARGEST);
            Files.write(folder.resolve(bomb.getKey() + ".bomb"), bomb.getValue());
        }
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
                assertThat(told).containsPattern(bomb + "\\.bomb: (FILE_UNFOLDS|FILE_DAMAGED|IMAGE_TOO_LARGE)\n");
        }
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
