package cn.jincai.assessment.hand;

import cn.jincai.assessment.hand.Answer.Benefit;
import cn.jincai.assessment.hand.Answer.Code;
import cn.jincai.assessment.hand.Answer.Instalment;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The upgrade subsidy and the city's award for a certificate. */
final class Award implements Scheme {
    private static final String UPGRADE = "UPGRADE_SUBSIDY",
            UPGRADE_FUND = "UNEMPLOYMENT_INSURANCE_FUND",
            AWARD = "CITY_AWARD",
            AWARD_FUND = "TALENT_FUND";
    private static final LocalDate UPGRADES_FROM = LocalDate.of(2017, 1, 1);
    private static final long YEARLY_CAP = 2_000_000;
    private static final Set<Employer.Kind> KINDS = EnumSet.of(
            Employer.Kind.PRIVATE_ENTERPRISE,
            Employer.Kind.STATE_ENTERPRISE,
            Employer.Kind.PRIVATE_NON_ENTERPRISE,
            Employer.Kind.SELF_EMPLOYED);

    enum Level {
        FIVE(100_000, 0),
        FOUR(150_000, 0),
        THREE(200_000, 100_000),
        TWO(0, 300_000),
        ONE(0, 500_000),
        SPECIAL(0, 800_000),
        CHIEF(0, 1_000_000);
        final long upgrade, award;

        Level(long upgrade, long award) {
            this.upgrade = upgrade;
            this.award = award;
        }
    }

    /** A level that was paid under one of the two benefits. */
    private record Paid(boolean upgrade, Level level) {
        static Paid of(String code) {
            return new Paid(code.startsWith("UPGRADE:"), Level.valueOf(code.substring(code.indexOf(':') + 1)));
        }
    }

    private record Facts(
            Boolean verified,
            Boolean banned,
            Employer.Kind kind,
            Employer.Region region,
            Boolean inPost,
            Long contract,
            Long insured,
            Level level,
            Boolean certificateVerified,
            LocalDate issued,
            Long unemployment,
            List<Paid> paid,
            Long claims,
            Boolean allowance,
            Long paidThisYear) {}

    private final Holidays holidays;

    Award(Holidays holidays) {
        this.holidays = holidays;
    }

    @Override
    public Object facts(Map<String, Object> f) {
        Collection<?> paid = (Collection<?>) f.get("levelsPaidForOccupation");
        return new Facts(
                (Boolean) f.get("identityVerified"),
                (Boolean) f.get("banned"),
                Scheme.code(Employer.Kind.class, f.get("employerType")),
                Scheme.code(Employer.Region.class, f.get("employerRegion")),
                (Boolean) f.get("inPost"),
                (Long) f.get("contractMonths"),
                (Long) f.get("insuredMonthsConsecutive"),
                Scheme.code(Level.class, f.get("certificateLevel")),
                (Boolean) f.get("certificateVerified"),
                (LocalDate) f.get("certificateIssuedOn"),
                (Long) f.get("unemploymentInsuredMonths"),
                paid == null
                        ? null
                        : paid.stream().map(code -> Paid.of((String) code)).toList(),
                (Long) f.get("claimsThisYear"),
                (Boolean) f.get("allowanceForSameCertificate"),
                (Long) f.get("awardPaidThisYear"));
    }

    @Override
    public Answer assess(LocalDate applied, Object facts) {
        Facts f = (Facts) facts;
        LocalDate issued = f.issued == null || f.issued.isAfter(applied) ? null : f.issued;
        Reasons both = new Reasons();
        Scheme.common(
                both,
                f.verified,
                f.banned,
                f.region,
                f.region == Employer.Region.JINJIANG,
                f.kind,
                KINDS,
                f.inPost,
                Verdict.MANUAL);
        both.proven(f.certificateVerified, "certificateVerified", Code.CERTIFICATE_UNVERIFIED);
        if (f.level == null) both.unknown("certificateLevel");
        if (issued == null) both.unknown("certificateIssuedOn");
        else both.inTime(applied, "certificateIssuedOn", holidays.endOfPeriod(issued, 12));
        boolean sumKnown = f.level != null && issued != null;

        Reasons upgrade = new Reasons(both);
        if (f.level != null && f.level.upgrade == 0) upgrade.reject(Code.NOT_COVERED, "certificateLevel");
        paidBefore(f, upgrade, true);
        if (issued != null && issued.isBefore(UPGRADES_FROM)) upgrade.reject(Code.NOT_IN_SCOPE, "certificateIssuedOn");
        int threshold = unemploymentMonths(applied.getYear());
        if (threshold > 0) upgrade.insured(f.unemployment, "unemploymentInsuredMonths", threshold);
        if (f.claims == null) upgrade.unknown("claimsThisYear");
        else if (f.claims >= 3) upgrade.reject(Code.YEARLY_LIMIT, "claimsThisYear");
        long upgradeFen = sumKnown && !upgrade.rejects() ? f.level.upgrade : 0;

        Reasons award = new Reasons(both);
        if (f.level != null && f.level.award == 0) award.reject(Code.NOT_COVERED, "certificateLevel");
        paidBefore(f, award, false);
        award.contract(f.kind, f.contract, 12);
        award.insured(f.insured, "insuredMonthsConsecutive", 6);
        if (f.allowance == null) award.unknown("allowanceForSameCertificate");
        else if (f.allowance) award.reject(Code.HIGHER_BENEFIT_HELD, "allowanceForSameCertificate");
        long left = leftOfTheYear(f, award, upgrade.verdict(), upgradeFen);
        return Answer.of(
                issued,
                applied,
                benefit(upgrade, UPGRADE, UPGRADE_FUND, upgradeFen),
                benefit(award, AWARD, AWARD_FUND, sumKnown ? Math.min(f.level.award, left) : 0));
    }

    private static int unemploymentMonths(int year) {
        return year < 2017 ? 0 : year >= 2019 && year <= 2026 ? 12 : 36;
    }

    /** Nothing at or below a level that was paid already under the same benefit. */
    private static void paidBefore(Facts f, Reasons reasons, boolean upgrade) {
        if (f.paid == null) {
            reasons.unknown("levelsPaidForOccupation");
            return;
        }
        if (f.level == null) return;
        for (Paid paid : f.paid)
            if (paid.upgrade == upgrade && paid.level.compareTo(f.level) >= 0) {
                reasons.reject(Code.DUPLICATE, "levelsPaidForOccupation");
                return;
            }
    }

    private static long leftOfTheYear(Facts f, Reasons award, Verdict upgrade, long upgradeFen) {
        if (f.paidThisYear == null) award.unknown("awardPaidThisYear");
        long beforeUpgrade = YEARLY_CAP - (f.paidThisYear == null ? 0 : f.paidThisYear),
                left = beforeUpgrade - upgradeFen;
        if (left > 0) return left;
        if (beforeUpgrade > 0 && upgrade != Verdict.APPROVE) award.unknown("awardPaidThisYear");
        else award.reject(Code.YEARLY_LIMIT, "awardPaidThisYear");
        return 0;
    }

    private static Benefit benefit(Reasons reasons, String code, String fund, long fen) {
        if (reasons.rejects()) return reasons.refused(code, fund);
        return reasons.money(
                code, fund, fen, fen == 0 ? List.of() : List.of(new Instalment(1, fen, null, null, false)));
    }
}
