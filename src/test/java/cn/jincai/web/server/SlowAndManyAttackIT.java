package cn.jincai.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/**
 * One source, another address of this machine, with as many sockets as it likes, each as slow as it may be. Meanwhile everybody else reads pages, asks and sends.
 * Each story has a source of its own, and ends when the server has let go of the bodies that did not come: they count against everybody's.
 */
@CaseTest
@Tag("issue-15.2")
class SlowAndManyAttackIT {
    private static final AtomicInteger STRANGERS = new AtomicInteger(66);
    /** Shorter than the server's, which would let the slow ones go. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @LocalServerPort
    int port;

    @Autowired
    ServletWebServerApplicationContext application;

    private final String stranger = "127.0.0." + STRANGERS.getAndIncrement();
    private final HttpClient others = HttpClient.newHttpClient();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) socket.close();
        Turnstile turnstile = Stream.of(((TomcatWebServer) application.getWebServer())
                        .getTomcat()
                        .getEngine()
                        .getPipeline()
                        .getValves())
                .filter(Turnstile.class::isInstance)
                .map(Turnstile.class::cast)
                .findFirst()
                .orElseThrow();
        Awaitility.await("nobody is waited for").atMost(Duration.ofMinutes(1)).until(turnstile::waitsForNobody);
    }

    private List<Socket> begin(int many, String request) throws IOException {
        List<Socket> begun = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Socket socket = new Socket("127.0.0.1", port, InetAddress.getByName(stranger), 0);
            sockets.add(socket);
            begun.add(socket);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        }
        return begun;
    }

    private void othersAreAnswered() throws Exception {
        assertThat(answer(HttpRequest.newBuilder(at("/")))).isEqualTo(200);
        assertThat(answer(HttpRequest.newBuilder(at("/api/schemes")))).isEqualTo(200);
        assertThat(answer(HttpRequest.newBuilder(at("/api/assessments"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"scheme\": \"skills-award\"}"))))
                .isEqualTo(200);
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private int answer(HttpRequest.Builder request) throws Exception {
        return others.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Each of these held a thread. */
    @Test
    void bodiesThatDoNotCome() throws Exception {
        List<Socket> slow = begin(
                330,
                "POST /api/assessments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
        othersAreAnswered();
        String told = firstAnswer(slow);
        assertThat(told)
                .startsWith("HTTP/1.1 429")
                .contains("Retry-After: 5", "Connection: close", "TOO_MANY_CALLS", "请 5 秒后再试");
    }

    @Test
    void formsAndUploadsThatDoNotCome() throws Exception {
        List<Socket> slow = begin(
                165,
                "POST /screener HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na=");
        slow.addAll(
                begin(
                        165,
                        "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n--x\r\n"));
        othersAreAnswered();
        assertThat(firstAnswer(slow)).startsWith("HTTP/1.1 429").contains("<main", "请 5 秒后再试");
    }

    @Test
    void headsThatDoNotEndAndConnectionsThatSayNothing() throws Exception {
        begin(230, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
        begin(100, "");
        othersAreAnswered();
    }

    @Test
    void moreConnectionsThanAnybodyNeeds() throws Exception {
        List<Socket> many = begin(560, "");
        othersAreAnswered();
        assertThat(many.get(559).getInputStream().read())
                .as("the last one was closed at once")
                .isEqualTo(-1);
    }

    /** Whichever of them is answered: it had to wait for nobody. */
    private static String firstAnswer(List<Socket> sockets) throws IOException {
        Socket told = Awaitility.await("somebody is told")
                .atMost(PATIENCE)
                .until(
                        () -> sockets.stream()
                                .filter(SlowAndManyAttackIT::isAnswered)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        return new String(told.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static boolean isAnswered(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException gone) {
            return false;
        }
    }
}
