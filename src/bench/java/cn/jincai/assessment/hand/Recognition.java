package cn.jincai.assessment.hand;

import cn.jincai.assessment.hand.Answer.Benefit;
import cn.jincai.assessment.hand.Answer.Code;
import cn.jincai.assessment.hand.Answer.Instalment;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recognition and its monthly allowance. */
final class Recognition implements Scheme {
    private static final String FUND = "TALENT_FUND";
    private static final long YUAN = 100;
    private static final long[] MONTHLY = {0, 8_000 * YUAN, 5_000 * YUAN, 3_000 * YUAN, 2_000 * YUAN, 1_000 * YUAN};
    private static final int NONE = 6;
    private static final Set<Employer.Kind> KINDS = EnumSet.complementOf(EnumSet.of(Employer.Kind.GOVERNMENT));

    enum Evidence {
        NOBEL_LEVEL_PRIZE,
        ACADEMICIAN,
        STATE_TOP_SCIENCE_PRIZE,
        NATIONAL_TALENT_PROGRAMME,
        CHINA_SKILLS_GRAND_PRIZE,
        FUJIAN_A,
        FUJIAN_B,
        NATIONAL_TECHNICAL_EXPERT,
        NATIONAL_MASTER_STUDIO_LEADER,
        CHIEF_TECHNICIAN,
        FUJIAN_C,
        FULL_SENIOR_TITLE,
        SPECIAL_TECHNICIAN,
        PROVINCIAL_MASTER_STUDIO_LEADER,
        DOCTORATE,
        ASSOCIATE_SENIOR_TITLE,
        PROVINCIAL_TECHNICAL_EXPERT,
        SENIOR_TECHNICIAN
    }

    private static final EnumSet<Evidence>
            FIRST = EnumSet.range(Evidence.NOBEL_LEVEL_PRIZE, Evidence.STATE_TOP_SCIENCE_PRIZE),
            SECOND = EnumSet.range(Evidence.NATIONAL_TALENT_PROGRAMME, Evidence.FUJIAN_A),
            THIRD = EnumSet.range(Evidence.FUJIAN_B, Evidence.CHIEF_TECHNICIAN),
            FOURTH = EnumSet.range(Evidence.FUJIAN_C, Evidence.PROVINCIAL_MASTER_STUDIO_LEADER),
            FIFTH = EnumSet.range(Evidence.DOCTORATE, Evidence.PROVINCIAL_TECHNICAL_EXPERT);

    private record Facts(
            LocalDate birth,
            Boolean verified,
            Boolean banned,
            Employer.Kind kind,
            Employer.Region region,
            Boolean inPost,
            Long contract,
            Long insured,
            EnumSet<Evidence> evidence,
            Long pay,
            Long taxedMonths,
            Boolean listed,
            Long held,
            Long paidMonths) {}

    @Override
    public Object facts(Map<String, Object> f) {
        EnumSet<Evidence> evidence = f.containsKey("evidence") ? EnumSet.noneOf(Evidence.class) : null;
        if (evidence != null)
            for (Object code : (Collection<?>) f.get("evidence")) evidence.add(Evidence.valueOf((String) code));
        return new Facts(
                (LocalDate) f.get("birthDate"),
                (Boolean) f.get("identityVerified"),
                (Boolean) f.get("banned"),
                Scheme.code(Employer.Kind.class, f.get("employerType")),
                Scheme.code(Employer.Region.class, f.get("employerRegion")),
                (Boolean) f.get("inPost"),
                (Long) f.get("contractMonths"),
                (Long) f.get("insuredMonthsConsecutive"),
                evidence,
                (Long) f.get("annualTaxablePay"),
                (Long) f.get("taxedMonthsInJinjiang"),
                (Boolean) f.get("listedIndustry"),
                (Long) f.get("recognisedLevel"),
                (Long) f.get("allowanceMonthsPaid"));
    }

    @Override
    public Answer assess(LocalDate applied, Object facts) {
        Facts f = (Facts) facts;
        Reasons recognition = new Reasons();
        Scheme.common(
                recognition,
                f.verified,
                f.banned,
                f.region,
                f.region == Employer.Region.JINJIANG,
                f.kind,
                KINDS,
                f.inPost,
                Verdict.MANUAL);
        recognition.contract(f.kind, f.contract, 36);
        recognition.insured(f.insured, "insuredMonthsConsecutive", 6);
        int level = new Levels(applied, f).level(recognition);
        Reasons allowance = new Reasons(recognition);
        if (f.paidMonths == null) allowance.unknown("allowanceMonthsPaid");
        else if (f.paidMonths >= 36) allowance.reject(Code.LIFETIME_LIMIT, "allowanceMonthsPaid");
        Benefit status = recognition.rejects()
                ? recognition.refused("RECOGNITION", FUND)
                : recognition.status("RECOGNITION", FUND, level == NONE ? null : level);
        return Answer.of(
                applied, applied, status, allowance(allowance, level, f.paidMonths == null ? 0 : f.paidMonths));
    }

    private static Benefit allowance(Reasons reasons, int level, long paid) {
        if (reasons.rejects()) return reasons.refused("RECOGNITION_ALLOWANCE", FUND);
        if (level == NONE) return reasons.money("RECOGNITION_ALLOWANCE", FUND, 0, List.of());
        int months = (int) (36 - paid);
        List<Instalment> blocks = new ArrayList<>(6);
        for (int left = months; left > 0; left -= 6)
            blocks.add(new Instalment(blocks.size() + 1, MONTHLY[level] * Math.min(6, left), null, null, false));
        return reasons.monthly("RECOGNITION_ALLOWANCE", FUND, level, MONTHLY[level], months, blocks);
    }

    /** Rows of the catalogue, each certain, possible or neither. */
    private static final class Levels {
        private final Facts f;
        private final int age;
        private final boolean ageKnown;
        private int certain = NONE, possible = NONE;
        private boolean tooOld;
        private int forEvidence = NONE, forIndustry = NONE, forPay = NONE, forMonths = NONE, forAge = NONE;

        Levels(LocalDate applied, Facts f) {
            this.f = f;
            ageKnown = f.birth != null && !f.birth.isAfter(applied);
            age = ageKnown ? Holidays.completedYears(f.birth, applied) : 0;
        }

        int level(Reasons reasons) {
            title(FIRST, 1, Integer.MAX_VALUE);
            title(SECOND, 2, 65);
            title(THIRD, 3, 60);
            if (f.evidence == null) evidenceUnknown(4, 55);
            else if (any(FOURTH)
                    || f.evidence.contains(Evidence.DOCTORATE) && f.evidence.contains(Evidence.ASSOCIATE_SENIOR_TITLE))
                holds(4, 55);
            fifth();
            pay(1_500_000 * YUAN, 2, 60);
            pay(1_000_000 * YUAN, 3, 60);
            pay(600_000 * YUAN, 4, 55);
            pay(400_000 * YUAN, 5, 50);
            int best = Math.min(certain, possible);
            if (best == NONE) {
                reasons.reject(Code.NO_CRITERION, "evidence");
                if (tooOld) reasons.reject(Code.AGE_ABOVE_LIMIT, "birthDate");
            } else if (f.held != null && best >= f.held) {
                reasons.reject(Code.DUPLICATE, "recognisedLevel");
            }
            if (forEvidence < certain) reasons.unknown("evidence");
            if (forIndustry < certain) reasons.unknown("listedIndustry");
            if (forPay < certain) reasons.unknown("annualTaxablePay");
            if (forMonths < certain) reasons.unknown("taxedMonthsInJinjiang");
            if (forAge < certain) reasons.unknown("birthDate");
            return certain;
        }

        private void title(EnumSet<Evidence> codes, int level, int maxAge) {
            if (f.evidence == null) evidenceUnknown(level, maxAge);
            else if (any(codes)) holds(level, maxAge);
        }

        private void fifth() {
            if (f.evidence == null) {
                evidenceUnknown(5, 50);
                if (f.listed == null && mayBeYoungEnough(50)) forIndustry = Math.min(forIndustry, 5);
            } else if (any(FIFTH)) {
                holds(5, 50);
            } else if (f.evidence.contains(Evidence.SENIOR_TECHNICIAN)) {
                if (f.listed == null) {
                    if (possibly(5, 50)) forIndustry = Math.min(forIndustry, 5);
                } else if (f.listed) {
                    holds(5, 50);
                }
            }
        }

        private void pay(long atLeast, int level, int maxAge) {
            if (f.pay != null && f.pay < atLeast || f.taxedMonths != null && f.taxedMonths < 6) return;
            if (f.pay != null && f.taxedMonths != null) {
                holds(level, maxAge);
            } else if (possibly(level, maxAge)) {
                if (f.pay == null) forPay = Math.min(forPay, level);
                if (f.taxedMonths == null) forMonths = Math.min(forMonths, level);
            }
        }

        private void holds(int level, int maxAge) {
            if (maxAge == Integer.MAX_VALUE || ageKnown && age <= maxAge) certain = Math.min(certain, level);
            else if (ageKnown) tooOld = true;
            else possibly(level, maxAge);
        }

        private void evidenceUnknown(int level, int maxAge) {
            if (possibly(level, maxAge)) forEvidence = Math.min(forEvidence, level);
        }

        private boolean possibly(int level, int maxAge) {
            if (!mayBeYoungEnough(maxAge)) return false;
            possible = Math.min(possible, level);
            if (!ageKnown && maxAge != Integer.MAX_VALUE) forAge = Math.min(forAge, level);
            return true;
        }

        private boolean mayBeYoungEnough(int maxAge) {
            return !ageKnown || age <= maxAge;
        }

        private boolean any(EnumSet<Evidence> codes) {
            for (Evidence e : f.evidence) if (codes.contains(e)) return true;
            return false;
        }
    }
}
