package cn.jincai.assessment.verification;

import org.jspecify.annotations.Nullable;

/**
 * Boxes that the check of one package may look at in all, so that it ends in time for a scheme of 200 facts and tables of hundreds of rows too: each question
 * has a limit of its own, and there are as many questions as pairs of rows. The city's schemes need some thousandth of it.
 */
final class SearchBudget {
    /** Half a minute of one core at worst. */
    private static final int BOXES = 400_000;

    private final Columns columns;
    private int left = BOXES;
    private int unanswered;

    SearchBudget(Columns columns) {
        this.columns = columns;
    }

    /** @param most boxes for this question */
    Answer ask(Solver.Goal goal, Box in, int most) {
        int may = Math.min(most, left);
        Solver solver = new Solver(columns, goal, may);
        Solver.State state = solver.solve(in);
        left -= may - solver.left();
        if (solver.isExhausted() && may < most) unanswered++;
        return new Answer(state, solver.found());
    }

    record Answer(Solver.State state, @Nullable Box found) {
        boolean isNone() {
            return state == Solver.State.NONE;
        }
    }

    /** Questions for which nothing was left. */
    int unanswered() {
        return unanswered;
    }
}
