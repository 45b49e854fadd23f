package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.Bits;
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
    record Step(@Nullable Box found, Bits why, List<Box> parts, int column) {
        static Step found(Box one) {
            return new Step(one, Bits.NONE, List.of(), -1);
        }

        static Step none(Bits why) {
            return new Step(null, why, List.of(), -1);
        }

        /** Nothing is left to cut, and still it can't be told. */
        static Step lost() {
            return new Step(null, LOST, List.of(), -1);
        }

        private static final Bits LOST = Bits.of(Integer.SIZE * 64);

        static Step split(List<Box> parts, int column) {
            return new Step(null, Bits.NONE, parts, column);
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
    private boolean lost;
    private @Nullable Box found;

    /** @param most boxes to look at before it is given up as undecided */
    public Solver(Columns columns, Goal goal, int most) {
        this.columns = columns;
        this.goal = goal;
        this.left = most;
    }

    public State solve(Box in) {
        found = null;
        lost = false;
        if (!columns.isPossible(in)) return State.NONE;
        search(in, in);
        return found != null ? State.FOUND : isGivenUp() ? State.UNDECIDED : State.NONE;
    }

    private boolean isGivenUp() {
        return lost || isExhausted();
    }

    /** Given up because there were more boxes than it may look at; otherwise no number of boxes would do. */
    boolean isExhausted() {
        return left < 0;
    }

    /** Of {@link State#FOUND}, otherwise null. */
    @Nullable
    Box found() {
        return found;
    }

    /** Boxes that it might still have looked at. */
    int left() {
        return Math.max(0, left);
    }

    /** @return the columns whose values show that the box has no such case */
    private Bits search(Box root, Box box) {
        if (--left < 0) return Bits.NONE;
        Step step = goal.examine(box);
        found = step.found();
        if (found != null) return Bits.NONE;
        if (step.parts().isEmpty() && step.why() == Step.LOST) lost = true;
        if (step.parts().isEmpty()) return step.why();
        Bits why = Bits.NONE;
        for (Box part : step.parts()) {
            Bits shown = columns.isPossible(part)
                    ? search(root, part)
                    : Bits.of(step.column()).with(Columns.APPLICATION_DATE);
            if (found != null || isGivenUp()) return Bits.NONE;
            if (!shown.has(step.column())) return shown;
            why = why.or(shown);
        }
        return box.isAsIn(root, step.column()) ? why.without(Bits.of(step.column())) : why;
    }
}
