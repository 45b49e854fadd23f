package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What stands in the way of two benefits is told once; what concerns one alone says which. */
@Tag("issue-18.6")
class ReasonsOnceTest {
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    @Test
    void eachReasonOfEachWorkedCaseIsToldOnceAndNoneIsLost() {
        int shared = 0, alone = 0;
        for (String scheme : List.of("skills-award", "talent-recognition")) {
            PolicyPackage pack = CityPackages.of(scheme);
            for (Ruleset rules : pack.rulesets())
                for (WorkedCase worked : WorkedCase.of(pack, rules, new Findings())) {
                    Assessment found =
                            assessments.assess(pack, worked.applicationDate(), worked.facts(), Adjustments.NONE);
                    List<Assessment.Told> told = found.reasons();
                    assertThat(told.stream()
                                    .map(t -> t.reason().message() + " "
                                            + t.reason().effect()))
                            .as(worked.name().en())
                            .doesNotHaveDuplicates();
                    for (Benefit benefit : found.benefits())
                        for (Reason reason : benefit.reasons())
                            assertThat(told)
                                    .anyMatch(t -> t.reason().code().equals(reason.code())
                                            && (t.of().isEmpty() || t.of().contains(benefit.code())));
                    shared += told.stream().filter(t -> t.of().isEmpty()).count();
                    alone += told.stream().filter(t -> !t.of().isEmpty()).count();
                }
        }
        assertThat(shared).isPositive();
        assertThat(alone).isPositive();
    }
}
