package cn.jincai.web;

import cn.jincai.kernel.CityClock;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Wrong passwords are counted by account (10 in 15 minutes) and by address (100), so that neither one account nor a list of accounts can be
 * tried through. A right password clears the account's count. Names that nobody has are counted too: the answer tells nothing.
 */
@Component
class SignInLimit {
    private static final int KEPT = 20_000;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final TimeMeter meter;
    private final Map<String, Bucket> buckets = Collections.synchronizedMap(new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > KEPT;
        }
    });

    SignInLimit(CityClock clock) {
        meter = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return Duration.between(java.time.Instant.EPOCH, clock.instant()).toNanos();
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    /** How long to wait before the next try; zero when one may try now. */
    Duration waitFor(String account, String address) {
        var byAccount = wait(byAccount(account));
        var byAddress = wait(byAddress(address));
        return byAccount.compareTo(byAddress) > 0 ? byAccount : byAddress;
    }

    void wrong(String account, String address) {
        byAccount(account).tryConsume(1);
        byAddress(address).tryConsume(1);
    }

    void right(String account) {
        buckets.remove("account " + account);
    }

    private Duration wait(Bucket bucket) {
        var probe = bucket.estimateAbilityToConsume(1);
        return probe.canBeConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1);
    }

    private Bucket byAccount(String account) {
        return bucket("account " + account, 10);
    }

    private Bucket byAddress(String address) {
        return bucket("address " + address, 100);
    }

    private Bucket bucket(String key, long tries) {
        return buckets.computeIfAbsent(key, k -> Bucket.builder().withCustomTimePrecision(meter)
            .addLimit(l -> l.capacity(tries).refillGreedy(tries, WINDOW)).build());
    }
}
