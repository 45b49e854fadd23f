package cn.jincai.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.Reason;
import cn.jincai.assessment.explanation.BenefitChange;
import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The figures of a what-if run against the plain way: every person assessed one by one with the answer that everybody gets, and counted by hand. */
class WhatIfComparisonTest {
    private static final LocalDate FROM = LocalDate.of(2025, 7, 1), TO = LocalDate.of(2026, 6, 30);
    private static final int PEOPLE = 30_000;

    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    private record Made(WhatIfComparison comparison, WhatIfTally tally, WhatIfResult result, Population people) {}

    private Made run(PolicyPackage before, PolicyPackage after, int threads) throws InterruptedException {
        SchemeRules old = assessments.rules(before), now = assessments.rules(after);
        Population people = PopulationReader.of(after, now, new Findings());
        WhatIfComparison comparison =
                new WhatIfComparison(old, now, people.breakdown, CityCalendar.calendar(), FROM, TO);
        WhatIf asked = new WhatIf(
                "x",
                before.scheme(),
                before.hash(),
                after.hash(),
                WhatIf.Over.SYNTHETIC,
                PEOPLE,
                4,
                FROM,
                TO,
                WhatIf.State.RUNNING,
                0,
                "somebody",
                Instant.EPOCH,
                null,
                null);
        WhatIfRun run = new WhatIfRun("x");
        Population alone = PopulationReader.of(before, old, new Findings()).without(now.vocabulary);
        WhatIfTally tally = run.madeUp(comparison, people, alone.isEmpty() ? null : alone, asked, threads, () -> {});
        assertThat(run.done()).isEqualTo(PEOPLE);
        return new Made(
                comparison,
                tally,
                new WhatIfFigures(comparison, tally).result(false, List.of(), people.told()),
                people);
    }

    private static PolicyPackage longerContract() {
        return CityPackages.with(
                "skills-award",
                "rulesets/2026-01/parameters.yaml",
                text -> text.replace("always: {is: 12, status: ILLUSTRATIVE", "always: {is: 24, status: ILLUSTRATIVE")
                        .replace(
                                "always: {is: 300000, status: ILLUSTRATIVE",
                                "always: {is: 350000, status: ILLUSTRATIVE"));
    }

    @Test
    void everyFigureIsWhatCountingOneByOneGives() throws InterruptedException {
        PolicyPackage before = CityPackages.of("skills-award"), after = longerContract();
        Made made = run(before, after, 2);
        Map<String, Map<BenefitChange, long[]>> expected = new HashMap<>();
        Slots slots = made.people.vocabulary.noSlots();
        for (long n = 0; n < PEOPLE; n++) {
            long person = Population.person(4, n), day = made.people.applicationDay(person, FROM.toEpochDay(), 365);
            made.people.lay(person, day, slots);
            Map<String, Object> facts = made.people.facts(slots);
            LocalDate applied = LocalDate.ofEpochDay(day);
            Assessment a = assessments.assess(before, applied, facts, Adjustments.NONE),
                    b = assessments.assess(after, applied, facts, Adjustments.NONE);
            for (int i = 0; i < 2; i++) {
                Benefit x = a.benefits().get(i), y = b.benefits().get(i);
                long had = x.verdict() == Verdict.APPROVE ? x.amountFen() : -1,
                        has = y.verdict() == Verdict.APPROVE ? y.amountFen() : -1;
                BenefitChange change = had < 0 && has < 0
                        ? x.verdict() == y.verdict() ? BenefitChange.NEVER : BenefitChange.TURNS
                        : had < 0
                                ? BenefitChange.GAINS
                                : has < 0
                                        ? BenefitChange.LOSES
                                        : has > had
                                                ? BenefitChange.MORE
                                                : has < had ? BenefitChange.LESS : BenefitChange.SAME;
                for (String key : new String[] {
                    x.code(),
                    x.code() + " year " + applied.getYear(),
                    x.code() + " employerRegion " + facts.get("employerRegion"),
                    x.code() + " employerType " + facts.get("employerType")
                }) {
                    long[] cell = expected.computeIfAbsent(key, k -> new EnumMap<>(BenefitChange.class))
                            .computeIfAbsent(change, c -> new long[3]);
                    cell[0]++;
                    cell[1] += Math.max(0, had);
                    cell[2] += Math.max(0, has);
                }
            }
        }
        for (WhatIfResult.Figures f : made.result.benefits()) {
            same(expected.get(f.benefit()), f.total());
            for (WhatIfResult.Breakdown by : f.by())
                for (WhatIfResult.Group group : by.groups())
                    same(expected.get(f.benefit() + " " + by.fact() + " " + group.code()), group.cells());
        }
        WhatIfResult.Figures award = made.result.benefits().get(1);
        assertThat(award.total().get(BenefitChange.LOSES).people()).isPositive();
        assertThat(award.total().get(BenefitChange.MORE).people()).isPositive();
        assertThat(award.total().get(BenefitChange.GAINS).people()).isZero();
    }

    private static void same(Map<BenefitChange, long[]> expected, Map<BenefitChange, WhatIfResult.Cell> found) {
        found.forEach((change, cell) -> {
            long[] wanted = expected == null ? new long[3] : expected.getOrDefault(change, new long[3]);
            assertThat(new long[] {cell.people(), cell.beforeFen(), cell.afterFen()})
                    .isEqualTo(wanted);
        });
    }

    @Test
    void howManyThreadsThereAreChangesNothing() throws InterruptedException {
        WhatIfResult one = run(CityPackages.of("skills-award"), longerContract(), 1).result,
                three = run(CityPackages.of("skills-award"), longerContract(), 3).result;
        assertThat(three).isEqualTo(one);
    }

    @Test
    void theSamePackageChangesNothingForAnybody() throws InterruptedException {
        for (String scheme : CityPackages.FOLDERS.schemes()) {
            Made made = run(CityPackages.of(scheme), CityPackages.of(scheme), 2);
            assertThat(made.result.people()).isEqualTo(PEOPLE);
            assertThat(made.result.typical()).isEmpty();
            made.result.whole().total().forEach((change, cell) -> {
                if (change.isChange()) assertThat(cell.people()).isZero();
            });
            assertThat(made.result.whole().total().get(BenefitChange.SAME).people())
                    .isPositive();
            made.result.budget().forEach(b -> assertThat(b.afterFen()).isEqualTo(b.beforeFen()));
        }
    }

    @Test
    void eachTypicalCaseIsOneOfItsKindAndItsReasonsDiffer() throws InterruptedException {
        PolicyPackage before = CityPackages.of("skills-award"), after = longerContract();
        Made made = run(before, after, 2);
        WhatIf asked = new WhatIf(
                "x",
                "skills-award",
                before.hash(),
                after.hash(),
                WhatIf.Over.SYNTHETIC,
                PEOPLE,
                4,
                FROM,
                TO,
                WhatIf.State.DONE,
                PEOPLE,
                "somebody",
                Instant.EPOCH,
                null,
                null);
        TypicalCases typical = new TypicalCases(assessments, null, before, after, asked);
        assertThat(made.result.typical()).isNotEmpty().allMatch(t -> t.change().isChange());
        for (WhatIfResult.Typical t : made.result.typical()) {
            WhatIfResult.Case shown = typical.of(1, t, false).orElseThrow();
            Benefit had = shown.before().benefit(t.benefit()).orElseThrow(),
                    has = shown.after().benefit(t.benefit()).orElseThrow();
            switch (t.change()) {
                case LOSES -> {
                    assertThat(has.reasons()).extracting(Reason::code).contains("CONTRACT_TOO_SHORT");
                    assertThat(had.verdict()).isEqualTo(Verdict.APPROVE);
                }
                case MORE -> assertThat(has.amountFen()).isGreaterThan(had.amountFen());
                default -> assertThat(has.verdict()).isNotEqualTo(had.verdict());
            }
        }
        for (WhatIfResult.Figures f : made.result.benefits())
            for (BenefitChange change : BenefitChange.values()) {
                if (!change.isChange()) continue;
                LongStream counts = made.result.typical().stream()
                        .filter(t -> t.benefit().equals(f.benefit()) && t.change() == change)
                        .mapToLong(WhatIfResult.Typical::people);
                assertThat(counts.sum())
                        .isLessThanOrEqualTo(f.total().get(change).people());
            }
    }

    @Test
    void aTypicalCaseIsExplainedByBothPackagesAsItWasAssessed() throws InterruptedException {
        PolicyPackage before = CityPackages.of("skills-award"), after = longerContract();
        Made made = run(before, after, 2);
        WhatIf asked = new WhatIf(
                "x",
                "skills-award",
                before.hash(),
                after.hash(),
                WhatIf.Over.SYNTHETIC,
                PEOPLE,
                4,
                FROM,
                TO,
                WhatIf.State.DONE,
                PEOPLE,
                "somebody",
                Instant.EPOCH,
                null,
                null);
        TypicalCases typical = new TypicalCases(assessments, null, before, after, asked);
        for (WhatIfResult.Typical t : made.result.typical()) {
            WhatIfResult.Explanations why = typical.explained(3, t, false, new Explanations(assessments))
                    .orElseThrow();
            assertThat(why.typical()).isEqualTo(typical.of(3, t, false).orElseThrow());
            assertThat(List.of(why.before().benefits(), why.after().benefits()))
                    .allSatisfy(own ->
                            assertThat(own).extracting(Explained.Benefit::code).containsExactly(t.benefit()));
            said(why.before(), why.typical().before().benefit(t.benefit()).orElseThrow());
            said(why.after(), why.typical().after().benefit(t.benefit()).orElseThrow());
        }
    }

    private static void said(Explained why, Benefit assessed) {
        Explained.Benefit explained = why.benefits().get(0);
        assertThat(explained.verdict()).isEqualTo(assessed.verdict());
        assertThat(explained.amountFen()).isEqualTo(assessed.amountFen());
        assertThat(explained.conditions()).isNotEmpty();
        assertThat(explained.sum().get(explained.sum().size() - 1).value()).isEqualTo(assessed.amountFen());
    }

    @Test
    void aMonthlyAllowanceIsSpreadOverTheYearsInWhichItsRunsPay() {
        PayYears pays = new PayYears(CityPackages.of("talent-recognition").catalogue());
        BenefitOutcome granted = new BenefitOutcome(null, null, null);
        granted.monthly = true;
        granted.monthlyFen = 100;
        granted.months = 36;
        granted.amountFen = 3600;
        long[] fen = new long[PayYears.LATER + 1];
        pays.add(1, granted, LocalDate.of(2026, 3, 2).toEpochDay(), fen, 0, 1);
        // April to August in the September run; then 12 months a year, as the run of March pays September to February
        assertThat(fen).containsExactly(500, 1200, 1200, 700, 0, 0, 0);
    }

    @Test
    void aPackageThatFailsForSomeIsToldAndTheRestIsCounted() throws InterruptedException {
        String huge =
                "awardPaidThisYear * awardPaidThisYear * awardPaidThisYear * awardPaidThisYear"; // is kept at 2^60,
        // nine of them are too
        // much
        PolicyPackage breaks = CityPackages.with(
                "skills-award",
                "scheme.yaml",
                text -> text.replace(
                        "awardLimitFen - awardPaidThisYear - subsidySum",
                        "awardLimitFen - awardPaidThisYear - subsidySum" + (" + " + huge).repeat(9)));
        WhatIfResult result = run(CityPackages.of("skills-award"), breaks, 2).result;
        assertThat(result.failed()).isBetween(PEOPLE / 20L, PEOPLE / 8L);
        assertThat(result.people() + result.failed()).isEqualTo(PEOPLE);
        assertThat(result.failure()).isEqualTo("ArithmeticException");
        assertThat(result.partial()).isTrue();
    }

    /** No margins, no employer, two shares, benefits of which nobody's Java has heard. */
    @Test
    void aSchemeNeverSeenIsTriedAtOnce() throws InterruptedException {
        PolicyPackage changed = MadeUpPackage.with(
                "scheme.yaml", text -> text.replace("is: \"rentAYear * 2\"", "is: \"rentAYear * 1\""));
        WhatIfResult result = run(MadeUpPackage.read(), changed, 2).result;
        assertThat(result.people()).isEqualTo(PEOPLE);
        assertThat(result.benefits())
                .extracting(WhatIfResult.Figures::benefit)
                .containsExactly("MASTER_NAME", "HOUSE_MONEY");
        assertThat(result.benefits().get(0).total().get(BenefitChange.SAME).people())
                .isPositive();
        assertThat(result.benefits().get(1).total().get(BenefitChange.LESS).people())
                .isPositive();
        assertThat(result.benefits().get(1).total().get(BenefitChange.MORE).people())
                .isZero();
        assertThat(result.benefits().get(1).by())
                .extracting(WhatIfResult.Breakdown::fact)
                .containsExactly("year");
    }

    @Test
    void factsThatOnlyOnePackageKnowsAreGivenToThatOne() throws InterruptedException {
        PolicyPackage more = CityPackages.with(
                "skills-award",
                "scheme.yaml",
                text -> text.replace(
                        "  - inPost\n",
                        "  - {name: livesHere, type: boolean, source: applicant, label: {zh: 常住, en: Lives here}}\n  - inPost\n"));
        for (Made made :
                List.of(run(CityPackages.of("skills-award"), more, 1), run(more, CityPackages.of("skills-award"), 1)))
            assertThat(made.result.whole().total().get(BenefitChange.SAME).people()
                            + made.result
                                    .whole()
                                    .total()
                                    .get(BenefitChange.NEVER)
                                    .people())
                    .isEqualTo(PEOPLE);
    }

    @Test
    void aCodeThatIsGoneIsNotKnownAnyMore() {
        PolicyPackage fewer = CityPackages.with(
                "skills-award",
                "common/registers/employer-types.yaml",
                text -> text.replace("- {code: STATE_ENTERPRISE, name: {zh: 国有企业, en: State-owned enterprise}}\n", ""));
        Vocabulary from = new Vocabulary(CityPackages.of("skills-award").catalogue()),
                to = new Vocabulary(fewer.catalogue());
        Slots there = to.noSlots();
        for (String type : List.of("STATE_ENTERPRISE", "GOVERNMENT")) {
            new FactCarryOver(from, to)
                    .carry(
                            from.slots(
                                    FROM,
                                    Map.of("employerType", type, "levelsPaidForOccupation", List.of("AWARD:ONE"))),
                            there);
            assertThat(there.isKnown(to.get("employerType").slot())).isEqualTo(type.equals("GOVERNMENT"));
            assertThat(there.value[to.get("levelsPaidForOccupation").slot()]).isEqualTo(1L << 11);
            assertThat(there.value[to.applicationDate]).isEqualTo(FROM.toEpochDay());
        }
    }
}
