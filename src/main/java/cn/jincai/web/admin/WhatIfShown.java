package cn.jincai.web.admin;

import cn.jincai.assessment.explanation.BenefitChange;
import cn.jincai.simulation.WhatIf;
import cn.jincai.simulation.WhatIfResult.Cell;
import cn.jincai.simulation.WhatIfs;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The newest what-if run of a version in a few figures, for those who decide about it.
 *
 * @param figures null before the run is over
 */
record WhatIfShown(WhatIf run, @Nullable Figures figures) {
    /**
     * How many people get more, less, or nothing else than before, and what all of them get together, in fen; null where a figure is hidden.
     *
     * @param more  also who gets something for the first time
     * @param less  also who gets nothing any more
     */
    record Figures(
            @Nullable Long more,
            @Nullable Long less,
            @Nullable Long same,
            @Nullable Long never,
            @Nullable Long beforeFen,
            @Nullable Long afterFen) {}

    static WhatIfShown of(WhatIfs.View view) {
        if (view.result() == null) return new WhatIfShown(view.run(), null);
        Map<BenefitChange, Cell> total = view.result().whole().total();
        return new WhatIfShown(
                view.run(),
                new Figures(
                        people(total, Set.of(BenefitChange.GAINS, BenefitChange.MORE)),
                        people(total, Set.of(BenefitChange.LOSES, BenefitChange.LESS)),
                        people(total, Set.of(BenefitChange.SAME)),
                        people(total, Set.of(BenefitChange.TURNS, BenefitChange.NEVER)),
                        sum(total.values(), Cell::beforeFen),
                        sum(total.values(), Cell::afterFen)));
    }

    private static @Nullable Long people(Map<BenefitChange, Cell> total, Set<BenefitChange> changes) {
        List<Cell> cells = total.entrySet().stream()
                .filter(e -> changes.contains(e.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return sum(cells, Cell::people);
    }

    private static @Nullable Long sum(Collection<Cell> cells, Function<Cell, @Nullable Long> figure) {
        long sum = 0;
        for (Cell cell : cells) {
            Long one = figure.apply(cell);
            if (one == null) return null;
            sum += one;
        }
        return sum;
    }
}
