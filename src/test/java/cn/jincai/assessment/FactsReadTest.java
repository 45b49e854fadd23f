package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.policy.CityPackages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever only asks need tell no more than the rules read. */
class FactsReadTest {
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    @Test
    void whatOnlyTellsCasesApartIsNotRead() {
        PolicyPackage award = CityPackages.of("skills-award");
        assertThat(award.catalogue().facts().stream()
                        .map(Scheme.Fact::name)
                        .filter(f -> !assessments.factsRead(award).contains(f)))
                .containsExactlyInAnyOrder("birthDate", "occupationCode");
    }

    /** By the text of the package alone: a name that stands in no table and in no derived value can't have been read. */
    @Test
    void whatIsReadStandsSomewhereInTheRules() {
        for (String scheme : Set.of("skills-award", "recruitment-subsidy", "talent-recognition")) {
            PolicyPackage pack = CityPackages.of(scheme);
            String text = pack.catalogue().rules() + " " + pack.catalogue().governingDate()
                    + pack.rulesets().stream()
                            .map(r -> r.conditions() + " " + r.entitlements() + " " + r.parameters())
                            .collect(Collectors.joining(" "));
            for (Scheme.Fact fact : pack.catalogue().facts())
                assertThat(assessments.factsRead(pack).contains(fact.name()))
                        .as(scheme + " " + fact.name())
                        .isEqualTo(text.matches("(?s).*\\b" + fact.name() + "\\b.*"));
        }
    }
}
