package cn.jincai.document;

import cn.jincai.kernel.MemoryGone;
import cn.jincai.kernel.Problem;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The city's scanner for malware, asked as clamd is (INSTREAM over TCP). Where none is set nothing is asked; where one is set nothing is taken without its word. */
@Component
class Scanner {
    private static final Logger LOG = LoggerFactory.getLogger(Scanner.class);
    /** So long health waits for a word. */
    private static final Duration GREETING = Duration.ofSeconds(2);

    private static final int PIECE = 64 * 1024, LONGEST_ANSWER = 1000;

    private final String host;
    private final int port;
    private final Duration patience;

    /** @param host empty where the city has none; {@code patience} is for the whole of one file */
    Scanner(
            @Value("${jincai.scanner.host}") String host,
            @Value("${jincai.scanner.port}") int port,
            @Value("${jincai.scanner.patience}") Duration patience) {
        this.host = host;
        this.port = port;
        this.patience = patience;
    }

    /** @throws Problem INVALID (FILE_INFECTED), UNAVAILABLE (SCANNER_AWAY) where the scanner has not said that the file is clean */
    void look(byte[] content) {
        if (host.isBlank()) return;
        String answer = answer(content);
        if (answer.endsWith(" OK")) return;
        if (answer.endsWith(" FOUND")) {
            LOG.warn("an upload was refused, the scanner says: {}", answer);
            throw Problem.invalid("file", "document.file.FILE_INFECTED");
        }
        throw away("it says: " + answer);
    }

    /** Why it does not answer, in words of the machine; empty where it does, and where the city has none. */
    Optional<String> trouble() {
        if (host.isBlank()) return Optional.empty();
        try {
            String answer = talk(this::ping, GREETING);
            return answer.equals("PONG") ? Optional.empty() : Optional.of("it says: " + answer);
        } catch (Silent silent) {
            return Optional.of(silent.why);
        }
    }

    private String answer(byte[] content) {
        try {
            return talk(scanner -> ask(scanner, content), patience);
        } catch (Silent silent) {
            throw away(silent.why);
        }
    }

    private interface Question {
        String ask(Socket scanner) throws IOException;
    }

    private static class Silent extends Exception {
        final String why;

        Silent(String why) {
            super(why);
            this.why = why;
        }
    }

    /** Who only writes is not woken by a socket's own time-out, so the socket is closed under him. */
    private String talk(Question question, Duration patience) throws Silent {
        try (Socket scanner = new Socket()) {
            var asking = new FutureTask<>(() -> {
                scanner.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
                return question.ask(scanner);
            });
            new Thread(asking, "scanner").start();
            return asking.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            MemoryGone.endIf(e);
            throw new Silent(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw new Silent("no answer within " + patience);
        } catch (IOException e) {
            throw new Silent(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Silent("interrupted");
        }
    }

    private String ping(Socket scanner) throws IOException {
        scanner.getOutputStream().write("zPING\0".getBytes(StandardCharsets.US_ASCII));
        return answer(scanner);
    }

    /** Pieces, each behind its length, and an empty one at the end. */
    private String ask(Socket scanner, byte[] content) throws IOException {
        var out = new DataOutputStream(scanner.getOutputStream());
        out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
        for (int at = 0; at < content.length; at += PIECE) {
            int length = Math.min(PIECE, content.length - at);
            out.writeInt(length);
            out.write(content, at, length);
        }
        out.writeInt(0);
        out.flush();
        return answer(scanner);
    }

    /** It ends with a zero byte. */
    private static String answer(Socket scanner) throws IOException {
        return new String(scanner.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", "");
    }

    private static Problem away(String why) {
        LOG.error("uploads are refused, the scanner has not looked at them: {}", why);
        return Problem.of(Problem.Kind.UNAVAILABLE, "document.file.SCANNER_AWAY");
    }
}
