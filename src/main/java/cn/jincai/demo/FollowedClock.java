package cn.jincai.demo;

import cn.jincai.process.Timetable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The demo's clock is the database's, not a node's: each node looks every second where the others have moved it. Outside the demo nobody moves it. */
@Component
@Profile("demo")
@ConditionalOnProperty(name = "jincai.ticking", matchIfMissing = true)
class FollowedClock {
    private final Timetable timetable;

    FollowedClock(Timetable timetable) {
        this.timetable = timetable;
    }

    @Scheduled(fixedDelay = 1_000)
    void follow() {
        timetable.follow();
    }
}
