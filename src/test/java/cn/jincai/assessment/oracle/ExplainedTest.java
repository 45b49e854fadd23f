package cn.jincai.assessment.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Reason;
import cn.jincai.assessment.oracle.RandomFacts.Person;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each reason carries all that a person needs to understand it, mend it or contest it, in both languages (rulebook 2.4). */
class ExplainedTest {
    private static final int PEOPLE = 5_000;

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award"})
    void aReasonSaysWhyByWhatAndWhatToDo(String scheme) {
        SplittableRandom random = new SplittableRandom(24);
        for (int i = 0; i < PEOPLE; i++) {
            Person person = RandomFacts.of(scheme, random);
            Assessment assessment = Product.assess(scheme, person.applied(), person.facts(), Adjustments.NONE);
            assertThat(assessment.ruleset()).isEqualTo("2026-01");
            assertThat(List.of(assessment.scheme(), assessment.applicationDate()))
                    .containsExactly(scheme, person.applied());
            for (Benefit benefit : assessment.benefits()) {
                assertThat(benefit.reasons().isEmpty()).isEqualTo(benefit.verdict() == Verdict.APPROVE);
                benefit.reasons().forEach(reason -> explained(reason, person));
            }
        }
    }

    private static void explained(Reason reason, Person person) {
        String what = reason + " " + person.applied() + " " + person.facts();
        assertThat(reason.rule()).as(what).matches("[A-Z]\\d*-\\d\\d");
        assertThat(reason.basis()).as(what).isNotBlank();
        assertThat(reason.status()).as(what).isNotNull();
        for (Text text : new Text[] {reason.message(), reason.mend(), reason.appeal()}) {
            assertThat(text).as(what).isNotNull();
            assertThat(text.zh()).as(what).containsPattern("\\p{IsHan}").doesNotContain("{", "null");
            assertThat(text.en())
                    .as(what)
                    .isNotBlank()
                    .doesNotContain("{", "null")
                    .doesNotContainPattern("\\p{IsHan}");
        }
        Object fact = person.facts().get(reason.fact());
        boolean slip = fact instanceof LocalDate date && date.isAfter(person.applied());
        if (!slip) assertThat(Objects.toString(reason.actual())).as(what).isEqualTo(Objects.toString(fact));
        // what is known and wrong has a value that would do, save where none is the fact's own
        if (List.of(
                        "CONTRACT_TOO_SHORT",
                        "INSURANCE_TOO_SHORT",
                        "INSURANCE_GAP",
                        "LATE",
                        "TOO_EARLY",
                        "YEARLY_LIMIT",
                        "LIFETIME_LIMIT",
                        "AGE_ABOVE_LIMIT",
                        "EMPLOYER_REGION",
                        "IDENTITY_UNVERIFIED",
                        "DEGREE_UNVERIFIED",
                        "CERTIFICATE_UNVERIFIED")
                .contains(reason.code())) assertThat(reason.required()).as(what).isNotNull();
    }
}
