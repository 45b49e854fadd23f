package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.Evaluation;

/** The search for a case in which some rows hold and others are false. */
final class RowSearch implements Solver.Goal {
    private final SearchModel model;
    private final Columns columns;
    private final BoxState state, part;
    private final int[] fire, fail;

    /** @param fire rows that hold; {@code fail} rows that are false, not only unknown */
    RowSearch(SearchModel model, int[] fire, int[] fail) {
        this.model = model;
        this.columns = model.columns;
        this.state = new BoxState(model);
        this.part = new BoxState(model);
        this.fire = fire;
        this.fail = fail;
    }

    @Override
    public Solver.Step examine(Box box) {
        state.of(box);
        int next = -1, fewest = Integer.MAX_VALUE;
        boolean fires = false;
        SplitHeuristic splits = new SplitHeuristic(state);
        for (int row : fire) {
            int truth = state.truth(row);
            if ((truth & TruthSet.TRUE) == 0) return Solver.Step.none(SplitHeuristic.whyNot(state, row));
            if (truth != TruthSet.TRUE && splits.open(row) < fewest) {
                next = row;
                fewest = splits.open(row);
                fires = true;
            }
        }
        for (int row : fail) {
            int truth = state.truth(row);
            if ((truth & TruthSet.FALSE) == 0) return Solver.Step.none(model.behind.row(row));
            if (!fires && truth != TruthSet.FALSE && splits.open(row) < fewest) {
                next = row;
                fewest = splits.open(row);
            }
        }
        if (!state.impossible.isEmpty()) return Solver.Step.none(state.impossible);
        Box one = columns.example(box);
        if (is(one)) return Solver.Step.found(one);
        Solver.Step cut = next < 0 ? splits.columns(box, model.forbidden(part, one, box)) : splits.row(box, next);
        return cut == null ? Solver.Step.lost() : next < 0 ? cut : SplitHeuristic.ordered(cut, part, next, fires);
    }

    private boolean is(Box one) {
        Evaluation e = model.evaluate(one);
        for (int row : fire) if (!e.isFired(row)) return false;
        for (int row : fail) if (e.isFired(row) || e.isUndecided(row)) return false;
        return true;
    }
}
