package cn.jincai.assessment.rules;

import cn.jincai.policy.Computation;
import cn.jincai.policy.Scheme;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A number made of months: their sum, how many there are, how many in a row.
 *
 * @param over the months that are looked at; null: all of the series
 */
public record OverMonths(int slot, Computation as, Monthly of, Monthly.@Nullable Range over)
        implements Derivation.Step {
    @Override
    public void make(Evaluation e) {
        if (e.slots.isKnown(slot)) return; // a search tells it as if it were a fact of its own
        long number = of(e.slots);
        if (number != Monthly.UNKNOWN) e.slots.set(slot, number);
    }

    /** The first and last month that are looked at; null where that is not known. */
    public int @Nullable [] range(Slots s) {
        return over == null ? of.range(s) : over.of(s);
    }

    /** What there is for a month; null where it is not known, or nothing. */
    public @Nullable Long at(int month, Slots s) {
        long value = of.at(month, s);
        return value == Monthly.UNKNOWN || value == Monthly.NOTHING ? null : (Long) value;
    }

    public boolean isUnknown(int month, Slots s) {
        return of.at(month, s) == Monthly.UNKNOWN;
    }

    /** The slot of the series, and what is calculated for a month; null where the series is a fact. */
    public @Nullable NumericExpression made(int month) {
        return of instanceof Monthly.Made made ? made.on(month) : null;
    }

    /** The slot of what there is for each month. */
    public int series() {
        return of instanceof Monthly.Made made ? made.slot() : ((Monthly.Told) of).slot();
    }

    /** What is known of a month, with the values of that month in the slots of the series. */
    public Slots on(int month, Slots s) {
        Slots here = s.copy();
        if (of instanceof Monthly.Made made)
            made.series().forEach((slot, one) -> {
                long value = one.at(month, s);
                if (value != Monthly.UNKNOWN) here.set(slot, value == Monthly.NOTHING ? 0 : value);
            });
        return here;
    }

    Bits inputs() {
        return over == null ? of.inputs() : of.inputs().or(over.reads());
    }

    @Override
    public Bits unknown(Slots s) {
        Bits unknown = Bits.NONE;
        int[] range = range(s);
        if (range != null)
            for (int month = range[0]; month <= range[1]; month++) unknown = unknown.or(of.unknown(month, s));
        return unknown;
    }

    private long of(Slots s) {
        int[] range = range(s);
        if (range == null) return Monthly.UNKNOWN;
        return switch (as) {
            case sumOfMonths -> folded(range, s, 0, (sum, value) -> Math.min(Scheme.LARGEST, sum + value));
            case countMonths -> folded(range, s, 0, (count, value) -> count + (value > 0 ? 1 : 0));
            case leastOfMonths -> atLeast0(folded(range, s, Monthly.NOTHING, OverMonths::least));
            case mostOfMonths -> folded(range, s, 0, Math::max);
            case longestRun -> {
                long least = longestRun(range, s, false);
                yield least == longestRun(range, s, true) ? least : Monthly.UNKNOWN;
            }
            case gaps -> gaps(range, s);
            default -> throw new IllegalStateException(as.name());
        };
    }

    private static long least(long least, long value) {
        return least == Monthly.NOTHING ? value : Math.min(least, value);
    }

    private static long atLeast0(long number) {
        return number == Monthly.NOTHING ? 0 : number;
    }

    /** Months for which there is nothing are passed over. */
    private long folded(int[] range, Slots s, long from, LongBinaryOperator next) {
        long folded = from;
        for (int month = range[0]; month <= range[1]; month++) {
            long value = of.at(month, s);
            if (value == Monthly.UNKNOWN) return Monthly.UNKNOWN;
            if (value != Monthly.NOTHING) folded = next.applyAsLong(folded, value);
        }
        return folded;
    }

    /** @param unknown whether a month of which nobody knows counts as held: where that makes no difference the answer is certain */
    private long longestRun(int[] range, Slots s, boolean unknown) {
        long longest = 0, run = 0;
        for (int month = range[0]; month <= range[1]; month++) {
            long value = of.at(month, s);
            run = value == Monthly.UNKNOWN ? (unknown ? run + 1 : 0) : value > 0 ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** Months that lack: in the months that are named, otherwise between the first and the last that hold. */
    private long gaps(int[] range, Slots s) {
        boolean named = over != null || of instanceof Monthly.Made;
        long gaps = 0, since = named ? 0 : -1;
        for (int month = range[0]; month <= range[1]; month++) {
            long value = of.at(month, s);
            if (value == Monthly.UNKNOWN) return Monthly.UNKNOWN;
            if (value <= 0) since += named || since >= 0 ? 1 : 0;
            else {
                gaps += Math.max(0, since);
                since = 0;
            }
        }
        return named ? gaps + since : gaps;
    }
}
