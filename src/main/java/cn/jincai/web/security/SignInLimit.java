package cn.jincai.web.security;

import cn.jincai.applicant.RolesChanged;
import cn.jincai.kernel.CityClock;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Wrong passwords are counted by account (10 in 15 minutes) and by address (100), so that neither one account nor a list of accounts can be
 * tried through. An account is one, whatever its name or number was typed like. A right password clears the account's count, and so does a new one set at the counter. Names that nobody has are counted too: the answer tells nothing.
 */
@Component
class SignInLimit {
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final RateLimits buckets;

    SignInLimit(CityClock clock) {
        buckets = new RateLimits(clock);
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
        buckets.forget("account " + account);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void beginsAnew(RolesChanged changed) {
        right(changed.account());
    }

    private Duration wait(Bucket bucket) {
        var probe = bucket.estimateAbilityToConsume(1);
        return probe.canBeConsumed()
                ? Duration.ZERO
                : Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1);
    }

    private Bucket byAccount(String account) {
        return buckets.of("account " + account, 10, WINDOW);
    }

    private Bucket byAddress(String address) {
        return buckets.of("address " + Network.of(address), 100, WINDOW);
    }
}
