package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.verification.ExamplesCheck;
import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.RenamedPackage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scheme is data: one that no Java knows is read, checked and assessed, and names have no meaning of their own. */
class NeverSeenTest {
    private static final int PERSONS = 5_000;
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    @Test
    void aMadeUpSchemeIsReadCheckedAndComesOutAsItsExamplesPromise() {
        PolicyPackage policy = MadeUpPackage.read();
        Findings findings = new Findings();
        new RulesCheck().check(policy, findings);
        new ExamplesCheck(assessments).check(policy, findings);
        assertThat(findings.all()).isEmpty();
        assertThat(WorkedCase.of(policy, policy.rulesets().get(0), findings)).hasSize(10);
    }

    @Test
    void aMadeUpSchemeIsExplainedInBothLanguages() {
        PolicyPackage policy = MadeUpPackage.read();
        Random random = new Random(4);
        Set<String> met = new HashSet<>();
        for (int i = 0; i < PERSONS; i++) {
            LocalDate applied = LocalDate.of(2025, 3, 5).plusDays(random.nextInt(600));
            Map<String, Object> facts = RandomCase.facts(policy.catalogue(), applied, random, 0.05);
            for (Benefit benefit :
                    assessments.assess(policy, applied, facts, Adjustments.NONE).benefits())
                for (Reason reason : benefit.reasons()) {
                    met.add(reason.code());
                    assertThat(reason.message().zh()
                                    + reason.mend().zh()
                                    + reason.appeal().zh())
                            .doesNotContain("{", "null")
                            .containsPattern("\\p{IsHan}");
                    assertThat(reason.message().en()
                                    + reason.mend().en()
                                    + reason.appeal().en())
                            .isNotBlank()
                            .doesNotContain("{", "null");
                    assertThat(reason.basis()).isNotBlank();
                }
        }
        Set<String> all = CityPackages.reasons(policy);
        all.add(Reason.DATA_UNAVAILABLE);
        assertThat(met).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award"})
    void everythingRenamedComesOutTheSameUpToTheNames(String scheme) {
        RenamedPackage renamed = RenamedPackage.of(scheme);
        Findings findings = new Findings();
        new RulesCheck().check(renamed.copy(), findings);
        new ExamplesCheck(assessments).check(renamed.copy(), findings);
        assertThat(findings.all()).isEmpty();
        assertThat(renamed.copy().catalogue().facts())
                .noneMatch(f -> renamed.names().containsKey(f.name()));
        assertThat(renamed.copy().catalogue().benefits())
                .noneMatch(b -> renamed.benefits().containsKey(b.code()));
        Random random = new Random(scheme.hashCode());
        for (int i = 0; i < PERSONS; i++) {
            LocalDate applied = LocalDate.of(2026, 1, 5).plusDays(random.nextInt(300));
            Map<String, Object> facts = RandomCase.facts(renamed.original().catalogue(), applied, random, 0.1),
                    other = new HashMap<>();
            facts.forEach((name, value) -> other.put(renamed.names().get(name), value));
            Assessment copy = assessments.assess(renamed.copy(), applied, other, Adjustments.NONE);
            assertThat(copy.benefits())
                    .as(applied + " " + facts)
                    .isEqualTo(
                            renamed(renamed, assessments.assess(renamed.original(), applied, facts, Adjustments.NONE)));
        }
    }

    private static List<Benefit> renamed(RenamedPackage words, Assessment original) {
        List<Benefit> benefits = new ArrayList<>();
        for (Benefit b : original.benefits())
            benefits.add(new Benefit(
                    words.benefits().get(b.code()),
                    b.verdict(),
                    b.fund(),
                    b.amountFen(),
                    b.level(),
                    b.monthlyFen(),
                    b.months(),
                    b.instalments(),
                    b.matchedRules(),
                    b.reasons().stream()
                            .map(r -> new Reason(
                                    words.reasons().getOrDefault(r.code(), r.code()),
                                    r.rule(),
                                    r.effect(),
                                    words.names().get(r.fact()),
                                    r.actual(),
                                    r.required(),
                                    r.basis(),
                                    r.status(),
                                    r.mend(),
                                    r.deadline(),
                                    r.appeal(),
                                    r.message()))
                            .toList()));
        return benefits;
    }
}
