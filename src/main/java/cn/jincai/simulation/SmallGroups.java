package cn.jincai.simulation;

import cn.jincai.assessment.explanation.BenefitChange;
import cn.jincai.simulation.WhatIfResult.Breakdown;
import cn.jincai.simulation.WhatIfResult.BudgetYear;
import cn.jincai.simulation.WhatIfResult.Cell;
import cn.jincai.simulation.WhatIfResult.Figures;
import cn.jincai.simulation.WhatIfResult.Group;
import cn.jincai.simulation.WhatIfResult.Typical;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hides what stands for fewer than {@value WhatIfResult#SMALL} people, and as much more as it takes that it can't be reckoned from the rest: in each line that
 * adds up to a number told elsewhere, either nothing is hidden, or at least two cells that together stand for enough people.
 */
final class SmallGroups {
    private final List<Spot> spots = new ArrayList<>();
    private final List<List<Spot>> lines = new ArrayList<>();
    private final Map<Cell, Spot> byCell = new IdentityHashMap<>();

    private static final class Spot {
        final Cell cell;
        /** Totals are given up last. */
        final boolean total;

        boolean hidden;

        Spot(Cell cell, boolean total) {
            this.cell = cell;
            this.total = total;
            hidden = people() > 0 && people() < WhatIfResult.SMALL;
        }

        long people() {
            return Objects.requireNonNull(cell.people());
        }
    }

    private SmallGroups() {}

    static WhatIfResult hide(WhatIfResult r) {
        SmallGroups groups = new SmallGroups();
        groups.read(r.whole());
        r.benefits().forEach(groups::read);
        groups.settle();
        List<Figures> benefits = r.benefits().stream().map(groups::screened).toList();
        return new WhatIfResult(
                r.people(),
                r.failed(),
                r.failure(),
                r.partial(),
                r.remarks(),
                groups.screened(r.whole()),
                benefits,
                budget(r.budget()),
                groups.typical(r),
                r.margins());
    }

    private void read(Figures f) {
        lines.add(add(f.total(), true));
        for (Breakdown by : f.by()) {
            for (Group group : by.groups()) lines.add(add(group.cells(), false));
            for (BenefitChange change : BenefitChange.values()) {
                List<Spot> column = new ArrayList<>();
                column.add(spot(f.total(), change));
                by.groups().forEach(g -> column.add(spot(g.cells(), change)));
                lines.add(column);
            }
        }
    }

    private Spot spot(Map<BenefitChange, Cell> cells, BenefitChange change) {
        return Objects.requireNonNull(byCell.get(cells.get(change)));
    }

    private List<Spot> add(Map<BenefitChange, Cell> cells, boolean total) {
        return cells.values().stream()
                .map(cell -> {
                    Spot spot = new Spot(cell, total);
                    spots.add(spot);
                    byCell.put(cell, spot);
                    return spot;
                })
                .toList();
    }

    private void settle() {
        for (boolean again = true; again; ) {
            again = false;
            for (List<Spot> line : lines) again |= isOpen(line) && hideOneMore(line);
        }
    }

    /** What is hidden in this line can be reckoned. */
    private static boolean isOpen(List<Spot> line) {
        long hidden = line.stream().filter(s -> s.hidden).count();
        long people =
                line.stream().filter(s -> s.hidden).mapToLong(Spot::people).sum();
        return hidden == 1 || people > 0 && people < WhatIfResult.SMALL;
    }

    /** The one that is missed least: with people in it, no total, and small. */
    private static boolean hideOneMore(List<Spot> line) {
        return line.stream()
                .filter(s -> !s.hidden)
                .min(Comparator.<Spot, Boolean>comparing(s -> s.people() == 0)
                        .thenComparing(s -> s.total)
                        .thenComparing(Spot::people))
                .map(s -> s.hidden = true)
                .orElse(false);
    }

    private Figures screened(Figures f) {
        return new Figures(
                f.benefit(),
                f.name(),
                f.fund(),
                screened(f.total()),
                f.by().stream()
                        .map(by -> new Breakdown(
                                by.fact(),
                                by.label(),
                                by.groups().stream()
                                        .map(g -> new Group(g.code(), g.name(), screened(g.cells())))
                                        .toList()))
                        .toList());
    }

    private Map<BenefitChange, Cell> screened(Map<BenefitChange, Cell> cells) {
        Map<BenefitChange, Cell> screened = new EnumMap<>(BenefitChange.class);
        cells.forEach((change, cell) -> screened.put(change, spot(cells, change).hidden ? Cell.HIDDEN : cell));
        return screened;
    }

    /** Where one year of a fund is hidden its later payments are too: they come of the same few. */
    private static List<BudgetYear> budget(List<BudgetYear> budget) {
        Set<String> small = budget.stream()
                .filter(SmallGroups::isSmall)
                .map(BudgetYear::fund)
                .collect(Collectors.toSet());
        return budget.stream()
                .map(b -> small.contains(b.fund()) && people(b) < WhatIfResult.SMALL
                        ? new BudgetYear(b.fund(), b.year(), null, null, null)
                        : b)
                .toList();
    }

    private static boolean isSmall(BudgetYear b) {
        return people(b) > 0 && people(b) < WhatIfResult.SMALL;
    }

    private static long people(BudgetYear b) {
        return Objects.requireNonNull(b.people());
    }

    /** Of each change whole patterns only; none where its total is hidden, or where those left out could be reckoned. */
    private List<Typical> typical(WhatIfResult r) {
        List<Typical> shown = new ArrayList<>();
        for (Figures f : r.benefits())
            for (BenefitChange change : BenefitChange.values()) {
                Spot total = spot(f.total(), change);
                if (total.hidden) continue;
                List<Typical> own = new ArrayList<>(r.typical().stream()
                        .filter(t -> t.benefit().equals(f.benefit())
                                && t.change() == change
                                && t.people() >= WhatIfResult.SMALL)
                        .toList());
                long left =
                        total.people() - own.stream().mapToLong(Typical::people).sum();
                if (left > 0 && left < WhatIfResult.SMALL && !own.isEmpty()) own.remove(own.size() - 1);
                shown.addAll(own);
            }
        return shown;
    }
}
