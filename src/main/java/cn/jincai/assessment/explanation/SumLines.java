package cn.jincai.assessment.explanation;

import cn.jincai.assessment.explanation.Explained.Line;
import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.ReadableRules;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Instalments;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Pool;
import cn.jincai.policy.Scale;
import cn.jincai.policy.Scheme.Derived;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the sum of a benefit comes about, line by line; the last line is what this application pays. */
final class SumLines {
    private static final String FEN = "fen", MONTHS = "months", COUNT = "count", PERCENT = "percent";

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
        long sum = whole(plan, e.rules.rules[certain], o, lines);
        if (plan.atMost() >= 0) sum = cut(plan, sum, lines);
        divided(plan, o, sum, lines);
        for (int pool : plan.pools()) lines.add(pool(pool));
        lines.add(new Line(pays, paid(plan, o), o.amountFen, FEN));
        return lines;
    }

    /** What each of several entitlements gives, of which the one that gives most is taken. */
    private void several(BenefitPlan plan, List<Line> lines) {
        if (!plan.highest()) return;
        List<Rule> held = Stream.of(e.rules.rules)
                .filter(r -> (plan.entitlement()[r.number() >>> 6] >>> r.number() & 1) != 0 && e.isFired(r.number()))
                .toList();
        if (held.size() > 1)
            for (Rule rule : held)
                lines.add(new Line(
                        Text.of("assessment.sum.held", rule.id()),
                        Text.of("assessment.sum.highest"),
                        e.sum(rule),
                        FEN));
    }

    private long whole(BenefitPlan plan, Rule rule, BenefitOutcome o, List<Line> lines) {
        several(plan, lines);
        for (NumericExpression part : new @Nullable NumericExpression[] {rule.amount(), rule.monthly(), rule.months()})
            if (part != null) behind(part, lines);
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
        long months = Objects.requireNonNull(rule.months()).at(e.slots); // a pool may leave fewer
        lines.add(new Line(Text.of("assessment.sum.months"), arithmetic(rule, "months", Unit.MONTHS), months, MONTHS));
        lines.add(new Line(Text.of("assessment.sum.inAll"), months(o.monthlyFen, months), o.monthlyFen * months, FEN));
        return o.monthlyFen * months;
    }

    /** What stands behind a number in brackets of a scale or as a quotient, first what is first made. */
    private void behind(NumericExpression n, List<Line> lines) {
        if (n instanceof NumericExpression.Slot s && s.slot() > e.rules.vocabulary.applicationDate) {
            Derived derived = e.rules.vocabulary.derived(s.slot());
            if (derived.isCalculated()) behind(e.rules.calculation(derived), lines);
            if (derived.isOfMonths()) lines.addAll(new MonthLines(e, sentences, held).lines(s.slot()));
        }
        for (NumericExpression part : ReadableRules.parts(n)) behind(part, lines);
        if (n instanceof NumericExpression.Scaled s && s.by() instanceof NumericExpression.Brackets b)
            brackets(b, s.of().at(e.slots), lines);
        else if (n instanceof NumericExpression.Quotient q)
            lines.add(new Line(
                    Text.of("assessment.sum.quotient"),
                    arithmetic(q, Unit.NUMBER),
                    q.at(e.slots),
                    q.percent() ? PERCENT : COUNT));
    }

    private void brackets(NumericExpression.Brackets by, long number, List<Line> lines) {
        Parameter p = Objects.requireNonNull(e.rules.ruleset.parameters().get(by.name()));
        Scale scale = by.scale();
        Unit unit = Unit.of(p);
        if (!scale.each()) {
            Scale.Bracket in = scale.bracket(number);
            lines.add(bracket(p, in, Text.of("assessment.scale.in", number), in.gives(), scale));
            return;
        }
        long all = 0;
        for (Scale.Bracket in : scale.brackets()) {
            if (in.count(number) == 0) continue;
            Text times = Text.of("assessment.signs.times", in.count(number), WrittenValues.number(in.gives(), unit));
            lines.add(bracket(p, in, times, in.inAll(number), scale));
            all += in.inAll(number);
        }
        if (scale.atMost() != null && all > scale.atMost())
            lines.add(new Line(
                    Text.of("assessment.sum.atMost", WrittenValues.parameterLabel(p)),
                    Text.of(
                            "assessment.sum.smaller",
                            WrittenValues.number(all, unit),
                            WrittenValues.number(scale.atMost(), unit)),
                    scale.atMost(),
                    scale.gives()));
    }

    private static Line bracket(Parameter p, Scale.Bracket bracket, Text arithmetic, long value, Scale scale) {
        return new Line(
                Text.of("assessment.value.noted", p.label(), WrittenValues.bracket(bracket)),
                arithmetic,
                value,
                scale.gives());
    }

    private static Text fen(long fen) {
        return WrittenValues.number(fen, Unit.FEN);
    }

    private static Text months(long monthlyFen, long months) {
        return Text.of("assessment.signs.times", fen(monthlyFen), WrittenValues.number(months, Unit.MONTHS));
    }

    /** Cut to what a limit leaves. */
    private long cut(BenefitPlan plan, long sum, List<Line> lines) {
        long left = Math.max(0, e.slots.value[plan.atMost()]), paid = Math.min(sum, left);
        behind(new NumericExpression.Slot(plan.atMost()), lines);
        Text limit = Text.of("assessment.sum.atMost", sentences.wording.label(plan.atMost()));
        lines.add(new Line(limit, made(plan.atMost()), left, FEN));
        Text smaller = Text.of("assessment.sum.smaller", fen(sum), fen(left));
        lines.add(new Line(Text.of("assessment.sum.mayBePaid"), smaller, paid, FEN));
        return paid;
    }

    /** What is left of a pool for this benefit: after earlier grants, and after the benefits before it in this application. */
    private Line pool(int slot) {
        Pool pool = Objects.requireNonNull(e.rules
                .vocabulary
                .scheme
                .rules()
                .pool(e.rules.vocabulary.at(slot).name()));
        Text label = Text.of("assessment.sum.poolLeft", pool.name());
        if (e.slots.isNone(slot)) return new Line(label, Text.of("assessment.value.none"), 0, FEN);
        long holds = e.slots.value[e.rules.vocabulary.slot(pool.cap())], left = Math.max(0, e.slots.value[slot]);
        return new Line(
                label,
                Text.of("assessment.sum.pool", pool.name(), fen(holds - left), fen(holds), fen(left)),
                left,
                FEN);
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
                ? Text.of("assessment.value.found", sentences.wording.label(slot), WrittenValues.number(0, unit))
                : sentences.wording.found(slot, e.slots);
    }

    private Text found(Parameter p) {
        Parameter.Dated dated = held.values.get(p.name());
        return WrittenValues.found(p, dated == null ? null : dated.is());
    }
}
