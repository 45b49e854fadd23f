package cn.jincai.assessment.explanation;

import cn.jincai.assessment.explanation.Explained.Line;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.OverMonths;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.kernel.Period;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Computation;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Scheme.Fact;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A number made of months, month by month; months next to each other that are alike are told once. */
final class MonthLines {
    private final Evaluation e;
    private final RuleSentences sentences;
    private final ParameterInForce held;

    MonthLines(Evaluation e, RuleSentences sentences, ParameterInForce held) {
        this.e = e;
        this.sentences = sentences;
        this.held = held;
    }

    /** @param value null where it is not known, or nothing; {@code told} says which, and how it comes about */
    private record Month(
            YearMonth from,
            YearMonth to,
            Text told,
            @Nullable Long value) {
        long count() {
            return from.until(to, java.time.temporal.ChronoUnit.MONTHS) + 1;
        }

        boolean isLike(Month before) {
            return before.to.plusMonths(1).equals(from)
                    && told.equals(before.told)
                    && Objects.equals(value, before.value);
        }

        Text span() {
            return from.equals(to)
                    ? Period.said(from)
                    : Text.of("kernel.period.span", Period.said(from), Period.said(to));
        }

        Text shown() {
            return Text.of(from.equals(to) ? "assessment.month.one" : "assessment.month.many", span(), told);
        }
    }

    private static void add(List<Month> months, Month month) {
        Month before = months.isEmpty() ? null : months.get(months.size() - 1);
        if (before != null && month.isLike(before))
            months.set(months.size() - 1, new Month(before.from, month.to, month.told, month.value));
        else months.add(month);
    }

    /** What was told of a fact: 2026年1月至2026年3月每月：500元. */
    static Text shown(Fact fact, Map<?, ?> told) {
        if (told.isEmpty()) return WrittenValues.NOTHING;
        List<Month> months = new ArrayList<>();
        told.forEach((month, value) -> {
            YearMonth of = YearMonth.parse(String.valueOf(month));
            Text text =
                    value == null ? Text.of("assessment.value.unknown") : Explanation.shown(fact.ofOneMonth(), value);
            add(months, new Month(of, of, text, null));
        });
        return joined(months);
    }

    private static Text joined(List<Month> months) {
        return Text.joined(
                "assessment.month.next", months.stream().map(Month::shown).toList());
    }

    /** The months behind a slot in one sentence. */
    Text shown(int slot) {
        return joined(months(over(slot)));
    }

    /** The months behind a slot, and what they come to. */
    List<Line> lines(int slot) {
        OverMonths over = over(slot);
        List<Month> months = months(over);
        List<Line> lines = new ArrayList<>();
        String unit = unit(sentences.wording.unit(over.series()));
        for (Month month : months)
            lines.add(new Line(
                    month.from.equals(month.to) ? month.span() : Text.of("assessment.month.each", month.span()),
                    month.told,
                    month.value == null ? 0 : month.value,
                    unit));
        if (!months.isEmpty())
            lines.add(new Line(
                    sentences.wording.label(slot),
                    over.as() == Computation.sumOfMonths ? sum(months, over) : span(months),
                    e.slots.value[slot],
                    unit(sentences.wording.unit(slot))));
        return lines;
    }

    private static Text span(List<Month> months) {
        return new Month(months.get(0).from, months.get(months.size() - 1).to, WrittenValues.NOTHING, null).span();
    }

    private Text sum(List<Month> months, OverMonths over) {
        Unit unit = sentences.wording.unit(over.series());
        List<Text> parts = months.stream()
                .filter(m -> m.value != null && m.value > 0)
                .map(m -> Text.of("assessment.signs.times", m.count(), WrittenValues.number(m.value, unit)))
                .toList();
        return parts.isEmpty() ? Text.of("assessment.month.nothing") : Text.joined("assessment.signs.plus", parts);
    }

    private OverMonths over(int slot) {
        return Objects.requireNonNull(e.rules.overMonths(slot));
    }

    private List<Month> months(OverMonths over) {
        List<Month> months = new ArrayList<>();
        int[] range = over.range(e.slots);
        if (range == null) return months;
        for (int number = range[0]; number <= range[1]; number++) {
            YearMonth of = YearMonth.of(number / 12, number % 12 + 1);
            add(months, new Month(of, of, told(over, number), over.at(number, e.slots)));
        }
        return months;
    }

    private Text told(OverMonths over, int number) {
        if (over.isUnknown(number, e.slots)) return Text.of("assessment.value.unknown");
        Long value = over.at(number, e.slots);
        NumericExpression made = over.made(number);
        if (made == null) return shown(over.series(), Objects.requireNonNull(value));
        if (value == null) return Text.of("assessment.month.nothing");
        Slots here = over.on(number, e.slots);
        YearMonth month = YearMonth.of(number / 12, number % 12 + 1);
        return sentences.wording.expression(
                sentences.reading.ofAMonth(e.rules.vocabulary.derived(over.series())),
                sentences.wording.unit(over.series()),
                true,
                slot -> found(slot, here),
                parameter -> found(parameter, month));
    }

    private Text found(int slot, Slots here) {
        return e.rules.vocabulary.at(slot).kind() == Symbol.Kind.SERIES
                ? Text.of("assessment.value.found", sentences.wording.label(slot), shown(slot, here.value[slot]))
                : sentences.wording.found(slot, here);
    }

    private Text shown(int series, long value) {
        return WrittenValues.number(value, sentences.wording.unit(series));
    }

    private Text found(Parameter p, YearMonth month) {
        Parameter.Dated dated = held.values.get(p.name());
        return WrittenValues.found(p, p.isByMonth() ? p.heldOn(month.atDay(1)) : dated == null ? null : dated.is());
    }

    private static String unit(Unit unit) {
        return switch (unit) {
            case FEN -> "fen";
            case MONTHS -> "months";
            case PERCENT -> "percent";
            default -> "count";
        };
    }
}
