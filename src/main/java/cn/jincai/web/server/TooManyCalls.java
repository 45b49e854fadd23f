package cn.jincai.web.server;

import cn.jincai.web.problem.Refusal;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** One address has asked for too much at once; the next call is looked at after this time. */
public class TooManyCalls extends RuntimeException {
    private final long seconds;

    public TooManyCalls(Duration wait) {
        super("too many costly calls", null, false, false);
        seconds = wait.toSeconds();
    }

    public Refusal refusal() {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        return Refusal.of(HttpStatus.TOO_MANY_REQUESTS, "web.TOO_MANY_CALLS", seconds)
                .with(headers);
    }
}
