package cn.jincai.web.server;

import cn.jincai.kernel.Problem;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.http.HttpHeaders;

/**
 * Threads are what slow requests hold: each source has a share of them, of which a part may wait for bodies (decision 137). Who has spent it is told so in
 * words at once, and his body is not read. It stands behind the valve that knows what a proxy forwards, and before all that may read a body, pages of errors
 * included; a filter would not see the bodies that Tomcat reads by itself, those of forms and uploads.
 */
public final class Turnstile extends ValveBase {
    /** Attribute of a request that is to be refused: the exception that says why. */
    private static final String REFUSED = Turnstile.class.getName() + ".refused";

    private static final Duration COME_AGAIN = Duration.ofSeconds(5);
    /** What is left of a body that nobody wanted is read, so that the answer arrives, but not without end. */
    private static final long MOST_LEFT = 64L << 20;

    private final ServerLimits limits;
    private final Shares requests, bodies;

    Turnstile(ServerLimits limits) {
        super(true);
        this.limits = limits;
        requests = new Shares(limits.requests(), Integer.MAX_VALUE);
        bodies = new Shares(limits.bodies(), limits.allBodies());
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String source = Network.of(request.getRemoteAddr());
        Shares.Taken share = requests.take(source);
        if (share != Shares.Taken.YES) {
            refuse(share, request, response);
            return;
        }
        try {
            if (hasBody(request)) withBody(source, request, response);
            else getNext().invoke(request, response);
        } finally {
            requests.giveBack(source);
        }
    }

    /** @throws RuntimeException that says in words why it is to be refused */
    public static void throwIfRefused(ServletRequest request) {
        if (request.getAttribute(REFUSED) instanceof RuntimeException refused) throw refused;
    }

    boolean waitsForNobody() {
        return bodies.isEmpty();
    }

    private static boolean hasBody(Request request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private void withBody(String source, Request request, Response response) throws IOException, ServletException {
        Shares.Taken share = bodies.take(source);
        if (share != Shares.Taken.YES) {
            refuse(share, request, response);
            return;
        }
        var coyote = request.getCoyoteRequest();
        InputBuffer own = coyote.getInputBuffer();
        PacedBody body = new PacedBody(
                own,
                request.getContentLengthLong(),
                limits.patience(),
                limits.slowest(),
                System::nanoTime,
                () -> bodies.giveBack(source));
        coyote.setInputBuffer(body);
        try {
            getNext().invoke(request, response);
            if (body.isAwaited() && !request.isAsync() && !coyote.hasExpectation()) readTheRest(body, response);
        } finally {
            if (!request.isAsync() && (body.isAwaited() || body.hasFailed()))
                coyote.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            body.end();
            coyote.setInputBuffer(own);
        }
    }

    /** Tomcat would do so by itself, without counting the time. */
    private static void readTheRest(PacedBody body, Response response) throws IOException {
        response.finishResponse();
        var nowhere = new Nowhere();
        try {
            while (body.isAwaited() && body.read() < MOST_LEFT) body.doRead(nowhere);
        } catch (BodyMissing hungUp) {
            return; // the answer is out
        }
    }

    private void refuse(Shares.Taken share, Request request, Response response) throws IOException, ServletException {
        request.setAttribute(
                REFUSED,
                share == Shares.Taken.SHARE_SPENT
                        ? new TooManyCalls(COME_AGAIN)
                        : Problem.of(Problem.Kind.UNAVAILABLE, "web.BUSY"));
        var coyote = request.getCoyoteRequest();
        InputBuffer own = coyote.getInputBuffer();
        coyote.setInputBuffer(new NoBody());
        if (hasBody(request)) response.setHeader(HttpHeaders.CONNECTION, "close");
        try {
            getNext().invoke(request, response);
        } finally {
            if (hasBody(request)) coyote.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            coyote.setInputBuffer(own);
        }
    }

    private static final class NoBody implements InputBuffer {
        @Override
        public int doRead(ApplicationBufferHandler into) {
            return -1;
        }

        @Override
        public int available() {
            return 0;
        }
    }

    private static final class Nowhere implements ApplicationBufferHandler {
        private ByteBuffer last = EMPTY_BUFFER;

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            last = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return last;
        }

        @Override
        public void expand(int size) {
            // is not asked for by who only reads
        }
    }
}
