package cn.jincai.kernel;

import java.time.Instant;
import java.time.LocalDate;

/**
 * The end of a step's limit.
 *
 * @param end         24:00 of the last day, Asia/Shanghai
 * @param provisional the year's notice is not loaded yet, so weekends alone were taken as rest days (rulebook 2.7)
 * @param actsAt      when a lapse acts: the end, or 31 days later while it is provisional (rulebook 7.8)
 */
public record Deadline(Instant end, boolean provisional, Instant actsAt) {
    /** The last day itself, as people write it. */
    public LocalDate day() {
        return end.minusNanos(1).atZone(CityClock.ZONE).toLocalDate();
    }
}
