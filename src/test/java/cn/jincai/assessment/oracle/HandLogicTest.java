package cn.jincai.assessment.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.oracle.HandAnswer.Benefit;
import cn.jincai.assessment.oracle.HandAnswer.Reason;
import cn.jincai.assessment.oracle.RandomFacts.Person;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of any reading of the rulebook, tried on the one written by hand: it is a referee only as far as it keeps these. */
class HandLogicTest {
    private static final int PEOPLE = 20_000;
    /** Where null is an answer of its own, not something unknown. */
    private static final Set<String> NULL_SAYS_SOMETHING =
            Set.of("recognisedLevel", "instalment", "instalmentsGranted");

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award"})
    void noRefusalEverRestsOnWhatIsUnknown(String scheme) {
        SplittableRandom random = new SplittableRandom(20_261_124);
        int refusedWithUnknowns = 0;
        for (int i = 0; i < PEOPLE; i++) {
            Person person = RandomFacts.of(scheme, random);
            HandAnswer first = HandAnswer.assess(scheme, person.applied(), person.facts());
            Map<String, Object> completed = new HashMap<>(person.facts());
            RandomFacts.of(scheme, random).facts().forEach((fact, value) -> {
                if (!NULL_SAYS_SOMETHING.contains(fact)) completed.putIfAbsent(fact, value);
            });
            HandAnswer second = HandAnswer.assess(scheme, person.applied(), completed);
            for (int b = 0; b < first.benefits().size(); b++) {
                Benefit before = first.benefits().get(b),
                        after = second.benefits().get(b);
                if (before.verdict() != Verdict.REJECT) continue;
                if (completed.size() > person.facts().size()) refusedWithUnknowns++;
                assertThat(after.verdict())
                        .as("%s %s, then %s", person.applied(), person.facts(), completed)
                        .isEqualTo(Verdict.REJECT);
                List<String> refusals = before.reasons().stream()
                        .filter(r -> r.effect() == Verdict.REJECT)
                        .map(Reason::code)
                        .toList();
                List<String> later = after.reasons().stream().map(Reason::code).toList();
                // a row that was possible may turn out not to hold: then there is no criterion, rather than nothing
                // better than what is held
                assertThat(refusals)
                        .allMatch(code ->
                                later.contains(code) || code.equals("DUPLICATE") && later.contains("NO_CRITERION"));
            }
        }
        assertThat(refusedWithUnknowns).isGreaterThan(PEOPLE / 20);
    }

    @Test
    void aLevelIsForCertainExactlyWhenNoAnswerCouldTakeItAwayAndOpenExactlyWhenOneCouldMakeItBetter() {
        SplittableRandom random = new SplittableRandom(4);
        int open = 0, betterThanCertain = 0;
        for (int i = 0; i < PEOPLE; i++) {
            Person person = RandomFacts.of("talent-recognition", random);
            Map<String, Object> facts = new HashMap<>(person.facts());
            facts.putAll(Map.of(
                    "identityVerified",
                    true,
                    "banned",
                    false,
                    "employerType",
                    "PRIVATE_ENTERPRISE",
                    "employerRegion",
                    "JINJIANG",
                    "inPost",
                    true,
                    "contractMonths",
                    36L,
                    "insuredMonthsConsecutive",
                    6L));
            facts.remove("recognisedLevel");
            Benefit status = HandAnswer.assess("talent-recognition", person.applied(), facts)
                    .benefits()
                    .get(0);
            int worst = 0, best = 6;
            for (Map<String, Object> answered : completions(facts, person.applied())) {
                Benefit then = HandAnswer.assess("talent-recognition", person.applied(), answered)
                        .benefits()
                        .get(0);
                int level = then.level() == null ? 6 : then.level();
                worst = Math.max(worst, level);
                best = Math.min(best, level);
            }
            int level = status.level() == null ? 6 : status.level();
            boolean asksForMore =
                    status.reasons().stream().anyMatch(r -> r.code().equals("DATA_UNAVAILABLE"));
            assertThat(asksForMore)
                    .as("%s %s: from %s to %s", person.applied(), facts, best, worst)
                    .isEqualTo(best < level);
            // a row may be certain by one answer or by another, which no single row shows: then the level is worse than
            // what all answers give
            assertThat(level).isGreaterThanOrEqualTo(worst);
            assertThat(status.reasons().stream().anyMatch(r -> r.code().equals("NO_CRITERION")))
                    .isEqualTo(best == 6);
            if (asksForMore) open++;
            if (asksForMore && level < 6) betterThanCertain++;
        }
        assertThat(open).isGreaterThan(PEOPLE / 10);
        assertThat(betterThanCertain).isGreaterThan(100);
    }

    @Test
    void thePeopleDrawnMeetEveryReasonAndEveryVerdictOften() {
        SplittableRandom random = new SplittableRandom(7);
        for (String scheme : WorkedCases.SCHEMES) {
            Map<String, Integer> met = new TreeMap<>();
            for (int i = 0; i < PEOPLE; i++) {
                Person person = RandomFacts.of(scheme, random);
                for (Benefit benefit : HandAnswer.assess(scheme, person.applied(), person.facts())
                        .benefits()) {
                    met.merge(benefit.code() + " " + benefit.verdict(), 1, Integer::sum);
                    if (benefit.reasons().size() == 1)
                        met.merge(
                                benefit.code() + " only "
                                        + benefit.reasons().get(0).code(),
                                1,
                                Integer::sum);
                }
            }
            assertThat(met.values()).as(scheme + " " + met).allMatch(times -> times >= 5);
            for (Verdict verdict : Verdict.values())
                assertThat(met.entrySet())
                        .as("%s %s %s", scheme, verdict, met)
                        .anyMatch(e -> e.getKey().endsWith(" " + verdict) && e.getValue() > PEOPLE / 100);
        }
    }

    /** Each unknown fact that the rows read, answered in every way that makes a difference. */
    private static List<Map<String, Object>> completions(Map<String, Object> facts, LocalDate applied) {
        List<Map<String, Object>> all = List.of(facts);
        all = each(
                all,
                "evidence",
                List.of(
                        List.of(),
                        List.of("ACADEMICIAN"),
                        List.of("FUJIAN_A"),
                        List.of("FUJIAN_B"),
                        List.of("FUJIAN_C"),
                        List.of("DOCTORATE"),
                        List.of("SENIOR_TECHNICIAN")));
        all = each(all, "listedIndustry", List.of(true, false));
        all = each(all, "annualTaxablePay", List.of(0L, 40_000_000L, 60_000_000L, 100_000_000L, 150_000_000L));
        all = each(all, "taxedMonthsInJinjiang", List.of(5L, 6L));
        LocalDate birth = (LocalDate) facts.get("birthDate");
        if (birth != null && birth.isAfter(applied))
            all = all.stream().map(HandLogicTest::withoutBirth).toList();
        return each(
                all,
                "birthDate",
                List.of(
                        applied.minusYears(50),
                        applied.minusYears(55),
                        applied.minusYears(60),
                        applied.minusYears(65),
                        applied.minusYears(66)));
    }

    private static Map<String, Object> withoutBirth(Map<String, Object> facts) {
        Map<String, Object> without = new HashMap<>(facts);
        without.remove("birthDate");
        return without;
    }

    private static List<Map<String, Object>> each(List<Map<String, Object>> all, String fact, List<Object> answers) {
        return all.stream()
                .flatMap(facts -> facts.containsKey(fact)
                        ? Stream.of(facts)
                        : answers.stream().map(answer -> {
                            Map<String, Object> with = new HashMap<>(facts);
                            with.put(fact, answer);
                            return with;
                        }))
                .toList();
    }
}
