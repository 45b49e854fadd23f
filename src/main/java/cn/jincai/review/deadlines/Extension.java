package cn.jincai.review.deadlines;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * More time that the leader gave.
 *
 * @param by          account of the leader
 * @param workingDays how many more
 * @param lawfulFrom  the last lawful day before it
 * @param lawfulTo    the last lawful day that it made
 * @param promisedTo  the promised day that it made
 * @param reason      in the leader's words; null once what is kept of the case was destroyed
 */
public record Extension(
        String by,
        Instant at,
        int workingDays,
        LocalDate lawfulFrom,
        LocalDate lawfulTo,
        LocalDate promisedTo,
        @Nullable String reason) {}
