package cn.jincai.assessment.rules;

import cn.jincai.policy.Scheme.Derived;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When what is known: a row waits for the derived values that it reads, a value derived from a table for that table's rows, one derived from a benefit
 * until that is decided. Everything that waits for nothing is done at once, in step 0.
 */
final class EvaluationOrder {
    static final int PER_BENEFIT = 3;
    /** Later than everything: it waits for itself. */
    private static final int NEVER = Integer.MAX_VALUE / 2;

    private final CellScope names;
    private final Map<String, CompiledTable> tables;
    private final List<String> benefits;
    private final Map<String, Integer> derived = new HashMap<>();
    private final Map<String, Derived> declared = new HashMap<>();

    EvaluationOrder(CellScope names, Map<String, CompiledTable> tables, List<String> benefits) {
        this.names = names;
        this.tables = tables;
        this.benefits = benefits;
        for (Derived d : names.vocabulary().scheme.rules().derived()) declared.put(d.name(), d);
    }

    /** The step at whose end a benefit is decided. */
    static int decided(int benefit) {
        return PER_BENEFIT * benefit + PER_BENEFIT - 1;
    }

    int of(Rule rule) {
        int step = 0;
        for (Cell cell : rule.cells()) step = Math.max(step, of(cell.reads()));
        return step;
    }

    /** The step before which a derived value is made; 0 for a fact. */
    int of(String name) {
        if (!declared.containsKey(name)) return 0;
        Integer known = derived.putIfAbsent(name, NEVER);
        if (known != null) return known;
        int step = step(declared.get(name));
        derived.put(name, step);
        return step;
    }

    private int step(Derived d) {
        return switch (d.as()) {
            case bestForCertain, bestPossible, limitMissed, outputOf -> {
                CompiledTable table = tables.get(d.table());
                yield table == null
                        ? 0
                        : 1 + table.rules().stream().mapToInt(this::of).max().orElse(0);
            }
            case sumOf, verdictOf -> decided(benefits.indexOf(d.benefit())) + 1;
            case calculation, percent -> {
                try {
                    yield of(new CellCompiler(names)
                            .calculation(d.is(), names.symbol(d.name()).kind())
                            .reads());
                } catch (RefusedCell e) {
                    yield 0; // told when it is made
                }
            }
            case forEachMonth, sumOfMonths, countMonths, longestRun, gaps, leastOfMonths, mostOfMonths -> {
                try {
                    MonthsCompiler months = new MonthsCompiler(names);
                    yield of(
                            d.isOfMonths()
                                    ? months.over(d).inputs()
                                    : months.made(d).inputs());
                } catch (RefusedCell e) {
                    yield 0; // told when it is made
                }
            }
            case completedYears, completedMonths, endOfPeriod, monthsLater, number, firstDayOf, lastDayOf -> {
                int step = 0;
                for (String input : new String[] {d.from(), d.on(), d.of()})
                    if (input != null) step = Math.max(step, of(input));
                yield step;
            }
        };
    }

    private int of(Bits slots) {
        int step = 0;
        for (int slot = slots.first(); slot >= 0; slot = slots.next(slot + 1))
            step = Math.max(step, of(names.vocabulary().at(slot).name()));
        return step;
    }
}
