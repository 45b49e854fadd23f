package cn.jincai.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.Percent;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PopulationTest {
    private static final long DAY = LocalDate.of(2026, 3, 2).toEpochDay();

    static List<String> schemes() {
        return CityPackages.FOLDERS.schemes();
    }

    private static Population read(PolicyPackage policy) {
        Findings findings = new Findings();
        Population population = PopulationReader.of(policy, new SchemeRules(policy), findings);
        assertThat(findings.all()).isEmpty();
        return population;
    }

    private static Map<String, Object> facts(Population population, long seed, long number) {
        Slots slots = population.vocabulary.noSlots();
        population.lay(Population.person(seed, number), DAY, slots);
        return population.facts(slots);
    }

    /** The same sum for each of the last months, with gaps; a quarter is claimed that lies before the day. */
    @Test
    void monthsAreDrawnWithGapsAndQuartersBeforeTheDay() {
        SortedMap<String, byte[]> files = MadeUpPackage.files(MadeUpPackage.BY_MONTH);
        files.put("population.yaml", """
            about: {zh: 摊主, en: Bakers}
            margins:
              claimPeriod: {status: ILLUSTRATIVE, source: {zh: 假定, en: assumed}, ranges: [{from: 1, to: 1, weight: 1}]}
              stallRent: {status: ILLUSTRATIVE, source: {zh: 假定, en: assumed}, months: 6, gaps: 250, ranges: [{from: 60000, to: 90000, weight: 1}]}
              insured: {status: ILLUSTRATIVE, source: {zh: 假定, en: assumed}, gaps: 0, codes: {"true": 1}}
            """.getBytes(StandardCharsets.UTF_8));
        PolicyPackage policy = MadeUpPackage.of(MadeUpPackage.BY_MONTH, files);
        Population population = read(policy);
        Assessments assessments = Assessments.with(CityCalendar.calendar());
        int months = 0, gaps = 0, paid = 0;
        for (int person = 0; person < 400; person++) {
            Map<String, Object> facts = facts(population, 16, person);
            assertThat(facts).containsEntry("claimPeriod", "2025-Q4");
            Map<?, ?> rents = (Map<?, ?>) facts.get("stallRent");
            assertThat(rents.keySet().stream().map(String::valueOf))
                    .containsExactly("2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03");
            months += rents.size();
            gaps += (int) rents.values().stream().filter(v -> v.equals(0L)).count();
            assertThat(rents.values().stream()
                            .distinct()
                            .filter(v -> !v.equals(0L))
                            .count())
                    .isLessThanOrEqualTo(1);
            assertThat(((Map<?, ?>) facts.get("insured")).values())
                    .hasSize(12)
                    .allSatisfy(held -> assertThat(held).isEqualTo(true));
            if (assessments
                            .assess(policy, LocalDate.ofEpochDay(DAY), facts, Adjustments.NONE)
                            .benefit("STALL_AID")
                            .orElseThrow()
                            .amountFen()
                    > 0) paid++;
        }
        assertThat(gaps / (double) months).isBetween(0.2, 0.3);
        assertThat(paid).isPositive();
    }

    /** Percentages are drawn at and beside those with which they are compared, what a scale measures at and beside the beginning of each bracket. */
    @Test
    void percentagesAndWhatAScaleMeasuresAreDrawnWhereTheRulesTurn() {
        SortedMap<String, byte[]> files = MadeUpPackage.files();
        change(files, "scheme.yaml", "name: rentAYear, type: fen, max: 100000000", "name: rentAYear, type: percent");
        change(files, "scheme.yaml", "is: \"rentAYear * 2\"", "is: \"9000000\"");
        change(
                files,
                "rulesets/2025-03/conditions.dmn",
                "housing-nightsAway-x\"><text>nightsAway",
                "housing-nightsAway-x\"><text>rentAYear");
        change(files, "rulesets/2025-03/conditions.dmn", "&gt; nightsAtMost", "&gt; scale(nightsAway, ladder)");
        change(
                files,
                "rulesets/2025-03/parameters.yaml",
                "parameters:\n",
                "parameters:\n  ladder: {unit: scale, gives: percent, label: {zh: 分档, en: Ladder}, values: {always: {is: {brackets: [{from: 0, to: 30, flat: 20}, {from: 31, flat: 5.5}]}, status: ILLUSTRATIVE, source: craft-order}}}\n");
        Population population = read(MadeUpPackage.of(files));
        Set<Object> rates = new HashSet<>(), numbers = new HashSet<>();
        for (long n = 0; n < 2_000; n++) {
            Map<String, Object> facts = facts(population, 7, n);
            rates.add(facts.get("rentAYear"));
            numbers.add(facts.get("nightsAway"));
        }
        assertThat(rates)
                .contains(
                        new BigDecimal("20"),
                        new BigDecimal("20.0001"),
                        new BigDecimal("5.5"),
                        new BigDecimal("5.4999"));
        assertThat(numbers).contains(30L, 31L, 32L);
    }

    private static void change(SortedMap<String, byte[]> files, String file, String was, String is) {
        String before = new String(files.get(file), StandardCharsets.UTF_8);
        assertThat(before).contains(was);
        files.put(file, before.replace(was, is).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void aPersonIsTheSameWheneverAskedForAndAnotherWithAnotherSeed(String scheme) {
        Population population = read(CityPackages.of(scheme));
        Set<Map<String, Object>> people = new HashSet<>();
        for (long n = 0; n < 2_000; n++) {
            assertThat(facts(population, 1, n)).isEqualTo(facts(population, 1, n));
            people.add(facts(population, 1, n));
            people.add(facts(population, 2, n));
        }
        assertThat(people).hasSizeGreaterThan(3_900);
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void everyFactKeepsToItsTypeAndLimits(String scheme) {
        for (PolicyPackage policy : List.of(CityPackages.of(scheme), without(scheme))) {
            Population population = read(policy);
            for (long n = 0; n < 20_000; n++)
                facts(population, 7, n).forEach((name, value) -> {
                    Scheme.Fact fact = policy.catalogue().fact(name).orElseThrow();
                    switch (fact.type()) {
                        case DATE -> assertThat((LocalDate) value).isBeforeOrEqualTo(LocalDate.ofEpochDay(DAY));
                        case PERCENT ->
                            assertThat(Percent.of((BigDecimal) value).orElseThrow())
                                    .isBetween(fact.min(), fact.most());
                        case INTEGER, FEN -> assertThat((Long) value).isBetween(fact.min(), fact.most());
                        case BOOLEAN -> assertThat(value).isInstanceOf(Boolean.class);
                        case TEXT ->
                            assertThat(fact.values().isEmpty()
                                            || fact.value((String) value).isPresent())
                                    .isTrue();
                        case LIST ->
                            ((Collection<?>) value)
                                    .forEach(item -> assertThat(fact.value(String.valueOf(item)))
                                            .isPresent());
                    }
                });
        }
    }

    /** As a scheme that nobody has written margins for. */
    private static PolicyPackage without(String scheme) {
        return CityPackages.with(
                scheme, PopulationReader.FILE, text -> text.replaceAll("(?s)margins:.*", "margins: {}\n"));
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void withoutMarginsTheRulesAreStillReachedFromAllSides(String scheme) {
        PolicyPackage policy = without(scheme);
        Population population = read(policy);
        Set<String> reasons = new HashSet<>(), verdicts = new HashSet<>();
        Assessments assessments = Assessments.with(CityCalendar.calendar());
        for (long n = 0; n < 30_000; n++)
            for (Benefit benefit : assessments
                    .assess(policy, LocalDate.ofEpochDay(DAY), facts(population, 3, n), Adjustments.NONE)
                    .benefits()) {
                verdicts.add(benefit.verdict().name());
                benefit.reasons().forEach(r -> reasons.add(r.code()));
            }
        assertThat(reasons)
                .containsAll(CityPackages.reasons(policy).stream()
                        .filter(r -> !r.equals("DATA_UNAVAILABLE"))
                        .toList());
        assertThat(verdicts).contains("REJECT");
    }

    @Test
    void portionsComeByTheirWeight() {
        Population population = read(CityPackages.of("skills-award"));
        Map<String, Integer> levels = new HashMap<>();
        int unknown = 0, people = 400_000;
        for (long n = 0; n < people; n++) {
            Object level = facts(population, 5, n).get("certificateLevel");
            if (level == null) unknown++;
            else levels.merge((String) level, 1, Integer::sum);
        }
        assertThat(unknown / (double) people).isBetween(.0036, .0044);
        assertThat(levels.get("FIVE") / (double) people).isBetween(.295, .303);
        assertThat(levels.get("CHIEF") / (double) people).isBetween(.0008, .0012);
    }

    @Test
    void aMarginFollowsTheFactThatItDependsOn() {
        Population population = read(CityPackages.of("recruitment-subsidy"));
        long[] years = new long[2], count = new long[2];
        for (long n = 0; n < 50_000; n++) {
            Map<String, Object> facts = facts(population, 5, n);
            int at = "DOCTOR".equals(facts.get("degree")) ? 1 : 0;
            years[at] += LocalDate.ofEpochDay(DAY).getYear() - ((LocalDate) facts.get("birthDate")).getYear();
            count[at]++;
        }
        assertThat(years[1] / (double) count[1]).isGreaterThan(years[0] / (double) count[0] + 4);
    }

    @Test
    void onePersonIsTheSameInAPackageWithOneMoreFact() {
        PolicyPackage more = CityPackages.with(
                "skills-award",
                "scheme.yaml",
                text -> text.replace(
                        "  - inPost\n",
                        "  - {name: livesHere, type: boolean, source: applicant, label: {zh: 常住, en: Lives here}}\n  - inPost\n"));
        Map<String, Object> before = facts(read(CityPackages.of("skills-award")), 9, 77),
                after = facts(read(more), 9, 77);
        assertThat(after.keySet()).contains("livesHere");
        after.remove("livesHere");
        assertThat(after).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNKNOWN_FACT | inPost: | inpost:",
                "UNKNOWN_VALUE | JINJIANG: 88 | JINJIAN: 88",
                "SPREAD | contractMonths:~    status | contractMonths:~    codes: {A: 1}~    status",
                "RANGE | {from: 12, to: 35, weight: 32} | {from: 35, to: 12, weight: 32}",
                "NUMBER | weight: 820 | weight: -820",
                "UNKNOWN_WORD | unit: years | unit: weeks",
                "MISSING | sets: | setz:",
                "BREAKDOWN | employerRegion, employerType] | contractMonths]",
                "UNKNOWN_NAME | by: employerType | by: awardPaidThisYear",
                "NUMBER | unknown: 20 | unknown: 1001",
                "UNKNOWN_KEY | about: | abouts:",
                "NOT_YAML | margins: | margins: ]"
            })
    void amistakeIsToldWithItsPlace(String code, String from, String to) {
        PolicyPackage wrong = CityPackages.with(
                "skills-award",
                PopulationReader.FILE,
                text -> text.replace(from.replace('~', '\n'), to.replace('~', '\n')));
        Findings findings = new Findings();
        new PopulationCheck().check(wrong, findings);
        assertThat(findings.all()).extracting("code").contains(code);
        assertThat(findings.all().get(0).field()).startsWith("population.yaml, ");
    }

    @Test
    void aPackageMayHaveNone() {
        var files = new TreeMap<>(CityPackages.FOLDERS.files("skills-award"));
        files.remove(PopulationReader.FILE);
        assertThat(new String(
                        CityPackages.of("skills-award").files().get(PopulationReader.FILE), StandardCharsets.UTF_8))
                .contains("margins");
        Population population = read(new PolicyPackage(
                "skills-award",
                PolicyPackage.hash(files),
                CityPackages.of("skills-award").catalogue(),
                CityPackages.of("skills-award").steps(),
                CityPackages.of("skills-award").rulesets(),
                Map.of(),
                files));
        assertThat(population.breakdown).hasSize(2);
        assertThat(population.told()).allMatch(t -> t.status() == null);
    }
}
