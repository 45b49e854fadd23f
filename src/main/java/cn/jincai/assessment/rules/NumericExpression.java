package cn.jincai.assessment.rules;

import cn.jincai.policy.Rate;
import java.util.List;

/** A whole number, or a day, computed from slots. An unknown slot counts as 0; whether one is read, {@link #reads()} tells. */
public sealed interface NumericExpression {
    long at(Slots s);

    /** Later than {@link #at} only for a provisional day. */
    default long latest(Slots s) {
        return at(s);
    }

    /** The slots that it reads. */
    Bits reads();

    record Constant(long value) implements NumericExpression {
        @Override
        public long at(Slots s) {
            return value;
        }

        @Override
        public Bits reads() {
            return Bits.NONE;
        }
    }

    record Slot(int slot) implements NumericExpression {
        @Override
        public long at(Slots s) {
            return s.value[slot];
        }

        @Override
        public long latest(Slots s) {
            return s.latest(slot);
        }

        @Override
        public Bits reads() {
            return Bits.of(slot);
        }
    }

    /** A parameter whose value is picked by a date that is not known, in {@code slot}. */
    record Withheld(int slot) implements NumericExpression {
        @Override
        public long at(Slots s) {
            return 0;
        }

        @Override
        public Bits reads() {
            return Bits.of(slot);
        }
    }

    /** A parameter that asks nothing in this time. */
    record Nothing() implements NumericExpression {
        @Override
        public long at(Slots s) {
            return 0;
        }

        @Override
        public Bits reads() {
            return Bits.NONE;
        }
    }

    record Plus(NumericExpression left, NumericExpression right) implements NumericExpression {
        @Override
        public long at(Slots s) {
            return Math.addExact(left.at(s), right.at(s));
        }

        @Override
        public Bits reads() {
            return left.reads().or(right.reads());
        }
    }

    record Minus(NumericExpression left, NumericExpression right) implements NumericExpression {
        @Override
        public long at(Slots s) {
            return Math.subtractExact(left.at(s), right.at(s));
        }

        @Override
        public Bits reads() {
            return left.reads().or(right.reads());
        }
    }

    record Times(NumericExpression left, NumericExpression right) implements NumericExpression {
        /** Beyond every sum of money stays there instead of turning negative. */
        @Override
        public long at(Slots s) {
            long a = left.at(s), b = right.at(s);
            long high = Math.multiplyHigh(a, b), low = a * b;
            return high == 0 && low >= 0 || high == -1 && low < 0 ? clamp(low) : (a < 0) == (b < 0) ? MOST : -MOST;
        }

        private static final long MOST = 1L << 60;

        private static long clamp(long n) {
            return Math.max(-MOST, Math.min(MOST, n));
        }

        @Override
        public Bits reads() {
            return left.reads().or(right.reads());
        }
    }

    record Least(List<NumericExpression> of) implements NumericExpression {
        @Override
        public long at(Slots s) {
            long least = of.get(0).at(s);
            for (int i = 1; i < of.size(); i++)
                least = Math.min(least, of.get(i).at(s));
            return least;
        }

        @Override
        public Bits reads() {
            return all(of);
        }
    }

    record Most(List<NumericExpression> of) implements NumericExpression {
        @Override
        public long at(Slots s) {
            long most = of.get(0).at(s);
            for (int i = 1; i < of.size(); i++) most = Math.max(most, of.get(i).at(s));
            return most;
        }

        @Override
        public Bits reads() {
            return all(of);
        }
    }

    /** What a {@link Share} is taken by, and nothing else reads. */
    record Fraction(Rate rate) implements NumericExpression {
        @Override
        public long at(Slots s) {
            throw new IllegalStateException("a rate is no number of its own");
        }

        @Override
        public Bits reads() {
            return Bits.NONE;
        }
    }

    /** How a share is made whole: what is below a step falls away, or half a step and more counts as one. */
    enum Rounding {
        DOWN,
        HALF_UP
    }

    /**
     * A share of a number, in whole steps: a law that gives a percentage leaves open what becomes of the rest, so whoever writes the rules says it.
     *
     * @param rate a {@link Fraction}; or what keeps it from being known or asked
     * @param step 1, 10 or 100: fen, jiao or yuan
     */
    record Share(NumericExpression of, NumericExpression rate, Rounding rounding, long step)
            implements NumericExpression {
        @Override
        public long at(Slots s) {
            return rate instanceof Fraction f ? of(of.at(s), f.rate) : 0;
        }

        /** In two parts, so that no product is larger than what is shared. */
        public long of(long number, Rate rate) {
            long whole = rate.denominator() * step,
                    rest = Math.floorMod(number, whole) * rate.numerator(),
                    steps = Math.floorDiv(number, whole) * rate.numerator() + rest / whole;
            return (rounding == Rounding.HALF_UP && rest % whole * 2 >= whole ? steps + 1 : steps) * step;
        }

        @Override
        public Bits reads() {
            return of.reads().or(rate.reads());
        }
    }

    private static Bits all(List<NumericExpression> of) {
        Bits reads = Bits.NONE;
        for (NumericExpression n : of) reads = reads.or(n.reads());
        return reads;
    }

    /** No part of it is {@link Nothing}. */
    static boolean asks(NumericExpression n) {
        if (n instanceof Nothing) return false;
        if (n instanceof Plus p) return asks(p.left) && asks(p.right);
        if (n instanceof Minus m) return asks(m.left) && asks(m.right);
        if (n instanceof Times t) return asks(t.left) && asks(t.right);
        if (n instanceof Share s) return asks(s.of) && asks(s.rate);
        if (n instanceof Least l) return l.of.stream().allMatch(NumericExpression::asks);
        if (n instanceof Most m) return m.of.stream().allMatch(NumericExpression::asks);
        return true;
    }

    /** The number if it reads nothing, so that cells compare with constants. */
    static NumericExpression fold(NumericExpression n) {
        return n.reads().isEmpty() && asks(n) && !(n instanceof Constant) ? new Constant(n.at(new Slots(0))) : n;
    }
}
