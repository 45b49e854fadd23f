package cn.jincai.process;

import cn.jincai.kernel.CityClock;
import java.time.Duration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Moves the city's clock and the engine's together. How far they stand ahead is kept, so that a restart does not throw the demo back and other nodes follow. */
@Component
public class EngineClock {
    private final CityClock clock;
    private final JdbcClient jdbc;

    EngineClock(CityClock clock, JdbcClient jdbc) {
        this.clock = clock;
        this.jdbc = jdbc;
        follow();
    }

    /** Shows what another node may have moved the clock to: nodes that stand in different years would pay from different lines of the budget. */
    synchronized void follow() {
        jdbc.sql("select offset_millis from demo_clock")
                .query(Long.class)
                .optional()
                .map(Duration::ofMillis)
                .filter(ahead -> !ahead.equals(clock.offset()))
                .ifPresent(this::show);
    }

    /** @param ahead of the wall, to the millisecond; both clocks run on from there */
    public synchronized void moveTo(Duration ahead) {
        show(ahead);
        if (jdbc.sql("update demo_clock set offset_millis = ?")
                        .param(ahead.toMillis())
                        .update()
                == 0)
            jdbc.sql("insert into demo_clock (id, offset_millis) values (1, ?)")
                    .param(ahead.toMillis())
                    .update();
    }

    private void show(Duration ahead) {
        clock.moveTo(Duration.ofMillis(ahead.toMillis()));
        ClockUtil.offset(ahead.toMillis());
    }
}
