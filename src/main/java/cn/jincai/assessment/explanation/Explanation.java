package cn.jincai.assessment.explanation;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Instalment;
import cn.jincai.assessment.LazyList;
import cn.jincai.assessment.Reason;
import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.FiredReason;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.Percentage;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Period;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Percent;
import cn.jincai.policy.Scale;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.Scheme.ReasonText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An evaluation in words: who reads it learns what was asked, what was found, on which article it rests and what to do. */
public final class Explanation {
    private final Evaluation e;
    private final Vocabulary vocabulary;
    private final Scheme scheme;
    private final Map<String, Object> facts;
    private final @Nullable ComeBack comeBack;
    private final List<AssessedLine> lines = new ArrayList<>();

    public Explanation(Evaluation e, Map<String, Object> facts) {
        this(e, facts, null);
    }

    /** With the day on which to come back. @param all the rules of every day, by which {@code e} was evaluated */
    public Explanation(
            Evaluation e,
            Map<String, Object> facts,
            SchemeRules all,
            WorkingCalendar calendar,
            LocalDate applied,
            Adjustments adjustments) {
        this(
                e,
                facts,
                all.hasDaysAhead() ? new ComeBack(all, calendar, applied, new HashMap<>(facts), adjustments) : null);
    }

    private Explanation(Evaluation e, Map<String, Object> facts, @Nullable ComeBack comeBack) {
        this.comeBack = comeBack;
        this.e = e;
        this.vocabulary = e.rules.vocabulary;
        this.scheme = vocabulary.scheme;
        this.facts = new HashMap<>(
                facts); // reasons are put into words when they are read, which may be after the caller has gone on
    }

    /** A claim with its roster. @param told in the order of the evaluation's lines */
    public Assessment assessment(LocalDate applicationDate, List<AssessedLine.Told> told) {
        List<Evaluation> each = Objects.requireNonNull(e.lines);
        for (int i = 0; i < each.size(); i++) {
            Map<String, Object> all = new HashMap<>(facts);
            all.putAll(told.get(i).facts());
            lines.add(new Explanation(each.get(i), all).line(told.get(i).id()));
        }
        return assessment(applicationDate);
    }

    /** What is decided for each line. */
    private AssessedLine line(String id) {
        List<Benefit> benefits = new ArrayList<>();
        for (int i = 0; i < e.outcomes.length; i++)
            if (e.rules.plans[i].perLine() && !e.outcomes[i].notAsked)
                benefits.add(benefit(i, e.rules.plans[i], e.outcomes[i]));
        return new AssessedLine(id, verdict(benefits.stream().map(Benefit::verdict)), benefits);
    }

    public Assessment assessment(LocalDate applicationDate) {
        List<Benefit> benefits = new ArrayList<>();
        List<String> notAsked = new ArrayList<>();
        for (int i = 0; i < e.outcomes.length; i++)
            if (e.outcomes[i].notAsked) notAsked.add(e.rules.plans[i].benefit().code());
            else benefits.add(benefit(i, e.rules.plans[i], e.outcomes[i]));
        LocalDate governing = e.isGoverned() ? LocalDate.ofEpochDay(e.slots.value[vocabulary.governingDate]) : null;
        return new Assessment(
                scheme.code(),
                e.rules.ruleset.name(),
                governing,
                applicationDate,
                verdict(benefits.stream().map(Benefit::verdict)),
                benefits,
                notAsked,
                lines);
    }

    /** Of a case that asks for nothing a person has to find out what it is about. */
    static Verdict verdict(Stream<Verdict> benefits) {
        List<Verdict> all = benefits.toList();
        return all.isEmpty() ? Verdict.MANUAL : Verdict.ofCase(all);
    }

    private Benefit benefit(int index, BenefitPlan plan, BenefitOutcome o) {
        List<FiredReason> given = o.reasons();
        List<Instalment> instalments = new ArrayList<>(o.parts.length);
        for (int i = 0; i < o.parts.length; i++) instalments.add(instalment(plan, i, o.parts[i]));
        return new Benefit(
                plan.benefit().code(),
                o.verdict,
                plan.benefit().fund(),
                o.amountFen,
                o.level == 0 ? null : o.level,
                o.monthly ? o.monthlyFen : null,
                o.monthly ? (int) o.months : null,
                instalments,
                matched(plan, o),
                new LazyList<>(() -> given.stream().map(g -> reason(index, g)).toList()));
    }

    /** The entitlements that hold for certain, with those of the benefit that is followed; a REJECT leaves none. */
    private List<String> matched(BenefitPlan plan, BenefitOutcome o) {
        if (o.verdict == Verdict.REJECT) return List.of();
        if (e.lines != null && plan.perLine())
            return lines.stream()
                    .flatMap(line -> line.benefits().stream())
                    .filter(b -> b.code().equals(plan.benefit().code()) && b.verdict() == o.verdict)
                    .flatMap(b -> b.matchedRules().stream())
                    .distinct()
                    .toList();
        List<String> matched = plan.follows() < 0
                ? new ArrayList<>()
                : new ArrayList<>(matched(e.rules.plans[plan.follows()], e.outcomes[plan.follows()]));
        for (int w = 0; w < e.rules.words; w++)
            for (long bits = e.fired[w] & plan.entitlement()[w]; bits != 0; bits &= bits - 1) {
                String rule = e.rules.rules[(w << 6) + Long.numberOfTrailingZeros(bits)].id();
                if (!matched.contains(rule)) matched.add(rule);
            }
        return List.copyOf(matched);
    }

    private Instalment instalment(BenefitPlan plan, int index, long fen) {
        int[] window = index < plan.windows().length ? plan.windows()[index] : new int[] {-1, -1};
        return new Instalment(
                index + 1, fen, day(window[0]), day(window[1]), window[1] >= 0 && e.slots.isProvisional(window[1]));
    }

    private @Nullable LocalDate day(int slot) {
        return slot >= 0 && e.slots.isKnown(slot) ? LocalDate.ofEpochDay(e.slots.value[slot]) : null;
    }

    private Reason reason(int benefit, FiredReason given) {
        Fact fact = given.fact() < 0 ? null : vocabulary.fact(given.fact());
        Rule rule = given.rule();
        Object actual = fact == null || e.slots.isUnknown(given.fact())
                ? null
                : facts.getOrDefault(fact.name(), fact.absent().value());
        Object required =
                rule == null || given.unavailable() >= 0 || given.code().equals(Reason.DATA_UNAVAILABLE)
                        ? null
                        : required(rule.required());
        ReasonText text = scheme.reason(given.code());
        Status status = rule == null ? Status.SOURCED : rule.status();
        LocalDate day =
                comeBack == null || rule == null || given.unavailable() >= 0 ? null : comeBack.day(e, benefit, rule);
        Text mend = fill(text.mend(), fact, actual, required), message = fill(text.message(), fact, actual, required);
        if (given.unavailable() >= 0
                && !e.slots.isUnknown(given.unavailable())
                && vocabulary.at(given.unavailable()).kind() != Symbol.Kind.SERIES) {
            // all is known of the person: a year's notice is missing, without which nobody can say whether a period is
            // over
            String year = String.valueOf(e.noticeMissing(given.unavailable()));
            mend = Text.of("assessment.notice.mend", year);
            message = Text.of("assessment.notice.message", year);
        }
        return new Reason(
                given.code(),
                rule == null ? null : rule.id(),
                given.effect(),
                fact == null ? null : fact.name(),
                actual,
                required,
                rule == null ? null : rule.basis(),
                status,
                day == null ? mend : Text.of("assessment.comeBack", mend, WrittenValues.day(day)),
                rule == null || given.unavailable() >= 0 ? null : deadline(rule.deadline()),
                text.appeal(),
                message,
                day);
    }

    private @Nullable LocalDate deadline(@Nullable NumericExpression day) {
        return day != null && e.slots.areKnown(day.reads()) ? LocalDate.ofEpochDay(day.at(e.slots)) : null;
    }

    private @Nullable Object required(@Nullable Object required) {
        if (required instanceof Symbol symbol) {
            if (!e.slots.isKnown(symbol.slot())) return null;
            long value = e.slots.value[symbol.slot()];
            return symbol.kind() == Symbol.Kind.DATE
                    ? LocalDate.ofEpochDay(value)
                    : symbol.kind() == Symbol.Kind.PERCENT
                            ? Percent.value(value)
                            : symbol.codes().isEmpty()
                                    ? (Object) value
                                    : symbol.codes().get((int) value);
        }
        if (required instanceof NumericExpression number) return isKnown(number) ? number.at(e.slots) : null;
        if (required instanceof Percentage percentage)
            return isKnown(percentage.parts())
                    ? Percent.value(percentage.parts().at(e.slots))
                    : null;
        return required;
    }

    private boolean isKnown(NumericExpression number) {
        return NumericExpression.asks(number) && e.slots.areKnown(number.reads());
    }

    private static Text fill(Text text, @Nullable Fact fact, @Nullable Object actual, @Nullable Object required) {
        if (text.zh().indexOf('{') < 0 && text.en().indexOf('{') < 0) return text;
        Text is = shown(fact, actual), asked = shown(fact, required);
        Text label = fact == null ? new Text("", "") : fact.label();
        return new Text(
                fill(text.zh(), is.zh(), asked.zh(), label.zh()), fill(text.en(), is.en(), asked.en(), label.en()));
    }

    private static String fill(String text, String actual, String required, String label) {
        return text.replace("{actual}", actual).replace("{required}", required).replace("{fact}", label);
    }

    /** What a scale gives, bracket by bracket. */
    public static Text shown(Scale scale) {
        return WrittenValues.scale(scale);
    }

    /** A value as people write it: sums in yuan, codes by their names. */
    public static Text shown(@Nullable Fact fact, @Nullable Object value) {
        if (value == null) return WrittenValues.NOTHING;
        if (value instanceof List<?> list) {
            if (list.isEmpty()) return WrittenValues.NOTHING;
            return Text.joined(
                    "kernel.list", list.stream().map(item -> shown(fact, item)).toList());
        }
        if (value instanceof Map<?, ?> months && fact != null) return MonthLines.shown(fact, months);
        if (fact != null && fact.type() == Scheme.Type.PERIOD && value instanceof String written)
            return Period.of(written).map(Period::said).orElseThrow();
        if (value instanceof Boolean flag) return WrittenValues.flag(flag);
        if (value instanceof BigDecimal percent) return Text.same(percent.toPlainString() + "%");
        if (fact != null && fact.type() == Scheme.Type.FEN && value instanceof Number fen && fen.longValue() >= 0)
            return Text.of("assessment.value.fen", new Money(fen.longValue()).yuan());
        Optional<Text> name = fact == null
                ? Optional.empty()
                : fact.value(String.valueOf(value)).map(Scheme.Value::name);
        return name.orElseGet(() -> new Text(String.valueOf(value), String.valueOf(value)));
    }
}
