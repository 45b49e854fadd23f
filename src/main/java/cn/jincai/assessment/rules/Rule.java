package cn.jincai.assessment.rules;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Table;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table, understood.
 *
 * @param number   its bit
 * @param reason   of a condition; empty in an entitlement, whose effect is APPROVE
 * @param fact     slot of the fact that a condition is about, -1 where it is about none
 * @param required what would do: a value, a {@link NumericExpression}, a {@link Percentage} or a {@link Symbol}; null where none can be named
 * @param deadline last day to correct it, or null
 * @param level    of an entitlement, 0 where it gives none
 * @param order    its place among entitlements that hold, the first one is taken; 0 where its level says so, or nothing does
 * @param amount   fen; null where the row names none
 * @param status   the worst of the row's own and of the parameters that it reads
 * @param plainReads slots of its plain cells; {@code others} the cells that are not plain
 */
public record Rule(
        int number,
        Table table,
        Table.Row row,
        Cell[] cells,
        String reason,
        Verdict effect,
        Status status,
        @Nullable String basis,
        int fact,
        @Nullable Object required,
        @Nullable NumericExpression deadline,
        int level,
        int order,
        @Nullable NumericExpression amount,
        @Nullable NumericExpression monthly,
        @Nullable NumericExpression months,
        Bits plainReads,
        Cell[] others) {
    /** Cells that are unknown whenever one of the slots that they read is: one mask tells of all of them. */
    Rule(
            int number,
            Table table,
            Table.Row row,
            Cell[] cells,
            String reason,
            Verdict effect,
            Status status,
            @Nullable String basis,
            int fact,
            @Nullable Object required,
            @Nullable NumericExpression deadline,
            int level,
            int order,
            @Nullable NumericExpression amount,
            @Nullable NumericExpression monthly,
            @Nullable NumericExpression months) {
        this(
                number,
                table,
                row,
                cells,
                reason,
                effect,
                status,
                basis,
                fact,
                required,
                deadline,
                level,
                order,
                amount,
                monthly,
                months,
                Stream.of(cells).filter(Cell::isPlain).map(Cell::reads).reduce(Bits.NONE, Bits::or),
                Stream.of(cells).filter(c -> !c.isPlain()).toArray(Cell[]::new));
    }

    public String id() {
        return row.rule();
    }

    /** By which the best of several entitlements is told, 1 is the best; 0 where nothing tells. */
    public int rank() {
        return order > 0 ? order : level;
    }

    /** Slots of which its sum is made. */
    public Bits sumReads() {
        Bits reads = Bits.NONE;
        for (NumericExpression n : new @Nullable NumericExpression[] {amount, monthly, months})
            if (n != null) reads = reads.or(n.reads());
        return reads;
    }

    public boolean isCondition() {
        return !reason.isEmpty();
    }

    /** It fires because the fact that it is about is not known, and so says all that there is to say about that. */
    boolean speaksForUnknown(Slots s) {
        if (fact < 0 || !s.isUnknown(fact)) return false;
        for (Cell cell : cells) if (cell.checksNull() && cell.reads().has(fact)) return true;
        return false;
    }

    /** Slots that keep this row, of which no cell is false, from being decided: read by a cell that is neither true nor false. */
    public Bits undecided(Slots s) {
        Bits slots = s.unknown(plainReads);
        for (Cell cell : others)
            if (cell.truth(s) == Truth.UNKNOWN)
                slots = slots.or(s.unknown(cell.reads())).or(s.provisional(cell.reads()));
        if (!s.isAnyProvisional(plainReads)) return slots;
        for (Cell cell : cells)
            if (s.isAnyProvisional(cell.reads()) && cell.truth(s) == Truth.UNKNOWN)
                slots = slots.or(s.provisional(cell.reads()));
        return slots;
    }
}
