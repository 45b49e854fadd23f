package cn.jincai.kernel;

import java.time.Instant;
import java.util.Optional;

/**
 * Work of a room that falls due by itself and is no step of a diagram: the day's batch for the bank, e-mail waiting to be sent, the end of
 * the time for a rating. Runs every few seconds, and when the demo's clock is moved in the order of its time, between the engine's timers.
 * Two nodes may run it at the same second: claim what you do by a row lock.
 */
public interface DueWork {
    /** When there is next something to do, at the earliest; empty when nothing waits. Cheap: asked again and again. */
    Optional<Instant> next();

    /** Does what is due by now, in transactions of its own, and sees to it that {@link #next()} then lies later or is empty. */
    void run();
}
