package cn.jincai.assessment.explanation;

import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.ReadableRules;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Truth;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Scale;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows and cells as people read them, made from the cells and the scheme's labels. Wherever parameters are given with the values that hold, the value
 * is said; a parameter whose value nobody can tell yet is named.
 */
final class RuleSentences {
    /** Outputs that give something, in the order in which they are told. */
    static final List<String> GIFTS = List.of("level", "amountFen", "monthlyFen", "months");

    private static final String AND = "assessment.and", OR = "assessment.or";

    final ReadableRules reading;
    final FactLabels wording;

    RuleSentences(ReadableRules reading) {
        this.reading = reading;
        this.wording = new FactLabels(reading);
    }

    /** What a row asks, then what it does: "年龄超过40周岁的，不予支持". */
    Text row(Table table, Table.Row row, Map<String, Parameter.@Nullable Dated> held) {
        List<Text> cells = cells(reading.parts(table, row), held, true);
        Text then = row.outputs().containsKey("effect")
                ? WrittenValues.verdict(row.outputs().get("effect").replace("\"", ""))
                : gives(row, held);
        return cells.isEmpty()
                ? Text.of("assessment.row.always", then)
                : Text.of("assessment.row.when", Text.joined(AND, cells), then);
    }

    private List<Text> cells(
            List<ReadableRules.Part> parts, Map<String, Parameter.@Nullable Dated> held, boolean named) {
        return parts.stream()
                .map(part -> parts.size() == 1
                        ? said(part.test(), false, held, named)
                        : inner(part.test(), false, held, named, AND))
                .toList();
    }

    /** What an entitlement gives. */
    Text gives(Table.Row row, Map<String, Parameter.@Nullable Dated> held) {
        return gives(row, held, true);
    }

    /** The same by its values alone, as a table has it that says beside them what they are. */
    Text worth(Table.Row row, Map<String, Parameter.@Nullable Dated> held) {
        return gives(row, held, false);
    }

    private Text gives(Table.Row row, Map<String, Parameter.@Nullable Dated> held, boolean named) {
        List<Text> gifts = new ArrayList<>();
        for (String output : GIFTS) {
            String gift = row.outputs().get(output);
            if (gift != null) gifts.add(Text.of("assessment.gives." + output, output(output, gift, held, named)));
        }
        return gifts.isEmpty() ? Text.of("assessment.gives.nothing") : Text.joined("assessment.comma", gifts);
    }

    private Text output(String name, String expression, Map<String, Parameter.@Nullable Dated> held, boolean named) {
        Unit unit = name.equals("level") ? Unit.LEVEL : name.equals("months") ? Unit.MONTHS : Unit.FEN;
        return operand(reading.number(expression), unit, held, named);
    }

    /** What has to be so that a condition does not fail: its last cell the other way round, where its other cells hold. */
    Text demand(Table table, Table.Row row, Map<String, Parameter.@Nullable Dated> held) {
        List<ReadableRules.Part> parts = reading.parts(table, row);
        List<Text> scope = cells(parts.subList(0, parts.size() - 1), held, false);
        Text wanted = said(parts.get(parts.size() - 1).test(), true, held, false);
        return scope.isEmpty() ? wanted : Text.of("assessment.row.where", Text.joined(AND, scope), wanted);
    }

    /** What an entitlement asks. */
    Text asks(Table table, Table.Row row, Map<String, Parameter.@Nullable Dated> held) {
        List<Text> cells = cells(reading.parts(table, row), held, false);
        return cells.isEmpty() ? Text.of("assessment.row.nothingMore") : Text.joined(AND, cells);
    }

    /** @param named the parameter's name stands beside its value */
    Text said(CellTest test, boolean negated, Map<String, Parameter.@Nullable Dated> held, boolean named) {
        if (test instanceof CellTest.Not n) return said(n.a(), !negated, held, named);
        if (test instanceof CellTest.Both b) return range(b, negated, held, named);
        if (test instanceof CellTest.Either e) return two(e.a(), e.b(), negated, held, named, negated ? AND : OR);
        if (test instanceof CellTest.OneOf o) return among(o, negated);
        if (test instanceof CellTest.Holds h) return holds(h, negated);
        if (test instanceof CellTest.IsNull i) return there(i.slot(), negated);
        if (test instanceof CellTest.Compare c) return compared(c, negated, held, named);
        boolean holds = ((CellTest.Always) test).truth() == Truth.TRUE;
        return Text.of(holds != negated ? "assessment.row.holds" : "assessment.row.neverHolds");
    }

    /** A range of one value reads as one. */
    private Text range(
            CellTest.Both both, boolean negated, Map<String, Parameter.@Nullable Dated> held, boolean named) {
        if (!negated
                && both.a() instanceof CellTest.Compare from
                && both.b() instanceof CellTest.Compare to
                && from.left().equals(to.left())
                && from.op() == CellTest.Op.FROM
                && to.op() == CellTest.Op.UP_TO) {
            Unit unit = unit(from);
            return Text.of(
                    "assessment.compared.range",
                    operand(from.left(), unit, held, named),
                    operand(from.right(), unit, held, named),
                    operand(to.right(), unit, held, named));
        }
        return two(both.a(), both.b(), negated, held, named, negated ? OR : AND);
    }

    private Text two(
            CellTest a,
            CellTest b,
            boolean negated,
            Map<String, Parameter.@Nullable Dated> held,
            boolean named,
            String word) {
        if (negated
                && a instanceof CellTest.OneOf one
                && b instanceof CellTest.IsNull none
                && one.slot() == none.slot()) return among(one, true); // to be something else it has to be there
        return Text.of(word, inner(a, negated, held, named, word), inner(b, negated, held, named, word));
    }

    /** "And" below "or", and the other way round, stands in brackets. */
    private Text inner(
            CellTest test, boolean negated, Map<String, Parameter.@Nullable Dated> held, boolean named, String word) {
        boolean both = test instanceof CellTest.Both, either = test instanceof CellTest.Either;
        Text said = said(test, negated, held, named);
        return (both || either) && !word.equals(both != negated ? AND : OR)
                ? Text.of("assessment.brackets", said)
                : said;
    }

    private Text among(CellTest.OneOf test, boolean negated) {
        Text label = wording.label(test.slot());
        Symbol symbol = reading.vocabulary.at(test.slot());
        if (symbol.kind() == Symbol.Kind.FLAG)
            return Text.of(
                    "assessment.row.flag",
                    label,
                    WrittenValues.flag(test.codes().has(1) != negated));
        if (!negated) return Text.of("assessment.code.is", label, wording.anyOf(test.slot(), test.codes()));
        return Text.of(
                test.codes().count() == 1 ? "assessment.code.isNot" : "assessment.code.isNoneOf",
                label,
                wording.codes(test.slot(), test.codes()));
    }

    private Text holds(CellTest.Holds test, boolean negated) {
        Text label = wording.label(test.slot());
        return negated
                ? Text.of("assessment.code.hasNone", label, wording.codes(test.slot(), test.codes()))
                : Text.of("assessment.code.has", label, wording.anyOf(test.slot(), test.codes()));
    }

    private Text there(int slot, boolean negated) {
        Fact fact = reading.vocabulary.fact(slot);
        boolean none = fact == null || fact.absent().none();
        String is = none ? negated ? "there" : "none" : negated ? "known" : "unknown";
        return Text.of("assessment.fact." + is, wording.label(slot));
    }

    private Text compared(
            CellTest.Compare c, boolean negated, Map<String, Parameter.@Nullable Dated> held, boolean named) {
        Unit unit = unit(c);
        Parameter flag = unit == Unit.FLAG ? reading.parameter(c.left()) : null;
        if (flag != null) return flag(flag, (((NumericExpression.Constant) c.right()).value() != 0) != negated, held);
        Unit words = unit == Unit.AGE ? Unit.YEARS : unit;
        return Text.of(
                "assessment.compared." + words + "." + (negated ? opposite(c.op()) : c.op()),
                operand(c.left(), unit, held, named),
                operand(c.right(), unit, held, named));
    }

    private static String opposite(CellTest.Op op) {
        return switch (op) {
            case BELOW -> "FROM";
            case UP_TO -> "ABOVE";
            case ABOVE -> "UP_TO";
            case FROM -> "BELOW";
            case EQUAL -> "UNEQUAL";
        };
    }

    private static Text flag(Parameter p, boolean wanted, Map<String, Parameter.@Nullable Dated> held) {
        Text flag = WrittenValues.flag(wanted);
        if (!held.containsKey(p.name())) return Text.of("assessment.row.flag", p.label(), flag);
        Parameter.Dated now = held.get(p.name());
        return Text.of(
                "assessment.row.flagNow",
                p.label(),
                flag,
                WrittenValues.held(now == null ? null : now.is(), Unit.FLAG));
    }

    /** The more telling one: a limit in years under an age is one of age. */
    private Unit unit(CellTest.Compare c) {
        Unit left = wording.unit(c.left()), unit = left != null ? left : wording.unit(c.right());
        return unit != null ? unit : Unit.NUMBER;
    }

    private Text operand(NumericExpression n, Unit unit, Map<String, Parameter.@Nullable Dated> held, boolean named) {
        return wording.expression(n, unit, false, wording::label, parameter -> parameter(parameter, unit, held, named));
    }

    /** What a parameter asks in this time. */
    private static Text parameter(Parameter p, Unit unit, Map<String, Parameter.@Nullable Dated> held, boolean named) {
        Text label = WrittenValues.parameterLabel(p);
        if (!held.containsKey(p.name())) return label;
        Parameter.Dated dated = held.get(p.name());
        if (dated == null || dated.is() == null) return Text.of("assessment.value.notAskedNow", label);
        if (dated.is() instanceof Scale) return WrittenValues.found(p, dated.is());
        Text value = WrittenValues.held(dated.is(), unit == Unit.AGE ? Unit.AGE : Unit.of(p));
        return named ? Text.of("assessment.value.noted", value, p.label()) : value;
    }
}
