package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.verification.ExamplesCheck;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Status;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schemes that are written and wait to be offered. What the gate says of the whole tree, these among it, CheckRunTest looks at; here are their worked cases, whether
 * those are sharp enough to see a changed value, and whether each value says where it is from.
 */
@Tag("issue-16.20")
class LibraryTest {
    private static final int CASES = 20, FAULTS_EACH = 12;
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    static Stream<String> library() {
        return CityPackages.FOLDERS.notOffered().stream();
    }

    @Test
    void theLibraryHasNineOfWhichEmployersFileFour() {
        assertThat(library())
                .containsExactly(
                        "graduate-insurance-subsidy",
                        "hiring-expansion-subsidy",
                        "internship-subsidy",
                        "job-retention-refund",
                        "small-firm-insurance-subsidy",
                        "startup-hiring-subsidy",
                        "startup-loan-interest",
                        "talent-housing",
                        "training-base");
        assertThat(CityPackages.FOLDERS.schemes())
                .containsExactly("recruitment-subsidy", "skills-award", "talent-recognition");
        assertThat(library()
                        .map(CityPackages::of)
                        .filter(p -> p.catalogue().applying().employer())
                        .map(PolicyPackage::scheme))
                .containsExactly(
                        "hiring-expansion-subsidy",
                        "internship-subsidy",
                        "job-retention-refund",
                        "small-firm-insurance-subsidy");
    }

    @ParameterizedTest
    @MethodSource("library")
    void everyWorkedCaseComesOutAsPromised(String scheme) {
        PolicyPackage policy = CityPackages.of(scheme);
        assertThat(policy.catalogue().offered()).isFalse();
        assertThat(missed(policy)).isEmpty();
        assertThat(WorkedCase.of(policy, policy.rulesets().get(0), new Findings()))
                .hasSizeGreaterThanOrEqualTo(CASES);
    }

    private List<Mistake> missed(PolicyPackage policy) {
        Findings findings = new Findings();
        new ExamplesCheck(assessments).check(policy, findings);
        return findings.all();
    }

    /** Each reason that a table gives is shown by a worked case: nobody is refused for something that no example speaks of. */
    @ParameterizedTest
    @MethodSource("library")
    void everyReasonOfTheTablesIsShownByAWorkedCase(String scheme) {
        PolicyPackage policy = CityPackages.of(scheme);
        List<String> shown = new ArrayList<>();
        for (WorkedCase one : WorkedCase.of(policy, policy.rulesets().get(0), new Findings())) {
            Assessment found = assessments.assess(
                    policy, one.applicationDate(), one.facts(), one.lines(), Adjustments.NONE, assessments.calendar());
            Stream.concat(found.benefits().stream(), found.lines().stream().flatMap(line -> line.benefits().stream()))
                    .forEach(b -> b.reasons().forEach(r -> shown.add(r.code())));
        }
        assertThat(shown).containsAll(CityPackages.reasons(policy));
    }

    /** One more or one less in any value of the rules: a worked case sees it, as each has one at the boundary. */
    @ParameterizedTest
    @MethodSource("library")
    void aValueThatIsOneOffIsSeenByAWorkedCase(String scheme) {
        Scheme.Quota quota = CityPackages.of(scheme).catalogue().way().quota();
        List<String> numbers = values(CityPackages.of(scheme))
                .filter(v -> v.getValue().is() instanceof Long)
                .filter(v -> quota == null || !v.getKey().equals(quota.parameter())) // of the way, which no case shows
                .map(v -> "is: " + v.getValue().is() + ", status")
                .distinct()
                .toList();
        Random random = new Random(20_261_130);
        assertThat(numbers).isNotEmpty();
        for (String number : numbers.subList(0, Math.min(FAULTS_EACH, numbers.size()))) {
            long was = Long.parseLong(number.replaceAll("\\D", "")), is = was + (random.nextBoolean() ? 1 : -1);
            PolicyPackage slipped = CityPackages.with(
                    scheme,
                    "rulesets/2026-01/parameters.yaml",
                    text -> text.replaceFirst(number, "is: " + is + ", status"));
            assertThat(missed(slipped)).as(scheme + ": " + number + " as " + is).isNotEmpty();
        }
    }

    /** What was read in a text quotes its number and says when; what was not, does not say so. */
    @ParameterizedTest
    @MethodSource("library")
    void aValueIsSourcedOnlyWithDocumentNumberAndDay(String scheme) {
        PolicyPackage policy = CityPackages.of(scheme);
        Ruleset rules = policy.rulesets().get(0);
        assertThat(values(policy)).allSatisfy(v -> {
            var source = rules.sources().stream()
                    .filter(s -> s.code().equals(v.getValue().source()))
                    .findFirst()
                    .orElseThrow();
            if (v.getValue().status() == Status.SOURCED) {
                assertThat(source.number()).as(v.getKey()).isNotNull();
                assertThat(v.getValue().comparedOn()).as(v.getKey()).isEqualTo(LocalDate.of(2026, 11, 30));
            }
            if (v.getValue().status() == Status.ILLUSTRATIVE)
                assertThat(source.title().en()).as(v.getKey()).contains("illustrative");
        });
    }

    private static Stream<Map.Entry<String, Parameter.Dated>> values(PolicyPackage policy) {
        return policy.rulesets().get(0).parameters().values().stream()
                .flatMap(p -> p.values().stream().map(d -> Map.entry(p.name(), d)));
    }
}
