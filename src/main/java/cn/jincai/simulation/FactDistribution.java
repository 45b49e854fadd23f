package cn.jincai.simulation;

import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one fact is spread over a made-up population.
 *
 * @param slot   of the fact
 * @param from   of a date: the slot of the day that it is counted from, -1 for others
 * @param sign   of a date: -1 before that day, 1 after it
 * @param by     slot of the fact that the spread depends on, -1 where it depends on none
 * @param where  by the code of that fact; the last one where it has none of its own, or is not known
 * @param sets   of a list with more than 64 codes what the numbers that are drawn stand for; null for every other fact
 * @param months of a series for which months the number is drawn; null for every other fact
 * @param status of the margin; null where the fact has none and is spread by its type
 * @param source where it comes from, in words; null likewise
 */
record FactDistribution(
        int slot,
        int from,
        int sign,
        int by,
        AliasSampler[] where,
        @Nullable List<Bits> sets,
        @Nullable Months months,
        @Nullable Status status,
        @Nullable Text source) {
    /**
     * The same number for each of the last months, with gaps.
     *
     * @param last how many, up to the one of the application
     * @param gaps in how many of a thousand there is nothing
     */
    record Months(int last, int gaps) {
        static final Months USUAL = new Months(12, 100);
    }

    /** Nothing, and each code alone; others are added as somebody names them. @return null where a set is the number itself */
    static @Nullable List<Bits> setsOf(Symbol symbol) {
        if (symbol.more() < 0) return null;
        List<Bits> sets = new ArrayList<>();
        for (int code = -1; code < symbol.codes().size(); code++) sets.add(Bits.of(code));
        return sets;
    }

    AliasSampler draw(Slots s) {
        return by < 0 || !s.isKnown(by) ? where[where.length - 1] : where[(int) s.value[by]];
    }
}
