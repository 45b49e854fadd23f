package cn.jincai.applicant;

import cn.jincai.kernel.Problem;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.stereotype.Component;

/**
 * Ten wrong tries, then one a minute: guessing becomes hopeless, and whoever is shut out by another's guessing waits a minute, not a day.
 * Counted in memory by each node.
 */
@Component
class Attempts {
    private static final int KEPT = 20_000;

    private final Map<String, Bucket> buckets = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > KEPT;
        }
    });

    @EventListener
    void failed(AuthenticationFailureBadCredentialsEvent event) {
        failed("sign-in " + event.getAuthentication().getName());
    }

    @EventListener
    void succeeded(AuthenticationSuccessEvent event) {
        buckets.remove("sign-in " + event.getAuthentication().getName());
    }

    boolean exhausted(String key) {
        Bucket bucket = buckets.get(key);
        return bucket != null && bucket.getAvailableTokens() == 0;
    }

    /** @throws Problem TOO_MANY */
    void take(String key) {
        if (!bucket(key).tryConsume(1)) throw new Problem(Problem.Kind.TOO_MANY, "TOO_MANY_ATTEMPTS", "尝试次数过多，请一分钟后再试。", "Too many attempts. Try again in a minute.");
    }

    private void failed(String key) {
        bucket(key).tryConsume(1);
    }

    private Bucket bucket(String key) {
        return buckets.computeIfAbsent(key, k -> Bucket.builder().addLimit(l -> l.capacity(10).refillIntervally(1, Duration.ofMinutes(1))).build());
    }
}
