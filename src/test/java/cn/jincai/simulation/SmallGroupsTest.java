package cn.jincai.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.explanation.BenefitChange;
import cn.jincai.kernel.Text;
import cn.jincai.simulation.WhatIfResult.Breakdown;
import cn.jincai.simulation.WhatIfResult.BudgetYear;
import cn.jincai.simulation.WhatIfResult.Cell;
import cn.jincai.simulation.WhatIfResult.Figures;
import cn.jincai.simulation.WhatIfResult.Group;
import cn.jincai.simulation.WhatIfResult.Typical;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is hidden stays hidden from one who adds and subtracts all that is shown. */
class SmallGroupsTest {
    private static final Text T = new Text("", "");

    @Test
    void nothingSmallIsShownAndNothingHiddenCanBeReckoned() {
        Random random = new Random(20261125);
        int shown = 0, hidden = 0;
        for (int round = 0; round < 400; round++) {
            WhatIfResult result = result(random, 1 + random.nextInt(3), 1 + random.nextInt(400));
            WhatIfResult screened = SmallGroups.hide(result);
            List<Figures> was = figures(result), is = figures(screened);
            for (int f = 0; f < was.size(); f++) {
                List<List<long[]>> lines = lines(was.get(f), is.get(f));
                for (List<long[]> line : lines) {
                    long unknown = line.stream().filter(c -> c[1] == 1).count(),
                            people =
                                    line.stream()
                                            .filter(c -> c[1] == 1)
                                            .mapToLong(c -> c[0])
                                            .sum();
                    assertThat(unknown)
                            .as("one hidden cell is the total less the others")
                            .isNotEqualTo(1);
                    boolean all = unknown == line.size();
                    if (!all && unknown > 0)
                        assertThat(people == 0 || people >= WhatIfResult.SMALL).isTrue();
                    for (long[] cell : line) {
                        if (cell[1] == 0)
                            assertThat(cell[0] == 0 || cell[0] >= WhatIfResult.SMALL)
                                    .isTrue();
                        if (cell[1] == 0) shown++;
                        else hidden++;
                    }
                }
            }
            assertThat(screened.typical()).allMatch(t -> t.people() >= WhatIfResult.SMALL);
            assertThat(screened.budget())
                    .allMatch(b -> b.people() == null || b.people() == 0 || b.people() >= WhatIfResult.SMALL);
        }
        assertThat(hidden).isPositive();
        assertThat(shown).isGreaterThan(hidden / 2);
    }

    @Test
    void largeFiguresStayAsTheyAre() {
        WhatIfResult result = result(new Random(1), 2, 5_000_000);
        assertThat(SmallGroups.hide(result)).isEqualTo(result);
    }

    private static List<Figures> figures(WhatIfResult r) {
        List<Figures> all = new ArrayList<>(r.benefits());
        all.add(r.whole());
        return all;
    }

    /** Rows and columns that add up to something told; each cell with its people and whether it is hidden. */
    private static List<List<long[]>> lines(Figures was, Figures is) {
        List<List<long[]>> lines = new ArrayList<>();
        lines.add(row(was.total(), is.total()));
        for (int b = 0; b < was.by().size(); b++) {
            List<Group> old = was.by().get(b).groups(), now = is.by().get(b).groups();
            for (int g = 0; g < old.size(); g++)
                lines.add(row(old.get(g).cells(), now.get(g).cells()));
            for (BenefitChange change : BenefitChange.values()) {
                List<long[]> column = new ArrayList<>(List.of(cell(was.total(), is.total(), change)));
                for (int g = 0; g < old.size(); g++)
                    column.add(cell(old.get(g).cells(), now.get(g).cells(), change));
                lines.add(column);
            }
        }
        return lines;
    }

    private static List<long[]> row(Map<BenefitChange, Cell> was, Map<BenefitChange, Cell> is) {
        return java.util.Arrays.stream(BenefitChange.values())
                .map(c -> cell(was, is, c))
                .toList();
    }

    private static long[] cell(Map<BenefitChange, Cell> was, Map<BenefitChange, Cell> is, BenefitChange change) {
        return new long[] {was.get(change).people(), is.get(change).isHidden() ? 1 : 0};
    }

    private static WhatIfResult result(Random random, int benefits, int people) {
        List<Figures> figures = new ArrayList<>();
        List<Typical> typical = new ArrayList<>();
        List<BudgetYear> budget = new ArrayList<>();
        for (int b = 0; b < benefits; b++) {
            figures.add(figures("B" + b, random, people));
            figures.get(b).total().forEach((change, cell) -> {
                if (change.isChange() && cell.people() > 0)
                    typical.add(new Typical(figures.get(figures.size() - 1).benefit(), change, cell.people(), 0));
            });
            budget.add(new BudgetYear("F" + b, 2026, people > 1_000_000 ? people : (long) random.nextInt(12), 1L, 2L));
        }
        return new WhatIfResult(
                people, 0, null, false, List.of(), figures(null, random, people), figures, budget, typical, List.of());
    }

    private static Figures figures(String code, Random random, int people) {
        int groups = 2 + random.nextInt(6), few = 1 + random.nextInt(BenefitChange.values().length);
        long[][] count = new long[groups][BenefitChange.values().length];
        for (int p = 0; p < (people > 1_000_000 ? 50_000 : people); p++)
            count[random.nextInt(groups)][random.nextInt(few)]++;
        List<Group> all = new ArrayList<>();
        for (int g = 0; g < groups; g++) all.add(new Group("G" + g, T, cells(count[g])));
        long[] total = new long[BenefitChange.values().length];
        for (long[] group : count) for (int c = 0; c < total.length; c++) total[c] += group[c];
        return new Figures(code, T, null, cells(total), List.of(new Breakdown("g", T, all)));
    }

    private static Map<BenefitChange, Cell> cells(long[] count) {
        Map<BenefitChange, Cell> cells = new EnumMap<>(BenefitChange.class);
        for (BenefitChange change : BenefitChange.values())
            cells.put(
                    change,
                    new Cell(count[change.ordinal()], count[change.ordinal()] * 10, count[change.ordinal()] * 20));
        return cells;
    }
}
