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

/** The recruitment subsidy in two halves. */
final class Subsidy implements Scheme {
    private static final String CODE = "RECRUITMENT_SUBSIDY", FUND = "TALENT_FUND";
    private static final LocalDate IN_FORCE = LocalDate.of(2024, 2, 6);
    private static final Set<Employer.Kind> KINDS = EnumSet.of(
            Employer.Kind.PRIVATE_ENTERPRISE, Employer.Kind.PRIVATE_NON_ENTERPRISE, Employer.Kind.SELF_EMPLOYED);

    enum Degree {
        DOCTOR(10_000_000),
        MASTER(5_000_000),
        DOUBLE_FIRST_CLASS_BACHELOR(0);

        final long total;

        Degree(long total) {
            this.total = total;
        }
    }

    enum Mode {
        FULL_TIME,
        PART_TIME
    }

    private record Facts(
            LocalDate birth,
            Boolean verified,
            Boolean banned,
            Employer.Kind kind,
            Employer.Region region,
            Boolean inPost,
            Degree degree,
            Mode mode,
            Boolean degreeVerified,
            LocalDate insured,
            Long prior,
            List<Long> granted,
            Long instalment,
            Long gaps,
            Long held,
            Long allowance) {}

    private final Holidays holidays;

    Subsidy(Holidays holidays) {
        this.holidays = holidays;
    }

    @Override
    public Object facts(Map<String, Object> f) {
        Collection<?> granted = (Collection<?>) f.get("instalmentsGranted");
        return new Facts(
                (LocalDate) f.get("birthDate"),
                (Boolean) f.get("identityVerified"),
                (Boolean) f.get("banned"),
                Scheme.code(Employer.Kind.class, f.get("employerType")),
                Scheme.code(Employer.Region.class, f.get("employerRegion")),
                (Boolean) f.get("inPost"),
                Scheme.code(Degree.class, f.get("degree")),
                Scheme.code(Mode.class, f.get("studyMode")),
                (Boolean) f.get("degreeVerified"),
                (LocalDate) f.get("firstInsuredOn"),
                (Long) f.get("priorSubsidy"),
                granted == null
                        ? null
                        : granted.stream().map(part -> (Long) part).toList(),
                (Long) f.get("instalment"),
                (Long) f.get("insuranceGapMonths"),
                (Long) f.get("recognisedLevel"),
                (Long) f.get("recognitionAllowanceTotal"));
    }

    @Override
    public Answer assess(LocalDate applied, Object facts) {
        Facts f = (Facts) facts;
        LocalDate insured = f.insured == null || f.insured.isAfter(applied) ? null : f.insured;
        boolean second = f.instalment != null && f.instalment == 2;
        Reasons reasons = new Reasons();
        Scheme.common(
                reasons,
                f.verified,
                f.banned,
                f.region,
                f.region == Employer.Region.JINJIANG || second && f.region == Employer.Region.QUANZHOU,
                f.kind,
                KINDS,
                f.inPost,
                second ? Verdict.REJECT : Verdict.MANUAL);
        if (f.degree == null) reasons.unknown("degree");
        else if (f.degree.total == 0) reasons.reject(Code.NOT_IN_SCOPE, "degree");
        reasons.proven(f.degreeVerified, "degreeVerified", Code.DEGREE_UNVERIFIED);
        if (f.mode == null) reasons.unknown("studyMode");
        else if (f.mode == Mode.PART_TIME) reasons.add(Code.STUDY_MODE, Verdict.MANUAL, "studyMode");
        if (insured == null) reasons.unknown("firstInsuredOn");
        else if (insured.isBefore(IN_FORCE)) reasons.reject(Code.NOT_IN_SCOPE, "firstInsuredOn");
        if (f.granted != null) {
            boolean first = f.granted.contains(1L);
            if (second ? f.granted.contains(2L) : first) reasons.reject(Code.DUPLICATE, "instalmentsGranted");
            if (second && !first) reasons.reject(Code.NOT_IN_SCOPE, "instalmentsGranted");
        }
        higherBenefit(f, insured, reasons);
        if (second) second(applied, f, insured, reasons);
        else first(applied, f, insured, reasons);
        if (reasons.rejects()) return Answer.of(insured, applied, reasons.refused(CODE, FUND));
        if (f.degree == null || insured == null)
            return Answer.of(insured, applied, reasons.money(CODE, FUND, 0, List.of()));
        return Answer.of(insured, applied, sum(f, second, insured, reasons));
    }

    private static void higherBenefit(Facts f, LocalDate insured, Reasons reasons) {
        if (f.degree != null && f.degree.total == 0) return;
        if (f.allowance == null) {
            if (f.held != null) reasons.unknown("recognitionAllowanceTotal");
        } else if (f.degree != null && insured != null && f.allowance > f.degree.total) {
            reasons.reject(Code.HIGHER_BENEFIT_HELD, "recognitionAllowanceTotal");
        }
    }

    private void first(LocalDate applied, Facts f, LocalDate insured, Reasons reasons) {
        if (f.birth == null || f.birth.isAfter(applied)) reasons.unknown("birthDate");
        else if (insured != null && Holidays.completedYears(f.birth, insured) > 40)
            reasons.reject(Code.AGE_ABOVE_LIMIT, "birthDate");
        if (f.prior == null) reasons.unknown("priorSubsidy");
        if (insured != null) reasons.inTime(applied, "firstInsuredOn", holidays.endOfPeriod(insured, 12));
    }

    private void second(LocalDate applied, Facts f, LocalDate insured, Reasons reasons) {
        if (f.gaps == null) reasons.unknown("insuranceGapMonths");
        else if (f.gaps > 2) reasons.reject(Code.INSURANCE_GAP, "insuranceGapMonths");
        if (insured == null) return;
        if (applied.isBefore(insured.plusMonths(24))) reasons.reject(Code.TOO_EARLY, "firstInsuredOn");
        reasons.inTime(applied, "firstInsuredOn", holidays.endOfPeriod(insured, 36));
    }

    private Benefit sum(Facts f, boolean second, LocalDate insured, Reasons reasons) {
        long half = f.degree.total / 2;
        long first = f.prior == null ? half : Math.max(0, half - f.prior);
        Holidays.LastDay closes = holidays.endOfPeriod(insured, 36);
        List<Instalment> instalments = List.of(
                new Instalment(1, first, null, null, false),
                new Instalment(2, f.degree.total - half, insured.plusMonths(24), closes.day(), closes.provisional()));
        return reasons.money(CODE, FUND, second ? f.degree.total - half : first, instalments);
    }
}
