package cn.jincai.assessment;

import static cn.jincai.assessment.CraftHouse.DAY;
import static cn.jincai.assessment.CraftHouse.luthier;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.assessment.rules.NumericExpression.Constant;
import cn.jincai.assessment.rules.NumericExpression.Quotient;
import cn.jincai.assessment.rules.NumericExpression.Rounding;
import cn.jincai.assessment.rules.NumericExpression.Share;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Percent;
import cn.jincai.policy.PolicyPackage;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An employer whose lay-off rate is at most 5.5 % is one plain cell; what is divided says how it is rounded, and by 0 there is nothing. */
@Tag("issue-16.1")
class PercentagesTest {
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    /** Instead of the nights away a percentage of them is told, and compared with one. */
    private static CraftHouse awayInPercent(String limit) {
        return new CraftHouse()
                .with(CraftHouse.SCHEME, "name: nightsAway, type: integer, max: 366", "name: nightsAway, type: percent")
                .with(
                        CraftHouse.FORM,
                        "\"label\": \"离开的夜数\",",
                        "\"label\": \"离开的夜数\", \"decimalDigits\": 2, \"properties\": {\"unit\": \"percent\"},")
                .with(CraftHouse.FORM, "\"max\": 366", "\"max\": 100")
                .with(CraftHouse.PARAMETERS, "unit: count\n    label: {zh: 离开", "unit: percent\n    label: {zh: 离开")
                .with(CraftHouse.PARAMETERS, "is: 36,", "is: 5.5,")
                .with(CraftHouse.CONDITIONS, "&gt; nightsAtMost", limit);
    }

    /** House money is a share of the rent by what is told or comes about. */
    private static CraftHouse shared(String calculation) {
        return new CraftHouse().with(CraftHouse.SCHEME, "\"rentAYear * 2\"", "'" + calculation + "'");
    }

    private static Map<String, Object> away(String percent) {
        Map<String, Object> facts = luthier();
        facts.put("nightsAway", new BigDecimal(percent));
        return facts;
    }

    private Benefit houseMoney(PolicyPackage policy, Map<String, Object> facts) {
        return assessments
                .assess(policy, DAY, facts, Adjustments.NONE)
                .benefit("HOUSE_MONEY")
                .orElseThrow();
    }

    @ParameterizedTest(name = "{1} under {0}: {2}")
    @CsvSource({
        "&gt; nightsAtMost, 5.5,    APPROVE",
        "&gt; nightsAtMost, 5.5001, MANUAL",
        "&gt; nightsAtMost, 0,      APPROVE",
        "&gt; 5.25,         5.25,   APPROVE",
        "&gt; 5.25,         5.26,   MANUAL",
        "[5.1..7],          5.09,   APPROVE",
        "[5.1..7],          5.1,    MANUAL",
        "12.5,              12.50,  MANUAL",
        "12.5,              12.51,  APPROVE"
    })
    void aPercentageIsComparedWithOne(String cell, String percent, Verdict verdict) {
        Benefit benefit = houseMoney(awayInPercent(cell).read(), away(percent));
        assertThat(benefit.verdict()).isEqualTo(verdict);
    }

    @Test
    void theReasonAndTheExplanationSayItAsPeopleWriteIt() {
        PolicyPackage policy = awayInPercent("&gt; nightsAtMost").read();
        Reason reason = houseMoney(policy, away("5.75")).reasons().get(0);
        assertThat(reason.actual()).isEqualTo(new BigDecimal("5.75"));
        assertThat(reason.required()).isEqualTo(new BigDecimal("5.5"));
        assertThat(reason.message().en()).contains("5.75%", "5.5%");
        Explained explained = new Explanations(assessments).explain(policy, DAY, away("5.75"), Adjustments.NONE);
        Explained.Condition condition = explained.benefits().get(1).conditions().stream()
                .filter(c -> c.rule().equals("K-09"))
                .findFirst()
                .orElseThrow();
        assertThat(condition.demand().zh()).contains("离开的夜数", "不超过", "5.5%");
        assertThat(condition.demand().en()).contains("Nights away is at most 5.5%");
        assertThat(condition.official().zh()).contains("5.75%");
        assertThat(explained.benefits().get(1).changes())
                .anySatisfy(change -> assertThat(change.to()).isEqualTo(new BigDecimal("5.5")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "5.5        | ",
                "5.50       | ",
                "5          | ",
                "0.0001     | ",
                "5.50000    | ",
                "5.55555    | TOO_MANY_DECIMALS",
                "5.500000000000000000001 | TOO_MANY_DECIMALS",
                "\"5.5\"      | WRONG_TYPE",
                "true       | WRONG_TYPE",
                "-1         | OUT_OF_RANGE",
                "100.0001   | OUT_OF_RANGE",
                "1e999999999 | OUT_OF_RANGE",
                "1e999      | OUT_OF_RANGE"
            })
    void aNumberOfJsonIsReadExactlyAndWhatIsNoneIsToldByItsField(String written, String code) throws Exception {
        var mapper = JsonMapper.builder()
                .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        var mistakes = new java.util.ArrayList<cn.jincai.kernel.Problem.Mistake>();
        Map<String, Object> facts = new Facts(null)
                .read(
                        awayInPercent("&gt; nightsAtMost").read().catalogue(),
                        mapper.readTree("{\"nightsAway\": " + written + "}"),
                        mistakes);
        if (code == null) {
            assertThat(mistakes).isEmpty();
            assertThat(facts.get("nightsAway"))
                    .isEqualTo(Percent.value(Percent.of(new BigDecimal(written)).orElseThrow()));
        } else {
            assertThat(mistakes).singleElement().satisfies(m -> {
                assertThat(m.field()).isEqualTo("facts.nightsAway");
                assertThat(m.code()).isEqualTo(code);
            });
        }
    }

    @ParameterizedTest(name = "{0} of {1} fen, {2} nights: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "divide(rentAYear, nightsAway, \"down\")                  | 100000 | 3   | 33333",
                "divide(rentAYear * 2, nightsAway, \"half-up\")           | 100000 | 3   | 66667",
                "divide(rentAYear, nightsAway, \"half-up\") + 1           | 100000 | 8   | 12501",
                "min(divide(rentAYear, nightsAway, \"down\"), 20000)      | 100000 | 3   | 20000"
            })
    void whatIsDividedIsRoundedAsItSays(String calculation, long rent, long nights, long paid) {
        Map<String, Object> facts = luthier();
        facts.put("rentAYear", rent);
        facts.put("nightsAway", nights);
        Benefit benefit = houseMoney(shared(calculation).read(), facts);
        assertThat(benefit.instalments().stream()
                        .mapToLong(Instalment::amountFen)
                        .sum())
                .isEqualTo(paid);
    }

    /** A third of the nights: 33.3333 %, to four decimals, and that part of the rent. */
    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "1, 3, 333333, half-up",
        "2, 3, 666666, down",
        "2, 3, 666667, half-up",
        "3, 3, 1000000, down",
        "0, 3, 0, down"
    })
    void aPartOfTheWholeIsThePercentageOfAShare(long part, long whole, long paid, String rounding) {
        PolicyPackage policy = new CraftHouse()
                .withDerived("{fact: partAway, as: percent, is: 'percentOf(share, nightsAway, \"" + rounding + "\")'}")
                .with(
                        CraftHouse.SCHEME,
                        "{fact: twoRents, as: calculation, is: \"rentAYear * 2\"}",
                        "{fact: partAway0, as: percent, is: 'percentOf(advance, nightsAway, \"" + rounding
                                + "\")'}\n    - {fact: twoRents, as: calculation, is: 'share(rentAYear, partAway0, \"down\", \"fen\")'}")
                .with(CraftHouse.SCHEME, "        deduct: {fact: advance, from: 1}\n", "")
                .read();
        Map<String, Object> facts = luthier();
        facts.put("rentAYear", 1_000_000L);
        facts.put("advance", part);
        facts.put("roof", "OWNED");
        facts.put("nightsAway", whole);
        assertThat(houseMoney(policy, facts).instalments().stream()
                        .mapToLong(Instalment::amountFen)
                        .sum())
                .isEqualTo(paid);
    }

    /** None satisfies no cell but a check for null, and nothing breaks. */
    @ParameterizedTest(name = "{0} where nothing can be divided by")
    @CsvSource({"&gt; 10, APPROVE", "&lt;= 10, APPROVE", "'null', MANUAL"})
    void dividedByNothingIsNone(String cell, Verdict verdict) {
        PolicyPackage policy = new CraftHouse()
                .withDerived("{fact: rentANight, as: percent, is: 'percentOf(advance, nightsAway, \"down\")'}")
                .with(
                        CraftHouse.CONDITIONS,
                        "<inputExpression id=\"housing-nightsAway-x\"><text>nightsAway",
                        "<inputExpression id=\"housing-nightsAway-x\"><text>rentANight")
                .with(CraftHouse.CONDITIONS, "&gt; nightsAtMost", cell)
                .read();
        Map<String, Object> facts = luthier();
        facts.put("nightsAway", 0L);
        assertThat(houseMoney(policy, facts).verdict()).isEqualTo(verdict);
        facts.remove("nightsAway");
        assertThat(houseMoney(policy, facts).verdict())
                .as("not known is not none")
                .isEqualTo(Verdict.MANUAL);
    }

    @Test
    void theLinesOfASumShowWhatWasDividedAndHow() {
        PolicyPackage policy =
                shared("divide(rentAYear, nightsAway, \"half-up\")").read();
        Explained explained = new Explanations(assessments).explain(policy, DAY, luthier(), Adjustments.NONE);
        Explained.Line line = explained.benefits().get(1).sum().stream()
                .filter(l -> l.arithmetic().en().contains("÷ Nights away"))
                .findFirst()
                .orElseThrow();
        assertThat(line.arithmetic().en()).contains("12,000", "20", "rounded to the nearest whole number");
        assertThat(line.arithmetic().zh()).contains("年租金", "离开的夜数", "四舍五入到整数");
        assertThat(line.value()).isEqualTo(60_000);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "calculation | rentAYear / 2                              | divide(",
                "calculation | divide(rentAYear, 2)                       | divide(",
                "calculation | divide(rentAYear, 2, \"up\")               | divide(",
                "calculation | percentOf(rentAYear, 2, \"down\")          | as: percent",
                "percent     | rentAYear * 2                              | percentOf",
                "percent     | divide(rentAYear, 2, \"down\")             | percentOf",
                "percent     | percentOf(rentAYear, 2, \"down\") + 1      | percentOf"
            })
    void whatCannotBeDividedNamesWhatCan(String as, String calculation, String told) {
        assertThat(new CraftHouse()
                        .withDerived("{fact: divided, as: " + as + ", is: '" + calculation + "'}")
                        .findings())
                .singleElement()
                .satisfies(m -> {
                    assertThat(m.field()).contains("divided");
                    assertThat(m.message().en()).contains(told);
                    assertThat(m.message().zh()).contains(told).containsPattern("\\p{IsHan}");
                });
    }

    @Test
    void percentagesAndNumbersAreNotMixed() {
        assertThat(awayInPercent("&gt; rentAYear").findings()).isNotEmpty();
        assertThat(awayInPercent("&gt; 5.55555").findings()).isNotEmpty();
        assertThat(awayInPercent("&gt; nightsAtMost")
                        .with(CraftHouse.SCHEME, "\"rentAYear * 2\"", "\"rentAYear * nightsAway\"")
                        .findings())
                .isNotEmpty();
        assertThat(new CraftHouse()
                        .with(CraftHouse.CONDITIONS, "&gt; nightsAtMost", "&gt; divide(nightsAtMost, 2, \"down\")")
                        .findings())
                .singleElement()
                .satisfies(m -> assertThat(m.message().en()).contains("derived"));
    }

    /** As exact decimals say. */
    @Test
    void noQuotientAndNoShareByAPercentageIsAStepOff() {
        Random random = new Random(16);
        for (int n = 0; n < 100_000; n++) {
            long part = random.nextLong() >>> random.nextInt(11, 64),
                    whole = 1 + (random.nextLong() >>> random.nextInt(12, 64));
            boolean down = random.nextBoolean();
            Rounding rounding = down ? Rounding.DOWN : Rounding.HALF_UP;
            RoundingMode mode = down ? RoundingMode.DOWN : RoundingMode.HALF_UP;
            BigDecimal a = BigDecimal.valueOf(part), b = BigDecimal.valueOf(whole);
            assertThat(new Quotient(new Constant(part), new Constant(whole), rounding, false).at(new Slots(0)))
                    .isEqualTo(a.divide(b, 0, mode).longValueExact());
            assertThat(new Quotient(new Constant(part), new Constant(whole), rounding, true).at(new Slots(0)))
                    .isEqualTo(a.multiply(BigDecimal.valueOf(Percent.WHOLE))
                            .divide(b, 0, mode)
                            .min(BigDecimal.valueOf(Percent.MOST))
                            .longValueExact());
            long percent = random.nextLong(Percent.MOST), step = 1;
            long sum = part >>> 1;
            assertThat(new Share(new Constant(sum), new Constant(percent), rounding, step).at(new Slots(0)))
                    .isEqualTo(BigDecimal.valueOf(sum)
                                    .multiply(BigDecimal.valueOf(percent))
                                    .divide(BigDecimal.valueOf(Percent.WHOLE * step), 0, mode)
                                    .min(BigDecimal.valueOf((1L << 60) / step))
                                    .longValueExact()
                            * step);
        }
    }
}
