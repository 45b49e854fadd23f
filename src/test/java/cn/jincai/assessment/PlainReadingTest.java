package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.LongRun;
import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.CellScope;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.CompiledRules;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.FiredReason;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Computation;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The compiled rules against the plain reading of the same tables, and laws that hold whatever the tables say, on facts at the tables' own limits. */
class PlainReadingTest {
    private static final int PEOPLE = LongRun.of(100_000), LAWFUL = LongRun.of(20_000);
    private final WorkingCalendar calendar = CityCalendar.calendar();

    static Stream<PolicyPackage> packages() {
        return Stream.concat(
                Stream.of("talent-recognition", "recruitment-subsidy", "skills-award")
                        .map(CityPackages::of),
                Stream.of(MadeUpPackage.read()));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void everyRowIsTrueFalseOrUnknownAsItsTextSays(PolicyPackage policy) {
        SchemeRules rules = new SchemeRules(policy);
        BoundaryCase cases = new BoundaryCase(policy);
        Random random = new Random(policy.scheme().hashCode());
        Map<Rule, List<PlainReading.Truthful>> read = new HashMap<>();
        long[] met = new long[3];
        for (int n = 0; n < PEOPLE; n++) {
            LocalDate applied = cases.applied(random);
            Map<String, Object> facts = cases.facts(applied, random, n % 3 == 0 ? 0 : n % 3 == 1 ? 0.05 : 0.3);
            Evaluation done = evaluate(rules, applied, facts);
            Map<String, Object> values = values(done, facts);
            for (Rule rule : done.rules.rules) {
                Boolean plain = truth(read.computeIfAbsent(rule, PlainReadingTest::read), values);
                Boolean compiled = done.isFired(rule.number())
                        ? Boolean.TRUE
                        : done.isUndecided(rule.number()) ? null : Boolean.FALSE;
                if (plain != compiled)
                    assertThat(compiled)
                            .as("%s %s on %s: %s", rule.id(), rule.row().cells(), applied, values)
                            .isEqualTo(plain);
                met[compiled == null ? 2 : compiled ? 1 : 0]++;
            }
        }
        for (long times : met) assertThat(times).isGreaterThan(PEOPLE / 4);
    }

    private static List<PlainReading.Truthful> read(Rule rule) {
        List<PlainReading.Truthful> cells = new ArrayList<>();
        for (int i = 0; i < rule.row().cells().size(); i++)
            if (!rule.row().cells().get(i).isEmpty())
                cells.add(PlainReading.cell(
                        rule.table().columns().get(i).expression(),
                        rule.row().cells().get(i)));
        return cells;
    }

    private static Boolean truth(List<PlainReading.Truthful> cells, Map<String, Object> values) {
        Boolean all = true;
        for (PlainReading.Truthful cell : cells) {
            Boolean one = cell.of(values);
            if (Boolean.FALSE.equals(one)) return false;
            if (one == null) all = null;
        }
        return all;
    }

    private static Map<String, Object> values(Evaluation done, Map<String, Object> facts) {
        Map<String, Object> values = new HashMap<>(StockTables.variables(done, facts));
        Vocabulary vocabulary = done.rules.vocabulary;
        for (int slot = 0; slot < vocabulary.size(); slot++) {
            if (done.slots.isNone(slot)) values.put(vocabulary.at(slot).name(), PlainReading.NONE);
            else if (done.slots.isProvisional(slot))
                values.put(
                        vocabulary.at(slot).name(),
                        new PlainReading.Moving(LocalDate.ofEpochDay(done.slots.value[slot])));
        }
        for (Parameter p : done.rules.ruleset.parameters().values())
            if (done.rules.values().get(p.name()) == CellScope.NOTHING) values.put(p.name(), PlainReading.NOTHING);
        return values;
    }

    @ParameterizedTest
    @MethodSource("packages")
    void whatIsDecidedStaysWhateverElseBecomesKnown(PolicyPackage policy) {
        SchemeRules rules = new SchemeRules(policy);
        BoundaryCase cases = new BoundaryCase(policy);
        Random random = new Random(17);
        int decided = 0, rejected = 0;
        for (int n = 0; n < LAWFUL; n++) {
            LocalDate applied = cases.applied(random);
            Map<String, Object> all = cases.facts(applied, random, 0), some = new HashMap<>(all);
            for (Scheme.Fact fact : policy.catalogue().facts())
                if (fact.absent().equals(Scheme.Absent.UNKNOWN) && random.nextInt(4) == 0) some.remove(fact.name());
            Evaluation before = evaluate(rules, applied, some), after = evaluate(rules, applied, all);
            if (!before.isGoverned()) continue; // another day may pick other values
            Bits unstable = unstable(before.rules);
            for (int i = 0; i < before.rules.rules.length; i++) {
                Rule rule = before.rules.rules[i];
                if (before.isUndecided(i)
                        || Stream.of(rule.cells())
                                .anyMatch(c -> c.checksNull()
                                        || !c.reads().and(unstable).isEmpty())) continue;
                assertThat(after.isFired(i))
                        .as("%s on %s: %s then %s", rule.id(), applied, some, all)
                        .isEqualTo(before.isFired(i));
                decided++;
            }
            for (int b = 0; b < before.outcomes.length; b++)
                for (FiredReason given : before.outcomes[b].reasons()) {
                    if (given.effect() != Verdict.REJECT
                            || Stream.of(given.rule().cells())
                                    .anyMatch(c -> c.checksNull()
                                            && !c.reads()
                                                    .and(before.rules.vocabulary.factSlots)
                                                    .isEmpty())) continue;
                    assertThat(after.outcomes[b].verdict)
                            .as("%s on %s: %s then %s", given.rule().id(), applied, some, all)
                            .isEqualTo(Verdict.REJECT);
                    rejected++;
                }
        }
        assertThat(decided).isGreaterThan(LAWFUL);
        assertThat(rejected).isGreaterThan(LAWFUL / 4);
    }

    /** Slots whose value says how much is known, so that it moves as more becomes known. */
    private static Bits unstable(CompiledRules rules) {
        Bits slots = Bits.NONE;
        for (Scheme.Derived d : rules.vocabulary.scheme.rules().derived())
            if (List.of(
                            Computation.bestPossible,
                            Computation.bestForCertain,
                            Computation.limitMissed,
                            Computation.outputOf,
                            Computation.sumOf,
                            Computation.verdictOf,
                            Computation.calculation)
                    .contains(d.as()))
                slots = slots.with(rules.vocabulary.get(d.name()).slot());
        return slots;
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aDayLaterIsNeverInTimeAgain(PolicyPackage policy) {
        SchemeRules rules = new SchemeRules(policy);
        BoundaryCase cases = new BoundaryCase(policy);
        Random random = new Random(18);
        int late = 0;
        for (int n = 0; n < LAWFUL; n++) {
            LocalDate applied = cases.applied(random);
            Map<String, Object> facts = cases.facts(applied, random, 0.02);
            Evaluation today = evaluate(rules, applied, facts), tomorrow = evaluate(rules, applied.plusDays(1), facts);
            for (Rule rule : today.rules.rules) {
                boolean looksAtTheDay = Stream.of(rule.cells())
                        .anyMatch(c -> c.column().equals(Scheme.APPLICATION_DATE)
                                && c.test() instanceof CellTest.Compare t
                                && t.op() == CellTest.Op.ABOVE);
                if (!looksAtTheDay || rule.effect() != Verdict.REJECT || !today.isFired(rule.number())) continue;
                assertThat(tomorrow.isFired(rule.number()))
                        .as("%s on %s: %s", rule.id(), applied, facts)
                        .isTrue();
                late++;
            }
        }
        if (policy.rulesets().get(0).conditions().stream()
                .anyMatch(t -> t.columns().stream().anyMatch(c -> c.expression().equals(Scheme.APPLICATION_DATE))))
            assertThat(late).isGreaterThan(500);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void partsAddUpSumsStayBelowTheirCapsAndTheOrderOfAListDoesNotMatter(PolicyPackage policy) {
        SchemeRules rules = new SchemeRules(policy);
        BoundaryCase cases = new BoundaryCase(policy);
        Random random = new Random(19);
        int paid = 0;
        for (int n = 0; n < LAWFUL; n++) {
            BoundaryCase.Person person = cases.nearAWorkedCase(random);
            LocalDate applied = person.applied();
            Map<String, Object> facts = person.facts();
            Evaluation done = evaluate(rules, applied, facts);
            String what = applied + " " + facts;
            for (int b = 0; b < done.outcomes.length; b++) {
                BenefitOutcome o = done.outcomes[b];
                BenefitPlan plan = done.rules.plans[b];
                long sum = 0;
                for (long part : o.parts) {
                    assertThat(part).as(what).isNotNegative();
                    sum += part;
                }
                if (o.verdict == Verdict.REJECT)
                    assertThat(sum + o.amountFen).as(what).isZero();
                if (plan.appliedFor() < 0) assertThat(o.amountFen).as(what).isEqualTo(sum);
                else
                    assertThat(o.amountFen == 0
                                    || java.util.Arrays.stream(o.parts).anyMatch(part -> part == o.amountFen))
                            .as(what)
                            .isTrue();
                if (o.monthly) assertThat(sum).as(what).isEqualTo(o.monthlyFen * o.months);
                if (plan.atMost() >= 0)
                    assertThat(sum).as(what).isLessThanOrEqualTo(Math.max(0, done.slots.value[plan.atMost()]));
                if (o.amountFen > 0) paid++;
            }
            Map<String, Object> shuffled = new HashMap<>(facts);
            facts.forEach((name, value) -> {
                if (!(value instanceof List<?> list)) return;
                List<Object> other = new ArrayList<>(list);
                Collections.shuffle(other, random);
                shuffled.put(name, other);
            });
            Evaluation again = evaluate(rules, applied, shuffled);
            assertThat(again.fired).as(what).isEqualTo(done.fired);
            assertThat(again.possible).as(what).isEqualTo(done.possible);
            for (int b = 0; b < done.outcomes.length; b++)
                assertThat(again.outcomes[b].amountFen).as(what).isEqualTo(done.outcomes[b].amountFen);
        }
        assertThat(paid).isGreaterThan(LAWFUL / 20);
    }

    private Evaluation evaluate(SchemeRules rules, LocalDate applied, Map<String, Object> facts) {
        Slots slots = rules.vocabulary.slots(applied, facts);
        return Evaluation.of(rules.on(slots, Set.of()), slots, calendar, Adjustments.NONE);
    }
}
