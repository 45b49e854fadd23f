package cn.jincai.audit;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks every minute whether the record was looked at today. It is not one of the works that a moved clock makes up for day by day: over weeks that pass at
 * once, one look says as much as one for each day.
 */
@Component
@ConditionalOnProperty(name = "jincai.ticking", matchIfMissing = true)
class AuditDaily {
    private final AuditWatch watch;

    AuditDaily(AuditWatch watch) {
        this.watch = watch;
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
    void look() {
        watch.daily();
    }
}
