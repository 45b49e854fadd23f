package cn.jincai.planning;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.Instalment;
import cn.jincai.assessment.Reason;
import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.assessment.verification.Verifier;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.PoolsInForce;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several benefits of two schemes share 80 000 yuan: whichever comes first and in whatever order, never more than that is granted, and each line says what is left. */
@Tag("issue-16.4")
class PoolsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private final PolicyPackage a = PooledScheme.of("A"), b = PooledScheme.of("B");
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    private static Map<String, Object> wants(long once, long aMonth, long months, long inParts) {
        return new HashMap<>(Map.of(
                "barred", false, "onceFen", once, "aMonthFen", aMonth, "monthsAsked", months, "inPartsFen", inParts));
    }

    private Assessment assess(PolicyPackage policy, Map<String, Object> facts, List<EarlierGrant> before) {
        Map<String, Object> all = new HashMap<>(facts);
        all.putAll(OwnRecords.of(policy.catalogue(), before, facts, DAY));
        return assessments.assess(policy, DAY, all, Adjustments.NONE);
    }

    private static long paid(Assessment found, int benefit) {
        return found.benefits().get(benefit).amountFen();
    }

    @Test
    void withinOneApplicationTheBenefitsTakeInTheirOrder() {
        Assessment found = assess(a, wants(30_000_00, 2_000_00, 24, 60_000_00), List.of());
        assertThat(paid(found, 0)).isEqualTo(30_000_00);
        assertThat(paid(found, 1)).as("24 months of 2 000").isEqualTo(48_000_00);
        assertThat(paid(found, 2))
                .as("the first of two parts of 30 000, of which 2 000 are left")
                .isEqualTo(2_000_00);
        assertThat(found.benefits()).allMatch(x -> x.verdict() == Verdict.APPROVE);
        assertThat(found.benefits().get(2).instalments().get(0).amountFen()).isEqualTo(2_000_00);
    }

    /** A run pays whole months, so a pool leaves whole months. */
    @Test
    void aMonthlySumIsCutToWholeMonths() {
        Benefit monthly = assess(a, wants(77_000_00, 2_000_00, 24, 0), List.of())
                .benefits()
                .get(1);
        assertThat(monthly.months()).isEqualTo(1);
        assertThat(monthly.amountFen()).isEqualTo(2_000_00);
        assertThat(monthly.instalments().stream()
                        .mapToLong(Instalment::amountFen)
                        .sum())
                .isEqualTo(2_000_00);
    }

    @Test
    void whatTheOtherSchemeHasGrantedIsTakenOffOnce() {
        EarlierGrant before = grant("B1", 70_000_00, null, LocalDate.of(2025, 5, 6));
        Assessment found = assess(a, wants(30_000_00, 0, 0, 0), List.of(before));
        assertThat(paid(found, 0)).isEqualTo(10_000_00);
        assertThat(paid(assess(b, wants(30_000_00, 0, 0, 0), List.of(before, grant("A1", 10_000_00, null, DAY))), 0))
                .isZero();
    }

    @Test
    void eachLineSaysWhatIsLeft() {
        Map<String, Object> facts = wants(60_000_00, 0, 0, 0);
        facts.put("housingUsed", 30_000_00L);
        Explained explained = new Explanations(assessments).explain(a, DAY, facts, Adjustments.NONE);
        Explained.Line line = explained.benefits().get(0).sum().stream()
                .filter(l -> l.what().zh().contains("安居总额"))
                .findFirst()
                .orElseThrow();
        assertThat(line.arithmetic().zh()).isEqualTo("从“安居总额”已使用30,000元（上限80,000元），还剩50,000元");
        assertThat(line.arithmetic().en())
                .contains("Housing total")
                .contains("30,000")
                .contains("80,000")
                .contains("50,000");
        assertThat(line.value()).isEqualTo(50_000_00);
        assertThat(explained.benefits().get(0).amountFen()).isEqualTo(50_000_00);
    }

    /** Nobody is simply paid out of a pool of which nobody knows what is left. */
    @Test
    void whatIsNotKnownToBeLeftIsLookedAtByAPerson() {
        Assessment found = assessments.assess(a, DAY, wants(30_000_00, 0, 0, 0), Adjustments.NONE);
        Benefit once = found.benefits().get(0);
        assertThat(once.verdict()).isEqualTo(Verdict.MANUAL);
        assertThat(once.reasons()).hasSize(1);
        assertThat(once.reasons().get(0).code()).isEqualTo(Reason.DATA_UNAVAILABLE);
        assertThat(once.reasons().get(0).fact()).isEqualTo("housingUsed");
        assertThat(once.reasons().get(0).message().zh()).contains("安居总额");
    }

    /** Whoever applies for what, in whatever order, how often and with what sums. */
    @Test
    void noOrderOverdrawsThePool() {
        Random random = new Random(16_4);
        int full = 0;
        for (int person = 0; person < 3_000; person++) {
            List<EarlierGrant> grants = new ArrayList<>();
            List<Integer> applications = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
            Collections.shuffle(applications, random);
            for (int n : applications) {
                PolicyPackage policy = n % 2 == 0 ? a : b;
                Map<String, Object> facts = wants(
                        random.nextInt(4) * random.nextInt(30_000_00),
                        random.nextInt(3) * random.nextInt(3_000_00),
                        random.nextInt(40),
                        random.nextInt(2) * random.nextInt(60_000_00));
                facts.put("part", 1L + random.nextInt(2));
                for (Benefit granted : assess(policy, facts, grants).benefits()) {
                    assertThat(granted.amountFen()).isNotNegative();
                    if (granted.monthlyFen() != null)
                        assertThat(granted.amountFen()).isEqualTo(granted.monthlyFen() * granted.months());
                    if (granted.amountFen() > 0) grants.add(grant(granted.code(), granted.amountFen(), null, DAY));
                }
            }
            long taken = grants.stream().mapToLong(EarlierGrant::amountFen).sum();
            assertThat(taken).isLessThanOrEqualTo(PooledScheme.HOLDS);
            if (taken == PooledScheme.HOLDS) full++;
        }
        assertThat(full).as("many take all of it").isGreaterThan(1_000);
    }

    @Test
    void theBestOrderKnowsThePool() {
        BestOrder order = new BestOrder(
                assessments,
                List.of(a, b),
                Map.of("pooled-a", wants(50_000_00, 0, 0, 0), "pooled-b", wants(70_000_00, 0, 0, 0)),
                DAY,
                DAY.plusYears(1));
        order.search();
        assertThat(order.best().totalFen()).isEqualTo(PooledScheme.HOLDS);
        assertThat(order.best().sums().stream()
                        .mapToLong(AllSchemes.Sum::granted)
                        .sum())
                .isEqualTo(PooledScheme.HOLDS);
    }

    @Test
    void theChecksUnderstandIt() {
        Findings findings = new Findings();
        new RulesCheck().check(a, findings);
        new Verifier(CityCalendar::calendar, () -> DAY).check(a, findings);
        assertThat(findings.all()).isEmpty();
        assertThat(findings.warnings())
                .extracting(Problem.Mistake::code)
                .doesNotContain("NEVER_GRANTED", "NEVER_HOLDS", "UNUSED_PARAMETER", "NOT_SEARCHED");
        assertThat(findings.warnings()).noneMatch(m -> m.field().contains("housing"));
    }

    /** What the two schemes say of the pool is compared when either is proposed. */
    @Test
    void twoSchemesThatSayOtherwiseOfOnePoolAreAFinding() {
        for (var change : Map.of(
                        "atMost: housingFen", "atMost: 9000000",
                        "within: life", "within: calendarYear",
                        "B1, B2, B3]", "B1, B2]")
                .entrySet()) {
            PolicyPackage other = PooledScheme.of("B", PooledScheme.POOL.replace(change.getKey(), change.getValue()));
            assertThat(PoolsInForce.findings(a, List.of(other)).all())
                    .as(change.toString())
                    .anyMatch(m -> m.code().equals("OTHERWISE")
                            && m.field().contains("pools")
                            && m.message().zh().contains("pooled-b"));
        }
        Findings same = PoolsInForce.findings(a, List.of(b));
        assertThat(same.all()).noneMatch(m -> m.code().equals("OTHERWISE"));
        PolicyPackage without = PooledScheme.of("B", PooledScheme.POOL.replace("code: housing", "code: another"));
        assertThat(PoolsInForce.findings(a, List.of(without)).warnings())
                .anyMatch(m -> m.code().equals("NOT_THERE"));
    }

    @Test
    void aPoolNamesBenefitsThatThereAre() {
        assertThat(PoolsInForce.findings(a, List.of()).all())
                .as("the other scheme is not there")
                .anyMatch(m -> m.code().equals("NO_BENEFIT") && m.field().contains("pools"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "sumOf of its own          | housingFen - takenNow | A1, A2, B1 | life | CIRCLE",
                "nothing of this scheme    | housingFen            | B1         | life | NONE_OF_OWN",
                "a benefit twice           | housingFen            | A1, A1     | life | TWICE",
                "no such number            | housingSum            | A1         | life | DERIVED",
                "no such time              | housingFen            | A1         | week | UNKNOWN_WORD",
                "months and since          | housingFen            | A1         | {months: 3, since: applicationDate} | SPAN"
            })
    void whatIsNoPoolIsToldWithItsPlace(String what, String atMost, String benefits, String within, String code) {
        Findings findings = new Findings();
        try {
            var files = PooledScheme.files(
                    "A",
                    "{code: housing, name: {zh: 总额, en: Total}, atMost: \"" + atMost + "\", within: " + within
                            + ", benefits: [" + benefits + "]}");
            files.computeIfPresent(
                    "scheme.yaml",
                    (path, content) -> new String(content, java.nio.charset.StandardCharsets.UTF_8)
                            .replace("rules:\n", "rules:\n  derived: [{fact: takenNow, as: sumOf, benefit: A1}]\n")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            new RulesCheck().check(cn.jincai.policy.MadeUpPackage.of("pooled-a", files), findings);
        } catch (Problem unread) {
            findings.addAll(unread.mistakes());
        }
        assertThat(findings.all()).as(what).anyMatch(m -> m.code().equals(code));
        assertThat(findings.all()).allSatisfy(m -> assertThat(m.field()).startsWith("scheme.yaml"));
    }

    private static EarlierGrant grant(String benefit, long fen, Long monthly, LocalDate on) {
        return new EarlierGrant(benefit, fen, null, monthly, null, null, null, on, null, Map.of());
    }
}
