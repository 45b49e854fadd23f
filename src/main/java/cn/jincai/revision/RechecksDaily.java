package cn.jincai.revision;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every quarter of an hour which re-checks have become due; of several nodes each begins what no other has. */
@Component
@ConditionalOnProperty(name = "jincai.ticking", matchIfMissing = true)
class RechecksDaily {
    private final Rechecks rechecks;

    RechecksDaily(Rechecks rechecks) {
        this.rechecks = rechecks;
    }

    @Scheduled(initialDelay = 240_000, fixedDelay = 900_000)
    void look() {
        rechecks.begin();
    }
}
