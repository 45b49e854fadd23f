package cn.jincai.applicant;

import cn.jincai.kernel.Problem;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Ten tries, then one a minute, for what a stranger may send without signing in: a registration, the first administrator's token. Each node counts for itself. */
@Component
class Attempts {
    private static final int KEPT = 20_000;

    private final Map<String, Bucket> buckets = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > KEPT;
        }
    });

    /** @throws Problem TOO_MANY */
    void take(String what, String from) {
        Bucket bucket = buckets.computeIfAbsent(
                what + " " + from,
                k -> Bucket.builder()
                        .addLimit(l -> l.capacity(10).refillIntervally(1, Duration.ofMinutes(1)))
                        .build());
        if (!bucket.tryConsume(1)) throw Problem.of(Problem.Kind.TOO_MANY, "applicant.TOO_MANY_ATTEMPTS");
    }
}
