package cn.jincai.web.admin;

import cn.jincai.process.BrokenRuns;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while a scheme's half-yearly run stands still: which scheme and why. */
@Component("runsHealthIndicator")
class RunHealth implements HealthIndicator {
    private final BrokenRuns runs;

    RunHealth(BrokenRuns runs) {
        this.runs = runs;
    }

    @Override
    public Health health() {
        var broken = runs.list();
        return (broken.isEmpty() ? Health.up() : Health.down())
                .withDetail("broken", broken)
                .build();
    }
}
