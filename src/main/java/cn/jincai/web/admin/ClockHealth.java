package cn.jincai.web.admin;

import cn.jincai.audit.AuditLog;
import cn.jincai.kernel.CityClock;
import java.time.Duration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the clock stands behind the last entry of the record: then somebody has set it back, and what falls due falls due late. The application is not
 * taken away for it, since no other node would help.
 */
@Component("clockHealthIndicator")
class ClockHealth implements HealthIndicator {
    /** Two nodes' clocks are never quite the same. */
    private static final Duration TOLERATED = Duration.ofMinutes(1);

    private final AuditLog log;
    private final CityClock clock;

    ClockHealth(AuditLog log, CityClock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Health health() {
        Duration behind =
                log.last().map(last -> Duration.between(clock.instant(), last)).orElse(Duration.ZERO);
        return behind.compareTo(TOLERATED) <= 0
                ? Health.up().build()
                : Health.status("BEHIND")
                        .withDetail("behindTheLastRecord", behind.toString())
                        .build();
    }
}
