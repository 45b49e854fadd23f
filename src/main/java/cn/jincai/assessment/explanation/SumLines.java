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
import cn.jincai.policy.Scheme.Instalments;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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
        Text pays = Text.of("assessment.sum.pays");
        int certain = e.certainRow(plan);
        String nothing = o.verdict == Verdict.REJECT
                ? "assessment.sum.refused"
                : !e.isGoverned() ? "assessment.sum.dateUnknown" : certain < 0 ? "assessment.sum.notCertain" : null;
        if (nothing != null) return List.of(new Line(pays, Text.of(nothing), 0, FEN));
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
                    Text.of("assessment.sum.byRule", rule.id()),
                    arithmetic(rule, "amountFen", Unit.FEN),
                    rule.amount().at(e.slots),
                    FEN));
            return rule.amount().at(e.slots);
        }
        if (rule.monthly() == null) return 0;
        lines.add(new Line(
                Text.of("assessment.sum.monthlyByRule", rule.id()),
                arithmetic(rule, "monthlyFen", Unit.FEN),
                o.monthlyFen,
                FEN));
        lines.add(
                new Line(Text.of("assessment.sum.months"), arithmetic(rule, "months", Unit.MONTHS), o.months, MONTHS));
        lines.add(new Line(
                Text.of("assessment.sum.inAll"), months(o.monthlyFen, o.months), o.monthlyFen * o.months, FEN));
        return o.monthlyFen * o.months;
    }

    private static Text fen(long fen) {
        return FactLabels.number(fen, Unit.FEN);
    }

    private static Text months(long monthlyFen, long months) {
        return Text.of("assessment.signs.times", fen(monthlyFen), FactLabels.number(months, Unit.MONTHS));
    }

    /** Cut to what a limit leaves. */
    private long cut(BenefitPlan plan, long sum, List<Line> lines) {
        long left = Math.max(0, e.slots.value[plan.atMost()]), paid = Math.min(sum, left);
        Text limit = Text.of("assessment.sum.atMost", sentences.wording.label(plan.atMost()));
        lines.add(new Line(limit, made(plan.atMost()), left, FEN));
        Text smaller = Text.of("assessment.sum.smaller", fen(sum), fen(left));
        lines.add(new Line(Text.of("assessment.sum.mayBePaid"), smaller, paid, FEN));
        return paid;
    }

    /** The calculation behind a derived value, with its numbers. */
    private Text made(int slot) {
        String name = e.rules.vocabulary.at(slot).name();
        return e.rules.vocabulary.scheme.rules().derived().stream()
                .filter(d -> d.name().equals(name) && !d.is().isEmpty())
                .findFirst()
                .map(d -> arithmetic(sentences.reading.calculation(d), Unit.FEN))
                .orElse(sentences.wording.value(slot, e.slots));
    }

    private void divided(BenefitPlan plan, BenefitOutcome o, long sum, List<Line> lines) {
        Instalments how = plan.instalments();
        if (o.parts.length < 2 && plan.deduct() < 0) return;
        for (int i = 0; i < o.parts.length; i++) {
            Text share = how.monthsEach() > 0 && o.monthly
                    ? months(o.monthlyFen, Math.min(how.monthsEach(), o.months - (long) i * how.monthsEach()))
                    : i < o.parts.length - 1 || o.parts.length == 1
                            ? Text.of("assessment.sum.divided", fen(sum), o.parts.length)
                            : Text.of("assessment.sum.rest");
            if (plan.deduct() >= 0 && i == how.deductFrom() - 1) share = deducted(plan, share);
            lines.add(new Line(Text.of("assessment.sum.instalment", i + 1), share, o.parts[i], FEN));
        }
    }

    private Text deducted(BenefitPlan plan, Text share) {
        int deduct = plan.deduct();
        return Text.of("assessment.sum.less", share, sentences.wording.label(deduct), fen(e.slots.value[deduct]));
    }

    private Text paid(BenefitPlan plan, BenefitOutcome o) {
        if (plan.appliedFor() < 0)
            return Text.of(o.parts.length > 1 ? "assessment.sum.allInstalments" : "assessment.sum.atOnce");
        return Text.of("assessment.sum.appliedFor", e.slots.value[plan.appliedFor()]);
    }

    private Text arithmetic(Rule rule, String output, Unit unit) {
        String expression = Objects.requireNonNull(rule.row().outputs().get(output), output);
        return arithmetic(sentences.reading.number(expression), unit);
    }

    /** Each number with its name. */
    Text arithmetic(NumericExpression n, Unit unit) {
        return sentences.wording.expression(n, unit, true, slot -> found(slot, unit), this::found);
    }

    private Text found(int slot, Unit unit) {
        return e.slots.isUnknown(slot)
                ? Text.of("assessment.value.found", sentences.wording.label(slot), FactLabels.number(0, unit))
                : sentences.wording.found(slot, e.slots);
    }

    private Text found(Parameter p) {
        Parameter.Dated dated = held.values.get(p.name());
        Text value = FactLabels.held(dated == null ? null : dated.is(), FactLabels.unit(p));
        return Text.of("assessment.value.found", p.label(), value);
    }
}
