package cn.jincai.assessment;

import static cn.jincai.assessment.CraftHouse.DAY;
import static cn.jincai.assessment.CraftHouse.luthier;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.assessment.verification.Verifier;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scale;
import cn.jincai.policy.Scale.Bracket;
import cn.jincai.policy.gate.ChangedSums;
import cn.jincai.policy.gate.ValidityGaps;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Up to 3 hires 2 000 yuan each, each further one 3 000, at most 30 000; a lay-off rate of 5.5 %, for up to 30 employees 20 %. */
@Tag("issue-16.2")
class ScalesTest {
    private static final String
            BONUS = "{brackets: [{from: 1, to: 3, each: 200000}, {from: 4, each: 300000}], atMost: 3000000}",
            LIMIT = "{brackets: [{from: 0, to: 30, flat: 20}, {from: 31, flat: 5.5}]}";
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    /** The nights away stand for what is measured, and the house money is what the scale gives, cut by nothing. */
    private static CraftHouse paidBy(String gives, String is, String calculation) {
        return new CraftHouse()
                .withParameter(parameter("ladder", gives, is))
                .with(CraftHouse.SCHEME, "\"rentAYear * 2\"", "'" + calculation + "'");
    }

    private static String parameter(String name, String gives, String is) {
        return name + ": {unit: scale, gives: " + gives
                + ", label: {zh: 分档标准, en: Ladder}, values: {always: {is: " + is
                + ", status: ILLUSTRATIVE, source: craft-order}}}";
    }

    /** Whose rate is above what his size allows, a person looks at. */
    private static CraftHouse limitedBy(String is, String cell) {
        return new CraftHouse()
                .with(CraftHouse.SCHEME, "name: rentAYear, type: fen, max: 100000000", "name: rentAYear, type: percent")
                .with(CraftHouse.SCHEME, "\"rentAYear * 2\"", "\"9000000\"")
                .with(CraftHouse.FORM, "\"unit\": \"fen\"", "\"unit\": \"percent\"")
                .with(
                        CraftHouse.CONDITIONS,
                        "<inputExpression id=\"housing-nightsAway-x\"><text>nightsAway",
                        "<inputExpression id=\"housing-nightsAway-x\"><text>rentAYear")
                .with(CraftHouse.CONDITIONS, "&gt; nightsAtMost", cell)
                .withParameter(parameter("ladder", "percent", is));
    }

    private Benefit houseMoney(PolicyPackage policy, Map<String, Object> facts) {
        return assessments
                .assess(policy, DAY, facts, Adjustments.NONE)
                .benefit("HOUSE_MONEY")
                .orElseThrow();
    }

    private static Map<String, Object> measured(long number) {
        Map<String, Object> facts = luthier();
        facts.put("nightsAway", number);
        facts.put("roof", "OWNED");
        return facts;
    }

    @ParameterizedTest(name = "{0} hires: {1} fen")
    @CsvSource({"0, 0", "1, 200000", "3, 600000", "4, 900000", "5, 1200000", "6, 1500000", "36, 1500000"})
    void soMuchForEachOfTheFirstAndSoMuchForEachFurtherOne(long hires, long fen) {
        PolicyPackage policy = paidBy("fen", BONUS, "scale(nightsAway, ladder)").read();
        assertThat(houseMoney(policy, measured(hires)).instalments().stream()
                        .mapToLong(Instalment::amountFen)
                        .sum())
                .as("cut at the 1,500,000 fen of the table")
                .isEqualTo(fen);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"0, 100", "30, 100", "31, 50000", "36, 50000"})
    void oneSumByTheBracketIntoWhichTheNumberFalls(long number, long fen) {
        PolicyPackage policy = paidBy(
                        "fen",
                        "{brackets: [{from: 0, to: 30, flat: 100}, {from: 31, flat: 50000}]}",
                        "scale(nightsAway, ladder)")
                .read();
        assertThat(houseMoney(policy, measured(number)).instalments().stream()
                        .mapToLong(Instalment::amountFen)
                        .sum())
                .isEqualTo(fen);
    }

    @ParameterizedTest(name = "{0} employees, {1} %: {2}")
    @CsvSource({
        "30, 20,      APPROVE",
        "30, 20.0001, MANUAL",
        "31, 5.5,     APPROVE",
        "31, 5.51,    MANUAL",
        "31, 20,      MANUAL",
        "0,  12.5,    APPROVE"
    })
    void aThresholdGoesByTheSizeOfTheEmployer(long employees, BigDecimal rate, Verdict verdict) {
        Map<String, Object> facts = measured(employees);
        facts.put("rentAYear", rate);
        PolicyPackage policy =
                limitedBy(LIMIT, "&gt; scale(nightsAway, ladder)").read();
        assertThat(houseMoney(policy, facts).verdict()).isEqualTo(verdict);
        if (verdict == Verdict.MANUAL)
            assertThat(houseMoney(policy, facts).reasons().get(0).required())
                    .isEqualTo(new BigDecimal(employees > 30 ? "5.5" : "20"));
    }

    @Test
    void whatAScaleGivesIsTheRateOfAShare() {
        PolicyPackage policy = paidBy(
                        "percent", LIMIT, "share(rentAYear, scale(nightsAway, ladder), \"down\", \"fen\")")
                .read();
        assertThat(houseMoney(policy, measured(31)).instalments().stream()
                        .mapToLong(Instalment::amountFen)
                        .sum())
                .isEqualTo(66_000);
    }

    @Test
    void eachLineShowsBracketHowManyAtHowMuchAndTheCap() {
        PolicyPackage policy = paidBy("fen", BONUS.replace("3000000", "1000000"), "scale(nightsAway, ladder)")
                .read();
        Explained explained = new Explanations(assessments).explain(policy, DAY, measured(5), Adjustments.NONE);
        List<Explained.Line> lines = explained.benefits().get(1).sum();
        assertThat(lines.stream().map(l -> l.what().en() + ": " + l.arithmetic().en() + " = " + l.value()))
                .contains(
                        "Ladder (1 to 3): 3 × 2,000 yuan = 600000",
                        "Ladder (from 4 on): 2 × 3,000 yuan = 600000",
                        "At most: \"Ladder\": the smaller of 12,000 yuan and 10,000 yuan = 1000000");
        assertThat(lines.stream().map(l -> l.arithmetic().zh()))
                .anyMatch(zh -> zh.contains("分档标准（1至3：每个2,000元；4以上：每个3,000元；最高10,000元）"));
    }

    @Test
    void aCellWithAScaleStaysASentence() {
        PolicyPackage policy =
                limitedBy(LIMIT, "&gt; scale(nightsAway, ladder)").read();
        Map<String, Object> facts = measured(31);
        facts.put("rentAYear", new BigDecimal("6"));
        Explained explained = new Explanations(assessments).explain(policy, DAY, facts, Adjustments.NONE);
        Explained.Condition condition = explained.benefits().get(1).conditions().stream()
                .filter(c -> c.rule().equals("K-09"))
                .findFirst()
                .orElseThrow();
        assertThat(condition.demand().en())
                .isEqualTo("Rent a year is at most what Ladder (0 to 30: 20%; from 31 on: 5.5%) gives for Nights away");
        assertThat(condition.demand().zh()).isEqualTo("年租金不超过按分档标准（0至30：20%；31以上：5.5%）对离开的夜数分档得出的数值");
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{brackets: [{from: 1, to: 3, each: 1}, {from: 3, each: 2}]}           | OVERLAP",
                "{brackets: [{from: 1, to: 3, each: 1}, {from: 5, each: 2}]}           | HOLE",
                "{brackets: [{from: 1, to: 0, each: 1}, {from: 1, each: 2}]}           | NOT_RISING",
                "{brackets: [{from: 0, each: 1}]}                                      | BEGINNING",
                "{brackets: [{from: 1, flat: 1}]}                                      | BEGINNING",
                "{brackets: [{from: 1, to: 3, each: 1}]}                               | END",
                "{brackets: [{from: 1, each: 1}, {from: 4, each: 2}]}                  | END",
                "{brackets: [{from: 1, to: 3, each: 1}, {from: 4, flat: 2}]}           | EACH_OR_FLAT",
                "{brackets: [{from: 1, to: 3}, {from: 4, each: 2}]}                    | EACH_OR_FLAT",
                "{brackets: []}                                                        | MISSING",
                "200000                                                                | MISSING",
                "{brackets: [{from: 0, flat: 1}], atMost: 5}                           | AT_MOST",
                "{brackets: [{from: 1, each: -5}]}                                     | NUMBER",
                "{brackets: [{from: 1, each: 5, till: 3}]}                             | UNKNOWN_KEY"
            })
    void whatIsNoScaleIsToldWithFileAndLine(String is, String code) {
        List<Mistake> findings = paidBy("fen", is, "scale(nightsAway, ladder)").findings();
        assertThat(findings).anySatisfy(m -> {
            assertThat(m.code()).isEqualTo(code);
            assertThat(m.field()).contains("parameters.yaml", "line 2", "ladder");
            assertThat(m.message().zh()).containsPattern("\\p{IsHan}");
        });
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{brackets: [{from: 0, flat: 101}]}  | percent | scale(nightsAway, ladder)      | PERCENT",
                "{brackets: [{from: 1, each: 5}]}    | percent | scale(nightsAway, ladder)      | EACH_PERCENT",
                "{brackets: [{from: 0, flat: 5}]}    | percent | scale(nightsAway, ladder)      | DERIVED",
                "{brackets: [{from: 0, flat: 5}]}    | fen     | share(rentAYear, scale(nightsAway, ladder), \"down\", \"fen\") | DERIVED",
                "{brackets: [{from: 0, flat: 5}]}    | fen     | ladder * 2                     | DERIVED",
                "{brackets: [{from: 0, flat: 5}]}    | fen     | scale(nightsAway, rentedFen)   | DERIVED",
                "{brackets: [{from: 0, flat: 5}]}    | fen     | scale(ladder, nightsAway)      | DERIVED",
                "{brackets: [{from: 0, flat: 5}]}    | fen     | scale(nightsAway)              | DERIVED"
            })
    void aScaleGivesWhatItsUnitSays(String is, String gives, String calculation, String code) {
        assertThat(paidBy(gives, is, calculation).findings())
                .anySatisfy(m -> assertThat(m.code()).isEqualTo(code));
    }

    @Test
    void theChecksLookIntoTheBrackets() {
        assertThat(warnings(paidBy("fen", BONUS.replace("200000", "2000"), "scale(nightsAway, ladder)")))
                .as("one bracket in yuan")
                .anySatisfy(m -> assertThat(m.code()).isEqualTo("YUAN_FOR_FEN"));
        assertThat(warnings(paidBy("fen", BONUS, "scale(nightsAway, ladder)")))
                .noneSatisfy(m -> assertThat(m.code()).isEqualTo("YUAN_FOR_FEN"));
        PolicyPackage now = paidBy("fen", BONUS, "scale(nightsAway, ladder)").read(),
                then =
                        paidBy("fen", BONUS.replace("300000", "3000"), "scale(nightsAway, ladder)")
                                .read();
        assertThat(ChangedSums.between(now, then))
                .singleElement()
                .satisfies(m -> assertThat(m.field()).contains("ladder"));
        Findings holes = new Findings();
        new ValidityGaps()
                .check(
                        paidBy("fen", BONUS, "scale(nightsAway, ladder)")
                                .with(CraftHouse.PARAMETERS, "always: {is: {brackets", "2025-07-01: {is: {brackets")
                                .read(),
                        holes);
        assertThat(holes.all())
                .singleElement()
                .satisfies(m -> assertThat(m.code()).isEqualTo("HOLE_IN_TIME"));
    }

    /** A cell that no bracket lets hold never holds; the bound itself is found. */
    @ParameterizedTest(name = "{0} never holds: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "&gt; scale(nightsAway, ladder) and nightsAway &gt; 30 and ? &lt;= 5.5    | true",
                "&gt; scale(nightsAway, ladder) and nightsAway &gt;= 30 and ? &lt;= 20    | false",
                "&gt; scale(nightsAway, ladder) and nightsAway &lt;= 31 and ? &lt;= 5.5   | true",
                "&gt; scale(nightsAway, ladder) and nightsAway &lt;= 31 and ? &lt;= 5.5001 | false"
            })
    void theVerifierSearchesTheBoundsOfBrackets(String cell, boolean never) {
        assertThat(warnings(limitedBy(LIMIT, "? " + cell)).stream()
                        .filter(m -> m.code().equals("NEVER_HOLDS")))
                .hasSize(never ? 1 : 0);
    }

    private static List<Mistake> warnings(CraftHouse house) {
        Findings findings = new Findings();
        new Verifier(CityCalendar::calendar, () -> DAY).check(house.read(), findings);
        return findings.warnings();
    }

    @Test
    void moreIsNeverLessWhereEachCountsAndEveryNumberIsInOneBracket() {
        Random random = new Random(16);
        for (int n = 0; n < 2_000; n++) {
            Scale scale = any(random);
            long before = 0;
            for (long number = 0; number < 60; number++) {
                long here = scale.of(number), one = number;
                assertThat(scale.brackets().stream().filter(b -> b.from() <= one && one <= b.last()))
                        .hasSize(scale.each() && number == 0 ? 0 : 1);
                if (scale.each()) {
                    assertThat(here).isEqualTo(oneByOne(scale, number)).isGreaterThanOrEqualTo(before);
                    before = here;
                } else assertThat(here).isEqualTo(scale.bracket(number).gives());
                long to = number + random.nextInt(20);
                assertThat(here).isBetween(scale.end(number, to, true), scale.end(number, to, false));
                assertThat(scale.of(to)).isBetween(scale.end(number, to, true), scale.end(number, to, false));
            }
            assertThat(scale.of(Long.MAX_VALUE)).isNotNegative();
        }
    }

    private static long oneByOne(Scale scale, long number) {
        long all = 0;
        for (long one = 1; one <= number; one++) all += scale.bracket(one).gives();
        return scale.atMost() == null ? all : Math.min(all, scale.atMost());
    }

    private static Scale any(Random random) {
        boolean each = random.nextBoolean();
        List<Bracket> brackets = new ArrayList<>();
        long from = each ? 1 : 0;
        for (int more = random.nextInt(4); more > 0; more--) {
            long to = from + random.nextInt(12);
            brackets.add(new Bracket(from, to, random.nextInt(5_000)));
            from = to + 1;
        }
        brackets.add(new Bracket(from, null, random.nextInt(5_000)));
        return new Scale("fen", each, brackets, each && random.nextBoolean() ? (long) random.nextInt(50_000) : null);
    }
}
