package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.policy.CityPackages;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An explanation to the person tells each condition once, not once a benefit, and leaves none out. */
@Tag("issue-18.6")
class EachOnceTest {
    @Test
    void whatSeveralBenefitsAskAlikeIsToldOnceAndNothingIsLost() {
        var explanations = new Explanations(Assessments.with(CityCalendar.calendar()));
        Explained why = explanations.explain(
                CityPackages.of("skills-award"),
                LocalDate.of(2026, 3, 2),
                Map.of("employerType", "GOVERNMENT", "certificateLevel", "THREE"),
                Adjustments.NONE);
        assertThat(why.benefits()).hasSizeGreaterThan(1);
        List<String> before = rules(why.benefits()), after = rules(ExplanationPages.eachOnce(why.benefits()));
        Set<String> distinct = new HashSet<>(before);
        assertThat(before).as("some stand in both").hasSizeGreaterThan(distinct.size());
        assertThat(after).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(distinct);
    }

    private static List<String> rules(List<Explained.Benefit> benefits) {
        return benefits.stream()
                .flatMap(b -> b.conditions().stream())
                .filter(c -> !c.entitlement())
                .map(Explained.Condition::rule)
                .toList();
    }
}
