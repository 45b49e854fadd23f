package cn.jincai.web.portal.screener;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.planning.CityScreening;
import cn.jincai.planning.Screening;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.forms.Form;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two schemes ask for the degree, and each knows one that the other does not. */
@Tag("issue-18.2")
class AskedQuestionTest {
    private final Screening screening = CityScreening.make();

    private List<Object> choices(String... schemes) {
        return AskedQuestion.of(
                        Stream.of(schemes)
                                .map(s -> screening.of(CityPackages.of(s)))
                                .toList(),
                        "degree")
                .orElseThrow()
                .field()
                .values()
                .stream()
                .map(Form.Option::value)
                .toList();
    }

    @Test
    void aQuestionOfTwoSchemesHasTheChoicesOfBothEachOnce() {
        assertThat(choices("recruitment-subsidy")).doesNotContain("BELOW_BACHELOR");
        assertThat(choices("talent-housing")).doesNotContain("DOUBLE_FIRST_CLASS_BACHELOR");
        for (List<Object> both : List.of(
                choices("recruitment-subsidy", "talent-housing"), choices("talent-housing", "recruitment-subsidy")))
            assertThat(both)
                    .contains("DOCTOR", "MASTER", "BELOW_BACHELOR", "DOUBLE_FIRST_CLASS_BACHELOR")
                    .doesNotHaveDuplicates();
    }
}
