package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.gate.ChangedSums;
import cn.jincai.policy.gate.ValidityGaps;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that leave days without one, and sums that a hundred times separates from those in force. */
class ParametersInTimeTest {
    private static final String SCHEME = "skills-award",
            PARAMETERS = "rulesets/2026-01/parameters.yaml",
            SOURCES = "rulesets/2026-01/sources.yaml";

    private static Findings holes(PolicyPackage policy) {
        Findings findings = new Findings();
        new ValidityGaps().check(policy, findings);
        return findings;
    }

    private static PolicyPackage with(String before, String after) {
        return with(CityPackages.of(SCHEME), PARAMETERS, before, after);
    }

    private static PolicyPackage with(PolicyPackage policy, String file, String before, String after) {
        var files = new java.util.TreeMap<>(policy.files());
        UnaryOperator<String> change = text -> text.replaceFirst(
                java.util.regex.Pattern.quote(before), java.util.regex.Matcher.quoteReplacement(after));
        String was = new String(files.get(file), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(change.apply(was)).isNotEqualTo(was);
        files.put(file, change.apply(was).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return CityPackages.read(SCHEME, files);
    }

    @ParameterizedTest
    @CsvSource({"talent-recognition", "recruitment-subsidy", "skills-award"})
    void whatIsShippedHasNone(String scheme) {
        Findings findings = holes(CityPackages.of(scheme));
        assertThat(findings.all()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
        assertThat(holes(MadeUpPackage.read()).all()).isEmpty();
    }

    @Test
    void aValueThatBeginsAfterTheRulesLeavesAHole() {
        Mistake hole = holes(with("2017-01-01: {is: 100000", "2026-06-01: {is: 100000"))
                .all()
                .get(0);
        assertThat(hole.code()).isEqualTo("HOLE_IN_TIME");
        assertThat(hole.field()).isEqualTo(PARAMETERS + ", parameters.subsidyFiveFen");
        assertThat(hole.message().en()).contains("from 2026-01-01 on", "until 2026-05-31", "always: {is: none");
        assertThat(hole.message().zh()).contains("2026-01-01至2026-05-31没有数值", "always: {is: none");
    }

    @Test
    void whereNothingIsAskedItSaysSo() {
        assertThat(holes(
                                with(
                                        "2017-01-01: {is: 100000",
                                        "always: {is: none, status: SOURCED, source: skills-subsidy-2017}\n      2026-06-01: {is: 100000"))
                        .all())
                .isEmpty();
        assertThat(holes(with("2017-01-01: {is: 100000", "2026-01-01: {is: 100000"))
                        .all())
                .as("from the first day on")
                .isEmpty();
    }

    @Test
    void aDocumentThatEndsBeforeTheNextValueLeavesOneToo() {
        PolicyPackage ends = with(
                CityPackages.of(SCHEME),
                SOURCES,
                "inForceFrom: 2019-01-01",
                "inForceFrom: 2019-01-01\n    inForceUntil: 2026-10-31");
        Mistake hole = holes(ends).warnings().get(0);
        assertThat(hole.field()).isEqualTo(PARAMETERS + ", parameters.unemploymentInsuredMonthsAtLeast, 2019-01-01");
        assertThat(hole.message().en()).contains("'subsidy-relaxation' ends on 2026-10-31", "begins on 2027-01-01");
        assertThat(hole.message().zh()).contains("至2026-10-31止", "自2027-01-01起");
        assertThat(holes(with(
                                CityPackages.of(SCHEME),
                                SOURCES,
                                "inForceFrom: 2019-01-01",
                                "inForceFrom: 2019-01-01\n    inForceUntil: 2026-12-31"))
                        .warnings())
                .as("the day before is in time")
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "is: 1000000,|is: 10000,|1",
                "is: 1000000,|is: 100000000,|1",
                "is: 1000000,|is: 9999,|1",
                "is: 1000000,|is: 10001,|0",
                "is: 1000000,|is: 99999999,|0",
                "is: 1000000,|is: none,|0"
            })
    void aSumIsComparedWithTheOneInForce(String before, String after, int warnings) {
        List<Mistake> found = ChangedSums.between(CityPackages.of(SCHEME), with(before, after));
        assertThat(found).hasSize(warnings);
        assertThat(found).allSatisfy(m -> {
            assertThat(m.code()).isEqualTo("YUAN_FOR_FEN");
            assertThat(m.field()).isEqualTo(PARAMETERS + ", parameters.awardChiefFen");
            assertThat(m.message().en()).contains("1000000 fen", "multiply by 100");
            assertThat(m.message().zh()).contains("1000000分", "乘以100");
        });
    }

    @Test
    void onTheDaysOnWhichItHolds() {
        PolicyPackage now = CityPackages.of(SCHEME);
        PolicyPackage later = with(
                "2017-01-01: {is: 100000, status: SOURCED, source: skills-subsidy-2017, comparedOn: 2026-11-20}",
                "2017-01-01: {is: 100000, status: SOURCED, source: skills-subsidy-2017, comparedOn: 2026-11-20}\n      2027-01-01: {is: 1000, status: SOURCED, source: skills-subsidy-2017, comparedOn: 2026-11-20}");
        assertThat(ChangedSums.between(now, later))
                .extracting(Mistake::field)
                .containsExactly(PARAMETERS + ", parameters.subsidyFiveFen, 2027-01-01");
        assertThat(ChangedSums.between(later, now))
                .as("back again, the one value holds on the days of the other")
                .extracting(Mistake::field)
                .containsExactly(PARAMETERS + ", parameters.subsidyFiveFen, 2017-01-01");
        assertThat(ChangedSums.between(later, later))
                .as("what is in force is not told again")
                .isEmpty();
    }

    @Test
    void theSumAboveWhichALeaderLooksIsOneOfThem() {
        PolicyPackage now = CityPackages.of("recruitment-subsidy"),
                then =
                        CityPackages.with(
                                "recruitment-subsidy",
                                "scheme.yaml",
                                t -> t.replace("leaderAboveFen: 5000000", "leaderAboveFen: 50000"));
        assertThat(ChangedSums.between(now, then))
                .extracting(Mistake::field)
                .containsExactly("scheme.yaml, leaderAboveFen");
    }
}
