package cn.jincai.assessment.verification;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.CityCalendar;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two versions of a scheme: an example of each difference, which both versions confirm, or the proof that there is none. */
class DifferencesTest {
    private static final Differences DIFFERENCES =
            new Differences(CityCalendar::calendar, () -> LocalDate.of(2026, 11, 25));

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award", "made-up"})
    void nothingDiffersFromItself(String scheme) {
        PolicyPackage policy = policy(scheme);
        assertThat(DIFFERENCES.between(policy, policy))
                .allSatisfy(d -> assertThat(d.answer()).isEqualTo(Differences.Answer.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "skills-award|is: 1000000, status|is: 1000001, status|CITY_AWARD|SUM",
                "skills-award|is: 2000000, status|is: 2000001, status|CITY_AWARD|VERDICT",
                "skills-award|is: 2017-01-01, status|is: 2017-01-02, status|UPGRADE_SUBSIDY|VERDICT",
                "talent-recognition|is: 65, status|is: 66, status|RECOGNITION|VERDICT",
                "talent-recognition|is: 36, status|is: 35, status|RECOGNITION_ALLOWANCE|VERDICT",
                "recruitment-subsidy|is: 40, status|is: 41, status|RECRUITMENT_SUBSIDY|VERDICT",
                "recruitment-subsidy|is: 24, status|is: 25, status|RECRUITMENT_SUBSIDY|VERDICT",
            })
    void aChangedValueShows(String scheme, String from, String to, String benefit, Differences.Kind kind) {
        PolicyPackage before = CityPackages.of(scheme),
                after =
                        CityPackages.with(
                                scheme, "rulesets/2026-01/parameters.yaml", text -> text.replaceFirst(from, to));
        List<Differences.Difference> differences = DIFFERENCES.between(before, after);
        assertThat(differences).anySatisfy(d -> {
            assertThat(d.benefit()).isEqualTo(benefit);
            assertThat(d.kind()).isEqualTo(kind);
            assertThat(d.answer()).isEqualTo(Differences.Answer.FOUND);
        });
        assertThat(differences).noneSatisfy(d -> assertThat(d.answer()).isEqualTo(Differences.Answer.UNDECIDED));
    }

    @Test
    void aSumThatNobodyGetsMakesNoDifference() {
        PolicyPackage before = CityPackages.of("recruitment-subsidy"),
                after =
                        CityPackages.with(
                                "recruitment-subsidy",
                                "rulesets/2026-01/parameters.yaml",
                                text -> text.replaceFirst("is: 2000000,", "is: 2000001,"));
        assertThat(DIFFERENCES.between(before, after))
                .allSatisfy(d -> assertThat(d.answer()).isEqualTo(Differences.Answer.NONE));
    }

    /** Those of the city, and one that nobody ever wrote rules for. */
    private static PolicyPackage policy(String scheme) {
        return scheme.equals("made-up") ? MadeUpPackage.read() : CityPackages.of(scheme);
    }
}
