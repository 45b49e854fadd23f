package cn.jincai.assessment.rules;

import cn.jincai.policy.Parameter;
import cn.jincai.policy.Scheme.Derived;
import cn.jincai.policy.Scheme.Over;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The words for months in {@code rules.derived}: what there is for each month, calculated with the parameters of that month, and what is made of it. */
final class MonthsCompiler {
    private final CellScope names;
    private final Map<String, Monthly> compiled = new HashMap<>();

    MonthsCompiler(CellScope names) {
        this.names = names;
    }

    OverMonths over(Derived d) throws RefusedCell {
        int slot = names.symbol(d.name()).slot();
        return new OverMonths(slot, d.as(), monthly(d.of(), slot), d.over().isAll() ? null : range(d.over()));
    }

    /** A series that is told, or made by {@code forEachMonth}. @param before the slot of what uses it */
    Monthly monthly(String name, int before) throws RefusedCell {
        Monthly known = compiled.get(name);
        if (known != null) return known;
        Symbol symbol = names.symbol(name);
        if (symbol.slot() >= before) throw new RefusedCell("assessment.derived.before");
        Vocabulary vocabulary = names.vocabulary();
        Monthly made = vocabulary.fact(symbol.slot()) != null
                ? new Monthly.Told(symbol.slot())
                : made(vocabulary.derived(symbol.slot()));
        compiled.put(name, made);
        return made;
    }

    Monthly.Made made(Derived d) throws RefusedCell {
        int slot = names.symbol(d.name()).slot();
        NavigableMap<Integer, NumericExpression> is = new TreeMap<>();
        Bits reads = Bits.NONE, plain = Bits.NONE;
        for (Map.Entry<Integer, LocalDate> change : changes().entrySet()) {
            NumericExpression number = new CellCompiler(on(change.getValue())).ofAMonth(d.is());
            is.put(change.getKey(), number);
            reads = reads.or(number.reads());
        }
        Map<Integer, Monthly> series = new HashMap<>();
        for (int read = reads.first(); read >= 0; read = reads.next(read + 1)) {
            Symbol symbol = names.vocabulary().at(read);
            if (symbol.kind() == Symbol.Kind.SERIES) series.put(read, monthly(symbol.name(), slot));
            else plain = plain.with(read);
        }
        String only = d.over().only();
        return new Monthly.Made(slot, range(d.over()), only.isEmpty() ? null : monthly(only, slot), is, series, plain);
    }

    /** The names of a month in which the values of this day hold. */
    private CellScope on(LocalDate day) {
        Map<String, Object> values = new HashMap<>(names.values());
        for (Parameter parameter : names.parameters().values())
            if (parameter.isByMonth()) RulesCompiler.hold(values, parameter, parameter.on(day));
        return names.inMonth(values);
    }

    /** The months from which parameters hold otherwise, each with its first day. */
    private NavigableMap<Integer, LocalDate> changes() {
        NavigableMap<Integer, LocalDate> changes = new TreeMap<>(Map.of(Integer.MIN_VALUE, LocalDate.MIN));
        for (Parameter parameter : names.parameters().values())
            if (parameter.isByMonth())
                for (Parameter.Dated dated : parameter.values())
                    if (!dated.from().equals(LocalDate.MIN)) {
                        LocalDate first =
                                dated.from().minusDays(1).withDayOfMonth(1).plusMonths(1);
                        changes.put(Monthly.number(java.time.YearMonth.from(first)), first);
                    }
        return changes;
    }

    private Monthly.Range range(Over over) throws RefusedCell {
        Vocabulary vocabulary = names.vocabulary();
        if (!over.in().isEmpty()) {
            int period = names.symbol(over.in()).slot();
            return new Monthly.Range(period, vocabulary.knownFact(period).periodKind(), -1, -1);
        }
        return new Monthly.Range(
                -1,
                null,
                names.symbol(over.from()).slot(),
                names.symbol(over.to()).slot());
    }
}
