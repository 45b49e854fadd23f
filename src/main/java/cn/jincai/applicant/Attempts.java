package cn.jincai.applicant;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.RateLimits;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Ten tries, then one a minute, for what a stranger may send without signing in: a registration, the first administrator's token. Each node counts for itself. */
@Component
class Attempts {
    private static final int AT_ONCE = 10;
    private static final Duration ALL_BACK = Duration.ofMinutes(AT_ONCE);

    private final RateLimits tries;

    Attempts(CityClock clock) {
        tries = new RateLimits(clock);
    }

    /** @throws Problem TOO_MANY */
    void take(String what, String from) {
        if (!tries.of(what + " " + from, AT_ONCE, ALL_BACK).tryConsume(1))
            throw Problem.of(Problem.Kind.TOO_MANY, "applicant.TOO_MANY_ATTEMPTS");
    }
}
