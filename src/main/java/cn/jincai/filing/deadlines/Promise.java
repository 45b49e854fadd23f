package cn.jincai.filing.deadlines;

import java.time.LocalDate;
import java.util.List;

/**
 * How the day stands by which a decision was promised (rulebook 7.8).
 *
 * @param state       {@code running}; {@code stands} at a step whose days don't count, so that the day will be later; {@code past}; {@code ended} by the signature or the end of the case
 * @param provisional the holidays of a year on the way to it are not announced yet
 * @param moved       each time that the day became later, the first one first; empty in lists
 */
public record Promise(LocalDate day, String state, boolean provisional, List<Moved> moved) {
    /**
     * @param stages   that did not count; empty where holidays were announced that nobody had known of, or the leader gave more time
     * @param extended by the leader, with a reason of its own
     */
    public record Moved(LocalDate from, LocalDate to, List<String> stages, boolean extended) {}

    public boolean isEnded() {
        return state.equals("ended");
    }
}
