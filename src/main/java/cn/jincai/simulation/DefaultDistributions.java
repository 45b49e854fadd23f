package cn.jincai.simulation;

import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.CompiledRules;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.policy.Computation;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.simulation.AliasSampler.Portion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How a fact is spread of which nobody says how: by its type, and near the limits at which the rules turn. It says nothing about real people. */
final class DefaultDistributions {
    private static final int YEAR = 365;

    private final Scheme scheme;
    private final Vocabulary vocabulary;
    private final CompiledRules rules;

    DefaultDistributions(SchemeRules rules) {
        vocabulary = rules.vocabulary;
        scheme = vocabulary.scheme;
        Slots today = vocabulary.noSlots();
        long day = rules.latest().toEpochDay();
        for (int slot = 0; slot <= vocabulary.applicationDate; slot++)
            if (vocabulary.at(slot).kind() == Symbol.Kind.DATE) today.set(slot, day);
        this.rules = rules.on(today, Set.of());
    }

    AliasSampler byType(Fact fact) {
        Symbol symbol = vocabulary.known(fact.name());
        List<Portion> portions = new ArrayList<>();
        switch (fact.type()) {
            case BOOLEAN -> {
                portions.add(Portion.one(1, 0));
                portions.add(Portion.one(1, 1));
            }
            case TEXT ->
                portions.add(Portion.of(1, 0, Math.max(0, symbol.codes().size() - 1)));
            case LIST -> {
                int codes = symbol.codes().size();
                portions.add(Portion.one(codes, 0));
                for (int code = 0; code < codes; code++)
                    portions.add(Portion.one(1, symbol.more() < 0 ? 1L << code : code + 1));
            }
            case INTEGER, FEN, PERCENT -> limits(fact, symbol.slot()).forEach(n -> portions.add(Portion.one(1, n)));
            case SERIES -> {
                return byType(fact.ofOneMonth());
            }
            case PERIOD -> portions.add(Portion.of(1, 0, 3)); // the one of the application, or one of those before it
            case DATE -> {
                if (isBirth(fact)) portions.add(Portion.of(1, 16L * YEAR, 70L * YEAR));
                else
                    for (long[] days : new long[][] {{0, 90}, {91, 400}, {401, 800}, {801, 1_200}, {1_201, 20L * YEAR}})
                        portions.add(Portion.of(1, days[0], days[1]));
                if (fact.mayLieAhead()) portions.add(Portion.of(1, -90, -1));
            }
        }
        long total = portions.stream().mapToLong(Portion::weight).sum();
        int told = fact.absent().none() ? 1 : 49; // one in two has none, or one in fifty is not known
        portions.replaceAll(p -> new Portion(p.weight() * told, true, p.from(), p.count()));
        portions.add(Portion.unknown(total));
        return new AliasSampler(portions);
    }

    /** Years of age are counted from it. */
    private boolean isBirth(Fact fact) {
        return scheme.rules().derived().stream()
                .anyMatch(
                        d -> d.as() == Computation.completedYears && fact.name().equals(d.from()));
    }

    /** Where the rules turn, one below and one above; 0 and 1 where they don't read it. */
    private Set<Long> limits(Fact fact, int slot) {
        Set<Long> limits = new TreeSet<>(Set.of(fact.min(), fact.min() + 1));
        Set<Long> constants = new TreeSet<>();
        for (Rule rule : rules.rules) for (Cell cell : rule.cells()) collect(cell.test(), slot, constants);
        for (NumericExpression number : rules.numbers())
            NumericExpression.scales(number, (of, by) -> {
                if (of instanceof NumericExpression.Slot s && s.slot() == slot)
                    by.scale().brackets().forEach(b -> constants.add(b.from()));
            });
        if (fact.type() == Scheme.Type.FEN) // a sum may be compared with one that a table gives
        for (Object value : rules.values().values()) if (value instanceof Long sum && sum > 1_000) constants.add(sum);
        for (long c : constants) for (long n = c - 1; n <= c + 1; n++) limits.add(n);
        limits.removeIf(n -> n < fact.min() || n > fact.most());
        return limits;
    }

    private static void collect(CellTest test, int slot, Set<Long> constants) {
        test.comparisons(c -> {
            if (c.leftSlot() == slot && c.right() instanceof NumericExpression.Constant n) constants.add(n.value());
            if (c.leftSlot() == slot)
                NumericExpression.scales(
                        c.right(), (of, by) -> by.scale().brackets().forEach(b -> constants.add(b.gives())));
            if (c.rightSlot() == slot && c.left() instanceof NumericExpression.Constant n) constants.add(n.value());
        });
    }
}
