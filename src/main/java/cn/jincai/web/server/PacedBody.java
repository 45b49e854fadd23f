package cn.jincai.web.server;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.util.unit.DataSize;

/**
 * A body that has to keep coming. Tomcat only counts how long nothing came: one byte every now and then would hold a thread for days. Only waiting for
 * it is counted, not what is done with what came. Whoever reads is told by {@link BodyMissing}.
 */
final class PacedBody implements InputBuffer {
    private final InputBuffer body;
    private final long length;
    private final long patience;
    private final long slowest;
    private final LongSupplier nanoTime;
    private final Runnable whenOver;
    private long read, waited;
    private boolean over, failed;

    /**
     * @param length   in bytes, negative where it was not told
     * @param slowest  in one second
     * @param whenOver runs once: when it is here in full, or nobody waits for it any more
     */
    PacedBody(
            InputBuffer body,
            long length,
            Duration patience,
            DataSize slowest,
            LongSupplier nanoTime,
            Runnable whenOver) {
        this.body = body;
        this.length = length;
        this.patience = patience.toNanos();
        this.slowest = slowest.toBytes();
        this.nanoTime = nanoTime;
        this.whenOver = whenOver;
    }

    @Override
    public int doRead(ApplicationBufferHandler into) throws IOException {
        if (failed) throw new BodyMissing();
        long begun = nanoTime.getAsLong();
        int n;
        try {
            n = body.doRead(into);
        } catch (IOException brokenOff) {
            throw missing();
        }
        waited += nanoTime.getAsLong() - begun;
        read += Math.max(0, n);
        if (n < 0 || read == length) end();
        else if (waited > patience + Duration.ofSeconds(1).toNanos() * read / slowest) throw missing();
        return n;
    }

    private BodyMissing missing() {
        failed = true;
        end();
        return new BodyMissing();
    }

    /** Whether more of it may come. */
    boolean isAwaited() {
        return !over;
    }

    boolean hasFailed() {
        return failed;
    }

    long read() {
        return read;
    }

    void end() {
        if (over) return;
        over = true;
        whenOver.run();
    }

    @Override
    public int available() {
        return body.available();
    }
}
