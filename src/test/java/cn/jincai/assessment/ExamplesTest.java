package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award"})
    void everyWorkedCaseComesOutAsPromised(String scheme) {
        PolicyPackage policy = CityPackages.of(scheme);
        Findings findings = new Findings();
        new RulesCheck().check(policy, findings);
        assertThat(findings.all()).isEmpty();
        new ExamplesCheck(assessments).check(policy, findings);
        assertThat(findings.all()).isEmpty();
        assertThat(WorkedCase.of(policy, policy.rulesets().get(0), findings)).hasSizeGreaterThanOrEqualTo(25);
    }
}
