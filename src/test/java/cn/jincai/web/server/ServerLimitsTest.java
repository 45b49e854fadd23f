package cn.jincai.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.util.unit.DataSize;

/** Tomcat alone, set up as the application sets it up, with less time than people have. Of the machine's own addresses 127.0.0.9 is the proxy. */
@Tag("issue-15.2")
class ServerLimitsTest {
    private static final ServerLimits LIMITS =
            new ServerLimits(8, 6, 3, 4, Duration.ofMillis(300), Duration.ofMillis(300), DataSize.ofKilobytes(1));

    private static WebServer server;

    @BeforeAll
    static void start() {
        var tomcat = new TomcatServletWebServerFactory(0);
        tomcat.addEngineValves(new RemoteIpValve());
        new ServerSetup(LIMITS, List.of("127.0.0.9")).customize(tomcat);
        server = tomcat.getWebServer(
                context -> context.addServlet("echo", new Echo()).addMapping("/"));
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    /** Says who asks and how long the body was. */
    private static final class Echo extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                Turnstile.throwIfRefused(request);
            } catch (RuntimeException refused) {
                response.setStatus(429);
                return;
            }
            if (request.getRequestURI().equals("/long"))
                response.getOutputStream().write(new byte[50_000_000]);
            int body = request.getRequestURI().equals("/unread")
                    ? 0
                    : request.getInputStream().readAllBytes().length;
            response.getWriter().print(request.getRemoteAddr() + " " + request.getScheme() + " " + body);
        }
    }

    private Socket from(String address, String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.getPort(), InetAddress.getByName(address), 0);
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private String answer(String address, String headers) throws IOException {
        try (Socket socket = from(address, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n")) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whereARequestComesFromIsTakenFromTheProxyAlone() throws IOException {
        String told = "X-Forwarded-For: 198.51.100.7\r\nX-Forwarded-Proto: https\r\n";
        assertThat(answer("127.0.0.9", told)).endsWith("198.51.100.7 https 0");
        assertThat(answer("127.0.0.1", told))
                .as("Tomcat by itself believes each machine of a private network")
                .endsWith("127.0.0.1 http 0");
        assertThat(answer("127.0.0.9", "X-Forwarded-For: 203.0.113.1, 198.51.100.7\r\n"))
                .as("what a stranger told the proxy stands before what the proxy saw")
                .contains("198.51.100.7 ");
        assertThat(answer("127.0.0.9", "Forwarded: for=198.51.100.7;proto=https\r\n"))
                .endsWith("127.0.0.9 http 0");
        assertThat(answer("127.0.0.1", "Forwarded: for=198.51.100.7\r\nX-Real-IP: 198.51.100.7\r\n"))
                .endsWith("127.0.0.1 http 0");
    }

    @Test
    void aProxyThatNobodyKnowsIsToldAtTheStart() {
        assertThatThrownBy(() -> new ServerSetup(LIMITS, List.of("no such host")))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("no such host");
        new ServerSetup(LIMITS, List.of("::1", " 10.1.2.3"));
    }

    /** Each byte begins the container's own time-out anew. */
    @Test
    void aHeadByteByByteIsCutOff() throws Exception {
        try (Socket slow = from("127.0.0.21", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")) {
            assertThat(bytesUntilClosed(slow)).isBetween(3, 60);
        }
    }

    @Test
    void aBodyByteByByteIsCutOffWhetherItIsReadOrNot() throws Exception {
        for (String path : List.of("/", "/unread"))
            try (Socket slow =
                    from("127.0.0.22", "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")) {
                assertThat(bytesUntilClosed(slow)).isBetween(3, 60);
            }
        try (Socket good = from(
                "127.0.0.22",
                "POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
            assertThat(new String(good.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as("the connection goes on behind a body that nobody wanted")
                    .containsSubsequence("127.0.0.22 http 0", "127.0.0.22 http 0");
        }
    }

    /** One byte in 20 ms; the answer, where there is one, is left alone. */
    private static int bytesUntilClosed(Socket slow) throws IOException {
        slow.setSoTimeout(20);
        InputStream in = slow.getInputStream();
        for (int sent = 0; sent < 500; sent++)
            try {
                slow.getOutputStream().write('x');
                while (in.read() >= 0) {
                    // what was answered before
                }
                return sent;
            } catch (java.net.SocketTimeoutException open) {
                // goes on
            } catch (IOException reset) {
                return sent;
            }
        throw new AssertionError("it is never cut off");
    }

    @Test
    void ofOneSourceSoManyBodiesAndConnectionsAndOthersHaveTheirs() throws Exception {
        String begun = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) sockets.add(from("127.0.0.23", begun));
            assertThat(line(answered(sockets))).startsWith("HTTP/1.1 429");
            Socket another = from("127.0.0.24", begun);
            sockets.add(another);
            another.getOutputStream().write("abc".getBytes(StandardCharsets.UTF_8));
            assertThat(line(another)).startsWith("HTTP/1.1 200");
            assertThat(answer("127.0.0.23", "")).as("one may read meanwhile").contains("200");
            while (sockets.size() < 20) sockets.add(from("127.0.0.23", ""));
            assertThat(sockets.get(19).getInputStream().read()).isEqualTo(-1);
            assertThat(answer("127.0.0.24", "")).contains("200");
        } finally {
            for (Socket socket : sockets) socket.close();
        }
    }

    /** Whichever comes too late. */
    private static Socket answered(List<Socket> sockets) throws IOException {
        for (long end = System.nanoTime() + 5_000_000_000L; System.nanoTime() < end; Thread.onSpinWait())
            for (Socket socket : sockets) if (socket.getInputStream().available() > 0) return socket;
        throw new AssertionError("nobody is answered");
    }

    @Test
    void answersThatNobodyReadsHoldNoMoreThanOneSourcesShare() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) sockets.add(from("127.0.0.25", "GET /long HTTP/1.1\r\nHost: x\r\n\r\n"));
            List<String> lines = new ArrayList<>();
            for (Socket socket : sockets) lines.add(line(socket));
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("HTTP/1.1 429"))
                    .hasSize(2);
            assertThat(answer("127.0.0.24", "")).contains("200");
        } finally {
            for (Socket socket : sockets) socket.close();
        }
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\r';
                c = socket.getInputStream().read()) line.append((char) c);
        return line.toString();
    }

    /** 10 MB at 30 KB in a second are six minutes, and stay below every limit; a byte in a second does not. */
    @Test
    void aSlowPhoneIsNoAttack() throws IOException {
        assertThat(sent(30_000, 10_000_000)).isEqualTo(10_000_000);
        assertThatThrownBy(() -> sent(1, 1_000)).isInstanceOf(BodyMissing.class);
        assertThatThrownBy(() -> sent(500, 1_000_000)).isInstanceOf(BodyMissing.class);
    }

    private static long sent(int inASecond, long length) throws IOException {
        AtomicLong clock = new AtomicLong(), sent = new AtomicLong(), over = new AtomicLong();
        InputBuffer phone = new InputBuffer() {
            @Override
            public int doRead(ApplicationBufferHandler into) {
                clock.addAndGet(Duration.ofSeconds(1).toNanos());
                return (int) Math.min(inASecond, length - sent.getAndAdd(inASecond));
            }

            @Override
            public int available() {
                return 0;
            }
        };
        PacedBody body = new PacedBody(
                phone, length, Duration.ofSeconds(20), DataSize.ofKilobytes(1), clock::get, over::incrementAndGet);
        try {
            while (body.isAwaited() && body.read() < length) {
                body.doRead(ApplicationBufferHandler.EMPTY);
                clock.addAndGet(Duration.ofMinutes(1).toNanos()); // what is done with it does not count
            }
            return body.read();
        } finally {
            assertThat(over).hasValue(1);
        }
    }
}
