package cn.jincai.process;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** In normal life the rooms' own work is looked at every few seconds. Tests switch it off and move the clock themselves. */
@Component
@ConditionalOnProperty(name = "jincai.ticking", matchIfMissing = true)
class ScheduledWork {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledWork.class);

    private final CityClock clock;
    private final List<DueWork> rooms;

    ScheduledWork(CityClock clock, List<DueWork> rooms) {
        this.clock = clock;
        this.rooms = List.copyOf(rooms);
    }

    @Scheduled(initialDelay = 5_000, fixedDelay = 3_000)
    void tick() {
        for (DueWork room : rooms) {
            try {
                if (room.next().filter(next -> !next.isAfter(clock.instant())).isPresent()) room.run();
            } catch (RuntimeException failed) {
                LOG.warn(
                        "{} failed: {}",
                        room.getClass().getName(),
                        failed.getClass().getName());
            }
        }
    }
}
