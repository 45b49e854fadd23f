package cn.jincai.web.admin;

import cn.jincai.policy.Packages;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while the database holds a package that is not what was frozen: schemes by the hash of the package. */
@Component("packagesHealthIndicator")
class PackageHealth implements HealthIndicator {
    private final Packages packages;

    PackageHealth(Packages packages) {
        this.packages = packages;
    }

    @Override
    public Health health() {
        var damaged = packages.damaged();
        return (damaged.isEmpty() ? Health.up() : Health.down())
                .withDetail("damaged", damaged)
                .build();
    }
}
