package cn.jincai.assessment.verification;

/**
 * A set of cases: for each column of {@link Columns} the values that are still possible. Of a number or day {@code lo} and {@code hi} are the ends; of a text or flag
 * {@code lo} is the set of codes; of a list {@code lo} are the codes that it has for certain and {@code hi} those that it may have.
 */
public final class Box {
    public static final int ABSENT = 1, KNOWN = 2;

    public final int[] status;
    public final long[] lo, hi;

    Box(int columns) {
        this(new int[columns], new long[columns], new long[columns]);
    }

    private Box(int[] status, long[] lo, long[] hi) {
        this.status = status;
        this.lo = lo;
        this.hi = hi;
    }

    Box copy() {
        return new Box(status.clone(), lo.clone(), hi.clone());
    }

    public Box with(int column, int newStatus, long newLo, long newHi) {
        Box box = copy();
        box.status[column] = newStatus;
        box.lo[column] = newLo;
        box.hi[column] = newHi;
        return box;
    }

    public boolean isAsIn(Box other, int column) {
        return status[column] == other.status[column]
                && lo[column] == other.lo[column]
                && hi[column] == other.hi[column];
    }
}
