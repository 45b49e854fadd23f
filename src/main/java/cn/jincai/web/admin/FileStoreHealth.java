package cn.jincai.web.admin;

import cn.jincai.document.Evidence;
import java.io.IOException;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while papers and decisions can't be kept: the disk is full, or the folder is not there or not ours. */
@Component("papersHealthIndicator")
class FileStoreHealth implements HealthIndicator {
    private final Evidence evidence;

    FileStoreHealth(Evidence evidence) {
        this.evidence = evidence;
    }

    @Override
    public Health health() {
        try {
            evidence.tryShelf();
            return Health.up().build();
        } catch (IOException e) {
            return Health.down(e).build();
        }
    }
}
