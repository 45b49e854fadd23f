package cn.jincai.assessment.explanation;

import cn.jincai.assessment.explanation.FactLabels.Unit;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.ReadableRules;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Truth;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rows and cells as people read them, made from the cells and the scheme's labels. Wherever parameters are given with the values that hold, the value
 * is said; a parameter whose value nobody can tell yet is named.
 */
final class RuleSentences {
    private static final Text AND = new Text("，且", ", and "), OR = new Text("，或", ", or ");

    final ReadableRules reading;
    final FactLabels wording;

    RuleSentences(ReadableRules reading) {
        this.reading = reading;
        this.wording = new FactLabels(reading);
    }

    /** What a row asks, then what it does: "年龄超过40周岁的，不予支持". */
    Text row(Table table, Table.Row row, Map<String, Parameter.Dated> held) {
        List<Text> cells = cells(reading.parts(table, row), held, true);
        Text when = cells.isEmpty()
                ? new Text("一律", "Always")
                : FactLabels.around(FactLabels.joined(cells, AND.zh(), AND.en()), "", "的", "If ", "");
        Text then = row.outputs().containsKey("effect")
                ? effect(Verdict.valueOf(row.outputs().get("effect").replace("\"", "")))
                : gives(row, held);
        return new Text(when.zh() + "，" + then.zh() + "。", when.en() + ": " + then.en() + ".");
    }

    private List<Text> cells(List<ReadableRules.Part> parts, Map<String, Parameter.Dated> held, boolean named) {
        return parts.stream()
                .map(part -> parts.size() == 1
                        ? said(part.test(), false, held, named)
                        : inner(part.test(), false, held, named, AND))
                .toList();
    }

    static Text effect(Verdict effect) {
        return FactLabels.verdict(effect.name());
    }

    /** What an entitlement gives. */
    Text gives(Table.Row row, Map<String, Parameter.Dated> held) {
        List<Text> gifts = new ArrayList<>();
        if (row.outputs().containsKey("level"))
            gifts.add(FactLabels.around(output(row, "level", Unit.LEVEL, held), "给予", "", "gives ", ""));
        if (row.outputs().containsKey("amountFen"))
            gifts.add(FactLabels.around(output(row, "amountFen", Unit.FEN, held), "金额为", "", "pays ", ""));
        if (row.outputs().containsKey("monthlyFen"))
            gifts.add(FactLabels.around(output(row, "monthlyFen", Unit.FEN, held), "每月", "", "pays ", " a month"));
        if (row.outputs().containsKey("months"))
            gifts.add(FactLabels.around(output(row, "months", Unit.MONTHS, held), "共", "", "for ", ""));
        return gifts.isEmpty() ? new Text("符合", "it fits") : FactLabels.joined(gifts, "，", ", ");
    }

    private Text output(Table.Row row, String name, Unit unit, Map<String, Parameter.Dated> held) {
        return operand(reading.number(row.outputs().get(name)), unit, held, true);
    }

    /** What has to be so that a condition does not fail: its last cell the other way round, where its other cells hold. */
    Text demand(Table table, Table.Row row, Map<String, Parameter.Dated> held) {
        List<ReadableRules.Part> parts = reading.parts(table, row);
        List<Text> scope = cells(parts.subList(0, parts.size() - 1), held, false);
        Text wanted = said(parts.get(parts.size() - 1).test(), true, held, false);
        if (scope.isEmpty()) return wanted;
        Text where = FactLabels.joined(scope, AND.zh(), AND.en());
        return new Text(where.zh() + "时，" + wanted.zh(), "where " + where.en() + ": " + wanted.en());
    }

    /** What an entitlement asks. */
    Text asks(Table table, Table.Row row, Map<String, Parameter.Dated> held) {
        List<Text> cells = cells(reading.parts(table, row), held, false);
        return cells.isEmpty()
                ? new Text("无其他要求", "nothing more is asked")
                : FactLabels.joined(cells, AND.zh(), AND.en());
    }

    /** @param named the parameter's name stands beside its value */
    Text said(CellTest test, boolean negated, Map<String, Parameter.Dated> held, boolean named) {
        if (test instanceof CellTest.Not n) return said(n.a(), !negated, held, named);
        if (test instanceof CellTest.Both b) return range(b, negated, held, named, b.a(), b.b(), negated ? OR : AND);
        if (test instanceof CellTest.Either e) return two(e.a(), e.b(), negated, held, named, negated ? AND : OR);
        if (test instanceof CellTest.OneOf o) return among(o, negated);
        if (test instanceof CellTest.Holds h) return holds(h, negated);
        if (test instanceof CellTest.IsNull i) return there(i.slot(), negated);
        if (test instanceof CellTest.Compare c) return compared(c, negated, held, named);
        boolean holds = ((CellTest.Always) test).truth() == Truth.TRUE;
        return holds != negated ? new Text("总是成立", "this always holds") : new Text("从不成立", "this never holds");
    }

    /** A range of one value reads as one. */
    private Text range(
            CellTest.Both both,
            boolean negated,
            Map<String, Parameter.Dated> held,
            boolean named,
            CellTest a,
            CellTest b,
            Text word) {
        if (!negated
                && a instanceof CellTest.Compare from
                && b instanceof CellTest.Compare to
                && from.left().equals(to.left())
                && from.op() == CellTest.Op.FROM
                && to.op() == CellTest.Op.UP_TO) {
            Unit unit = unit(from);
            Text left = operand(from.left(), unit, held, named),
                    low = operand(from.right(), unit, held, named),
                    high = operand(to.right(), unit, held, named);
            return new Text(
                    left.zh() + "在" + low.zh() + "到" + high.zh() + "之间",
                    left.en() + " is from " + low.en() + " to " + high.en());
        }
        return two(both.a(), both.b(), negated, held, named, word);
    }

    private Text two(
            CellTest a, CellTest b, boolean negated, Map<String, Parameter.Dated> held, boolean named, Text word) {
        if (negated
                && a instanceof CellTest.OneOf one
                && b instanceof CellTest.IsNull none
                && one.slot() == none.slot()) return among(one, true); // to be something else it has to be there
        Text left = inner(a, negated, held, named, word), right = inner(b, negated, held, named, word);
        return new Text(left.zh() + word.zh() + right.zh(), left.en() + word.en() + right.en());
    }

    /** "And" below "or", and the other way round, stands in brackets. */
    private Text inner(CellTest test, boolean negated, Map<String, Parameter.Dated> held, boolean named, Text word) {
        boolean both = test instanceof CellTest.Both, either = test instanceof CellTest.Either;
        Text said = said(test, negated, held, named);
        return (both || either) && (both != negated ? AND : OR) != word
                ? FactLabels.around(said, "（", "）", "(", ")")
                : said;
    }

    private Text among(CellTest.OneOf test, boolean negated) {
        Text label = wording.label(test.slot());
        Symbol symbol = reading.vocabulary.at(test.slot());
        if (symbol.kind() == Symbol.Kind.FLAG) {
            Text flag = FactLabels.flag((test.codes() == 2) != negated);
            return new Text("“" + label.zh() + "”为“" + flag.zh() + "”", label.en() + " is " + flag.en());
        }
        Text codes = wording.codes(test.slot(), test.codes());
        boolean one = Long.bitCount(test.codes()) == 1;
        return negated
                ? new Text(
                        label.zh() + "不是" + codes.zh() + (one ? "" : "中的任何一种"),
                        label.en() + " is " + (one ? "not " : "none of ") + codes.en())
                : new Text(
                        label.zh() + "为" + codes.zh() + (one ? "" : "之一"),
                        label.en() + " is " + (one ? "" : "one of ") + codes.en());
    }

    private Text holds(CellTest.Holds test, boolean negated) {
        Text label = wording.label(test.slot()), codes = wording.codes(test.slot(), test.codes());
        String any = Long.bitCount(test.codes()) == 1 ? "" : "之一";
        return negated
                ? new Text(label.zh() + "中没有" + codes.zh(), label.en() + " has none of " + codes.en())
                : new Text(
                        label.zh() + "中有" + codes.zh() + any,
                        label.en() + " has " + (any.isEmpty() ? "" : "one of ") + codes.en());
    }

    private Text there(int slot, boolean negated) {
        Text label = wording.label(slot);
        boolean none = reading.vocabulary.fact(slot) == null
                || reading.vocabulary.fact(slot).absent().none();
        if (none)
            return negated
                    ? new Text("有“" + label.zh() + "”", "there is: " + label.en())
                    : new Text("没有“" + label.zh() + "”", "there is none: " + label.en());
        return negated
                ? new Text("“" + label.zh() + "”已知", label.en() + " is known")
                : new Text("“" + label.zh() + "”尚不知道", label.en() + " is not known");
    }

    private Text compared(CellTest.Compare c, boolean negated, Map<String, Parameter.Dated> held, boolean named) {
        Unit unit = unit(c);
        if (unit == Unit.FLAG)
            return flag(
                    reading.parameter(c.left()),
                    (((NumericExpression.Constant) c.right()).value() != 0) != negated,
                    held);
        Text left = operand(c.left(), unit, held, named),
                right = operand(c.right(), unit, held, named),
                word = word(c.op(), unit, negated);
        return new Text(left.zh() + word.zh() + right.zh(), left.en() + " " + word.en() + " " + right.en());
    }

    private static Text flag(Parameter p, boolean wanted, Map<String, Parameter.Dated> held) {
        Text flag = FactLabels.flag(wanted),
                now =
                        held.containsKey(p.name())
                                ? FactLabels.held(
                                        held.get(p.name()) == null
                                                ? null
                                                : held.get(p.name()).is(),
                                        Unit.FLAG)
                                : null;
        return new Text(
                "“" + p.label().zh() + "”为“" + flag.zh() + "”" + (now == null ? "" : "（此时为“" + now.zh() + "”）"),
                p.label().en() + " is " + flag.en() + (now == null ? "" : " (at this time: " + now.en() + ")"));
    }

    /** The more telling one: a limit in years under an age is one of age. */
    private Unit unit(CellTest.Compare c) {
        Unit left = wording.unit(c.left());
        return left != null ? left : wording.unit(c.right());
    }

    private Text operand(NumericExpression n, Unit unit, Map<String, Parameter.Dated> held, boolean named) {
        return wording.expression(
                n,
                unit,
                false,
                leaf -> leaf instanceof NumericExpression.Slot s
                        ? wording.label(s.slot())
                        : parameter(reading.parameter(leaf), unit, held, named));
    }

    /** What a parameter asks in this time. */
    private static Text parameter(Parameter p, Unit unit, Map<String, Parameter.Dated> held, boolean named) {
        Text label = FactLabels.parameterLabel(p);
        if (!held.containsKey(p.name())) return label;
        Parameter.Dated dated = held.get(p.name());
        if (dated == null || dated.is() == null)
            return FactLabels.around(label, "", "（此时不作要求）", "", " (nothing is asked at this time)");
        Text value = FactLabels.held(dated.is(), unit == Unit.AGE ? Unit.AGE : FactLabels.unit(p));
        return named
                ? new Text(
                        value.zh() + "（" + p.label().zh() + "）",
                        value.en() + " (" + p.label().en() + ")")
                : value;
    }

    private static Text word(CellTest.Op op, Unit unit, boolean negated) {
        if (unit == Unit.DAY)
            return switch (op) {
                case BELOW -> negated ? new Text("不早于", "is not before") : new Text("早于", "is before");
                case UP_TO -> negated ? new Text("晚于", "is after") : new Text("不晚于", "is not after");
                case ABOVE -> negated ? new Text("不晚于", "is not after") : new Text("晚于", "is after");
                case FROM -> negated ? new Text("早于", "is before") : new Text("不早于", "is not before");
                case EQUAL -> negated ? new Text("不是", "is not") : new Text("是", "is");
            };
        if (unit == Unit.LEVEL && op != CellTest.Op.EQUAL)
            return switch (op) { // 1 is the best
                case BELOW -> negated ? new Text("不高于", "is not better than") : new Text("高于", "is better than");
                case UP_TO -> negated ? new Text("低于", "is worse than") : new Text("不低于", "is not worse than");
                case ABOVE -> negated ? new Text("不低于", "is not worse than") : new Text("低于", "is worse than");
                default -> negated ? new Text("高于", "is better than") : new Text("不高于", "is not better than");
            };
        String less = unit == Unit.MONTHS ? "少于" : unit == Unit.AGE || unit == Unit.YEARS ? "不满" : "小于";
        String atLeast = unit == Unit.MONTHS
                ? "不少于"
                : unit == Unit.AGE || unit == Unit.YEARS ? "已满" : unit == Unit.FEN ? "不低于" : "不小于";
        return switch (op) {
            case BELOW -> negated ? new Text(atLeast, "is at least") : new Text(less, "is below");
            case UP_TO -> negated ? new Text("超过", "is above") : new Text("不超过", "is at most");
            case ABOVE -> negated ? new Text("不超过", "is at most") : new Text("超过", "is above");
            case FROM -> negated ? new Text(less, "is below") : new Text(atLeast, "is at least");
            case EQUAL -> negated ? new Text("不是", "is not") : new Text("为", "is");
        };
    }
}
