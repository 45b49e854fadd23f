package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.assessment.rules.NumericExpression.Constant;
import cn.jincai.assessment.rules.NumericExpression.Fraction;
import cn.jincai.assessment.rules.NumericExpression.Rounding;
import cn.jincai.assessment.rules.NumericExpression.Share;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.verification.ExamplesCheck;
import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Findings;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Rate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two thirds of what was paid, 60 % of the cost: a share says by which rate and how it is made whole, and each line of the sum shows it. */
@Tag("issue-16.1")
class SharesTest {
    private static final String PARAMETERS = "rulesets/2025-03/parameters.yaml";
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    /** The craftspeople's house money is cut to a share of the rent instead of to two rents. */
    private static PolicyPackage withShare(String unit, String is, String share) {
        var files = MadeUpPackage.files();
        files.computeIfPresent(
                "scheme.yaml",
                (path, content) -> text(content)
                        .replace("is: \"rentAYear * 2\"", "is: '" + share + "'")
                        .getBytes(StandardCharsets.UTF_8));
        files.computeIfPresent(
                PARAMETERS,
                (path, content) -> (text(content)
                                + "  part: {unit: " + unit
                                + ", label: {zh: 补助比例, en: Part that is paid}, values: {always: {is: "
                                + is + ", status: ILLUSTRATIVE, source: craft-order}}}\n")
                        .getBytes(StandardCharsets.UTF_8));
        return MadeUpPackage.of(files);
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    static Map<String, Object> luthier(long rentFen) {
        return new HashMap<>(Map.ofEntries(
                Map.entry("bornOn", LocalDate.of(1990, 5, 5)),
                Map.entry("papersGenuine", true),
                Map.entry("barred", false),
                Map.entry("craft", "LUTHIER"),
                Map.entry("seals", List.of("PROVINCE_SEAL")),
                Map.entry("movedInOn", LocalDate.of(2025, 6, 1)),
                Map.entry("roof", "RENTED"),
                Map.entry("rentAYear", rentFen),
                Map.entry("nightsAway", 20L),
                Map.entry("sharesPaid", List.of()),
                Map.entry("share", 1L),
                Map.entry("advance", 0L)));
    }

    private long paid(PolicyPackage policy, Map<String, Object> facts) {
        return assessments
                .assess(policy, LocalDate.of(2025, 9, 15), facts, Adjustments.NONE)
                .benefits()
                .get(1)
                .instalments()
                .stream()
                .mapToLong(Instalment::amountFen)
                .sum();
    }

    @ParameterizedTest(name = "{0} {1} of {3} fen by {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ratio   | 2/3  | share(rentAYear, part, \"down\", \"yuan\")    | 100001 | 66600",
                "ratio   | 2/3  | share(rentAYear, part, \"down\", \"jiao\")    | 100001 | 66660",
                "ratio   | 2/3  | share(rentAYear, part, \"down\", \"fen\")     | 100001 | 66667",
                "ratio   | 2/3  | share(rentAYear, part, \"half-up\", \"yuan\") | 100001 | 66700",
                "percent | 60   | share(rentAYear, part, \"half-up\", \"fen\")  | 100001 | 60001",
                "percent | 60%  | min(share(rentAYear, part, \"down\", \"yuan\"), 50000) | 100001 | 50000",
                "percent | 5.5  | share(rentAYear, part, \"down\", \"fen\")     | 100001 | 5500",
                "percent | 5.55 | share(rentAYear * 2, part, \"half-up\", \"fen\") | 1000 | 111",
                "percent | 0    | share(rentAYear, part, \"down\", \"fen\")     | 100001 | 0",
                "percent | 100  | share(rentAYear, part, \"down\", \"fen\")     | 100001 | 100001"
            })
    void aShareOfTheRentIsPaidAsTheRoundingSays(String unit, String is, String share, long rent, long paid) {
        assertThat(paid(withShare(unit, is, share), luthier(rent))).isEqualTo(paid);
    }

    @Test
    void eachLineShowsRateAndRounding() {
        PolicyPackage policy = withShare("ratio", "2/3", "share(rentAYear, part, \"down\", \"yuan\")");
        Explained explained = new Explanations(assessments)
                .explain(policy, LocalDate.of(2025, 9, 15), luthier(100_001), Adjustments.NONE);
        Explained.Line line = explained.benefits().get(1).sum().stream()
                .filter(l -> l.arithmetic().en().contains("Part that is paid"))
                .findFirst()
                .orElseThrow();
        assertThat(line.arithmetic().zh()).contains("年租金", "1,000.01", "补助比例", "2/3", "元以下舍去");
        assertThat(line.arithmetic().en()).contains("Rent a year", "1,000.01", "2/3", "rounded down to whole yuan");
        assertThat(line.value()).isEqualTo(66_600);
    }

    @Test
    void theChecksUnderstandIt() {
        PolicyPackage policy = withShare("percent", "99.99", "share(rentAYear * 3, part, \"half-up\", \"jiao\")");
        Findings findings = new Findings();
        new RulesCheck().check(policy, findings);
        new ExamplesCheck(assessments).check(policy, findings);
        assertThat(findings.all())
                .as("the examples' cap by the rent is another")
                .allMatch(m -> m.field().contains("examples.yaml"));
    }

    /** As exact decimals say, for any sum, rate and step. */
    @Test
    void noShareIsAFenOff() {
        Random random = new Random(16);
        for (int n = 0; n < 100_000; n++) {
            long sum = random.nextLong() >>> random.nextInt(12, 64),
                    denominator = 1 + random.nextInt(1_000_000),
                    numerator = random.nextLong(denominator + 1),
                    step = List.of(1L, 10L, 100L).get(random.nextInt(3));
            boolean down = random.nextBoolean();
            BigDecimal steps = new BigDecimal(BigInteger.valueOf(sum).multiply(BigInteger.valueOf(numerator)))
                    .divide(BigDecimal.valueOf(denominator * step), 0, down ? RoundingMode.DOWN : RoundingMode.HALF_UP);
            Share share = new Share(
                    new Constant(sum),
                    new Fraction(new Rate("", numerator, denominator)),
                    down ? Rounding.DOWN : Rounding.HALF_UP,
                    step);
            assertThat(share.at(new Slots(0))).isEqualTo(steps.longValueExact() * step);
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "percent | 101     | share(rentAYear, part, \"down\", \"yuan\") | parameters.yaml | PERCENT",
                "percent | -5      | share(rentAYear, part, \"down\", \"yuan\") | parameters.yaml | PERCENT",
                "percent | 5.55555 | share(rentAYear, part, \"down\", \"yuan\") | parameters.yaml | PERCENT",
                "percent | 2/3     | share(rentAYear, part, \"down\", \"yuan\") | parameters.yaml | PERCENT",
                "ratio   | 3/2     | share(rentAYear, part, \"down\", \"yuan\") | parameters.yaml | RATIO",
                "ratio   | 1/0     | share(rentAYear, part, \"down\", \"yuan\") | parameters.yaml | RATIO",
                "ratio   | 0.66    | share(rentAYear, part, \"down\", \"yuan\") | parameters.yaml | RATIO",
                "percent | 60      | share(rentAYear, part)                   | twoRents        | DERIVED",
                "percent | 60      | share(rentAYear, part, \"up\", \"yuan\")   | twoRents        | DERIVED",
                "percent | 60      | share(rentAYear, part, \"down\", \"li\")   | twoRents        | DERIVED",
                "percent | 60      | share(rentAYear, 60, \"down\", \"yuan\")   | twoRents        | DERIVED",
                "percent | 60      | share(rentAYear, nightsAway, \"down\", \"yuan\") | twoRents  | DERIVED",
                "percent | 60      | rentAYear * part                         | twoRents        | DERIVED",
                "count   | 60      | share(rentAYear, part, \"down\", \"yuan\") | twoRents        | DERIVED"
            })
    void whatIsNoShareIsToldWithItsPlace(String unit, String is, String share, String place, String code) {
        Findings findings = new Findings();
        try {
            new RulesCheck().check(withShare(unit, is, share), findings);
        } catch (Problem unread) {
            findings.addAll(unread.mistakes());
        }
        assertThat(findings.all()).isNotEmpty().allSatisfy(m -> {
            assertThat(m.code()).isEqualTo(code);
            assertThat(m.field()).contains(place);
            assertThat(m.message().zh()).containsPattern("\\p{IsHan}");
        });
    }
}
