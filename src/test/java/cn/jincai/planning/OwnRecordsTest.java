package cn.jincai.planning;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.policy.CityPackages;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.Scheme;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What the house's own records say of a welder, counted as skills-award's scheme.yaml asks. */
class OwnRecordsTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");
    private static final Scheme AWARD = CityPackages.of("skills-award").catalogue();

    private static EarlierGrant allowance(Object evidence, String validUntil) {
        return new EarlierGrant(
                "RECOGNITION_ALLOWANCE",
                3_600_000,
                5,
                100_000L,
                null,
                null,
                LocalDate.parse("2025-03-02"),
                LocalDate.parse("2025-03-02"),
                validUntil == null ? null : LocalDate.parse(validUntil),
                evidence == null ? Map.of() : Map.of("evidence", evidence));
    }

    private static EarlierGrant subsidy(Map<String, Object> facts) {
        return new EarlierGrant(
                "UPGRADE_SUBSIDY",
                200_000,
                null,
                null,
                null,
                null,
                LocalDate.parse("2026-01-05"),
                LocalDate.parse("2026-02-02"),
                null,
                facts);
    }

    private static Object counted(String fact, Map<String, Object> known, EarlierGrant... grants) {
        return OwnRecords.of(AWARD, List.of(grants), known, TODAY).get(fact);
    }

    private static Object sameCertificate(String level, EarlierGrant... grants) {
        return counted(
                "allowanceForSameCertificate", level == null ? Map.of() : Map.of("certificateLevel", level), grants);
    }

    @Test
    void aSeniorTechniciansAllowanceRestsOnThatCertificateAndOnNoOther() {
        var senior = allowance(List.of("ASSOCIATE_SENIOR_TITLE", "SENIOR_TECHNICIAN"), "2030-03-02");
        assertThat(sameCertificate("ONE", senior)).isEqualTo(true);
        assertThat(sameCertificate("TWO", senior)).isEqualTo(false);
        assertThat(sameCertificate("CHIEF", senior)).isEqualTo(false);
    }

    @Test
    void aDoctorsAllowanceRefusesNoWeldersCertificate() {
        for (String level : List.of("THREE", "TWO", "ONE", "SPECIAL", "CHIEF"))
            assertThat(sameCertificate(level, allowance(List.of("DOCTORATE"), null)))
                    .as(level)
                    .isEqualTo(false);
        assertThat(sameCertificate("ONE", allowance(null, null)))
                .as("recognised for pay, without evidence")
                .isEqualTo(false);
    }

    @Test
    void anAllowanceThatIsOverEarnsNothingAnyMore() {
        assertThat(sameCertificate("CHIEF", allowance(List.of("CHIEF_TECHNICIAN"), "2026-03-02")))
                .isEqualTo(true);
        assertThat(sameCertificate("CHIEF", allowance(List.of("CHIEF_TECHNICIAN"), "2026-03-01")))
                .isEqualTo(false);
    }

    @Test
    void withoutALevelOnlyWhatMightMatchLeavesItOpen() {
        assertThat(sameCertificate(null)).isEqualTo(false);
        assertThat(sameCertificate(null, allowance(List.of("DOCTORATE"), null))).isEqualTo(false);
        assertThat(sameCertificate(null, allowance(List.of("CHIEF_TECHNICIAN"), null)))
                .as("unknown")
                .isNull();
    }

    @Test
    void levelsPaidAreThoseOfTheSameOccupationAndUnknownWhereTheOccupationIs() {
        var welder = subsidy(Map.of("occupationCode", "6-18-02-04", "certificateLevel", "FOUR"));
        assertThat(counted("levelsPaidForOccupation", Map.of("occupationCode", "6-18-02-04"), welder))
                .isEqualTo(List.of("UPGRADE:FOUR"));
        assertThat(counted("levelsPaidForOccupation", Map.of("occupationCode", "6-29-03-01"), welder))
                .isEqualTo(List.of());
        assertThat(counted("levelsPaidForOccupation", Map.of(), welder))
                .as("paid twice if it were none")
                .isNull();
        assertThat(counted("levelsPaidForOccupation", Map.of())).isEqualTo(List.of());
        assertThat(counted(
                        "levelsPaidForOccupation",
                        Map.of("occupationCode", "6-18-02-04"),
                        subsidy(Map.of("certificateLevel", "FOUR"))))
                .as("a record without occupation")
                .isNull();
    }

    @Test
    void sumsAndClaimsOfTheYearNeedNoOccupation() {
        var now = subsidy(Map.of());
        assertThat(counted("claimsThisYear", Map.of(), now)).isEqualTo(1L);
        assertThat(counted("awardPaidThisYear", Map.of(), now)).isEqualTo(200_000L);
    }

    private static EarlierGrant allowanceOf(String decided, int level, long monthlyFen, int monthsLeft) {
        LocalDate day = LocalDate.parse(decided);
        return new EarlierGrant(
                "RECOGNITION_ALLOWANCE",
                monthlyFen * monthsLeft,
                level,
                monthlyFen,
                null,
                null,
                day,
                day,
                null,
                Map.of());
    }

    @Test
    void anUpgradePaysItsRateForTheMonthsLeftAndTheEarlierOneCountsForThoseUsedUp() {
        var five = allowanceOf("2024-03-04", 5, 100_000, 36);
        var four = allowanceOf("2025-03-03", 4, 200_000, 24);
        var three = allowanceOf("2025-09-01", 3, 300_000, 18);
        assertThat(lifetimeTotal()).isEqualTo(0L);
        assertThat(lifetimeTotal(five)).isEqualTo(3_600_000L);
        assertThat(lifetimeTotal(five, four)).as("12 x 1 000 + 24 x 2 000 yuan").isEqualTo(6_000_000L);
        assertThat(lifetimeTotal(three, five, four))
                .as("12 x 1 000 + 6 x 2 000 + 18 x 3 000 yuan")
                .isEqualTo(7_800_000L);
        assertThat(lifetimeTotal(five, allowanceOf("2024-03-11", 4, 200_000, 36)))
                .as("nothing was used up")
                .isEqualTo(7_200_000L);
        assertThat(lifetimeTotal(
                        five,
                        new EarlierGrant(
                                "RECOGNITION_ALLOWANCE",
                                0,
                                null,
                                null,
                                6,
                                null,
                                null,
                                LocalDate.parse("2024-09-02"),
                                null,
                                Map.of())))
                .as("months are paid out of it")
                .isEqualTo(3_600_000L);
    }

    private static Object lifetimeTotal(EarlierGrant... grants) {
        return OwnRecords.of(CityPackages.of("recruitment-subsidy").catalogue(), List.of(grants), Map.of(), TODAY)
                .get("recognitionAllowanceTotal");
    }

    /** Two claims for one quarter are one quarter; and a fact can ask whether this very quarter was granted. */
    @Test
    void quartersAreToldApartAndCountedOnce() {
        SortedMap<String, byte[]> files = MadeUpPackage.files(MadeUpPackage.BY_MONTH);
        String scheme = new String(files.get("scheme.yaml"), StandardCharsets.UTF_8).replace("\nreasons:\n", """

                      - {name: quartersHad, type: integer, source: own-records, count: {of: periods, fact: claimPeriod, benefits: [STALL_AID], within: life}, label: {zh: 已享受季度, en: Quarters had}}
                      - {name: quarterHad, type: boolean, source: own-records, count: {of: exists, benefits: [STALL_AID], within: life, sameFacts: [claimPeriod]}, label: {zh: 本季度已享受, en: This quarter had}}
                    reasons:
                    """);
        files.put("scheme.yaml", scheme.getBytes(StandardCharsets.UTF_8));
        Scheme stall = MadeUpPackage.of(MadeUpPackage.BY_MONTH, files).catalogue();
        List<EarlierGrant> grants = List.of(stallAid("2025-Q3"), stallAid("2025-Q4"), stallAid("2025-Q4"));
        assertThat(OwnRecords.of(stall, grants, Map.of("claimPeriod", "2025-Q4"), TODAY))
                .containsEntry("quartersHad", 2L)
                .containsEntry("quarterHad", true);
        assertThat(OwnRecords.of(stall, grants, Map.of("claimPeriod", "2026-Q1"), TODAY))
                .containsEntry("quarterHad", false);
        assertThat(OwnRecords.of(stall, List.of(stallAid(null)), Map.of("claimPeriod", "2026-Q1"), TODAY))
                .as("a grant that does not say for which quarter it was leaves both unknown")
                .doesNotContainKeys("quartersHad", "quarterHad");
    }

    private static EarlierGrant stallAid(String quarter) {
        return new EarlierGrant(
                "STALL_AID",
                100_000,
                null,
                null,
                null,
                null,
                TODAY.minusMonths(3),
                TODAY.minusMonths(2),
                null,
                quarter == null ? Map.of() : Map.of("claimPeriod", quarter));
    }
}
