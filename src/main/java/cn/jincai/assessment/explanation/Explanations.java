package cn.jincai.assessment.explanation;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.explanation.Explained.Basis;
import cn.jincai.assessment.explanation.Explained.Condition;
import cn.jincai.assessment.explanation.Explained.State;
import cn.jincai.assessment.explanation.Explained.Threshold;
import cn.jincai.assessment.explanation.Explained.Value;
import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.ReadableRules;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Truth;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Text;
import cn.jincai.policy.LegalSource;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Percent;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** An assessment explained: every condition, why which value was in force, the sums line by line, what would have to change. Decides and stores nothing. */
@Service
public class Explanations {
    private final Assessments assessments;
    /** By package hash and name of the ruleset. */
    private final Map<String, RuleSentences> read = new ConcurrentHashMap<>();

    public Explanations(Assessments assessments) {
        this.assessments = assessments;
    }

    public Explained explain(
            PolicyPackage policy, LocalDate applicationDate, Map<String, Object> facts, Adjustments adjustments) {
        return explain(policy, applicationDate, facts, adjustments, assessments.calendar());
    }

    /** @param calendar the notices that were loaded when it was assessed */
    public Explained explain(
            PolicyPackage policy,
            LocalDate applicationDate,
            Map<String, Object> facts,
            Adjustments adjustments,
            WorkingCalendar calendar) {
        SchemeRules rules = assessments.rules(policy);
        Adjustments real = adjustments.equals(Adjustments.NONE) ? Adjustments.NONE : adjustments;
        Slots slots = rules.vocabulary.slots(applicationDate, facts);
        Evaluation e = Evaluation.of(rules.on(slots, real.waived()), slots, calendar, real);
        RuleSentences sentences = sentences(policy, e.rules.ruleset);
        return new One(
                        e,
                        sentences,
                        new Counterfactuals(rules, sentences.wording, calendar, applicationDate, facts, real))
                .explained(applicationDate);
    }

    RuleSentences sentences(PolicyPackage policy, Ruleset ruleset) {
        return read.computeIfAbsent(
                policy.hash() + " " + ruleset.name(),
                key -> new RuleSentences(new ReadableRules(assessments.rules(policy).vocabulary, ruleset)));
    }

    /** The article on which a rule rests, null where none cites it. */
    static @Nullable Basis basis(Ruleset ruleset, String rule) {
        for (LegalSource source : ruleset.sources())
            for (LegalSource.Article article : source.articles())
                if (article.rules().contains(rule))
                    return new Basis(
                            source.title(), source.number(), source.inForceFrom(), article.name(), article.text());
        return null;
    }

    /** One case. */
    private static final class One {
        private final Evaluation e;
        private final RuleSentences sentences;
        private final FactLabels wording;
        private final ParameterInForce held;
        private final Counterfactuals counterfactuals;
        private final Scheme scheme;

        One(Evaluation e, RuleSentences sentences, Counterfactuals counterfactuals) {
            this.e = e;
            this.sentences = sentences;
            this.wording = sentences.wording;
            this.held = new ParameterInForce(sentences, e.slots);
            this.counterfactuals = counterfactuals;
            this.scheme = e.rules.vocabulary.scheme;
        }

        Explained explained(LocalDate applicationDate) {
            Explained.@Nullable FirstDay[] days = counterfactuals.firstDays(e.outcomes);
            List<Explained.Benefit> benefits = new ArrayList<>();
            for (int b = 0; b < e.outcomes.length; b++) if (!e.outcomes[b].notAsked) benefits.add(benefit(b, days[b]));
            int governing = e.rules.vocabulary.governingDate;
            return new Explained(
                    scheme.code(),
                    scheme.name(),
                    e.rules.ruleset.name(),
                    e.rules.ruleset.inForceFrom(),
                    e.isGoverned() ? LocalDate.ofEpochDay(e.slots.value[governing]) : null,
                    wording.label(governing),
                    applicationDate,
                    Explanation.verdict(benefits.stream().map(Explained.Benefit::verdict)),
                    benefits);
        }

        private Explained.Benefit benefit(int b, Explained.@Nullable FirstDay day) {
            BenefitPlan plan = e.rules.plans[b];
            BenefitOutcome outcome = e.outcomes[b];
            return new Explained.Benefit(
                    plan.benefit().code(),
                    plan.benefit().name(),
                    outcome.verdict,
                    outcome.amountFen,
                    conditions(plan),
                    new SumLines(e, sentences, held).lines(plan, outcome),
                    counterfactuals.changes(b, outcome.verdict),
                    day);
        }

        /** Also those of the benefit that this one follows. */
        private List<Condition> conditions(BenefitPlan plan) {
            List<Condition> conditions = new ArrayList<>();
            if (plan.follows() >= 0) conditions.addAll(conditions(e.rules.plans[plan.follows()]));
            for (Rule rule : e.rules.rules)
                if (((plan.conditions()[rule.number() >>> 6] | plan.entitlement()[rule.number() >>> 6])
                                        >>> rule.number()
                                & 1)
                        != 0) conditions.add(condition(rule));
            return conditions;
        }

        private Condition condition(Rule rule) {
            boolean entitlement = !rule.isCondition();
            List<Threshold> thresholds = thresholds(rule);
            State state = state(rule);
            Text demand = entitlement
                    ? sentences.asks(rule.table(), rule.row(), held.values)
                    : sentences.demand(rule.table(), rule.row(), held.values);
            List<Value> values = values(rule);
            Basis basis = basis(e.rules.ruleset, rule.id());
            Text found = found(values);
            return new Condition(
                    rule.id(),
                    rule.table().id(),
                    entitlement,
                    state,
                    applies(rule),
                    rule.effect(),
                    rule.reason(),
                    demand,
                    Text.of("assessment.found.plain", word(rule, state), demand, found),
                    official(rule, state, found, thresholds, basis),
                    values,
                    thresholds,
                    basis,
                    ParameterInForce.worst(rule.status(), thresholds),
                    ParameterInForce.comparedOn(thresholds));
        }

        private State state(Rule rule) {
            if (!e.isTested(rule)) return State.waived;
            if (e.isUndecided(rule.number())) return State.unknown;
            return e.isFired(rule.number()) == rule.isCondition() ? State.failed : State.met;
        }

        /** No cell but the last says that this row is about other cases. */
        private boolean applies(Rule rule) {
            for (int i = 0; i < rule.cells().length - 1; i++)
                if (rule.cells()[i].truth(e.slots) == Truth.FALSE) return false;
            return true;
        }

        private List<Value> values(Rule rule) {
            Bits reads = Bits.NONE;
            for (Cell cell : rule.cells()) reads = reads.or(cell.reads());
            List<Value> values = new ArrayList<>();
            for (int slot = reads.first(); slot >= 0; slot = reads.next(slot + 1)) {
                values.add(new Value(
                        e.rules.vocabulary.at(slot).name(),
                        wording.label(slot),
                        raw(slot),
                        wording.value(slot, e.slots),
                        from(slot)));
            }
            return values;
        }

        /** As JSON has it. */
        private @Nullable Object raw(int slot) {
            if (!e.slots.isKnown(slot)) return null;
            Symbol symbol = e.rules.vocabulary.at(slot);
            long value = e.slots.value[slot];
            return switch (symbol.kind()) {
                case DATE -> LocalDate.ofEpochDay(value);
                case FLAG -> value == 1;
                case NUMBER -> value;
                case PERCENT -> Percent.value(value);
                case SERIES, PERIOD -> null; // no row reads them
                case TEXT -> symbol.codes().isEmpty() ? null : symbol.codes().get((int) value);
                case LIST -> {
                    Bits codes = e.slots.list(symbol);
                    yield java.util.stream.IntStream.range(0, symbol.codes().size())
                            .filter(codes::has)
                            .mapToObj(symbol.codes()::get)
                            .toList();
                }
            };
        }

        /** How a derived value was made. */
        private @Nullable Text from(int slot) {
            String name = e.rules.vocabulary.at(slot).name();
            Optional<Scheme.Derived> made = scheme.rules().derived().stream()
                    .filter(d -> d.name().equals(name))
                    .findFirst();
            if (made.isEmpty()) return null;
            Scheme.Derived d = made.get();
            return switch (d.as()) {
                case completedYears, completedMonths -> Text.of("assessment.from.days", found(d.from()), found(d.on()));
                case endOfPeriod -> Text.of("assessment.from.movedOn", later(d));
                case monthsLater -> later(d);
                case number -> found(d.of());
                case calculation, percent ->
                    new SumLines(e, sentences, held).arithmetic(sentences.reading.calculation(d), wording.unit(slot));
                case firstDayOf, lastDayOf -> found(d.of());
                case sumOfMonths, countMonths, longestRun, gaps, leastOfMonths, mostOfMonths ->
                    new MonthLines(e, sentences, held).shown(slot);
                default -> null;
            };
        }

        private Text later(Scheme.Derived d) {
            return Text.of(
                    "assessment.from.later",
                    found(d.from()),
                    new SumLines(e, sentences, held).arithmetic(sentences.reading.number(d.months()), Unit.MONTHS));
        }

        private Text found(String symbol) {
            return wording.found(e.rules.vocabulary.slot(symbol), e.slots);
        }

        private List<Threshold> thresholds(Rule rule) {
            Map<Parameter, Unit> parameters = new java.util.LinkedHashMap<>();
            for (ReadableRules.Part part : sentences.reading.parts(rule.table(), rule.row())) {
                Symbol column = e.rules.vocabulary.get(part.column().expression());
                Unit unit = column == null ? null : wording.unit(column.slot());
                for (Parameter p : sentences.reading.parametersOf(part.test(), new LinkedHashSet<>()))
                    parameters.putIfAbsent(p, unit == Unit.AGE ? Unit.AGE : Unit.of(p));
            }
            for (String output : List.of("amountFen", "monthlyFen", "months")) {
                if (!rule.row().outputs().containsKey(output)) continue;
                Set<Parameter> read = sentences.reading.parametersOf(
                        sentences.reading.number(rule.row().outputs().get(output)), new LinkedHashSet<>());
                read.forEach(p -> parameters.putIfAbsent(p, Unit.of(p)));
            }
            return parameters.entrySet().stream()
                    .map(p -> held.threshold(p.getKey(), p.getValue()))
                    .toList();
        }

        private static Text found(List<Value> values) {
            return Text.joined(
                    "assessment.found.and",
                    values.stream()
                            .map(v -> v.from() == null
                                    ? Text.of("assessment.found.fact", v.label(), v.shown())
                                    : Text.of("assessment.found.derived", v.label(), v.shown(), v.from()))
                            .toList());
        }

        private static Text word(Rule rule, State state) {
            return Text.of("assessment.state." + (rule.isCondition() ? "condition." : "entitlement.") + state);
        }

        private Text official(Rule rule, State state, Text found, List<Threshold> thresholds, @Nullable Basis basis) {
            List<Text> parts = new ArrayList<>();
            Text row = sentences.row(rule.table(), rule.row(), held.values), word = word(rule, state);
            parts.add(Text.of("assessment.found.official", rule.id(), row, found));
            thresholds.forEach(t -> parts.add(t.why()));
            if (basis != null)
                parts.add(Text.of(
                        "assessment.found.basis",
                        basis.number() == null
                                ? basis.document()
                                : Text.of("assessment.value.noted", basis.document(), basis.number()),
                        basis.article()));
            parts.add(Text.of(
                    "assessment.found.conclusion", new Text(word.zh(), word.en().toLowerCase(Locale.ROOT))));
            return Text.joined("assessment.found.next", parts);
        }
    }
}
