package cn.jincai.filing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Scheme;
import cn.jincai.registry.EarlierGrant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the house's own records say of a welder, counted as skills-award's scheme.yaml asks. */
class OwnRecordsTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");
    private static final Scheme AWARD = CityPackages.of("skills-award").catalogue();

    private static EarlierGrant allowance(Object evidence, String validUntil) {
        return new EarlierGrant("RECOGNITION_ALLOWANCE", 3_600_000, 5, 100_000L, null, null, LocalDate.parse("2025-03-02"), LocalDate.parse("2025-03-02"),
            validUntil == null ? null : LocalDate.parse(validUntil), evidence == null ? Map.of() : Map.of("evidence", evidence));
    }

    private static EarlierGrant subsidy(Map<String, Object> facts) {
        return new EarlierGrant("UPGRADE_SUBSIDY", 200_000, null, null, null, null, LocalDate.parse("2026-01-05"), LocalDate.parse("2026-02-02"), null, facts);
    }

    private static Object counted(String fact, Map<String, Object> known, EarlierGrant... grants) {
        return OwnRecords.of(AWARD, List.of(grants), known, TODAY).get(fact);
    }

    private static Object sameCertificate(String level, EarlierGrant... grants) {
        return counted("allowanceForSameCertificate", level == null ? Map.of() : Map.of("certificateLevel", level), grants);
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
        for (String level : List.of("THREE", "TWO", "ONE", "SPECIAL", "CHIEF")) assertThat(sameCertificate(level, allowance(List.of("DOCTORATE"), null))).as(level).isEqualTo(false);
        assertThat(sameCertificate("ONE", allowance(null, null))).as("recognised for pay, without evidence").isEqualTo(false);
    }

    @Test
    void anAllowanceThatIsOverEarnsNothingAnyMore() {
        assertThat(sameCertificate("CHIEF", allowance(List.of("CHIEF_TECHNICIAN"), "2026-03-02"))).isEqualTo(true);
        assertThat(sameCertificate("CHIEF", allowance(List.of("CHIEF_TECHNICIAN"), "2026-03-01"))).isEqualTo(false);
    }

    @Test
    void withoutALevelOnlyWhatMightMatchLeavesItOpen() {
        assertThat(sameCertificate(null)).isEqualTo(false);
        assertThat(sameCertificate(null, allowance(List.of("DOCTORATE"), null))).isEqualTo(false);
        assertThat(sameCertificate(null, allowance(List.of("CHIEF_TECHNICIAN"), null))).as("unknown").isNull();
    }

    @Test
    void levelsPaidAreThoseOfTheSameOccupationAndUnknownWhereTheOccupationIs() {
        var welder = subsidy(Map.of("occupationCode", "6-18-02-04", "certificateLevel", "FOUR"));
        assertThat(counted("levelsPaidForOccupation", Map.of("occupationCode", "6-18-02-04"), welder)).isEqualTo(List.of("UPGRADE:FOUR"));
        assertThat(counted("levelsPaidForOccupation", Map.of("occupationCode", "6-29-03-01"), welder)).isEqualTo(List.of());
        assertThat(counted("levelsPaidForOccupation", Map.of(), welder)).as("paid twice if it were none").isNull();
        assertThat(counted("levelsPaidForOccupation", Map.of())).isEqualTo(List.of());
        assertThat(counted("levelsPaidForOccupation", Map.of("occupationCode", "6-18-02-04"), subsidy(Map.of("certificateLevel", "FOUR")))).as("a record without occupation").isNull();
    }

    @Test
    void sumsAndClaimsOfTheYearNeedNoOccupation() {
        var now = subsidy(Map.of());
        assertThat(counted("claimsThisYear", Map.of(), now)).isEqualTo(1L);
        assertThat(counted("awardPaidThisYear", Map.of(), now)).isEqualTo(200_000L);
    }
}
