package cn.jincai.kernel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;

/** The only source of time. In the demo and in tests it can be moved ahead; the engine's clock is moved along with it by {@code process}. */
@Component
public class CityClock extends Clock {
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Clock wall = Clock.system(ZONE);
    private volatile Duration offset = Duration.ZERO;

    @Override
    public ZoneId getZone() {
        return ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new IllegalArgumentException("The city's clock shows " + ZONE + " only.");
    }

    @Override
    public Instant instant() {
        return wall.instant().plus(offset);
    }

    /** Now, as a table keeps it. */
    public OffsetDateTime timestamp() {
        return instant().atOffset(ZoneOffset.UTC);
    }

    public LocalDate today() {
        return LocalDate.now(this);
    }

    public Duration offset() {
        return offset;
    }

    /** How far ahead of the wall the application stands; it runs on from there. */
    public void moveTo(Duration ahead) {
        offset = ahead;
    }
}
