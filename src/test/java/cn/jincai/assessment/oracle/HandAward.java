package cn.jincai.assessment.oracle;

import cn.jincai.assessment.oracle.HandAnswer.Benefit;
import cn.jincai.assessment.oracle.HandAnswer.Instalment;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rulebook chapter 6, by hand. */
final class HandAward {
    private static final String UPGRADE = "UPGRADE_SUBSIDY", UPGRADE_FUND = "UNEMPLOYMENT_INSURANCE_FUND";
    private static final String AWARD = "CITY_AWARD", AWARD_FUND = "TALENT_FUND";
    private static final Set<String> REGIONS = Set.of("JINJIANG");
    private static final Set<String> TYPES =
            Set.of("PRIVATE_ENTERPRISE", "STATE_ENTERPRISE", "PRIVATE_NON_ENTERPRISE", "SELF_EMPLOYED");
    private static final LocalDate UPGRADES_FROM = LocalDate.of(2017, 1, 1);
    private static final List<String> LEVELS = List.of("FIVE", "FOUR", "THREE", "TWO", "ONE", "SPECIAL", "CHIEF");
    private static final long[] UPGRADE_FEN = {100_000, 150_000, 200_000, 0, 0, 0, 0};
    private static final long[] AWARD_FEN = {0, 0, 100_000, 300_000, 500_000, 800_000, 1_000_000};
    private static final long YEARLY_CAP = 2_000_000;

    private HandAward() {}

    static HandAnswer assess(LocalDate applied, Map<String, Object> facts) {
        LocalDate issued = HandReasons.date(facts, "certificateIssuedOn", applied);
        String name = (String) facts.get("certificateLevel");
        int level = name == null ? -1 : LEVELS.indexOf(name);

        HandReasons both = new HandReasons();
        both.common(facts, REGIONS, TYPES, Verdict.MANUAL);
        both.proven(facts, "certificateVerified", "CERTIFICATE_UNVERIFIED");
        if (level < 0) both.unknown("certificateLevel");
        if (issued == null) both.unknown("certificateIssuedOn");
        else both.inTime(applied, "certificateIssuedOn", DayTable.endOfPeriod(issued, 12));
        boolean sumKnown = level >= 0 && issued != null;

        HandReasons upgrade = new HandReasons(both);
        covered(upgrade, level, UPGRADE_FEN);
        paidBefore(facts, upgrade, level, "UPGRADE:");
        if (issued != null && issued.isBefore(UPGRADES_FROM)) upgrade.reject("NOT_IN_SCOPE", "certificateIssuedOn");
        int threshold = unemploymentMonths(applied);
        if (threshold > 0) upgrade.insured(facts, "unemploymentInsuredMonths", threshold);
        Long claims = (Long) facts.get("claimsThisYear");
        if (claims == null) upgrade.unknown("claimsThisYear");
        else if (claims >= 3) upgrade.reject("YEARLY_LIMIT", "claimsThisYear");
        Verdict upgradeVerdict = upgrade.verdict();
        long upgradeFen = sumKnown && upgradeVerdict != Verdict.REJECT ? UPGRADE_FEN[level] : 0;

        HandReasons award = new HandReasons(both);
        covered(award, level, AWARD_FEN);
        paidBefore(facts, award, level, "AWARD:");
        award.contract(facts, 12);
        award.insured(facts, "insuredMonthsConsecutive", 6);
        Boolean earns = (Boolean) facts.get("allowanceForSameCertificate");
        if (earns == null) award.unknown("allowanceForSameCertificate");
        else if (earns) award.reject("HIGHER_BENEFIT_HELD", "allowanceForSameCertificate");
        long left = leftOfTheYear(facts, award, upgradeVerdict, upgradeFen);
        long awardFen = sumKnown ? Math.min(AWARD_FEN[level], left) : 0;

        return HandAnswer.of(
                issued,
                benefit(upgrade, UPGRADE, UPGRADE_FUND, upgradeFen),
                benefit(award, AWARD, AWARD_FUND, awardFen));
    }

    /** By the day of application: nothing before 2017, 36 months, 12 from 2019 to 2026, 36 again. */
    private static int unemploymentMonths(LocalDate applied) {
        int year = applied.getYear();
        if (year < 2017) return 0;
        return year >= 2019 && year <= 2026 ? 12 : 36;
    }

    private static void covered(HandReasons reasons, int level, long[] sums) {
        if (level >= 0 && sums[level] == 0) reasons.reject("NOT_COVERED", "certificateLevel");
    }

    /** Nothing at or below a level already paid under the same benefit. */
    private static void paidBefore(Map<String, Object> facts, HandReasons reasons, int level, String benefit) {
        List<?> paid = (List<?>) facts.get("levelsPaidForOccupation");
        if (paid == null) {
            reasons.unknown("levelsPaidForOccupation");
            return;
        }
        if (level < 0) return;
        for (int i = 0; i < paid.size(); i++) {
            String entry = (String) paid.get(i);
            if (entry.startsWith(benefit) && LEVELS.indexOf(entry.substring(benefit.length())) >= level) {
                reasons.reject("DUPLICATE", "levelsPaidForOccupation");
                return;
            }
        }
    }

    /** What both benefits may still come to this year, less the upgrade of this application (rulebook 6, last conditions). */
    private static long leftOfTheYear(Map<String, Object> facts, HandReasons award, Verdict upgrade, long upgradeFen) {
        Long known = (Long) facts.get("awardPaidThisYear");
        if (known == null) award.unknown("awardPaidThisYear");
        long beforeUpgrade = YEARLY_CAP - (known == null ? 0 : known);
        long left = beforeUpgrade - upgradeFen;
        if (left > 0) return left;
        if (beforeUpgrade > 0 && upgrade != Verdict.APPROVE) award.unknown("awardPaidThisYear");
        else award.reject("YEARLY_LIMIT", "awardPaidThisYear");
        return 0;
    }

    private static Benefit benefit(HandReasons reasons, String code, String fund, long fen) {
        if (reasons.rejects()) return reasons.refused(code, fund);
        return reasons.money(
                code, fund, fen, fen == 0 ? List.of() : List.of(new Instalment(1, fen, null, null, false)));
    }
}
