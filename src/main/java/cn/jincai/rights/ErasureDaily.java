package cn.jincai.rights;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every few minutes whether today's run is done; over weeks that pass at once, one run does as much as one for each day. */
@Component
@ConditionalOnProperty(name = "jincai.ticking", matchIfMissing = true)
class ErasureDaily {
    private final Erasure erasure;

    ErasureDaily(Erasure erasure) {
        this.erasure = erasure;
    }

    @Scheduled(initialDelay = 120_000, fixedDelay = 300_000)
    void look() {
        erasure.daily();
    }
}
