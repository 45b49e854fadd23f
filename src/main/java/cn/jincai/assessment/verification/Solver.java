package cn.jincai.assessment.verification;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a case with a certain property in a box, or proves that there is none: a box of which that can be seen is done, any other is cut in parts at one
 * column. Where a part fails for reasons that have nothing to do with the cut, its siblings fail for the same, and are not looked at.
 */
public final class Solver {
    /** What is looked for. */
    interface Goal {
        Step examine(Box box);
    }

    /**
     * What is seen of a box.
     *
     * @param found a case with the property, or null
     * @param why   where it has none for certain: the columns whose values show it
     * @param parts otherwise: the box cut in parts at {@code column}; none where nothing is left to look for
     */
    record Step(@Nullable Box found, long why, List<Box> parts, int column) {
        static Step found(Box one) {
            return new Step(one, 0, List.of(), -1);
        }

        static Step none(long why) {
            return new Step(null, why, List.of(), -1);
        }

        /** Nothing is left to cut, and still it can't be told. */
        static Step lost() {
            return new Step(null, LOST, List.of(), -1);
        }

        private static final long LOST = Long.MIN_VALUE | 1;

        static Step split(List<Box> parts, int column) {
            return new Step(null, 0, parts, column);
        }
    }

    public enum State {
        FOUND,
        NONE,
        UNDECIDED
    }

    private final Columns columns;
    private final Goal goal;
    private int left;
    private @Nullable Box found;

    /** @param most boxes to look at before it is given up as undecided */
    public Solver(Columns columns, Goal goal, int most) {
        this.columns = columns;
        this.goal = goal;
        this.left = most;
    }

    public State solve(Box in) {
        found = null;
        if (!columns.isPossible(in)) return State.NONE;
        search(in, in);
        return found != null ? State.FOUND : left < 0 ? State.UNDECIDED : State.NONE;
    }

    /** Of {@link State#FOUND}, otherwise null. */
    @Nullable
    Box found() {
        return found;
    }

    int left() {
        return left;
    }

    /** @return the columns whose values show that the box has no such case */
    private long search(Box root, Box box) {
        if (--left < 0) return -1;
        Step step = goal.examine(box);
        found = step.found();
        if (found != null) return -1;
        if (step.parts().isEmpty() && step.why() == Step.LOST) left = -1;
        if (step.parts().isEmpty()) return step.why();
        long why = 0, here = 1L << step.column();
        for (Box part : step.parts()) {
            long shown = columns.isPossible(part) ? search(root, part) : here | 1L << Columns.APPLICATION_DATE;
            if (found != null || left < 0) return -1;
            if ((shown & here) == 0) return shown;
            why |= shown;
        }
        return box.isAsIn(root, step.column()) ? why & ~here : why;
    }
}
