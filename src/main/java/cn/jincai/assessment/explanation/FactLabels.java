package cn.jincai.assessment.explanation;

import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.ReadableRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.kernel.Period;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Derived;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What facts, derived values and parameters are called and how their values are written, by the labels and types of the scheme. */
final class FactLabels {
    private final Vocabulary vocabulary;
    private final ReadableRules reading;
    private final @Nullable Unit[] units;
    private final Text[] labels;

    FactLabels(ReadableRules reading) {
        this.reading = reading;
        this.vocabulary = reading.vocabulary;
        units = new @Nullable Unit[vocabulary.size()];
        for (int slot = 0; slot < units.length; slot++) units[slot] = unitByType(slot);
        for (CellTest test : reading.tests()) compareUnits(test);
        labels = new Text[vocabulary.size()];
        for (int slot = 0; slot < labels.length; slot++) labels[slot] = labelOf(slot);
    }

    Text label(int slot) {
        return labels[slot];
    }

    Unit unit(int slot) {
        return units[slot] == null ? Unit.NUMBER : units[slot];
    }

    /** @return null where a number has none of its own, as a bare one */
    @Nullable
    Unit unit(NumericExpression n) {
        if (n instanceof NumericExpression.Slot s) return units[s.slot()];
        if (n instanceof NumericExpression.Share s) return unit(s.of());
        if (n instanceof NumericExpression.Scaled s) return unit(s.by());
        if (n instanceof NumericExpression.Quotient q) return q.percent() ? Unit.PERCENT : unit(q.of());
        Parameter parameter = reading.parameter(n);
        if (parameter != null) return Unit.of(parameter);
        return ReadableRules.parts(n).stream()
                .map(this::unit)
                .filter(java.util.Objects::nonNull)
                .max(Enum::compareTo)
                .orElse(null);
    }

    private @Nullable Unit unitByType(int slot) {
        Symbol symbol = vocabulary.at(slot);
        if (symbol.kind() == Symbol.Kind.DATE) return Unit.DAY;
        if (symbol.kind() == Symbol.Kind.FLAG) return Unit.FLAG;
        Fact fact = vocabulary.fact(slot);
        if (fact != null) {
            if (fact.type() == Scheme.Type.FEN) return Unit.FEN;
            if (fact.type() == Scheme.Type.PERCENT) return Unit.PERCENT;
            if (fact.type() == Scheme.Type.SERIES) return ofAMonth(fact);
            if (fact.count() == null || fact.type() != Scheme.Type.INTEGER) return null;
            return fact.count().of().equals("level")
                    ? Unit.LEVEL
                    : fact.count().of().equals("months") ? Unit.MONTHS : Unit.NUMBER;
        }
        Derived d = vocabulary.derived(slot);
        return switch (d.as()) {
            case completedYears ->
                vocabulary
                                .scheme
                                .fact(d.from())
                                .filter(f -> f.source().equals("identity"))
                                .isPresent()
                        ? Unit.AGE
                        : Unit.YEARS;
            case completedMonths -> Unit.MONTHS;
            case bestForCertain, bestPossible -> Unit.LEVEL;
            case sumOf -> Unit.FEN;
            case outputOf -> d.column().equals("months") ? Unit.MONTHS : Unit.FEN;
            case limitMissed -> {
                int missed = vocabulary.slot(d.column());
                yield missed < 0 ? null : unitByType(missed);
            }
            case calculation -> unit(reading.calculation(d));
            case percent -> Unit.PERCENT;
            case forEachMonth -> unit(reading.ofAMonth(d));
            case sumOfMonths, leastOfMonths, mostOfMonths -> unitByType(vocabulary.slot(d.of()));
            case countMonths, longestRun, gaps -> Unit.MONTHS;
            default -> null;
        };
    }

    private static Unit ofAMonth(Fact series) {
        return switch (series.ofOneMonth().type()) {
            case FEN -> Unit.FEN;
            case PERCENT -> Unit.PERCENT;
            case BOOLEAN -> Unit.FLAG;
            default -> Unit.NUMBER;
        };
    }

    /** A number without a type of its own is of the unit of what it is compared with. */
    private void compareUnits(CellTest test) {
        test.comparisons(c -> {
            if (c.leftSlot() >= 0 && units[c.leftSlot()] == null) units[c.leftSlot()] = unit(c.right());
        });
    }

    private Text labelOf(int slot) {
        Fact fact = vocabulary.fact(slot);
        if (fact != null) return fact.label();
        if (slot == vocabulary.applicationDate) return Text.of("assessment.derived.applicationDate");
        Derived d = vocabulary.derived(slot);
        return d.label() != null ? d.label() : made(d);
    }

    /** How a derived value comes about, for its name where the scheme gives none. */
    private Text made(Derived d) {
        String key = "assessment.derived." + d.as();
        return switch (d.as()) {
            case completedYears, completedMonths -> Text.of(key, name(d.from()), name(d.on()));
            case endOfPeriod, monthsLater ->
                Text.of("assessment.derived.lastDay", name(d.from()), plain(reading.number(d.months()), Unit.MONTHS));
            case number,
                    firstDayOf,
                    lastDayOf,
                    sumOfMonths,
                    countMonths,
                    longestRun,
                    gaps,
                    leastOfMonths,
                    mostOfMonths -> Text.of(key, name(d.of()));
            case forEachMonth -> plain(reading.ofAMonth(d), unit(vocabulary.slot(d.name())));
            case sumOf, verdictOf ->
                Text.of(key, vocabulary.scheme.benefit(d.benefit()).name());
            case bestForCertain, bestPossible -> inTables(columnLabel(d.name()), key);
            case limitMissed -> Text.of(key, name(d.column()));
            case outputOf ->
                Text.of(
                        d.column().equals("months") ? "assessment.derived.monthsOf" : "assessment.derived.amountOf",
                        inTables(reading.ruleset.table(d.table()).map(Table::name), "assessment.derived.table"));
            case calculation, percent -> plain(reading.calculation(d), unit(vocabulary.slot(d.name())));
        };
    }

    private Text plain(NumericExpression calculation, Unit unit) {
        return expression(calculation, unit, false, this::labelOf, WrittenValues::parameterLabel);
    }

    /** Tables and their columns have a Chinese name only. */
    private static Text inTables(Optional<String> name, String key) {
        return new Text(name.orElse(Text.of(key).zh()), Text.of(key).en());
    }

    private Text name(String symbol) {
        return labelOf(vocabulary.slot(symbol));
    }

    /** What the tables call it. */
    private Optional<String> columnLabel(String name) {
        return Stream.concat(reading.ruleset.conditions().stream(), reading.ruleset.entitlements().stream())
                .flatMap(t -> t.columns().stream())
                .filter(c -> c.expression().equals(name))
                .map(Table.Column::label)
                .findFirst();
    }

    /** A calculation in words, or with its signs; {@code slot} and {@code parameter} say what stands in it. */
    Text expression(
            NumericExpression n,
            Unit unit,
            boolean signs,
            IntFunction<Text> slot,
            Function<Parameter, Text> parameter) {
        if (n instanceof NumericExpression.Constant c) return WrittenValues.number(c.value(), unit);
        if (n instanceof NumericExpression.Slot s) return slot.apply(s.slot());
        Parameter held = reading.parameter(n);
        if (held != null) return parameter.apply(held);
        List<NumericExpression> of = ReadableRules.parts(n);
        List<Text> parts = of.stream()
                .map(part -> expression(part, unitIn(n, part, unit), signs, slot, parameter))
                .toList();
        String kind = signs ? "assessment.signs." : "assessment.words.";
        if (n instanceof NumericExpression.Plus) return Text.joined(kind + "plus", parts);
        if (n instanceof NumericExpression.Minus) return Text.joined(kind + "minus", parts);
        if (n instanceof NumericExpression.Times) return Text.joined(kind + "times", parts);
        if (n instanceof NumericExpression.Share s)
            return Text.of(
                    kind + "share",
                    parts.get(0),
                    parts.get(1),
                    Text.of("assessment.rounding." + s.rounding() + "." + s.step()));
        if (n instanceof NumericExpression.Scaled) return Text.of(kind + "scale", parts.get(0), parts.get(1));
        if (n instanceof NumericExpression.Quotient q)
            return Text.of(
                    kind + (q.percent() ? "percentOf" : "divide"),
                    parts.get(0),
                    parts.get(1),
                    Text.of("assessment.rounding." + q.rounding() + (q.percent() ? ".percent" : ".whole")));
        boolean most = n instanceof NumericExpression.Most;
        if (most && of.size() == 2 && of.get(0) instanceof NumericExpression.Constant c && c.value() == 0)
            return Text.of("assessment.words.notBelowZero", parts.get(1));
        return Text.of(
                most ? "assessment.words.largest" : "assessment.words.smallest", Text.joined("kernel.list", parts));
    }

    /** Of a bare number inside a calculation: twice a sum is not two fen of it, and what a share is taken by is a percentage. */
    private static Unit unitIn(NumericExpression whole, NumericExpression part, Unit unit) {
        if (whole instanceof NumericExpression.Share s && part == s.rate()) return Unit.PERCENT;
        if (whole instanceof NumericExpression.Quotient q) return q.percent() || part == q.by() ? Unit.NUMBER : unit;
        return whole instanceof NumericExpression.Times || whole instanceof NumericExpression.Scaled
                ? Unit.NUMBER
                : unit;
    }

    /** The value in a slot as people write it. */
    Text value(int slot, Slots s) {
        if (s.isUnknown(slot)) return Text.of("assessment.value.unknown");
        if (s.isNone(slot)) return WrittenValues.NOTHING;
        Symbol symbol = vocabulary.at(slot);
        long value = s.value[slot];
        if (symbol.kind() == Symbol.Kind.SERIES) return Text.of("assessment.value.given");
        if (symbol.kind() == Symbol.Kind.PERIOD)
            return new Period(vocabulary.knownFact(slot).periodKind(), (int) value).said();
        if (symbol.kind() == Symbol.Kind.LIST)
            return s.list(symbol).isEmpty() ? WrittenValues.NOTHING : codes(slot, s.list(symbol));
        if (symbol.kind() == Symbol.Kind.TEXT)
            return symbol.codes().isEmpty() ? Text.of("assessment.value.given") : code(slot, (int) value);
        return WrittenValues.number(value, unit(slot));
    }

    /** The names of these codes. */
    Text codes(int slot, Bits bits) {
        Symbol symbol = vocabulary.at(slot);
        return Text.joined(
                "kernel.list",
                java.util.stream.IntStream.range(0, symbol.codes().size())
                        .filter(bits::has)
                        .mapToObj(i -> code(slot, i))
                        .toList());
    }

    /** "One of" them where there are several. */
    Text anyOf(int slot, Bits bits) {
        Text codes = codes(slot, bits);
        return bits.count() == 1 ? codes : Text.of("assessment.value.oneOf", codes);
    }

    private Text code(int slot, int index) {
        String code = vocabulary.at(slot).codes().get(index);
        Fact fact = vocabulary.fact(slot);
        if (fact == null) return WrittenValues.verdict(code);
        if (fact.type() == Scheme.Type.BOOLEAN) return WrittenValues.flag(index == 1);
        return fact.value(code).map(Scheme.Value::name).orElse(Text.same(code));
    }

    /** A name with what was found. */
    Text found(int slot, Slots s) {
        return Text.of("assessment.value.found", label(slot), value(slot, s));
    }
}
