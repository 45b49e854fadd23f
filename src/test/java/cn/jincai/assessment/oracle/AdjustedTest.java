package cn.jincai.assessment.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.oracle.RandomFacts.Person;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people decide beside the rules (rulebook 7.1, 7.3, 7.6), told by what the same rules say on other facts. */
class AdjustedTest {
    private static final int PEOPLE = 3_000;

    @ParameterizedTest
    @CsvSource({
        "talent-recognition, CONTRACT_TOO_SHORT, contractMonths",
        "talent-recognition, INSURANCE_TOO_SHORT, insuredMonthsConsecutive",
        "recruitment-subsidy, INSURANCE_GAP, insuranceGapMonths",
        "skills-award, CONTRACT_TOO_SHORT, contractMonths"
    })
    void aWaivedConditionIsNotTestedSoThatItsFactDoesNotMatter(String scheme, String code, String fact) {
        SplittableRandom random = new SplittableRandom(73);
        Object good = Difference.good(scheme, LocalDate.of(2026, 3, 16)).get(fact);
        int mattered = 0;
        for (int i = 0; i < PEOPLE; i++) {
            Person person = RandomFacts.of(scheme, random);
            Map<String, Object> met = new HashMap<>(person.facts());
            met.put(fact, good);
            Assessment waived = Product.assess(
                    scheme, person.applied(), person.facts(), new Adjustments(Set.of(code), Set.of(), Set.of()));
            assertThat(Difference.between(HandAnswer.assess(scheme, person.applied(), met), waived))
                    .as("%s %s without %s", person.applied(), person.facts(), code)
                    .isEmpty();
            if (!waived.equals(Product.assess(scheme, person.applied(), person.facts(), Adjustments.NONE))) mattered++;
        }
        assertThat(mattered).isGreaterThan(100);
    }

    @Test
    void aRefusedUpgradeSubsidyLeavesTheAwardAllOfTheYearsSum() {
        SplittableRandom random = new SplittableRandom(71);
        int mattered = 0;
        for (int i = 0; i < PEOPLE; i++) {
            Person person = RandomFacts.of("skills-award", random);
            Map<String, Object> fourth = new HashMap<>(person.facts());
            fourth.put("claimsThisYear", 3L); // for the award the same as an upgrade that people refuse: it is not paid
            Assessment refused = Product.assess(
                    "skills-award",
                    person.applied(),
                    person.facts(),
                    new Adjustments(Set.of(), Set.of("UPGRADE_SUBSIDY"), Set.of()));
            Assessment limited = Product.assess("skills-award", person.applied(), fourth, Adjustments.NONE);
            assertThat(refused.benefit("CITY_AWARD"))
                    .as("%s %s", person.applied(), person.facts())
                    .isEqualTo(limited.benefit("CITY_AWARD"));
            Benefit upgrade = refused.benefit("UPGRADE_SUBSIDY").orElseThrow();
            assertThat(upgrade.verdict()).isEqualTo(Verdict.REJECT);
            assertThat(upgrade.amountFen()).isZero();
            assertThat(upgrade.instalments()).isEmpty();
            if (!refused.benefit("CITY_AWARD")
                    .equals(Product.assess("skills-award", person.applied(), person.facts(), Adjustments.NONE)
                            .benefit("CITY_AWARD"))) mattered++;
        }
        assertThat(mattered).isGreaterThan(20);
    }

    @Test
    void aRefusedRecognitionLeavesNoAllowance() {
        SplittableRandom random = new SplittableRandom(72);
        for (int i = 0; i < PEOPLE; i++) {
            Person person = RandomFacts.of("talent-recognition", random);
            for (Benefit benefit : Product.assess(
                            "talent-recognition",
                            person.applied(),
                            person.facts(),
                            new Adjustments(Set.of(), Set.of("RECOGNITION"), Set.of()))
                    .benefits()) {
                assertThat(benefit.verdict()).as(benefit.code()).isEqualTo(Verdict.REJECT);
                assertThat(List.of(benefit.amountFen(), benefit.instalments().size()))
                        .containsExactly(0L, 0);
                assertThat(benefit.level()).isNull();
                assertThat(benefit.monthlyFen()).isNull();
                assertThat(benefit.months()).isNull();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"FUJIAN_A, 2", "FUJIAN_B, 3", "FUJIAN_C, 4"})
    void aLevelThatThePanelRefusesLeavesTheOneThatTheRulesGiveForCertain(String evidence, int level) {
        LocalDate applied = LocalDate.of(2026, 3, 16);
        Map<String, Object> facts = Difference.good("talent-recognition", applied);
        Adjustments refused = new Adjustments(Set.of(), Set.of(), Set.of(level));
        facts.put("evidence", List.of(evidence, "DOCTORATE"));
        assertThat(Product.assess("talent-recognition", applied, facts, Adjustments.NONE)
                        .benefits())
                .allMatch(benefit -> benefit.level() == level);
        assertThat(Product.assess("talent-recognition", applied, facts, refused).benefits())
                .allMatch(benefit -> benefit.verdict() == Verdict.APPROVE && benefit.level() == 5);
        facts.put("evidence", List.of(evidence));
        assertThat(Product.assess("talent-recognition", applied, facts, refused).benefits())
                .allMatch(benefit -> benefit.verdict() == Verdict.REJECT && benefit.level() == null);
    }
}
