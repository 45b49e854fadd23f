package cn.jincai.assessment.rules;

import cn.jincai.policy.Parameter;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme.Derived;
import cn.jincai.policy.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A ruleset's cells with parameters left as names, so that they can be read out: in compiled rules nothing is left of a parameter but its value. */
public final class ReadableRules {
    /** Parameters are numbered from here on, beyond all slots. */
    private final int first;

    /** A filled cell. */
    public record Part(Table.Column column, CellTest test) {}

    public final Vocabulary vocabulary;
    public final Ruleset ruleset;
    private final List<Parameter> parameters;
    private final CellCompiler cells, ofAMonth;
    private final Map<String, List<Part>> rows = new LinkedHashMap<>();

    public ReadableRules(Vocabulary vocabulary, Ruleset ruleset) {
        this.vocabulary = vocabulary;
        this.ruleset = ruleset;
        parameters = List.copyOf(ruleset.parameters().values());
        first = vocabulary.size();
        Map<String, Object> names = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++)
            names.put(parameters.get(i).name(), new CellScope.Withheld(first + i));
        CellScope scope = new CellScope(vocabulary, ruleset.parameters(), names, new HashSet<>());
        cells = new CellCompiler(scope);
        ofAMonth = new CellCompiler(scope.inMonth(names));
        Stream.concat(ruleset.conditions().stream(), ruleset.entitlements().stream())
                .forEach(table -> table.rows().forEach(row -> rows.put(key(table, row), read(table, row))));
    }

    private List<Part> read(Table table, Table.Row row) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < row.cells().size() && i < table.columns().size(); i++) {
            if (row.cells().get(i).isEmpty()) continue;
            try {
                parts.add(new Part(
                        table.columns().get(i),
                        cells.test(
                                table.columns().get(i).expression(), row.cells().get(i))));
            } catch (RefusedCell e) {
                throw unread(e);
            }
        }
        return parts;
    }

    public List<Part> parts(Table table, Table.Row row) {
        return rows.getOrDefault(key(table, row), List.of());
    }

    public List<CellTest> tests() {
        return rows.values().stream().flatMap(List::stream).map(Part::test).toList();
    }

    /** What an output computes, or how many months a period has. */
    public NumericExpression number(String expression) {
        try {
            return cells.number(expression);
        } catch (RefusedCell e) {
            throw unread(e);
        }
    }

    /** What a derived value is calculated as. */
    public NumericExpression calculation(Derived d) {
        try {
            return cells.calculation(d.is(), vocabulary.known(d.name()).kind());
        } catch (RefusedCell e) {
            throw unread(e);
        }
    }

    /** What is calculated for each month. */
    public NumericExpression ofAMonth(Derived d) {
        try {
            return ofAMonth.ofAMonth(d.is());
        } catch (RefusedCell e) {
            throw unread(e);
        }
    }

    /** @return null where this is no parameter */
    public @Nullable Parameter parameter(NumericExpression n) {
        return n instanceof NumericExpression.Withheld w && w.slot() >= first ? parameters.get(w.slot() - first) : null;
    }

    /** Collects the parameters of a test or number. */
    public Set<Parameter> parametersOf(CellTest test, Set<Parameter> into) {
        test.comparisons(c -> {
            parametersOf(c.left(), into);
            parametersOf(c.right(), into);
        });
        return into;
    }

    public Set<Parameter> parametersOf(NumericExpression n, Set<Parameter> into) {
        if (parameter(n) != null) into.add(parameter(n));
        for (NumericExpression part : parts(n)) parametersOf(part, into);
        return into;
    }

    public static List<NumericExpression> parts(NumericExpression n) {
        if (n instanceof NumericExpression.Plus p) return List.of(p.left(), p.right());
        if (n instanceof NumericExpression.Minus m) return List.of(m.left(), m.right());
        if (n instanceof NumericExpression.Times t) return List.of(t.left(), t.right());
        if (n instanceof NumericExpression.Share s) return List.of(s.of(), s.rate());
        if (n instanceof NumericExpression.Quotient q) return List.of(q.of(), q.by());
        if (n instanceof NumericExpression.Scaled s) return List.of(s.of(), s.by());
        if (n instanceof NumericExpression.Least l) return l.of();
        if (n instanceof NumericExpression.Most m) return m.of();
        return List.of();
    }

    private static String key(Table table, Table.Row row) {
        return table.id() + " " + row.number();
    }

    private static IllegalStateException unread(RefusedCell e) {
        return new IllegalStateException("a package was read with a cell that is not understood: " + e.text.en());
    }
}
