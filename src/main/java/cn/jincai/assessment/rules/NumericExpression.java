package cn.jincai.assessment.rules;

import cn.jincai.policy.Percent;
import cn.jincai.policy.Rate;
import cn.jincai.policy.Scale;
import cn.jincai.policy.Scheme;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

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
     * @param rate a {@link Fraction}; or a percentage that is told or calculated, in the parts of {@link Percent}; or what keeps it from being known or asked
     * @param step 1, 10 or 100: fen, jiao or yuan
     */
    record Share(NumericExpression of, NumericExpression rate, Rounding rounding, long step)
            implements NumericExpression {
        @Override
        public long at(Slots s) {
            return rate instanceof Fraction f ? of(of.at(s), f.rate) : of(of.at(s), rate.at(s));
        }

        public long of(long number, Rate rate) {
            return of(number, rate.numerator(), rate.denominator());
        }

        /** @param percent in the parts of {@link Percent}; above the whole no product is sure to fit */
        public long of(long number, long percent) {
            if (percent <= Percent.WHOLE) return of(number, percent, Percent.WHOLE);
            BigInteger steps = rounded(
                    BigInteger.valueOf(number).multiply(BigInteger.valueOf(percent)),
                    BigInteger.valueOf(Percent.WHOLE * step),
                    rounding);
            return within(steps, -Times.MOST / step, Times.MOST / step) * step;
        }

        /** In two parts, so that no product is larger than what is shared. */
        private long of(long number, long numerator, long denominator) {
            long whole = denominator * step,
                    rest = Math.floorMod(number, whole) * numerator,
                    steps = Math.floorDiv(number, whole) * numerator + rest / whole;
            return (rounding == Rounding.HALF_UP && rest % whole * 2 >= whole ? steps + 1 : steps) * step;
        }

        @Override
        public Bits reads() {
            return of.reads().or(rate.reads());
        }
    }

    /**
     * A number divided by another: a whole number, or, where a part is divided by the whole, a percentage in the parts of {@link Percent}. Of 0 parts there is
     * no quotient: what is calculated of it is none, as its derived value says, and counts as 0 in a sum.
     */
    record Quotient(NumericExpression of, NumericExpression by, Rounding rounding, boolean percent)
            implements NumericExpression {
        @Override
        public long at(Slots s) {
            return of(of.at(s), by.at(s));
        }

        public long of(long number, long divisor) {
            if (divisor == 0) return 0;
            if (!percent) return divided(clamped(number), clamped(divisor));
            BigInteger parts = BigInteger.valueOf(number).multiply(BigInteger.valueOf(Percent.WHOLE));
            return within(rounded(parts, BigInteger.valueOf(divisor), rounding), 0, Percent.MOST);
        }

        private long divided(long number, long divisor) {
            return rounding == Rounding.DOWN
                    ? Math.floorDiv(number, divisor)
                    : Math.floorDiv(2 * number + divisor, 2 * divisor);
        }

        @Override
        public Bits reads() {
            return of.reads().or(by.reads());
        }
    }

    /** By what a number is {@link Scaled}, and nothing else reads. @param name of the parameter */
    record Brackets(String name, Scale scale) implements NumericExpression {
        @Override
        public long at(Slots s) {
            throw new IllegalStateException("a scale is no number of its own");
        }

        @Override
        public Bits reads() {
            return Bits.NONE;
        }
    }

    /** What a scale gives for a number. @param by {@link Brackets}; or what keeps them from being known or asked */
    record Scaled(NumericExpression of, NumericExpression by) implements NumericExpression {
        @Override
        public long at(Slots s) {
            return by instanceof Brackets b ? b.scale.of(of.at(s)) : 0;
        }

        @Override
        public Bits reads() {
            return of.reads().or(by.reads());
        }
    }

    private static BigInteger rounded(BigInteger number, BigInteger divisor, Rounding rounding) {
        if (rounding == Rounding.HALF_UP)
            return rounded(
                    number.multiply(BigInteger.TWO).add(divisor), divisor.multiply(BigInteger.TWO), Rounding.DOWN);
        BigInteger[] down = number.divideAndRemainder(divisor);
        return down[1].signum() * divisor.signum() < 0 ? down[0].subtract(BigInteger.ONE) : down[0];
    }

    private static long within(BigInteger number, long least, long most) {
        return number.max(BigInteger.valueOf(least))
                .min(BigInteger.valueOf(most))
                .longValueExact();
    }

    /** As large as the largest number that is told; no sum of money is larger. */
    private static long clamped(long number) {
        return Math.max(-Scheme.LARGEST, Math.min(Scheme.LARGEST, number));
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
        if (n instanceof Quotient q) return asks(q.of) && asks(q.by);
        if (n instanceof Scaled s) return asks(s.of) && asks(s.by);
        if (n instanceof Least l) return l.of.stream().allMatch(NumericExpression::asks);
        if (n instanceof Most m) return m.of.stream().allMatch(NumericExpression::asks);
        return true;
    }

    /** Each scale in it, with what it measures. */
    static void scales(NumericExpression n, BiConsumer<NumericExpression, Brackets> each) {
        for (NumericExpression part : ReadableRules.parts(n)) scales(part, each);
        if (n instanceof Scaled s && s.by instanceof Brackets b) each.accept(s.of, b);
    }

    /** The divisors in it. */
    static List<NumericExpression> divisors(NumericExpression n) {
        List<NumericExpression> divisors = new ArrayList<>();
        for (NumericExpression part : ReadableRules.parts(n)) divisors.addAll(divisors(part));
        if (n instanceof Quotient q) divisors.add(q.by);
        return divisors;
    }

    /** The number if it reads nothing, so that cells compare with constants. */
    static NumericExpression fold(NumericExpression n) {
        return n.reads().isEmpty() && asks(n) && divisors(n).isEmpty() && !(n instanceof Constant)
                ? new Constant(n.at(new Slots(0)))
                : n;
    }
}
