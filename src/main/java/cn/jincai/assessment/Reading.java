package cn.jincai.assessment;

import cn.jincai.policy.Parameter;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A ruleset's cells with parameters left as names, so that they can be read out: in compiled rules nothing is left of a parameter but its value. */
final class Reading {
    /** Parameters are numbered from here on, beyond all slots. */
    private static final int FIRST = 1000;

    /** A filled cell. */
    record Part(Table.Column column, Test test) {}

    final Vocabulary vocabulary;
    final Ruleset ruleset;
    private final List<Parameter> parameters;
    private final Cells cells;
    private final Map<String, List<Part>> rows = new LinkedHashMap<>();

    Reading(Vocabulary vocabulary, Ruleset ruleset) {
        this.vocabulary = vocabulary;
        this.ruleset = ruleset;
        parameters = List.copyOf(ruleset.parameters().values());
        Map<String, Object> names = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) names.put(parameters.get(i).name(), new Names.Withheld(FIRST + i));
        cells = new Cells(new Names(vocabulary, ruleset.parameters(), names, new HashSet<>()));
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
            } catch (Refused e) {
                throw unread(e);
            }
        }
        return parts;
    }

    List<Part> parts(Table table, Table.Row row) {
        return rows.get(key(table, row));
    }

    List<Test> tests() {
        return rows.values().stream().flatMap(List::stream).map(Part::test).toList();
    }

    /** What an output or a calculation of the scheme computes. */
    Num number(String expression) {
        try {
            return cells.number(expression);
        } catch (Refused e) {
            throw unread(e);
        }
    }

    /** @return null where this is no parameter */
    Parameter parameter(Num n) {
        return n instanceof Num.Withheld w && w.slot() >= FIRST ? parameters.get(w.slot() - FIRST) : null;
    }

    /** Collects the parameters of a test or number. */
    Set<Parameter> parametersOf(Test test, Set<Parameter> into) {
        if (test instanceof Test.Compare c) {
            parametersOf(c.left(), into);
            parametersOf(c.right(), into);
        } else if (test instanceof Test.Both b) {
            parametersOf(b.a(), into);
            parametersOf(b.b(), into);
        } else if (test instanceof Test.Either e) {
            parametersOf(e.a(), into);
            parametersOf(e.b(), into);
        } else if (test instanceof Test.Not n) {
            parametersOf(n.a(), into);
        }
        return into;
    }

    Set<Parameter> parametersOf(Num n, Set<Parameter> into) {
        if (parameter(n) != null) into.add(parameter(n));
        for (Num part : parts(n)) parametersOf(part, into);
        return into;
    }

    static List<Num> parts(Num n) {
        if (n instanceof Num.Plus p) return List.of(p.left(), p.right());
        if (n instanceof Num.Minus m) return List.of(m.left(), m.right());
        if (n instanceof Num.Times t) return List.of(t.left(), t.right());
        if (n instanceof Num.Least l) return l.of();
        if (n instanceof Num.Most m) return m.of();
        return List.of();
    }

    private static String key(Table table, Table.Row row) {
        return table.id() + " " + row.number();
    }

    private static IllegalStateException unread(Refused e) {
        return new IllegalStateException("a package was read with a cell that is not understood: " + e.en);
    }
}
