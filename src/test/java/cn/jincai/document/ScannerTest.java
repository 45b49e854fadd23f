package cn.jincai.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.kernel.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("issue-15.1")
class ScannerTest {
    /** What every scanner finds, and which harms nobody; written in two parts, so that none finds it here. */
    private static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    private static final Duration SOON = Duration.ofSeconds(20);

    /** A port at which nobody answers: one that was free a moment ago may be somebody else's by now. */
    private static final int NOBODY = 1;

    /** Speaks as clamd does, of one file after the other. */
    private static final class Clamd implements AutoCloseable {
        private static final int MOST = 1_000_000;
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final boolean silent;
        private volatile byte[] seen = {};

        Clamd(boolean silent) throws IOException {
            this.silent = silent;
            new Thread(this::serve, "clamd").start();
        }

        Scanner scanner(Duration patience) {
            return new Scanner("127.0.0.1", door.getLocalPort(), patience);
        }

        private void serve() {
            while (!door.isClosed()) {
                try {
                    Socket who = door.accept();
                    if (silent) continue; // takes the call and never reads
                    try (who) {
                        who.getOutputStream()
                                .write((answer(new DataInputStream(who.getInputStream())) + "\0").getBytes());
                    }
                } catch (IOException gone) {
                    // who asked has gone, or the test is over
                }
            }
        }

        private String answer(DataInputStream in) throws IOException {
            var command = new StringBuilder();
            for (int c = in.read(); c > 0; c = in.read()) command.append((char) c);
            if (command.toString().equals("zPING")) return "PONG";
            if (!command.toString().equals("zINSTREAM")) return "UNKNOWN COMMAND";
            var file = new ByteArrayOutputStream();
            for (int length = in.readInt(); length > 0; length = in.readInt()) {
                file.writeBytes(in.readNBytes(length));
                if (file.size() > MOST) return "INSTREAM size limit exceeded. ERROR";
            }
            seen = file.toByteArray();
            return file.toString(StandardCharsets.ISO_8859_1).contains(EICAR)
                    ? "stream: Eicar-Test-Signature FOUND"
                    : "stream: OK";
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }

    private static Problem refused(Scanner scanner, byte[] content) {
        return catchThrowableOfType(Problem.class, () -> handIn(scanner, content));
    }

    private static InspectedFile handIn(Scanner scanner, byte[] content) {
        return new Evidence(null, null, null, null, scanner).look(new ByteArrayInputStream(content));
    }

    /** A good PDF with something in a comment. */
    private static byte[] with(String hidden) {
        byte[] pdf = Uploads.pdf();
        byte[] head = ("%PDF-1.6\n%" + hidden + "\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[head.length + pdf.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(pdf, 0, all, head.length, pdf.length);
        return all;
    }

    @Test
    void whatIsCleanIsTakenAndTheScannerHasSeenAllOfIt() throws IOException {
        try (var clamd = new Clamd(false)) {
            byte[] pdf = with(" ".repeat(300_000));
            assertThat(handIn(clamd.scanner(SOON), pdf).content()).isEqualTo(pdf);
            assertThat(clamd.seen).isEqualTo(pdf);
        }
    }

    @Test
    void whatTheScannerFindsIsRefusedInWords() throws IOException {
        try (var clamd = new Clamd(false)) {
            Problem told = refused(clamd.scanner(SOON), with(EICAR));
            assertThat(told.kind()).isEqualTo(Problem.Kind.INVALID);
            assertThat(told.code()).isEqualTo("FILE_INFECTED");
            assertThat(told.text().zh()).contains("病毒扫描没有通过", "重新制作");
            assertThat(told.text().en()).contains("Make the document anew");
        }
        assertThat(refused(new Scanner("", 0, SOON), EICAR.getBytes(StandardCharsets.US_ASCII))
                        .code())
                .as("alone it is no paper, scanner or not")
                .isEqualTo("FILE_TYPE");
    }

    @Test
    void withoutAWordOfTheScannerNothingIsTaken() throws IOException {
        try (var clamd = new Clamd(false)) {
            unavailable(clamd.scanner(SOON), with(" ".repeat(2_000_000)));
        }
        unavailable(new Scanner("127.0.0.1", NOBODY, SOON), Uploads.pdf());
        unavailable(new Scanner("no-such-host.invalid", NOBODY, SOON), Uploads.pdf());
    }

    @ParameterizedTest
    @CsvSource({"10", "9000000"})
    void aScannerThatDoesNotAnswerIsNotWaitedFor(int length) throws IOException {
        try (var clamd = new Clamd(true)) {
            long begun = System.nanoTime();
            unavailable(clamd.scanner(Duration.ofMillis(500)), with(" ".repeat(length)));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        }
    }

    private static void unavailable(Scanner scanner, byte[] content) {
        Problem told = refused(scanner, content);
        assertThat(told.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(told.code()).isEqualTo("SCANNER_AWAY");
        assertThat(told.text().zh()).contains("请过几分钟再试");
        assertThat(told.text().en()).contains("try again in a few minutes");
    }

    @Test
    void withoutAScannerNothingIsAsked() {
        assertThatCode(() -> handIn(new Scanner("", 0, SOON), with(EICAR))).doesNotThrowAnyException();
    }

    @Test
    @Tag("issue-15.1")
    void healthIsToldWhetherItAnswers() throws IOException {
        assertThat(new Scanner("", 0, SOON).trouble()).as("the city has none").isEmpty();
        try (var clamd = new Clamd(false)) {
            assertThat(clamd.scanner(SOON).trouble()).isEmpty();
        }
        assertThat(new Scanner("127.0.0.1", NOBODY, SOON).trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("refused"));
        try (var clamd = new Clamd(true)) {
            assertThat(clamd.scanner(SOON).trouble())
                    .hasValueSatisfying(why -> assertThat(why)
                            .containsPattern(
                                    "no answer|reset")); // as the hanging up is noticed before or after the question
        }
    }

    /** The real one, with one signature of its own: those of the world come by a network. */
    @Test
    void theRealClamdSpeaksTheSame(@TempDir Path folder) throws IOException, InterruptedException {
        Path clamd = Path.of("/usr/sbin/clamd");
        Assumptions.assumeTrue(Files.isExecutable(clamd), "Debian's clamav-daemon is not installed");
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(
                folder.resolve("own.ndb"),
                "Eicar:0:*:" + HexFormat.of().formatHex(EICAR.getBytes(StandardCharsets.US_ASCII)) + "\n");
        Path settings = Files.writeString(
                folder.resolve("clamd.conf"),
                "Foreground yes\nDatabaseDirectory " + folder + "\nTCPSocket " + port
                        + "\nTCPAddr 127.0.0.1\nStreamMaxLength 3M\n");
        Process running = new ProcessBuilder(clamd.toString(), "--config-file=" + settings)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("clamd.log").toFile())
                .start();
        try {
            var scanner = new Scanner("127.0.0.1", port, SOON);
            Awaitility.await("clamd is up")
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> handIn(scanner, Uploads.pdf()));
            assertThat(scanner.trouble()).isEmpty();
            assertThat(refused(scanner, with(EICAR)).code()).isEqualTo("FILE_INFECTED");
            unavailable(scanner, with(" ".repeat(8_000_000)));
            assertThat(handIn(scanner, with("after all of it")).type()).isEqualTo("application/pdf");
        } finally {
            running.destroy();
            running.waitFor();
        }
    }
}
