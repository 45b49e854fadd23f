package cn.jincai.planning;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.LongRun;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.RandomCase;
import cn.jincai.planning.AllSchemes.Answer;
import cn.jincai.planning.AllSchemes.Kind;
import cn.jincai.planning.AllSchemes.Relation;
import cn.jincai.planning.AllSchemes.Step;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stories of people to whom several schemes are open (rulebook 4 to 6: only the higher benefit, limits of a year and of a life). */
class AllSchemesTest {
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 2);

    private static final int PEOPLE = LongRun.of(40);

    private final Assessments assessments = Assessments.with(CityCalendar.calendar());
    private final AllSchemes all = new AllSchemes(assessments);

    private final Map<String, Object> facts = new HashMap<>(Map.of(
            "identityVerified",
            true,
            "banned",
            false,
            "inPost",
            true,
            "employerType",
            "PRIVATE_ENTERPRISE",
            "employerRegion",
            "JINJIANG",
            "contractMonths",
            36L,
            "insuredMonthsConsecutive",
            8L,
            "birthDate",
            LocalDate.of(1992, 5, 1)));

    private Answer ask(LocalDate until, PolicyPackage... more) {
        return all.of(person(until, more));
    }

    private AllSchemes.Person person(LocalDate until, PolicyPackage... more) {
        List<PolicyPackage> schemes = new ArrayList<>(
                CityPackages.FOLDERS.schemes().stream().map(CityPackages::of).toList());
        schemes.addAll(List.of(more));
        Map<String, Map<String, Object>> told = new HashMap<>();
        for (PolicyPackage p : schemes) {
            Map<String, Object> own = new HashMap<>(facts);
            own.keySet().removeIf(name -> p.catalogue().fact(name).isEmpty());
            told.put(p.scheme(), own);
        }
        return new AllSchemes.Person(MARCH, until, schemes, told);
    }

    private void doctor(long payFen) {
        facts.putAll(Map.of(
                "evidence",
                List.of(),
                "annualTaxablePay",
                payFen,
                "taxedMonthsInJinjiang",
                12L,
                "listedIndustry",
                true,
                "degree",
                "DOCTOR",
                "studyMode",
                "FULL_TIME",
                "degreeVerified",
                true,
                "firstInsuredOn",
                LocalDate.of(2025, 9, 1),
                "insuranceGapMonths",
                0L));
    }

    private void worker(String level) {
        facts.putAll(Map.of(
                "certificateLevel",
                level,
                "certificateVerified",
                true,
                "certificateIssuedOn",
                LocalDate.of(2025, 9, 1),
                "occupationCode",
                "6-18-02-04",
                "unemploymentInsuredMonths",
                40L));
    }

    /** Level 5 pays 36 000 over a life, the subsidy for a doctor 100 000 in two halves: the larger one is paid, the recognition stays. */
    @Test
    void aDoctorOfLevelFiveGetsTheSubsidyAndTheRecognition() {
        doctor(45_000_000);
        Answer answer = ask(MARCH.plusYears(3));
        assertThat(answer.best().totalFen()).isEqualTo(10_000_000);
        assertThat(answer.complete()).isTrue();
        assertThat(answer.best().certain()).isTrue();
        assertThat(answer.best().steps())
                .extracting(Step::scheme)
                .containsExactlyInAnyOrder("talent-recognition", "recruitment-subsidy", "recruitment-subsidy");
        assertThat(answer.best().sums()).anySatisfy(s -> {
            assertThat(s.benefit()).isEqualTo("RECOGNITION_ALLOWANCE");
            assertThat(s.granted()).isEqualTo(3_600_000);
            assertThat(s.payable()).isZero();
        });
        Step second = answer.best().steps().stream()
                .filter(s -> Integer.valueOf(2).equals(s.part()))
                .findFirst()
                .orElseThrow();
        assertThat(second.day()).isEqualTo(LocalDate.of(2027, 9, 1)); // 24 months after the first insurance
    }

    /** Within one year the second half can't be reached. */
    @Test
    void aShorterPeriodReachesLess() {
        doctor(45_000_000);
        Answer answer = ask(MARCH.plusYears(1));
        assertThat(answer.best().totalFen()).isEqualTo(5_000_000);
        assertThat(answer.best().steps()).noneMatch(s -> Integer.valueOf(2).equals(s.part()));
    }

    /** Level 3 pays 108 000: more than the subsidy, so 108 000 whichever came first; asked first it bars the subsidy, asked later it pays the rest. */
    @Test
    void aDoctorOfLevelThreeGetsTheAllowanceAndNotBothOnTop() {
        doctor(110_000_000);
        Answer answer = ask(MARCH.plusYears(3));
        assertThat(answer.best().totalFen()).isEqualTo(10_800_000);
        assertThat(answer.least().totalFen()).isEqualTo(10_800_000);
        assertThat(answer.relations()).anySatisfy(r -> {
            assertThat(r.from()).containsExactly("RECOGNITION_ALLOWANCE");
            assertThat(r.benefit()).isEqualTo("RECRUITMENT_SUBSIDY");
            assertThat(r.kind()).isEqualTo(Kind.EXCLUDES);
            assertThat(r.reason()).isEqualTo("HIGHER_BENEFIT_HELD");
            assertThat(r.within()).isEqualTo("life");
        });
        assertThat(answer.relations()).anySatisfy(r -> {
            assertThat(r.kind()).isEqualTo(Kind.EXCEEDS);
            assertThat(r.from()).containsExactly("RECRUITMENT_SUBSIDY");
            assertThat(r.benefit()).isEqualTo("RECOGNITION_ALLOWANCE");
        });
    }

    /** The award is not for a certificate that already earns an allowance: the award first, then the recognition, brings both. */
    @Test
    void aSeniorTechnicianAsksForTheAwardBeforeTheRecognition() {
        worker("ONE");
        facts.putAll(Map.of(
                "evidence",
                List.of("SENIOR_TECHNICIAN"),
                "annualTaxablePay",
                9_000_000L,
                "taxedMonthsInJinjiang",
                12L,
                "listedIndustry",
                true));
        Answer answer = ask(MARCH.plusYears(1));
        assertThat(answer.best().steps())
                .extracting(Step::scheme)
                .containsExactly("skills-award", "talent-recognition");
        assertThat(answer.best().totalFen()).isEqualTo(500_000 + 3_600_000);
        assertThat(answer.least().totalFen()).isEqualTo(3_600_000);
        assertThat(answer.relations()).anySatisfy(r -> {
            assertThat(r.from()).containsExactly("RECOGNITION_ALLOWANCE");
            assertThat(r.benefit()).isEqualTo("CITY_AWARD");
            assertThat(r.rule()).isNotBlank();
            assertThat(r.basis()).isNotBlank();
        });
    }

    /** 20 000 a year: with 19 500 of it used up 500 are left this year, and all of it in January, if the certificate is still in time. */
    @Test
    void aLimitOfTheYearIsWaitedOutWhereTimeAllows() {
        worker("TWO");
        facts.put("awardPaidThisYear", 1_950_000L);
        facts.put("certificateIssuedOn", LocalDate.of(2026, 2, 1));
        Answer answer = ask(MARCH.plusYears(1));
        assertThat(answer.best().steps()).extracting(Step::day).containsExactly(LocalDate.of(2027, 1, 1));
        assertThat(answer.best().totalFen()).isEqualTo(300_000);
        assertThat(answer.least().totalFen()).isEqualTo(50_000);
        List<Relation> caps = answer.relations().stream()
                .filter(r -> r.kind() == Kind.CAPS && r.scheme().equals("skills-award"))
                .toList();
        assertThat(caps).anySatisfy(r -> assertThat(r.within()).isEqualTo("calendarYear"));
        assertThat(caps).anySatisfy(r -> {
            assertThat(r.fact()).isEqualTo("claimsThisYear");
            assertThat(r.limit()).isEqualTo(3);
            assertThat(r.reason()).isEqualTo("YEARLY_LIMIT");
        });
        assertThat(answer.relations()).anySatisfy(r -> {
            assertThat(r.fact()).isEqualTo("allowanceMonthsPaid");
            assertThat(r.limit()).isEqualTo(36);
            assertThat(r.within()).isEqualTo("life");
        });
    }

    @Test
    void whoMeetsNothingHasAnEmptyPlan() {
        facts.put("banned", true);
        Answer answer = ask(MARCH.plusYears(3));
        assertThat(answer.best().steps()).isEmpty();
        assertThat(answer.best().totalFen()).isZero();
        assertThat(answer.schemes()).hasSize(3).allMatch(a -> a.verdict() == cn.jincai.kernel.Verdict.REJECT);
        assertThat(answer.assumed()).contains("recognisedLevel", "awardPaidThisYear", "priorSubsidy");
    }

    /** Anybody may ask, so the work is bounded: all that a person may have at once, over ten years, stays below that. */
    @Test
    void everythingAtOnceIsLookedAtAsAWhole() {
        doctor(110_000_000);
        worker("ONE");
        Answer answer = ask(MARCH.plusYears(10), MadeUpPackage.read());
        assertThat(answer.complete()).isTrue();
        assertThat(answer.best().totalFen()).isEqualTo(10_800_000 + 500_000);
    }

    /**
     * Whoever they are: no selection of applications, in whatever order and on whatever of the days, brings more than the plan, and each application of the plan brings something, money or a status. A
     * plan recounted step by step comes to the sum that it promises.
     */
    @Test
    @Tag("issue-13.18")
    void thePlanAdvisesNothingThatIsBetterLeftOut() {
        int several = 0;
        for (int seed = 1; seed <= PEOPLE; seed++) {
            somebody(new Random(seed));
            AllSchemes.Person person = person(MARCH.plusYears(2));
            Answer answer = all.of(person);
            assertThat(answer.complete()).isTrue();
            Selections selections = new Selections(assessments, person);
            List<Step> plan = answer.best().steps();
            Selections.Worth planned = selections.worth(plan);
            assertThat(planned.fen())
                    .as("sum of the plan of %s", seed)
                    .isEqualTo(answer.best().totalFen());
            assertThat(selections.most().fen()).as("most for %s", seed).isEqualTo(planned.fen());
            isBestAsItIs(selections, plan, seed);
            if (plan.size() > 1) several++;
        }
        assertThat(several)
                .as("people to whom more than one application is advised")
                .isGreaterThan(PEOPLE / 10);
    }

    /** Where there are too many orders to look at all of them the plan is not the best one perhaps, but still nothing in it is better left out. */
    @Test
    @Tag("issue-13.18")
    void nothingIsBetterLeftOutOfAPlanThatIsNotComplete() {
        int cut = 0;
        for (int seed = 1; seed <= PEOPLE; seed++) {
            somebody(new Random(seed));
            AllSchemes.Person person = person(MARCH.plusYears(2));
            BestOrder order =
                    new BestOrder(assessments, person.schemes(), person.facts(), MARCH, person.until(), 2 + seed % 8);
            order.search();
            if (!order.isComplete()) cut++;
            isBestAsItIs(new Selections(assessments, person), order.best().steps(), seed);
        }
        assertThat(cut).as("searches that were cut off").isGreaterThan(PEOPLE / 3);
    }

    private static AllSchemes.Person whoMeetsAll(List<PolicyPackage> schemes) {
        return new AllSchemes.Person(
                MARCH,
                MARCH.plusYears(1),
                schemes,
                schemes.stream().collect(Collectors.toMap(PolicyPackage::scheme, p -> Map.of())));
    }

    /** Schemes that exclude, need, deduct and cap one another as nobody thought of: what is advised is what trying everything finds, and nothing in it is better left out. */
    @Test
    @Tag("issue-16.19")
    void amongMadeUpSchemesThePlanIsTheBestThereIs() {
        int worse = 0;
        for (int seed = 1; seed <= 60; seed++) {
            AllSchemes.Person person = whoMeetsAll(MadeUpSchemes.of(seed, 2 + seed % 4));
            Answer answer = all.of(person);
            Selections selections = new Selections(assessments, person);
            assertThat(answer.searched().everything()).isTrue();
            assertThat(selections.worth(answer.best().steps()).fen())
                    .as("sum of the plan of %s", seed)
                    .isEqualTo(answer.best().totalFen());
            assertThat(answer.best().totalFen())
                    .as("most of %s", seed)
                    .isEqualTo(selections.most().fen());
            isBestAsItIs(selections, answer.best().steps(), seed);
            if (answer.least().totalFen() < answer.best().totalFen()) worse++;
        }
        assertThat(worse).as("sets in which the order matters").isGreaterThan(15);
    }

    /** More than can be tried in every order: it says how far it looked, and still advises nothing that is better left out. */
    @Test
    @Tag("issue-16.19")
    void overTwelveSchemesItSaysHonestlyWhatItSearched() {
        for (int seed = 1; seed <= 4; seed++) {
            List<PolicyPackage> schemes = MadeUpSchemes.of(seed, 13 + seed);
            AllSchemes.Person person = whoMeetsAll(schemes);
            Answer answer = all.of(person);
            assertThat(answer.complete()).isFalse();
            assertThat(answer.searched().everything()).isFalse();
            assertThat(answer.searched().applications()).isEqualTo(13 + seed);
            assertThat(answer.searched().orders()).isBetween(1_000, 25_000);
            assertThat(answer.remarks())
                    .anySatisfy(remark -> assertThat(remark.en())
                            .contains(
                                    "not every order",
                                    String.valueOf(answer.searched().orders())));
            isBestAsItIs(new Selections(assessments, person), answer.best().steps(), seed);
        }
    }

    private static void isBestAsItIs(Selections selections, List<Step> plan, int seed) {
        Selections.Worth planned = selections.worth(plan);
        for (Step step : plan) {
            Selections.Worth without =
                    selections.worth(plan.stream().filter(s -> s != step).toList());
            assertThat(without.fen() < planned.fen()
                            || without.fen() == planned.fen() && without.statuses() < planned.statuses())
                    .as("%s %s is better left out by %s of %s", step.scheme(), step.part(), seed, plan)
                    .isTrue();
        }
    }

    /** Almost everybody meets almost everything; what is told beside is drawn. */
    private void somebody(Random random) {
        facts.clear();
        for (PolicyPackage p :
                CityPackages.FOLDERS.schemes().stream().map(CityPackages::of).toList())
            facts.putAll(RandomCase.facts(p.catalogue(), MARCH, random, 0.2));
        for (String own : List.of(
                "recognisedLevel",
                "allowanceMonthsPaid",
                "levelsPaidForOccupation",
                "claimsThisYear",
                "allowanceForSameCertificate",
                "recognitionAllowanceTotal",
                "instalmentsGranted",
                "instalment")) if (random.nextInt(4) > 0) facts.remove(own);
        Map<String, Object> usual = new HashMap<>(Map.of(
                "identityVerified",
                true,
                "banned",
                false,
                "inPost",
                true,
                "employerType",
                "PRIVATE_ENTERPRISE",
                "employerRegion",
                "JINJIANG",
                "contractMonths",
                36L,
                "insuredMonthsConsecutive",
                8L,
                "birthDate",
                LocalDate.of(1992, 5, 1),
                "listedIndustry",
                true,
                "taxedMonthsInJinjiang",
                12L));
        usual.putAll(Map.of(
                "degreeVerified",
                true,
                "studyMode",
                "FULL_TIME",
                "firstInsuredOn",
                LocalDate.of(2025, 3, 1).plusMonths(random.nextInt(12)),
                "insuranceGapMonths",
                0L,
                "certificateVerified",
                true,
                "unemploymentInsuredMonths",
                40L,
                "certificateIssuedOn",
                LocalDate.of(2025, 4, 1).plusMonths(random.nextInt(11)),
                "evidence",
                random.nextBoolean() ? List.of("SENIOR_TECHNICIAN") : List.of("DOCTORATE")));
        usual.forEach((name, value) -> {
            if (random.nextInt(12) > 0) facts.put(name, value);
        });
    }

    /** A scheme that nobody's Java knows takes part, with its two shares, its window and its deduction. */
    @Test
    void aSchemeNeverSeenTakesPart() {
        facts.putAll(Map.of(
                "bornOn",
                LocalDate.of(1992, 5, 1),
                "papersGenuine",
                true,
                "barred",
                false,
                "craft",
                "WEAVER",
                "seals",
                List.of("STATE_SEAL"),
                "movedInOn",
                LocalDate.of(2026, 1, 15),
                "roof",
                "RENTED",
                "rentAYear",
                50_000_000L,
                "nightsAway",
                0L,
                "advance",
                0L));
        Answer answer = ask(MARCH.plusYears(5), MadeUpPackage.read());
        List<Step> own = answer.best().steps().stream()
                .filter(s -> s.scheme().equals(MadeUpPackage.CODE))
                .toList();
        assertThat(own).extracting(Step::part).containsExactly(1, 2);
        assertThat(own.get(1).day()).isAfter(own.get(0).day());
        assertThat(answer.best().sums()).anySatisfy(s -> {
            assertThat(s.benefit()).isEqualTo("HOUSE_MONEY");
            assertThat(s.payable()).isPositive();
        });
        assertThat(answer.relations()).anySatisfy(r -> {
            assertThat(r.scheme()).isEqualTo(MadeUpPackage.CODE);
            assertThat(r.kind()).isEqualTo(Kind.DEDUCTS);
            assertThat(r.from()).containsExactly("OLD_HOUSE_MONEY");
        });
    }
}
