package cn.jincai.assessment.rules;

import java.util.function.Consumer;

/** What a cell asks, in three truth values. A slot known to be none satisfies nothing but a check for null. */
public sealed interface CellTest {
    int truth(Slots s);

    /** The slots that it reads. */
    Bits reads();

    /** It asks whether a value is there, so "not known" is an answer too. */
    default boolean checksNull() {
        return false;
    }

    /** Each comparison in it, also below an and, or and not. */
    default void comparisons(Consumer<Compare> each) {
        if (this instanceof Compare c) each.accept(c);
        if (this instanceof Both b) {
            b.a().comparisons(each);
            b.b().comparisons(each);
        }
        if (this instanceof Either e) {
            e.a().comparisons(each);
            e.b().comparisons(each);
        }
        if (this instanceof Not n) n.a().comparisons(each);
    }

    enum Op {
        BELOW,
        UP_TO,
        ABOVE,
        FROM,
        EQUAL;

        Op mirrored() {
            return switch (this) {
                case BELOW -> ABOVE;
                case UP_TO -> FROM;
                case ABOVE -> BELOW;
                case FROM -> UP_TO;
                case EQUAL -> EQUAL;
            };
        }
    }

    record Always(int truth) implements CellTest {
        @Override
        public int truth(Slots s) {
            return truth;
        }

        @Override
        public Bits reads() {
            return Bits.NONE;
        }
    }

    /** @param leftSlot and {@code rightSlot}: the side is just this slot, -1 where it is something computed */
    record Compare(NumericExpression left, Op op, NumericExpression right, Bits reads, int leftSlot, int rightSlot)
            implements CellTest {
        Compare(NumericExpression left, Op op, NumericExpression right) {
            this(
                    left,
                    op,
                    right,
                    left.reads().or(right.reads()),
                    left instanceof NumericExpression.Slot l ? l.slot() : -1,
                    right instanceof NumericExpression.Slot r ? r.slot() : -1);
        }

        @Override
        public int truth(Slots s) {
            if (s.isAnyNone(reads)) return Truth.FALSE;
            if (!s.areKnown(reads)) return Truth.UNKNOWN;
            long a = leftSlot >= 0 ? s.value[leftSlot] : left.at(s),
                    b = rightSlot >= 0 ? s.value[rightSlot] : right.at(s);
            if (!s.isAnyProvisional(reads))
                return Truth.of(
                        switch (op) {
                            case BELOW -> a < b;
                            case UP_TO -> a <= b;
                            case ABOVE -> a > b;
                            case FROM -> a >= b;
                            case EQUAL -> a == b;
                        });
            long aLatest = left.latest(s), bLatest = right.latest(s);
            return switch (op) {
                case BELOW -> aLatest < b ? Truth.TRUE : a >= bLatest ? Truth.FALSE : Truth.UNKNOWN;
                case UP_TO -> aLatest <= b ? Truth.TRUE : a > bLatest ? Truth.FALSE : Truth.UNKNOWN;
                case ABOVE -> a > bLatest ? Truth.TRUE : aLatest <= b ? Truth.FALSE : Truth.UNKNOWN;
                case FROM -> a >= bLatest ? Truth.TRUE : aLatest < b ? Truth.FALSE : Truth.UNKNOWN;
                case EQUAL ->
                    aLatest < b || bLatest < a
                            ? Truth.FALSE
                            : a == aLatest && b == bLatest ? Truth.TRUE : Truth.UNKNOWN;
            };
        }
    }

    /** A text or flag among these codes. */
    record OneOf(int slot, Bits codes) implements CellTest {
        @Override
        public int truth(Slots s) {
            return s.isKnown(slot)
                    ? Truth.of(codes.has((int) s.value[slot]))
                    : s.isNone(slot) ? Truth.FALSE : Truth.UNKNOWN;
        }

        @Override
        public Bits reads() {
            return Bits.of(slot);
        }
    }

    /** A list that holds at least one of these codes. @param further where the rest of its codes lies, see {@link Symbol#more} */
    record Holds(int slot, int further, Bits codes) implements CellTest {
        @Override
        public int truth(Slots s) {
            return s.isKnown(slot)
                    ? Truth.of(s.hasOneOf(slot, further, codes))
                    : s.isNone(slot) ? Truth.FALSE : Truth.UNKNOWN;
        }

        @Override
        public Bits reads() {
            return Bits.of(slot);
        }
    }

    /** Not known, or known to be none. */
    record IsNull(int slot) implements CellTest {
        @Override
        public int truth(Slots s) {
            return Truth.of(!s.isKnown(slot));
        }

        @Override
        public Bits reads() {
            return Bits.of(slot);
        }

        @Override
        public boolean checksNull() {
            return true;
        }
    }

    record Both(CellTest a, CellTest b) implements CellTest {
        @Override
        public int truth(Slots s) {
            return Math.min(a.truth(s), b.truth(s));
        }

        @Override
        public Bits reads() {
            return a.reads().or(b.reads());
        }

        @Override
        public boolean checksNull() {
            return a.checksNull() || b.checksNull();
        }
    }

    record Either(CellTest a, CellTest b) implements CellTest {
        @Override
        public int truth(Slots s) {
            return Math.max(a.truth(s), b.truth(s));
        }

        @Override
        public Bits reads() {
            return a.reads().or(b.reads());
        }

        @Override
        public boolean checksNull() {
            return a.checksNull() || b.checksNull();
        }
    }

    record Not(CellTest a) implements CellTest {
        @Override
        public int truth(Slots s) {
            return Truth.TRUE - a.truth(s);
        }

        @Override
        public Bits reads() {
            return a.reads();
        }

        @Override
        public boolean checksNull() {
            return a.checksNull();
        }
    }
}
