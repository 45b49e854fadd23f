package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.Evaluation;

/** The search for a case in which some rows hold and others are false. */
final class RowSearch implements Solver.Goal {
    private final SearchModel world;
    private final Columns columns;
    private final BoxState outlook, part;
    private final int[] fire, fail;

    /** @param fire rows that hold; {@code fail} rows that are false, not only unknown */
    RowSearch(SearchModel world, int[] fire, int[] fail) {
        this.world = world;
        this.columns = world.columns;
        this.outlook = new BoxState(world);
        this.part = new BoxState(world);
        this.fire = fire;
        this.fail = fail;
    }

    @Override
    public Solver.Look look(Box box) {
        outlook.of(box);
        int next = -1, fewest = Integer.MAX_VALUE;
        boolean fires = false;
        SplitHeuristic cutting = new SplitHeuristic(outlook);
        for (int row : fire) {
            int truth = outlook.truth(row);
            if ((truth & TruthSet.TRUE) == 0) return Solver.Look.none(SplitHeuristic.whyNot(outlook, row));
            if (truth != TruthSet.TRUE && cutting.open(row) < fewest) {
                next = row;
                fewest = cutting.open(row);
                fires = true;
            }
        }
        for (int row : fail) {
            int truth = outlook.truth(row);
            if ((truth & TruthSet.FALSE) == 0) return Solver.Look.none(world.behindRow(row));
            if (!fires && truth != TruthSet.FALSE && cutting.open(row) < fewest) {
                next = row;
                fewest = cutting.open(row);
            }
        }
        if (outlook.impossible != 0) return Solver.Look.none(outlook.impossible);
        Box one = columns.example(box);
        if (is(one)) return Solver.Look.found(one);
        Solver.Look cut = next < 0 ? cutting.columns(box, world.forbidden(part, one, box)) : cutting.row(box, next);
        return cut == null ? Solver.Look.lost() : next < 0 ? cut : SplitHeuristic.ordered(cut, part, next, fires);
    }

    private boolean is(Box one) {
        Evaluation e = world.evaluate(one);
        for (int row : fire) if (!e.isFired(row)) return false;
        for (int row : fail) if (e.isFired(row) || e.isUndecided(row)) return false;
        return true;
    }
}
