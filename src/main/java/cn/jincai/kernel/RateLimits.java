package cn.jincai.kernel;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often somebody may do something, by the city's clock. Those least recently seen are forgotten, so that strangers can't fill the memory. Each node counts for itself. */
public final class RateLimits {
    private static final int KEPT = 20_000;

    private final CityClock clock;
    private final TimeMeter meter;
    private Instant latest = Instant.MIN;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > KEPT;
        }
    };

    public RateLimits(CityClock clock) {
        this.clock = clock;
        meter = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    /** Full at first; what was taken comes back evenly over this time. */
    public synchronized Bucket of(String key, long capacity, Duration window) {
        Instant now = clock.instant();
        if (now.plus(window).isBefore(latest))
            buckets.clear(); // the clock was set back: nothing would come back until then
        if (now.isAfter(latest) || buckets.isEmpty()) latest = now;
        return buckets.computeIfAbsent(
                key,
                k -> Bucket.builder()
                        .withCustomTimePrecision(meter)
                        .addLimit(l -> l.capacity(capacity).refillGreedy(capacity, window))
                        .build());
    }

    public synchronized void forget(String key) {
        buckets.remove(key);
    }

    /** Of all keys that begin so: looks at each, which is for what is done seldom. */
    public synchronized void forgetAll(String beginning) {
        buckets.keySet().removeIf(key -> key.startsWith(beginning));
    }

    public synchronized int size() {
        return buckets.size();
    }
}
