package cn.jincai.planning;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A benefit that the city granted before this system; it counts among own records like one decided here.
 *
 * @param amountFen     granted in all, paid or not; 0 for a status
 * @param months        of an allowance already paid
 * @param governingDate picks the year or the thing where the benefit is counted by it; may be null
 * @param decidedOn     the day of the decision
 * @param validUntil    last day of a status, or null
 * @param facts         of that case, by which it is told apart (an occupation, a level): text, boolean or long
 */
public record EarlierGrant(
        String benefit,
        long amountFen,
        @Nullable Integer level,
        @Nullable Long monthlyFen,
        @Nullable Integer months,
        @Nullable Integer instalment,
        @Nullable LocalDate governingDate,
        LocalDate decidedOn,
        @Nullable LocalDate validUntil,
        Map<String, Object> facts) {
    public EarlierGrant {
        facts = facts == null ? Map.of() : Map.copyOf(facts);
    }
}
