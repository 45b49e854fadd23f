package cn.jincai.simulation;

import cn.jincai.assessment.rules.Slots;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * How one fact is spread over a made-up population.
 *
 * @param slot   of the fact
 * @param from   of a date: the slot of the day that it is counted from, -1 for others
 * @param sign   of a date: -1 before that day, 1 after it
 * @param by     slot of the fact that the spread depends on, -1 where it depends on none
 * @param where  by the code of that fact; the last one where it has none of its own, or is not known
 * @param status of the margin; null where the fact has none and is spread by its type
 * @param source where it comes from, in words; null likewise
 */
record FactDistribution(
        int slot,
        int from,
        int sign,
        int by,
        AliasSampler[] where,
        @Nullable Status status,
        @Nullable Text source) {
    AliasSampler draw(Slots s) {
        return by < 0 || !s.isKnown(by) ? where[where.length - 1] : where[(int) s.value[by]];
    }
}
