package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.Truth;

/** The truths that a row, cell or test may have for the cases of a box, a bit each. */
final class TruthSet {
    static final int FALSE = 1 << Truth.FALSE, UNKNOWN = 1 << Truth.UNKNOWN, TRUE = 1 << Truth.TRUE;

    private TruthSet() {}

    static boolean isSettled(int truths) {
        return Integer.bitCount(truths) == 1;
    }

    /** Truths from one to another, by their numbers. */
    static int between(long lo, long hi) {
        int truths = 0;
        for (int t = Truth.FALSE; t <= Truth.TRUE; t++) if (t >= lo && t <= hi) truths |= 1 << t;
        return truths;
    }

    /** The smaller of two truths, for sets of them. */
    static int both(int a, int b) {
        int smaller = a & b & TRUE | (a | b) & FALSE;
        if ((a & UNKNOWN) != 0 && (b & (UNKNOWN | TRUE)) != 0 || (b & UNKNOWN) != 0 && (a & (UNKNOWN | TRUE)) != 0)
            smaller |= UNKNOWN;
        return smaller;
    }

    static int not(int truths) {
        return truths & UNKNOWN | (truths & TRUE) >> 2 | (truths & FALSE) << 2;
    }

    /** Of a comparison between numbers from one end to the other, which may still move by {@code a} and {@code b} days. */
    static int compared(CellTest.Op op, long aLo, long aHi, int a, long bLo, long bHi, int b) {
        boolean yes, no, open;
        switch (op) {
            case BELOW -> {
                yes = aLo + a < bHi;
                no = aHi >= bLo + b;
                open = aHi + a >= bLo && aLo < bHi + b;
            }
            case UP_TO -> {
                yes = aLo + a <= bHi;
                no = aHi > bLo + b;
                open = aHi + a > bLo && aLo <= bHi + b;
            }
            case ABOVE -> {
                yes = aHi > bLo + b;
                no = aLo + a <= bHi;
                open = aHi + a > bLo && aLo <= bHi + b;
            }
            case FROM -> {
                yes = aHi >= bLo + b;
                no = aLo + a < bHi;
                open = aHi + a >= bLo && aLo < bHi + b;
            }
            default -> {
                yes = a + b == 0 && aLo <= bHi && bLo <= aHi;
                no = aLo + a < bHi || bLo + b < aHi;
                open = aHi + a >= bLo && bHi + b >= aLo;
            }
        }
        return (yes ? TRUE : 0) | (no ? FALSE : 0) | (open && a + b > 0 ? UNKNOWN : 0);
    }
}
