package cn.jincai.process;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** In normal life the rooms' own work is looked at every few seconds. Tests switch it off and move the clock themselves. */
@Component
@ConditionalOnProperty(name = "jincai.ticking", matchIfMissing = true)
class ScheduledWork {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledWork.class);

    /** Between two rounds. */
    private static final String NOTHING = "schedule";

    private final CityClock clock;
    private final List<DueWork> rooms;
    private final Map<String, String> failed = new ConcurrentHashMap<>();
    private volatile long looked = System.nanoTime();
    private volatile String inHand = NOTHING;

    ScheduledWork(CityClock clock, List<DueWork> rooms) {
        this.clock = clock;
        this.rooms = List.copyOf(rooms);
    }

    @Scheduled(initialDelay = 5_000, fixedDelay = 3_000)
    void tick() {
        for (DueWork room : rooms) {
            inHand = name(room);
            try {
                if (room.next().filter(next -> !next.isAfter(clock.instant())).isPresent()) room.run();
                failed.remove(inHand);
            } catch (RuntimeException thrown) {
                failed.put(inHand, thrown.getClass().getSimpleName());
                LOG.warn(
                        "{} failed: {}",
                        room.getClass().getName(),
                        thrown.getClass().getName());
            }
        }
        looked = System.nanoTime();
        inHand = NOTHING;
    }

    private static String name(DueWork room) {
        return StringUtils.uncapitalize(ClassUtils.getUserClass(room).getSimpleName());
    }

    /** When all rooms were last through, as the machine counts. */
    long looked() {
        return looked;
    }

    /** Whose work is done at this moment. */
    String inHand() {
        return inHand;
    }

    /** Whose work failed when it was last tried, with the kind of error alone: its text may hold somebody's data. */
    Map<String, String> failed() {
        return Map.copyOf(failed);
    }
}
