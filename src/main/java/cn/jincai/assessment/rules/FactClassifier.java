package cn.jincai.assessment.rules;

import java.util.Arrays;

/**
 * One look at a case, as a small number: into which class a fact falls, or how true a test is. Values, so that the JVM trusts what stands in them as
 * constants; and in short methods, because those of up to 35 bytes become part of the code that calls them, however seldom the JVM saw that call.
 */
sealed interface FactClassifier {
    /** The slots that it looks at. */
    Bits reads();

    int at(Slots s);

    /** The same where all these slots are known, and no day may still move. */
    int known(Slots s);

    /** A code or flag: its own number. @param unknown where it is not known; one more where it is known to be none */
    record Coded(int slot, int unknown) implements FactClassifier {
        @Override
        public int known(Slots s) {
            return (int) s.value[slot];
        }

        @Override
        public int at(Slots s) {
            return s.isKnown(slot) ? known(s) : unknown + s.noneBit(slot);
        }

        @Override
        public Bits reads() {
            return Bits.of(slot);
        }
    }

    /**
     * A number or day among a few that lie close together; one more than the last for "not known", two for "known to be none".
     *
     * @param before the number that counts as 0, like all below
     * @param last   what all above count as
     */
    record Numbered(int slot, long before, int last) implements FactClassifier {
        @Override
        public int known(Slots s) {
            return within(s.value[slot] - before, last);
        }

        /** From 0 to {@code last}, without a branch: which of them it is nobody can foresee. */
        private static int within(long number, long last) {
            long notBelow = number & ~(number >> 63), above = last - notBelow;
            return (int) (notBelow + (above & above >> 63));
        }

        @Override
        public int at(Slots s) {
            return s.isKnown(slot) ? known(s) : last + 1 + s.noneBit(slot);
        }

        @Override
        public Bits reads() {
            return Bits.of(slot);
        }
    }

    /** How many of some numbers or days a fact has reached; one more for "not known", two for "known to be none". */
    record Sorted(int slot, long[] cuts) implements FactClassifier {
        private static final int FEW = 16;

        @Override
        public int known(Slots s) {
            return cuts.length > FEW ? found(s.value[slot]) : counted(s.value[slot]);
        }

        private int found(long value) {
            int found = Arrays.binarySearch(cuts, value);
            return found >= 0 ? found + 1 : -found - 1;
        }

        private int counted(long value) {
            int reached = 0;
            for (long cut : cuts) reached += 1 + (int) (value - cut >> 63);
            return reached;
        }

        @Override
        public int at(Slots s) {
            return s.isKnown(slot) ? known(s) : cuts.length + 1 + s.noneBit(slot);
        }

        @Override
        public Bits reads() {
            return Bits.of(slot);
        }
    }

    /** Two facts compared, by truth. @param accepts a bit each for below, equal and above */
    record Pair(int left, int right, Bits reads, int accepts) implements FactClassifier {
        Pair(CellTest.Compare test) {
            this(
                    test.leftSlot(),
                    test.rightSlot(),
                    test.reads(),
                    switch (test.op()) {
                        case BELOW -> 1;
                        case UP_TO -> 3;
                        case ABOVE -> 4;
                        case FROM -> 6;
                        case EQUAL -> 2;
                    });
        }

        @Override
        public int at(Slots s) {
            if (s.isAnyNone(reads)) return Truth.FALSE;
            return s.areKnown(reads)
                    ? between(
                            Long.signum(s.value[left] - s.latest(right)), Long.signum(s.latest(left) - s.value[right]))
                    : Truth.UNKNOWN;
        }

        /** A day that may still move makes of one outcome all from the lowest to the highest. */
        private int between(int lowest, int highest) {
            int outcomes = (2 << highest + 1) - (1 << lowest + 1);
            return (outcomes & ~accepts) == 0 ? Truth.TRUE : (outcomes & accepts) == 0 ? Truth.FALSE : Truth.UNKNOWN;
        }

        @Override
        public int known(Slots s) {
            return (accepts >>> Long.signum(s.value[left] - s.value[right]) + 1 & 1) * Truth.TRUE;
        }
    }

    /** Whether a list has one of these codes, by truth. */
    record Listed(int slot, int further, Bits codes) implements FactClassifier {
        @Override
        public Bits reads() {
            return Bits.of(slot);
        }

        @Override
        public int at(Slots s) {
            return s.isKnown(slot) ? known(s) : Truth.UNKNOWN - s.noneBit(slot);
        }

        @Override
        public int known(Slots s) {
            if (further >= 0) return Truth.of(s.hasOneOf(slot, further, codes));
            long has = s.value[slot] & codes.word();
            return (int) ((has | -has) >>> 63) * Truth.TRUE;
        }
    }

    /** Any other test, by its truth. */
    record Other(CellTest test, Bits reads, Bits falseWhereNone) implements FactClassifier {
        @Override
        public int at(Slots s) {
            return s.isAnyNone(falseWhereNone) ? Truth.FALSE : test.truth(s);
        }

        @Override
        public int known(Slots s) {
            return test.truth(s);
        }
    }
}
