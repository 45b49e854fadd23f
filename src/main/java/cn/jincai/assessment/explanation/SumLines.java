package cn.jincai.assessment.explanation;

import cn.jincai.assessment.explanation.Explained.Line;
import cn.jincai.assessment.explanation.FactLabels.Unit;
import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Scheme.Derived;
import cn.jincai.policy.Scheme.Instalments;
import java.util.ArrayList;
import java.util.List;

/** How the sum of a benefit comes about, line by line; the last line is what this application pays. */
final class SumLines {
    private static final String FEN = "fen", MONTHS = "months";

    private final Evaluation e;
    private final RuleSentences sentences;
    private final ParameterInForce held;

    SumLines(Evaluation e, RuleSentences sentences, ParameterInForce held) {
        this.e = e;
        this.sentences = sentences;
        this.held = held;
    }

    List<Line> lines(BenefitPlan plan, BenefitOutcome o) {
        if (!plan.benefit().isMoney()) return List.of();
        Text pays = new Text("本次支付", "This application pays");
        if (o.verdict == Verdict.REJECT)
            return List.of(new Line(pays, new Text("不予支持，没有金额", "it is refused, so nothing"), 0, FEN));
        if (!e.isGoverned())
            return List.of(
                    new Line(pays, new Text("决定适用标准的日期尚不知道", "the date that picks the sums is not known"), 0, FEN));
        int certain = e.certainRow(plan);
        if (certain < 0) return List.of(new Line(pays, new Text("没有确定符合的标准", "no sum is certain yet"), 0, FEN));
        List<Line> lines = new ArrayList<>();
        long sum = whole(e.rules.rules[certain], o, lines);
        if (plan.atMost() >= 0) sum = cut(plan, sum, lines);
        divided(plan, o, sum, lines);
        lines.add(new Line(pays, paid(plan, o), o.amountFen, FEN));
        return lines;
    }

    private long whole(Rule rule, BenefitOutcome o, List<Line> lines) {
        if (rule.amount() != null) {
            lines.add(new Line(
                    new Text("标准（规则" + rule.id() + "）", "Sum by rule " + rule.id()),
                    arithmetic(rule, "amountFen", Unit.FEN),
                    rule.amount().at(e.slots),
                    FEN));
            return rule.amount().at(e.slots);
        }
        if (rule.monthly() == null) return 0;
        lines.add(new Line(
                new Text("每月标准（规则" + rule.id() + "）", "Sum a month by rule " + rule.id()),
                arithmetic(rule, "monthlyFen", Unit.FEN),
                o.monthlyFen,
                FEN));
        lines.add(new Line(new Text("月数", "Months"), arithmetic(rule, "months", Unit.MONTHS), o.months, MONTHS));
        Text product = FactLabels.joined(
                List.of(FactLabels.number(o.monthlyFen, Unit.FEN), FactLabels.number(o.months, Unit.MONTHS)),
                " × ",
                " × ");
        lines.add(new Line(new Text("合计", "In all"), product, o.monthlyFen * o.months, FEN));
        return o.monthlyFen * o.months;
    }

    /** Cut to what a limit leaves. */
    private long cut(BenefitPlan plan, long sum, List<Line> lines) {
        long left = Math.max(0, e.slots.value[plan.atMost()]);
        Text label = sentences.wording.label(plan.atMost());
        lines.add(new Line(FactLabels.around(label, "不超过", "", "At most: ", ""), made(plan.atMost()), left, FEN));
        Text smaller = new Text(
                FactLabels.number(sum, Unit.FEN).zh() + "与"
                        + FactLabels.number(left, Unit.FEN).zh() + "中较小的",
                "the smaller of " + FactLabels.number(sum, Unit.FEN).en() + " and "
                        + FactLabels.number(left, Unit.FEN).en());
        lines.add(new Line(new Text("可支付", "May be paid"), smaller, Math.min(sum, left), FEN));
        return Math.min(sum, left);
    }

    /** The calculation behind a derived value, with its numbers. */
    private Text made(int slot) {
        String name = e.rules.vocabulary.at(slot).name();
        return e.rules.vocabulary.scheme.rules().derived().stream()
                .filter(d -> d.name().equals(name) && d.is() != null)
                .map(Derived::is)
                .findFirst()
                .map(is -> arithmetic(sentences.reading.number(is), Unit.FEN))
                .orElse(sentences.wording.value(slot, e.slots));
    }

    private void divided(BenefitPlan plan, BenefitOutcome o, long sum, List<Line> lines) {
        Instalments how = plan.instalments();
        if (o.parts.length < 2 && plan.deduct() < 0) return;
        for (int i = 0; i < o.parts.length; i++) {
            Text share = how.monthsEach() > 0 && o.monthly
                    ? FactLabels.joined(
                            List.of(
                                    FactLabels.number(o.monthlyFen, Unit.FEN),
                                    FactLabels.number(
                                            Math.min(how.monthsEach(), o.months - (long) i * how.monthsEach()),
                                            Unit.MONTHS)),
                            " × ",
                            " × ")
                    : i < o.parts.length - 1 || o.parts.length == 1
                            ? new Text(
                                    FactLabels.number(sum, Unit.FEN).zh() + " ÷ " + o.parts.length,
                                    FactLabels.number(sum, Unit.FEN).en() + " ÷ " + o.parts.length)
                            : new Text("其余", "the rest");
            if (plan.deduct() >= 0 && i == how.deductFrom() - 1) share = deducted(plan, share);
            lines.add(new Line(new Text("第" + (i + 1) + "期", "Instalment " + (i + 1)), share, o.parts[i], FEN));
        }
    }

    private Text deducted(BenefitPlan plan, Text share) {
        Text label = sentences.wording.label(plan.deduct()),
                taken = FactLabels.number(e.slots.value[plan.deduct()], Unit.FEN);
        return new Text(
                share.zh() + "，减去" + label.zh() + taken.zh() + "（不低于0）",
                share.en() + ", less " + label.en() + " " + taken.en() + " (not below 0)");
    }

    private Text paid(BenefitPlan plan, BenefitOutcome o) {
        if (plan.appliedFor() < 0)
            return o.parts.length > 1 ? new Text("各期合计", "all instalments") : new Text("一次支付", "paid at once");
        long number = e.slots.value[plan.appliedFor()];
        return new Text("本次申请第" + number + "期", "instalment " + number + " is applied for");
    }

    private Text arithmetic(Rule rule, String output, Unit unit) {
        return arithmetic(sentences.reading.number(rule.row().outputs().get(output)), unit);
    }

    /** Each number with its name. */
    Text arithmetic(NumericExpression n, Unit unit) {
        return sentences.wording.expression(n, unit, true, leaf -> {
            if (leaf instanceof NumericExpression.Slot s) {
                Text label = sentences.wording.label(s.slot()),
                        value =
                                e.slots.isUnknown(s.slot())
                                        ? FactLabels.number(0, unit)
                                        : sentences.wording.value(s.slot(), e.slots);
                return new Text(label.zh() + value.zh(), label.en() + " " + value.en());
            }
            Parameter p = sentences.reading.parameter(leaf);
            Parameter.Dated dated = held.values.get(p.name());
            Text value = FactLabels.held(dated == null ? null : dated.is(), FactLabels.unit(p));
            return new Text(p.label().zh() + value.zh(), p.label().en() + " " + value.en());
        });
    }
}
