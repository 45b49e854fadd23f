package cn.jincai.staffing;

import cn.jincai.kernel.CaseNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an officer asked a colleague about a case.
 *
 * @param answeredAt null while nothing was answered
 */
public record ColleagueQuestion(
        long id,
        CaseNumber number,
        String askedBy,
        String askedOf,
        Instant askedAt,
        String question,
        @Nullable Instant answeredAt,
        @Nullable String answer) {}
