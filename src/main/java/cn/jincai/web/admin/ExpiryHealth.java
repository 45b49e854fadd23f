package cn.jincai.web.admin;

import cn.jincai.policy.Expiries;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** What runs out within 90 days, in the details of health; the application is well all the same. */
@Component("expiryHealthIndicator")
class ExpiryHealth implements HealthIndicator {
    private final Expiries expiries;

    ExpiryHealth(Expiries expiries) {
        this.expiries = expiries;
    }

    @Override
    public Health health() {
        return Health.up().withDetail("soon", expiries.soon()).build();
    }
}
