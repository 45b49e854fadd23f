package cn.jincai.assessment;

import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.CompiledRules;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.verification.Box;
import cn.jincai.assessment.verification.Columns;
import cn.jincai.assessment.verification.DifferenceSearch;
import cn.jincai.assessment.verification.SearchModel;
import cn.jincai.assessment.verification.Solver;
import cn.jincai.assessment.verification.Spans;
import cn.jincai.kernel.Period;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Percent;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Which facts that nobody has told yet can still change a verdict or a sum. A fact matters exactly if there are two ways to fill in all that is open which
 * differ in nothing but this fact, and come out differently; that is the comparison of a scheme with itself. What can't be settled in time counts as mattering.
 */
@Service
public class NextQuestion {
    /** Boxes looked at for one fact, one benefit and one pair of spans: enough for the schemes of the city, some hundred milliseconds at worst. */
    private static final int MOST = 5_000;

    private static final double GOVERNING = 1_000;

    private final Assessments assessments;
    private final int most;

    @Autowired
    public NextQuestion(Assessments assessments) {
        this(assessments, MOST);
    }

    NextQuestion(Assessments assessments, int most) {
        this.assessments = assessments;
        this.most = most;
    }

    /** A fact worth asking for. @param source who knows it: {@code applicant}, {@code own-records} or a source outside */
    public record Question(String fact, Text label, String source) {}

    /** What a benefit comes to whatever the open facts turn out to be. */
    public record Settled(String benefit, Verdict verdict, long amountFen) {}

    /**
     * @param questions in the order in which they are best asked; empty where no further fact can change verdict or sum
     * @param settled   the answer then; empty while something is open
     */
    public record Next(List<Question> questions, List<Settled> settled) {}

    /** Asks nothing, stores nothing. @param facts as for {@link Assessments#assess}; a fact that is absent has not been asked for */
    public Next after(PolicyPackage policy, LocalDate applicationDate, Map<String, Object> facts) {
        return after(policy, applicationDate, facts, Set.of());
    }

    /**
     * The same where something is taken as not there.
     *
     * @param none facts that are known to be none, or to be what the scheme says of one that is not told ({@code whenAbsent}); they are not asked for
     */
    public Next after(PolicyPackage policy, LocalDate applicationDate, Map<String, Object> facts, Set<String> none) {
        List<Question> questions = new ArrayList<>();
        Known known = new Known(policy, applicationDate, facts, none);
        Map<String, Double> weights = weights(policy, applicationDate, facts);
        for (Scheme.Fact fact : policy.catalogue().facts())
            if (!isTold(fact, applicationDate, facts)
                    && !none.contains(fact.name())
                    && searchedAs(policy, applicationDate, facts, fact).stream().anyMatch(name -> matters(known, name)))
                questions.add(new Question(fact.name(), fact.label(), fact.source()));
        questions.sort(Comparator.comparingDouble((Question q) -> -weights.getOrDefault(q.fact(), 0.0)));
        return new Next(questions, questions.isEmpty() ? settled(known) : List.of());
    }

    /** What is known where it is asked what comes next. */
    private record Known(PolicyPackage policy, LocalDate applied, Map<String, Object> facts, Set<String> none) {}

    private static boolean isTold(Scheme.Fact fact, LocalDate applied, Map<String, Object> facts) {
        Object value = facts.get(fact.name());
        return value != null
                && !(value instanceof LocalDate day
                        && !fact.mayLieAhead()
                        && day.isAfter(applied)); // such a day counts as not known (rulebook 2.10)
    }

    private List<Settled> settled(Known known) {
        Columns columns = new Columns(known.applied, known.policy);
        Box one = columns.example(open(columns, known));
        return assessments
                .assess(known.policy, known.applied, columns.facts(one, false), Adjustments.NONE)
                .benefits()
                .stream()
                .map(b -> new Settled(b.code(), b.verdict(), b.amountFen()))
                .toList();
    }

    /** All ways to fill in what is open. */
    private Box open(Columns columns, Known known) {
        Box box = columns.all(false);
        LocalDate applied = known.applied;
        Map<String, Object> facts = known.facts;
        Scheme scheme = known.policy.catalogue();
        box.lo[Columns.APPLICATION_DATE] = box.hi[Columns.APPLICATION_DATE] = applied.toEpochDay();
        for (Scheme.Fact fact : scheme.facts()) {
            if (!isTold(fact, applied, facts) || fact.type() == Scheme.Type.SERIES) continue;
            int c = columns.of(fact.name());
            Columns.Column column = columns.at(c);
            Object value = facts.get(fact.name());
            box.status[c] = Box.KNOWN;
            if (value instanceof LocalDate day) box.lo[c] = box.hi[c] = day.toEpochDay();
            else if (value instanceof Number number && fact.type() == Scheme.Type.PERCENT)
                box.lo[c] = box.hi[c] = Percent.of(number).orElseThrow();
            else if (value instanceof Number number) box.lo[c] = box.hi[c] = number.longValue();
            else if (column.type() == Scheme.Type.PERIOD)
                box.lo[c] = box.hi[c] =
                        Period.of(String.valueOf(value)).orElseThrow().number();
            else if (value instanceof List<?> list)
                box.lo[c] =
                        box.hi[c] = list.stream().mapToLong(i -> bit(column, i)).reduce(0, (a, b) -> a | b);
            else box.lo[c] = column.codes().isEmpty() ? 1 : bit(column, value);
        }
        for (String name : known.none) {
            int c = columns.of(name);
            if (c >= 0 && columns.at(c).absent()) box.status[c] = Box.ABSENT;
        }
        ofMonths(known.policy, applied, facts).forEach((made, value) -> {
            int c = columns.ofMonths(scheme, made);
            box.status[c] = value.isPresent() ? Box.KNOWN : Box.ABSENT;
            value.ifPresent(number -> box.lo[c] = box.hi[c] = number);
        });
        return box;
    }

    /** What is settled of the numbers that are made of months: their value, or that nobody will know it, as all that stands behind it is told. */
    private Map<Scheme.Derived, Optional<Long>> ofMonths(
            PolicyPackage policy, LocalDate applied, Map<String, Object> facts) {
        Map<Scheme.Derived, Optional<Long>> settled = new HashMap<>();
        List<Scheme.Derived> made = madeOfMonths(policy.catalogue());
        if (made.isEmpty()) return settled;
        Evaluation e = evaluated(policy, applied, facts);
        for (Scheme.Derived d : made) {
            int slot = e.rules.vocabulary.slot(d.name());
            Bits behind = e.rules.factsBehind(Bits.of(slot));
            boolean open = false;
            for (int fact = behind.first(); fact >= 0; fact = behind.next(fact + 1))
                open |= !isTold(e.rules.vocabulary.knownFact(fact), applied, facts);
            if (e.slots.isKnown(slot)) settled.put(d, Optional.of(e.slots.value[slot]));
            else if (!open) settled.put(d, Optional.empty());
        }
        return settled;
    }

    /** The columns that stand for a fact: its own, and those of what is made of its months, or with it month by month. */
    private List<String> searchedAs(
            PolicyPackage policy, LocalDate applied, Map<String, Object> facts, Scheme.Fact fact) {
        List<String> names = new ArrayList<>();
        if (fact.type() != Scheme.Type.SERIES) names.add(fact.name());
        List<Scheme.Derived> made = madeOfMonths(policy.catalogue());
        if (made.isEmpty()) return names;
        CompiledRules rules = evaluated(policy, applied, facts).rules;
        for (Scheme.Derived d : made)
            if (rules.factsBehind(Bits.of(rules.vocabulary.slot(d.name()))).has(rules.vocabulary.slot(fact.name())))
                names.add(d.name());
        return names;
    }

    private static List<Scheme.Derived> madeOfMonths(Scheme scheme) {
        return scheme.rules().derived().stream()
                .filter(Scheme.Derived::isOfMonths)
                .toList();
    }

    private Evaluation evaluated(PolicyPackage policy, LocalDate applied, Map<String, Object> facts) {
        SchemeRules rules = assessments.rules(policy);
        Slots slots = rules.vocabulary.slots(applied, facts);
        return Evaluation.of(rules.on(slots, Set.of()), slots, assessments.calendar(), Adjustments.NONE);
    }

    private static long bit(Columns.Column column, @Nullable Object value) {
        int code = column.code(String.valueOf(value));
        return code < 0 ? 0 : 1L << code;
    }

    private boolean matters(Known known, String fact) {
        PolicyPackage policy = known.policy;
        LocalDate applied = known.applied;
        Columns columns = new Columns(applied, policy);
        int told = columns.of(fact), twin = columns.twin(told);
        SchemeRules rules = assessments.rules(policy);
        List<Box> parts = Spans.of(columns, open(columns, known), applied, List.of(policy));
        for (Box part : parts)
            for (Box other : parts) {
                if (!isApartOnlyIn(part, other, told, columns.size())) continue;
                Box box = part.with(twin, other.status[told], other.lo[told], other.hi[told]);
                SearchModel one = new SearchModel(on(rules, columns, part), columns, assessments.calendar()),
                        another =
                                new SearchModel(on(rules, columns, other), columns, assessments.calendar(), fact, twin);
                for (Scheme.Benefit benefit : policy.catalogue().benefits())
                    for (DifferenceSearch.What what :
                            new DifferenceSearch.What[] {DifferenceSearch.What.VERDICT, DifferenceSearch.What.SUM})
                        if (new Solver(columns, new DifferenceSearch(one, another, benefit.code(), what), most)
                                        .solve(box)
                                != Solver.State.NONE) return true;
            }
        return false;
    }

    private static boolean isApartOnlyIn(Box a, Box b, int column, int columns) {
        for (int c = 0; c < columns; c++) if (c != column && !a.isAsIn(b, c)) return false;
        return true;
    }

    private static CompiledRules on(SchemeRules rules, Columns columns, Box part) {
        Box one = columns.example(part);
        return rules.on(rules.vocabulary.slots(columns.applied(one), columns.facts(one, false)), Set.of());
    }

    /** How much a fact settles: more for rows that weigh more, and for rows that wait for little else. */
    private Map<String, Double> weights(PolicyPackage policy, LocalDate applied, Map<String, Object> facts) {
        SchemeRules rules = assessments.rules(policy);
        Evaluation e = evaluated(policy, applied, facts);
        Slots slots = e.slots;
        Map<String, Double> weights = new HashMap<>();
        Arrays.stream(e.rules.rules).filter(r -> e.isUndecided(r.number())).forEach(rule -> {
            Bits missing = e.rules.missing(rule.undecided(slots), e);
            double weight = (rule.isCondition()
                            ? Verdict.values().length - rule.effect().ordinal()
                            : 1.0)
                    / Math.pow(missing.count(), 2);
            for (int fact = missing.first(); fact >= 0; fact = missing.next(fact + 1))
                weights.merge(rules.vocabulary.at(fact).name(), weight, Double::sum);
        });
        // whether a benefit is judged at all weighs more than any of its rows
        for (BenefitPlan plan : e.rules.plans)
            for (int slot = plan.askedReads().first();
                    slot >= 0;
                    slot = plan.askedReads().next(slot + 1))
                if (slots.isUnknown(slot))
                    weights.merge(rules.vocabulary.at(slot).name(), GOVERNING, Double::sum);
        weights.merge(policy.catalogue().governingDate(), GOVERNING, Double::sum);
        return weights;
    }
}
