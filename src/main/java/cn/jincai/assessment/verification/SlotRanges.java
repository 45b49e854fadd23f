package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.policy.Scheme;
import java.util.Arrays;
import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;

/** What each slot may be for the cases of a box, and what an expression of slots may come to. A slot is made when it is first asked for. */
final class SlotRanges {
    /** Sets of what a slot may be, beside {@link #OPEN}: nobody knows it. */
    static final int OPEN = 1, NONE = 2, KNOWN = 4;
    /** Sets for a day: it is final, or it may still move. */
    static final int FINAL = 1, MOVES = 2;

    private final BoxState state;
    private final DerivedRanges derived;
    final int[] status, moves;
    /** The ends of a number that is known, or: the codes of a text; the codes that a list has for certain, and may have. */
    final long[] lo, hi;
    /** What a sum counts for a slot: 0 for one that is not known (rulebook 2.11). */
    final long[] countsLo, countsHi;

    private final boolean[] made;

    SlotRanges(BoxState state) {
        this.state = state;
        derived = new DerivedRanges(state, this);
        int slots = state.model.column.length;
        status = new int[slots];
        made = new boolean[slots];
        moves = new int[slots];
        lo = new long[slots];
        hi = new long[slots];
        countsLo = new long[slots];
        countsHi = new long[slots];
    }

    void clear() {
        Arrays.fill(made, false);
    }

    /** Of a known number. */
    long value(int slot) {
        make(slot);
        return lo[slot];
    }

    int status(int slot) {
        make(slot);
        return status[slot];
    }

    /** One value, or none, for all cases. */
    boolean isOne(int slot) {
        make(slot);
        if (status[slot] == OPEN || status[slot] == NONE) return true;
        if (status[slot] != KNOWN || moves[slot] == (FINAL | MOVES)) return false;
        Symbol symbol = state.rules.vocabulary.at(slot);
        return symbol.kind() == Symbol.Kind.TEXT || symbol.kind() == Symbol.Kind.FLAG
                ? Long.bitCount(lo[slot]) == 1
                : lo[slot] == hi[slot];
    }

    boolean isOneAndEqual(int slot, SlotRanges other, int otherSlot) {
        return isOne(slot)
                && other.isOne(otherSlot)
                && status[slot] == other.status[otherSlot]
                && (status[slot] != KNOWN || lo[slot] == other.lo[otherSlot] && moves[slot] == other.moves[otherSlot]);
    }

    void make(int slot) {
        if (made[slot]) return;
        made[slot] = true;
        moves[slot] = FINAL;
        status[slot] = 0;
        lo[slot] = 0;
        hi[slot] = 0;
        int column = state.model.column[slot];
        if (column >= 0) told(slot, column);
        else derived.of(slot, state.model.made[slot]);
        if (column < 0 && state.model.made[slot].declared().isCalculated())
            return; // it counts even where something in it is unknown
        boolean certain = status[slot] == KNOWN, never = (status[slot] & KNOWN) == 0;
        countsLo[slot] = never ? 0 : certain ? lo[slot] : Math.min(0, lo[slot]);
        countsHi[slot] = never ? 0 : certain ? hi[slot] : Math.max(0, hi[slot]);
    }

    private void told(int slot, int column) {
        Columns.Column c = state.model.columns.at(column);
        int may = state.box.status[column];
        if ((may & Box.KNOWN) != 0) {
            status[slot] = KNOWN;
            lo[slot] = state.box.lo[column];
            hi[slot] = state.model.columns.isPast(column)
                    ? Math.min(state.box.hi[column], state.box.hi[Columns.APPLICATION_DATE])
                    : state.box.hi[column];
            if (!c.isNumber() && !c.codes().isEmpty()) {
                lo[slot] = state.model.translated(slot, state.box.lo[column]);
                hi[slot] = c.isList() ? state.model.translated(slot, state.box.hi[column]) : 0;
                if (!c.isList() && Long.bitCount(lo[slot]) < Long.bitCount(state.box.lo[column]))
                    status[slot] = lo[slot] == 0 ? OPEN : KNOWN | OPEN;
            }
        }
        if ((may & Box.ABSENT) == 0) return;
        Scheme.Fact fact = state.rules.vocabulary.fact(slot);
        Scheme.Absent absent = fact == null ? Scheme.Absent.UNKNOWN : fact.absent();
        if (absent.none()) status[slot] |= NONE;
        else if (absent.value() == null) status[slot] |= OPEN;
        else known(slot, absent.value(), absent.value());
    }

    /** Adds these values to those that are possible. */
    void known(int slot, long from, long to) {
        boolean first = (status[slot] & KNOWN) == 0;
        lo[slot] = first ? from : Math.min(lo[slot], from);
        hi[slot] = first ? to : Math.max(hi[slot], to);
        status[slot] |= KNOWN;
    }

    private static final Slots NO_SLOTS = new Slots(0);
    private static final int[] STAYS = {0},
            MAY_MOVE = {WorkingCalendar.PROVISIONAL_DAYS},
            EITHER = {0, WorkingCalendar.PROVISIONAL_DAYS};

    /** By how many days a slot may still move. */
    int[] lags(int slot) {
        return slot < 0 || moves[slot] == FINAL ? STAYS : moves[slot] == MOVES ? MAY_MOVE : EITHER;
    }

    // ---- numbers

    long least(NumericExpression n) {
        return end(n, false, true);
    }

    long most(NumericExpression n) {
        return end(n, false, false);
    }

    long leastCounted(NumericExpression n) {
        return end(n, true, true);
    }

    long mostCounted(NumericExpression n) {
        return end(n, true, false);
    }

    long leastCounted(int slot) {
        make(slot);
        return countsLo[slot];
    }

    long mostCounted(int slot) {
        make(slot);
        return countsHi[slot];
    }

    private long end(NumericExpression n, boolean counts, boolean lowest) {
        if (n instanceof NumericExpression.Constant c) return c.value();
        if (n instanceof NumericExpression.Slot s) {
            make(s.slot());
            return (lowest ? counts ? countsLo : lo : counts ? countsHi : hi)[s.slot()];
        }
        if (n instanceof NumericExpression.Plus p)
            return add(end(p.left(), counts, lowest), end(p.right(), counts, lowest));
        if (n instanceof NumericExpression.Minus m)
            return add(end(m.left(), counts, lowest), -end(m.right(), counts, !lowest));
        if (n instanceof NumericExpression.Times t)
            return corner(t.left(), t.right(), counts, lowest, SlotRanges::product);
        if (n instanceof NumericExpression.Share s)
            return s.rate() instanceof NumericExpression.Fraction f
                    ? s.of(end(s.of(), counts, lowest), f.rate()) // no less of more
                    : corner(s.of(), s.rate(), counts, lowest, s::of);
        if (n instanceof NumericExpression.Quotient q) return quotient(q, counts, lowest);
        if (n instanceof NumericExpression.Scaled s)
            return s.by() instanceof NumericExpression.Brackets b
                    ? b.scale().end(end(s.of(), counts, true), end(s.of(), counts, false), lowest)
                    : 0;
        if (n instanceof NumericExpression.Least l)
            return l.of().stream().mapToLong(o -> end(o, counts, lowest)).min().orElseThrow();
        if (n instanceof NumericExpression.Most m)
            return m.of().stream().mapToLong(o -> end(o, counts, lowest)).max().orElseThrow();
        return 0; // withheld, or nothing asked
    }

    private static long add(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? a < 0 ? Long.MIN_VALUE / 4 : Long.MAX_VALUE / 4 : sum;
    }

    private static long product(long left, long right) {
        return new NumericExpression.Times(new NumericExpression.Constant(left), new NumericExpression.Constant(right))
                .at(NO_SLOTS);
    }

    /** Of something that goes one way with each of two numbers while the other stands still. */
    private long corner(
            NumericExpression left, NumericExpression right, boolean counts, boolean lowest, LongBinaryOperator made) {
        return corner(ends(left, counts), ends(right, counts), lowest, made);
    }

    private long[] ends(NumericExpression n, boolean counts) {
        return new long[] {end(n, counts, true), end(n, counts, false)};
    }

    private static long corner(long[] left, long[] right, boolean lowest, LongBinaryOperator made) {
        LongStream all = LongStream.of(left).flatMap(l -> LongStream.of(right).map(r -> made.applyAsLong(l, r)));
        return (lowest ? all.min() : all.max()).orElseThrow();
    }

    /** A quotient goes one way on either side of the divisor 0, and is 0 there. */
    private long quotient(NumericExpression.Quotient q, boolean counts, boolean lowest) {
        long[] by = ends(q.by(), counts);
        long[] divisors = LongStream.concat(LongStream.of(by), LongStream.rangeClosed(-1, 1))
                .filter(d -> d >= by[0] && d <= by[1])
                .toArray();
        return corner(ends(q.of(), counts), divisors, lowest, q::of);
    }

    /** Whether a divisor of it is 0 for some cases of which all is known, or for all of them. */
    boolean isDividedByZero(NumericExpression n, boolean always) {
        for (NumericExpression divisor : NumericExpression.divisors(n)) {
            long[] by = ends(divisor, false);
            if (always ? by[0] == 0 && by[1] == 0 : by[0] <= 0 && by[1] >= 0) return true;
        }
        return false;
    }
}
