package cn.jincai.simulation;

import cn.jincai.assessment.explanation.BenefitChange;
import cn.jincai.assessment.explanation.Explanation;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Scheme;
import cn.jincai.simulation.ChangePatterns.Pattern;
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
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plain numbers to figures with names: totals, one breakdown for the year and for each fact, the funds by year, the most frequent changes. */
final class WhatIfFigures {
    private static final int TYPICAL = 10;

    private final WhatIfComparison comparison;
    private final WhatIfTally tally;
    private final Vocabulary vocabulary;

    WhatIfFigures(WhatIfComparison comparison, WhatIfTally tally) {
        this.comparison = comparison;
        this.tally = tally;
        vocabulary = comparison.after.vocabulary;
    }

    WhatIfResult result(boolean cancelled, List<Text> remarks, List<WhatIfResult.MadeUp> margins) {
        List<Figures> benefits = IntStream.range(0, comparison.benefits.size())
                .mapToObj(b -> figures(b, benefit(comparison.benefits.get(b))))
                .toList();
        return new WhatIfResult(
                tally.people,
                tally.failed,
                tally.failure,
                cancelled || tally.failed > 0,
                remarks,
                figures(comparison.benefits.size(), null),
                benefits,
                budget(),
                typical(),
                margins);
    }

    private Scheme.Benefit benefit(String code) {
        return Stream.of(vocabulary.scheme, comparison.before.vocabulary.scheme)
                .flatMap(s -> s.benefits().stream())
                .filter(b -> b.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private Figures figures(int at, Scheme.@Nullable Benefit benefit) {
        List<Breakdown> by = new ArrayList<>();
        by.add(new Breakdown(
                "year",
                Text.of("simulation.years"),
                IntStream.range(0, comparison.years)
                        .mapToObj(year -> {
                            String named = String.valueOf(comparison.firstYear + year);
                            return new Group(named, Text.same(named), cells(at, y -> y == year, g -> true));
                        })
                        .toList()));
        for (int i = 0; i < comparison.breakdown.length; i++) by.add(breakdown(at, i));
        return new Figures(
                benefit == null ? null : benefit.code(),
                benefit == null ? Text.of("simulation.allBenefits") : benefit.name(),
                benefit == null ? null : benefit.fund(),
                cells(at, y -> true, g -> true),
                by);
    }

    private Breakdown breakdown(int at, int fact) {
        int slot = comparison.breakdown[fact];
        Scheme.Fact named = vocabulary.knownFact(slot);
        List<Group> groups = new ArrayList<>();
        for (int c = 0; c <= vocabulary.at(slot).codes().size(); c++) {
            int code = c == vocabulary.at(slot).codes().size() ? -1 : c;
            String word = code < 0 ? null : vocabulary.at(slot).codes().get(code);
            Text name = code < 0
                    ? Text.of("simulation.notKnown")
                    : Explanation.shown(named, named.type() == Scheme.Type.BOOLEAN ? (Object) (code == 1) : word);
            groups.add(new Group(word, name, cells(at, y -> true, g -> comparison.code(g, fact) == code)));
        }
        return new Breakdown(named.name(), named.label(), groups);
    }

    private Map<BenefitChange, Cell> cells(int benefit, IntPredicate years, IntPredicate groups) {
        Map<BenefitChange, Cell> cells = new EnumMap<>(BenefitChange.class);
        for (BenefitChange change : BenefitChange.values()) {
            long people = 0, before = 0, after = 0;
            for (int y = 0; y < comparison.years; y++)
                for (int g = 0; g < comparison.groups; g++) {
                    if (!years.test(y) || !groups.test(g)) continue;
                    int at = tally.cell(benefit, y, g, change);
                    people += tally.cells[at];
                    before += tally.cells[at + 1];
                    after += tally.cells[at + 2];
                }
            cells.put(change, new Cell(people, before, after));
        }
        return cells;
    }

    private List<BudgetYear> budget() {
        List<BudgetYear> budget = new ArrayList<>();
        for (int f = 0; f < comparison.funds.size(); f++)
            for (int y = 0; y < comparison.years + PayYears.LATER; y++) {
                int at = tally.budget(f, y);
                if (y < comparison.years || tally.budget[at + 1] != 0 || tally.budget[at + 2] != 0)
                    budget.add(new BudgetYear(
                            comparison.funds.get(f),
                            comparison.firstYear + y,
                            tally.budget[at],
                            tally.budget[at + 1],
                            tally.budget[at + 2]));
            }
        return budget;
    }

    private List<Typical> typical() {
        List<Typical> typical = new ArrayList<>();
        for (int b = 0; b < comparison.benefits.size(); b++)
            for (BenefitChange change : BenefitChange.values())
                for (Pattern p : tally.patterns.most(b * WhatIfTally.CHANGES + change.ordinal(), TYPICAL))
                    typical.add(new Typical(comparison.benefits.get(b), change, p.people(), p.person()));
        return typical;
    }
}
