package cn.jincai.web.security;

import cn.jincai.applicant.RolesChanged;
import cn.jincai.applicant.SignInPlaces;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.RateLimits;
import cn.jincai.web.server.Network;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Wrong passwords make wait whoever sends them, and nobody else (decision 143): 10 in 15 minutes for an account from one network; elsewhere 100 for an account from all
 * networks together, and 100 from one network for all accounts, so that neither can be tried through. A browser in which the account has signed in before has 10
 * of its own, and the network of a program that has only its own: the tries of others don't count there. An account is one, whatever its name or number was
 * typed like. A right password ends the waits at its place and of the account as a whole, a new one set at the counter all of them. Names that nobody has are counted too: the answer tells nothing.
 */
@Component
public class SignInLimit {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int AT_ONE_PLACE = 10, IN_ALL = 100;

    private final RateLimits buckets;
    private final SignInPlaces places;

    SignInLimit(CityClock clock, SignInPlaces places) {
        buckets = new RateLimits(clock);
        this.places = places;
    }

    /**
     * How long to wait before the next try; zero when one may try now.
     *
     * @param browser its token, or null for a program
     */
    Duration waitFor(String account, String address, @Nullable String browser) {
        if (browser != null && places.knows(account, browser)) return wait(at(account, browser));
        String network = Network.of(address);
        Duration here = wait(at(account, network)),
                inAll =
                        Stream.of(wait(account(account)), wait(network(network)))
                                .max(Duration::compareTo)
                                .orElseThrow();
        return inAll.compareTo(here) > 0 && !places.knows(account, network) ? inAll : here;
    }

    void wrong(String account, String address, @Nullable String browser) {
        if (browser != null && places.knows(account, browser)) {
            at(account, browser).tryConsume(1);
            return;
        }
        String network = Network.of(address);
        at(account, network).tryConsume(1);
        account(account).tryConsume(1);
        network(network).tryConsume(1);
    }

    public void right(String account, String address, @Nullable String browser) {
        String network = Network.of(address);
        buckets.forget(keyOf(account, ""));
        buckets.forget(keyOf(account, network));
        if (browser != null) buckets.forget(keyOf(account, browser));
        places.remember(account, browser == null ? network : browser);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void beginsAnew(RolesChanged changed) {
        buckets.forgetAll(keyOf(changed.account(), ""));
    }

    private Duration wait(Bucket bucket) {
        var probe = bucket.estimateAbilityToConsume(1);
        return probe.canBeConsumed()
                ? Duration.ZERO
                : Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1);
    }

    private Bucket at(String account, String place) {
        return buckets.of(keyOf(account, place), AT_ONE_PLACE, WINDOW);
    }

    private Bucket account(String account) {
        return buckets.of(keyOf(account, ""), IN_ALL, WINDOW);
    }

    private static String keyOf(String account, String place) {
        return "account " + account + "\n" + place;
    }

    private Bucket network(String network) {
        return buckets.of("network " + network, IN_ALL, WINDOW);
    }
}
