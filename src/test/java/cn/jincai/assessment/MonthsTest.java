package cn.jincai.assessment;

import static cn.jincai.assessment.BreadStall.DAY;
import static cn.jincai.assessment.BreadStall.baker;
import static cn.jincai.assessment.BreadStall.months;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.verification.Verifier;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two thirds of each month's rent, up to the limit of that month, for the months in which one was insured; and what else is made of months. */
@Tag("issue-16.3")
class MonthsTest {
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());
    private final PolicyPackage stalls = new BreadStall().read();

    private Benefit aid(PolicyPackage policy, Map<String, Object> facts) {
        return assessments
                .assess(policy, DAY, facts, Adjustments.NONE)
                .benefit("STALL_AID")
                .orElseThrow();
    }

    private static Map<String, Object> with(String fact, Object value) {
        Map<String, Object> facts = baker();
        facts.put(fact, value);
        return facts;
    }

    @Test
    void eachMonthHasItsOwnLimitAndTheQuarterIsTheirSum() {
        Benefit aid = aid(stalls, baker());
        assertThat(aid.verdict()).isEqualTo(Verdict.APPROVE);
        assertThat(aid.amountFen()).isEqualTo(50_000 + 60_000 + 50_000);
    }

    @Test
    void aMonthWithoutInsuranceGivesNothingWhateverItsRent() {
        Map<String, Object> facts = with("insured", months("2025-11", true, true, true, false, true));
        facts.put("stallRent", months("2026-01", 120_000L, null, 75_000L));
        assertThat(aid(stalls, facts).amountFen()).isEqualTo(50_000 + 50_000);
    }

    @Test
    void aMonthOfWhichNobodyKnowsNamesItsFact() {
        for (Map<String, Object> rents : List.of(
                months("2026-01", 120_000L, 120_000L),
                months("2026-01", 120_000L, null, 75_000L),
                months("2024-01", 120_000L))) {
            Benefit aid = aid(stalls, with("stallRent", rents));
            assertThat(aid.verdict()).isEqualTo(Verdict.MANUAL);
            assertThat(aid.reasons())
                    .singleElement()
                    .satisfies(r -> assertThat(r.code()).isEqualTo(Reason.DATA_UNAVAILABLE))
                    .satisfies(r -> assertThat(r.fact()).isEqualTo("stallRent"))
                    .satisfies(r -> assertThat(r.message().en()).contains("Rent of the stall"));
        }
        Map<String, Object> nothing = baker();
        nothing.remove("claimPeriod");
        assertThat(aid(stalls, nothing).reasons()).extracting(Reason::fact).contains("claimPeriod");
    }

    @Test
    void theQuarterHasDaysThatCellsCompare() {
        assertThat(aid(stalls, with("claimPeriod", "2026-Q2")).reasons())
                .extracting(Reason::code)
                .contains("QUARTER_NOT_OVER");
        Reason late = aid(stalls, with("claimPeriod", "2025-Q3")).reasons().stream()
                .filter(r -> r.code().equals("QUARTER_TOO_OLD"))
                .findFirst()
                .orElseThrow();
        assertThat(late.message().en()).contains("2026-03-30");
        assertThat(late.actual()).isEqualTo("2025-Q3");
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "longestRun   | true true false true true true                | 3",
                "longestRun   | true true true null false                     | null",
                "longestRun   | true true true false null                     | 3",
                "countMonths  | true false true                               | 2",
                "countMonths  | true null true                                | null",
                "gaps         | false true false false true false             | 2",
                "gaps         | false                                         | 0",
                "gaps         | true null true                                | null"
            })
    void whatIsCountedOfMonths(String word, String told, String expected) {
        PolicyPackage policy = new BreadStall()
                .withDerived("{fact: counted, as: " + word + ", of: insured}")
                .read();
        Object[] values = Stream.of(told.split(" "))
                .map(v -> v.equals("null") ? null : (Object) Boolean.valueOf(v))
                .toArray();
        assertThat(made(policy, "counted", with("insured", months("2025-12", values))))
                .isEqualTo(expected.equals("null") ? null : (Long) Long.parseLong(expected));
    }

    /** What a derived value comes to; null where it is not known. */
    private Long made(PolicyPackage policy, String derived, Map<String, Object> facts) {
        SchemeRules rules = assessments.rules(policy);
        Slots slots = rules.vocabulary.slots(DAY, facts);
        Evaluation e = Evaluation.of(rules.on(slots, Set.of()), slots, assessments.calendar(), Adjustments.NONE);
        int slot = rules.vocabulary.slot(derived);
        return e.slots.isKnown(slot) ? (Long) e.slots.value[slot] : null;
    }

    @Test
    void theExplanationTellsMonthsThatAreAlikeOnce() {
        Explained explained = new Explanations(assessments).explain(stalls, DAY, baker(), Adjustments.NONE);
        List<Explained.Line> lines = explained.benefits().get(0).sum();
        assertThat(lines).extracting(l -> l.what().en()).contains("January 2026", "February 2026", "March 2026");
        assertThat(lines.get(0).arithmetic().en())
                .contains("Rent of the stall 1,200 yuan", "2/3", "Most for a month 500 yuan");
        assertThat(lines.get(1).arithmetic().en()).contains("Most for a month 600 yuan");
        assertThat(lines).extracting(Explained.Line::value).startsWith(50_000L, 60_000L, 50_000L, 160_000L);
        assertThat(lines.get(3).arithmetic().en()).isEqualTo("1 × 500 yuan + 1 × 600 yuan + 1 × 500 yuan");
        List<Explained.Line> alike = new Explanations(assessments)
                .explain(stalls, DAY, with("stallRent", months("2026-01", 60_000L, 60_000L, 60_000L)), Adjustments.NONE)
                .benefits()
                .get(0)
                .sum();
        assertThat(alike).hasSize(5); // January by the old limit, February and March by the new one
        assertThat(alike.get(1).what().zh()).isEqualTo("2026年2月至2026年3月每月");
        assertThat(alike.get(2).arithmetic().en()).isEqualTo("1 × 400 yuan + 2 × 400 yuan");
    }

    @Test
    void aConditionTellsTheMonthsThatItWasFoundFrom() {
        Explained explained = new Explanations(assessments)
                .explain(stalls, DAY, with("insured", months("2026-01", true, true, false)), Adjustments.NONE);
        Explained.Condition condition = explained.benefits().get(0).conditions().stream()
                .filter(c -> c.rule().equals("S-05"))
                .findFirst()
                .orElseThrow();
        assertThat(condition.official().zh()).contains("2026年1月至2026年2月每月：是；2026年3月：否");
    }

    @Test
    void nothingIsAdvisedAboutMonths() {
        Explained explained = new Explanations(assessments)
                .explain(stalls, DAY, with("insured", months("2026-01", true, true, false)), Adjustments.NONE);
        assertThat(explained.benefits().get(0).changes()).isEmpty();
    }

    /** Drawn at random and reckoned in the plainest way that there is. */
    @Test
    void randomMonthsComeToWhatAPlainSumSays() {
        Random random = new Random(16);
        PolicyPackage policy = new BreadStall()
                .withDerived("{fact: monthsOfAid, as: countMonths, of: aidOfTheMonth}")
                .withDerived("{fact: monthsWithout, as: gaps, of: aidOfTheMonth}")
                .withDerived("{fact: leastAid, as: leastOfMonths, of: aidOfTheMonth}")
                .withDerived("{fact: mostRent, as: mostOfMonths, of: stallRent, in: claimPeriod}")
                .read();
        for (int i = 0; i < 3_000; i++) {
            YearMonth first = YearMonth.of(2025, 1 + random.nextInt(12));
            Map<String, Object> rents = new TreeMap<>(), insured = new TreeMap<>();
            for (int m = 0; m < 1 + random.nextInt(15); m++) {
                String month = first.plusMonths(m).toString();
                rents.put(month, random.nextInt(12) == 0 ? null : (Object) (long) random.nextInt(150_000));
                insured.put(month, random.nextInt(20) == 0 ? null : (Object) (random.nextInt(4) > 0));
            }
            int quarter = 1 + random.nextInt(4), year = 2025 + random.nextInt(2);
            Map<String, Object> facts = with("claimPeriod", year + "-Q" + quarter);
            facts.put("stallRent", rents);
            facts.put("insured", insured);
            long sum = 0, count = 0, least = Long.MAX_VALUE, most = 0;
            boolean known = true, rentsKnown = true;
            for (int m = 3 * quarter - 2; m <= 3 * quarter; m++) {
                String month = YearMonth.of(year, m).toString();
                Object rent = rents.get(month), held = insured.get(month);
                rentsKnown &= rent != null;
                if (rent != null) most = Math.max(most, (Long) rent);
                if (held == null || held.equals(true) && rent == null) known = false;
                else if (held.equals(true)) {
                    long limit = YearMonth.of(year, m).isBefore(YearMonth.of(2026, 2)) ? 50_000 : 60_000;
                    long aid = Math.min(limit, (Long) rent * 2 / 3);
                    sum += aid;
                    if (aid > 0) count++;
                    least = Math.min(least, aid);
                }
            }
            assertThat(made(policy, "aidOfTheQuarter", facts)).isEqualTo(known ? (Long) sum : null);
            assertThat(made(policy, "monthsOfAid", facts)).isEqualTo(known ? (Long) count : null);
            assertThat(made(policy, "monthsWithout", facts)).isEqualTo(known ? (Long) (3 - count) : null);
            assertThat(made(policy, "leastAid", facts))
                    .isEqualTo(known ? (Long) (least == Long.MAX_VALUE ? 0 : least) : null);
            assertThat(made(policy, "mostRent", facts)).isEqualTo(rentsKnown ? (Long) most : null);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"stallRent\": {\"2026-01\": 1, \"2026-02\": null}    | ",
                "\"stallRent\": {}                                     | ",
                "\"stallRent\": {\"2026-13\": 1}                       | facts.stallRent.2026-13 MONTH",
                "\"stallRent\": {\"2026-1\": 1}                        | facts.stallRent.2026-1 MONTH",
                "\"stallRent\": {\"2026-Q1\": 1}                       | facts.stallRent.2026-Q1 MONTH",
                "\"stallRent\": {\"2026-01\": 1, \"2026-03\": 1}       | facts.stallRent.2026-02 MONTH_MISSING",
                "\"stallRent\": {\"2026-01\": true}                    | facts.stallRent.2026-01 WRONG_TYPE",
                "\"stallRent\": {\"2026-01\": -1}                      | facts.stallRent.2026-01 OUT_OF_RANGE",
                "\"stallRent\": {\"2026-01\": 1.5}                     | facts.stallRent.2026-01 WRONG_TYPE",
                "\"stallRent\": 5                                      | facts.stallRent WRONG_TYPE",
                "\"insured\": {\"2026-01\": 1}                         | facts.insured.2026-01 WRONG_TYPE",
                "\"claimPeriod\": \"2026-Q1\"                          | ",
                "\"claimPeriod\": \"2026-Q5\"                          | facts.claimPeriod PERIOD",
                "\"claimPeriod\": \"2026-H1\"                          | facts.claimPeriod PERIOD",
                "\"claimPeriod\": \"2026-01\"                          | facts.claimPeriod PERIOD",
                "\"claimPeriod\": 2026                                 | facts.claimPeriod WRONG_TYPE"
            })
    void whatIsToldOfMonthsIsReadExactlyOrRefusedByItsField(String told, String mistake) throws Exception {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, Object> facts =
                new Facts(null).read(stalls.catalogue(), new JsonMapper().readTree("{" + told + "}"), mistakes);
        if (mistake == null) {
            assertThat(mistakes).isEmpty();
            assertThat(facts).hasSize(1);
        } else {
            assertThat(mistakes).extracting(m -> m.field() + " " + m.code()).containsExactly(mistake);
            assertThat(facts).isEmpty();
        }
    }

    @Test
    void moreMonthsThanFiftyYearsAreRefused() {
        List<Mistake> mistakes = new ArrayList<>();
        Object[] values = new Object[601];
        java.util.Arrays.fill(values, 1L);
        new Facts(null)
                .read(
                        stalls.catalogue(),
                        new JsonMapper().valueToTree(Map.of("stallRent", months("1970-01", values))),
                        mistakes);
        assertThat(mistakes).extracting(Mistake::code).containsExactly("TOO_MANY_MONTHS");
    }

    @ParameterizedTest(name = "{2}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "in: claimPeriod, is | is                                    | OVER_NOTHING",
                "as: forEachMonth    | as: forEachMonths                     | UNKNOWN_WORD",
                "in: claimPeriod     | in: stallRent                         | UNKNOWN_NAME",
                "only: insured       | only: stallRent                       | ONLY",
                "only: insured       | only: banned                          | UNKNOWN_NAME",
                "of: aidOfTheMonth   | of: claimPeriod                       | UNKNOWN_NAME",
                "of: aidOfTheMonth   | of: insured                           | NO_NUMBERS",
                "of: aidOfTheMonth   | 'of: aidOfTheMonth, in: claimPeriod'  | OVER_OF_EACH",
                "as: lastDayOf, of: claimPeriod | 'as: lastDayOf, of: stallRent' | UNKNOWN_NAME",
                "share(stallRent,    | share(insured,                        | DERIVED",
                "share(stallRent,    | share(aidOfTheMonth,                  | DERIVED",
                "share(stallRent,    | share(aidOfTheQuarter,                | DERIVED",
                "share(stallRent,    | share(claimPeriod,                    | DERIVED",
                "of: quarter         | of: week                              | UNKNOWN_WORD",
                "of: boolean, source: insurance | 'of: boolean, source: own-records' | COUNTED_MONTHS",
                "of: boolean, source | 'of: boolean, whenAbsent: none, source' | MONTHS_ABSENT",
                "of: boolean, source | 'of: boolean, changes: freely, source'  | MONTHS_CHANGE"
            })
    void whatMakesNoSenseIsFoundBeforeItIsPublished(String was, String is, String code) {
        assertThat(new BreadStall().with(BreadStall.SCHEME, was, is).findings())
                .extracting(Mistake::code)
                .contains(code);
    }

    @Test
    void aCellReadsNoSeriesNoPeriodAndNoParameterOfTheMonth() {
        for (String column : List.of("stallRent", "claimPeriod", "aidOfTheMonth", "aidAMonth"))
            assertThat(new BreadStall()
                            .with(BreadStall.CONDITIONS, "<text>longestInsured</text>", "<text>" + column + "</text>")
                            .findings())
                    .extracting(m -> m.message().en())
                    .anyMatch(m -> m.contains("'" + column + "'"));
    }

    @Test
    void theWordsForMonthsAreReadOut() {
        Explained explained = new Explanations(assessments).explain(stalls, DAY, baker(), Adjustments.NONE);
        assertThat(explained.benefits().get(0).conditions())
                .filteredOn(c -> c.rule().equals("A-01"))
                .singleElement()
                .satisfies(c -> assertThat(c.plain().en()).contains("Aid for the quarter"));
    }

    /** Somebody answers one question after the other; what is settled in the end is what all facts give. */
    @Test
    void aSeriesIsAskedForWhereItMattersAndNoMonthIsTriedForThat() {
        NextQuestion next = new NextQuestion(assessments);
        Map<String, Object> all = baker(), told = new java.util.HashMap<>();
        NextQuestion.Next open = next.after(stalls, DAY, told);
        assertThat(open.questions())
                .extracting(NextQuestion.Question::fact)
                .contains("claimPeriod", "stallRent", "insured");
        while (!open.questions().isEmpty()) {
            String fact = open.questions().get(0).fact();
            assertThat(told).doesNotContainKey(fact);
            told.put(fact, all.get(fact));
            open = next.after(stalls, DAY, told);
        }
        assertThat(open.settled())
                .singleElement()
                .satisfies(s -> assertThat(s.amountFen()).isEqualTo(160_000));
        told.put(
                "stallRent",
                months("2026-01", 120_000L)); // two months stay unknown: nothing is left to ask, a person decides
        assertThat(next.after(stalls, DAY, told).settled())
                .singleElement()
                .satisfies(s -> assertThat(s.verdict()).isEqualTo(Verdict.MANUAL));
    }

    private static List<Mistake> verified(PolicyPackage policy) {
        Findings findings = new Findings();
        new Verifier(CityCalendar::calendar, () -> DAY).check(policy, findings);
        return Stream.concat(findings.all().stream(), findings.warnings().stream())
                .toList();
    }

    @Test
    void whatIsMadeOfMonthsIsSearchedAsAFactOfItsOwn() {
        assertThat(verified(stalls)).isEmpty();
        String benefits = "rulesets/2026-01/benefits.dmn";
        assertThat(verified(
                        new BreadStall().with(benefits, "&gt; 0", "&gt; 5000").read()))
                .extracting(Mistake::code)
                .contains("GAP");
        assertThat(verified(new BreadStall()
                        .with(BreadStall.CONDITIONS, "&lt; monthsInARow", "&lt; 0")
                        .read()))
                .extracting(Mistake::code)
                .contains("NEVER_HOLDS");
    }

    /** Two rows that hold together stop a package where somebody's months make them hold; where nobody's were found, a person signs. */
    @Test
    void aContradictionOverMonthsIsARealOneOrToBeSigned() {
        assertThat(verified(new BreadStall()
                        .withRow("longestInsured", "&gt; 2", "rentOf")
                        .read()))
                .extracting(Mistake::code)
                .contains("CONTRADICTION")
                .doesNotContain("CONTRADICTION_OVER_MONTHS");
        // more than three months of a quarter are never insured in it; the numbers by themselves do not say so
        PolicyPackage never = new BreadStall()
                .withDerived("{fact: monthsOfAid, as: countMonths, of: aidOfTheMonth}")
                .withRow("monthsOfAid", "0", "rentOf")
                .read();
        assertThat(verified(never))
                .extracting(Mistake::code)
                .contains("CONTRADICTION_OVER_MONTHS")
                .doesNotContain("CONTRADICTION");
    }

    @Test
    void twoYearsOfSeveralSeriesGoThroughTheSearch() {
        PolicyPackage wide = new BreadStall()
                .withDerived(
                        "{fact: lastYears, as: sumOfMonths, of: stallRent, from: stallOpenedOn, to: applicationDate}")
                .withDerived("{fact: insuredMonths, as: countMonths, of: insured}")
                .withDerived("{fact: holes, as: gaps, of: insured, from: stallOpenedOn, to: applicationDate}")
                .withDerived("{fact: dearest, as: mostOfMonths, of: stallRent}")
                .withRow("insuredMonths", "&gt; 24", "dearest")
                .read();
        assertThat(verified(wide)).extracting(Mistake::code).containsExactly("CONTRADICTION_OVER_MONTHS");
    }
}
