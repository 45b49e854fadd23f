package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.policy.Computation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of one day with days that come whole months after another: whoever is past the later of them is past the earlier one too. Each such truth is cut as
 * a column of its own; without this, that two of them exclude each other would be seen only where the days themselves are cut small.
 */
final class PeriodEnds {
    /** A month has at least 28 days and two have 59; a last day may move by up to 31. */
    private static final int MONTHS_THAT_OUTLAST_A_MOVE = 2;

    /** @param comparison of {@code day} with the day {@code months} after {@code from}; {@code column} holds its truth */
    private record End(CellTest.Compare comparison, int column, int day, int from, long months, boolean moves) {
        boolean isSurelyBefore(End later) {
            return day == later.day
                    && from == later.from
                    && later.months - months >= (moves ? MONTHS_THAT_OUTLAST_A_MOVE : 1);
        }

        /** The truths of one who is past the end, or short of it; one whose last day may still move is both. */
        int truths(boolean past) {
            boolean asksPast = comparison.op() == CellTest.Op.ABOVE || comparison.op() == CellTest.Op.FROM;
            return TruthSet.UNKNOWN | (past == asksPast ? TruthSet.TRUE : TruthSet.FALSE);
        }
    }

    private final Map<CellTest.Compare, End> ends = new HashMap<>();

    PeriodEnds(Map<CellTest.Compare, Integer> columns, SearchModel.@Nullable Made[] made) {
        columns.forEach((comparison, column) -> {
            SearchModel.Made m = comparison.rightSlot() < 0 ? null : made[comparison.rightSlot()];
            if (comparison.leftSlot() < 0
                    || m == null
                    || comparison.op() == CellTest.Op.EQUAL
                    || !(m.number() instanceof NumericExpression.Constant months)) return;
            boolean moves = m.declared().as() == Computation.endOfPeriod;
            if (moves || m.declared().as() == Computation.monthsLater)
                ends.put(
                        comparison,
                        new End(
                                comparison,
                                column,
                                comparison.leftSlot(),
                                m.from(),
                                Math.min(12_000, months.value()),
                                moves));
        });
    }

    /** The truths of a comparison that those of the others leave; all where its days are perhaps not known. */
    int left(CellTest.Compare comparison, BoxState state, Box box) {
        End end = ends.get(comparison);
        int left = TruthSet.FALSE | TruthSet.UNKNOWN | TruthSet.TRUE;
        if (end == null
                || ends.size() == 1
                || state.slots.status(end.day) != SlotRanges.KNOWN
                || state.slots.status(end.from) != SlotRanges.KNOWN) return left;
        for (End other : ends.values()) {
            int truths = TruthSet.between(box.lo[other.column], box.hi[other.column]);
            if (end.isSurelyBefore(other) && (truths & ~other.truths(true)) == 0)
                left &= end.truths(true) & ~TruthSet.UNKNOWN;
            if (other.isSurelyBefore(end) && (truths & ~other.truths(false)) == 0)
                left &= end.truths(false) & ~TruthSet.UNKNOWN;
        }
        return left;
    }

    /** The columns of the others. */
    Bits others(CellTest.Compare comparison) {
        End end = ends.get(comparison);
        Bits columns = Bits.NONE;
        if (end != null)
            for (End other : ends.values())
                if (end.isSurelyBefore(other) || other.isSurelyBefore(end)) columns = columns.with(other.column);
        return columns;
    }
}
