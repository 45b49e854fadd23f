package cn.jincai;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** An application in a process of its own, as an office starts it; what it says on its console is kept in a file. */
public final class Running implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path console;
    private final int port;
    private final long begun = System.nanoTime();

    private Running(Process process, Path console, int port) {
        this.process = process;
        this.console = console;
        this.port = port;
    }

    /**
     * @param folder      to run in; the console lands here too
     * @param environment all of it: nothing of the caller's own comes along
     * @param java        arguments of java: options, then what to run and its arguments
     */
    public static Running start(Path folder, Map<String, String> environment, List<String> java) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(java);
        return launch(folder, environment, command);
    }

    /** The same by another command than java, such as {@code bin/jincai}, which is told where java and the system's tools are. */
    public static Running launch(Path folder, Map<String, String> environment, List<String> command) {
        try {
            int port = freePort();
            List<String> whole = new ArrayList<>(command);
            whole.add("--server.port=" + port);
            Path console = Files.createTempFile(folder, "console", ".txt");
            ProcessBuilder builder = new ProcessBuilder(whole)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(console.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Running(builder.start(), console, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Our own application from the compiled classes, without any of the tests', nor the library that would set itself up beside it. */
    public static List<String> classes() {
        String own = Arrays.stream(testClasses().split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.contains("springdoc"))
                .collect(Collectors.joining(File.pathSeparator));
        return List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", own, Jincai.class.getName());
    }

    /** Ours and the tests'. */
    public static String testClasses() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** @return how long it took from the start of the process until this address answered as wanted */
    public Duration untilAnswers(String path, int status) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .build();
        while (System.nanoTime() - begun < PATIENCE.toNanos()) {
            if (!process.isAlive()) throw new IllegalStateException("it ended by itself:\n" + console());
            try {
                if (HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == status)
                    return Duration.ofNanos(System.nanoTime() - begun);
            } catch (IOException notYet) {
                // nobody listens yet
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new IllegalStateException("no answer in time:\n" + console());
    }

    /** @return the exit status of a process that ends by itself */
    public int untilEnded() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                throw new IllegalStateException("it still runs:\n" + console());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String console() {
        try {
            return Files.readString(console);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** Asks it to end, as a service manager does, and waits: a database in a file is free only then. */
    @Override
    public void close() {
        process.destroy();
        untilEnded();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
