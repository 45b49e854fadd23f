package cn.jincai.filing.deadlines;

import cn.jincai.kernel.CaseNumber;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a case that was accepted and not signed yet.
 *
 * @param remindOn     on this day two thirds of the lawful working days are over
 * @param lawfulBy     the last lawful day
 * @param extendedDays working days that the leader has added
 * @param stands       the case is at a step whose days don't count, so that the days will move
 * @param remindedAt   null until then
 * @param escalatedAt  when the leader was told that the last lawful day has come; null until then
 */
public record CaseDeadline(
        CaseNumber number,
        String scheme,
        LocalDate promisedBy,
        LocalDate remindOn,
        LocalDate lawfulBy,
        int extendedDays,
        boolean stands,
        @Nullable Instant remindedAt,
        @Nullable Instant escalatedAt) {
    public boolean isExtended() {
        return extendedDays > 0;
    }
}
