package cn.jincai.assessment;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Table;

/**
 * A row of a table, understood.
 *
 * @param number   its bit
 * @param reason   of a condition; null in an entitlement
 * @param fact     slot of the fact that a condition is about, -1 where it is about none
 * @param required what would do: a value, a {@link Num} or a {@link Symbol}; null where none can be named
 * @param deadline last day to mend it, or null
 * @param level    of an entitlement, 0 where it gives none
 * @param amount   fen; null where the row names none
 * @param status   the worst of the row's own and of the parameters that it reads
 */
record Rule(int number, Table table, Table.Row row, Cell[] cells, String reason, Verdict effect, Status status, String basis, int fact, Object required, Num deadline,
            int level, Num amount, Num monthly, Num months) {
    String id() {
        return row.rule();
    }

    boolean isCondition() {
        return reason != null;
    }

    /** It fires because the fact that it is about is not known, and so says all that there is to say about that. */
    boolean speaksForUnknown(Slots s) {
        if (fact < 0 || !s.isUnknown(fact)) return false;
        for (Cell cell : cells) if (cell.checksNull() && (cell.reads() >>> fact & 1) != 0) return true;
        return false;
    }

    /** Slots that keep this row from being decided: read by a cell that is neither true nor false. */
    long undecided(Slots s) {
        long slots = 0;
        for (Cell cell : cells) if (cell.truth(s) == Truth.UNKNOWN) slots |= cell.reads() & (~(s.known | s.none) | s.provisional);
        return slots;
    }
}
