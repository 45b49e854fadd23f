package cn.jincai.assessment.oracle;

import cn.jincai.assessment.oracle.HandAnswer.Benefit;
import cn.jincai.assessment.oracle.HandAnswer.Instalment;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rulebook chapter 5, by hand. */
final class HandSubsidy {
    private static final String CODE = "RECRUITMENT_SUBSIDY", FUND = "TALENT_FUND";
    private static final LocalDate IN_FORCE = LocalDate.of(2024, 2, 6);
    private static final Set<String> TYPES = Set.of("PRIVATE_ENTERPRISE", "PRIVATE_NON_ENTERPRISE", "SELF_EMPLOYED");
    private static final Set<String> FIRST_REGIONS = Set.of("JINJIANG"),
            SECOND_REGIONS = Set.of("JINJIANG", "QUANZHOU");

    private HandSubsidy() {}

    static HandAnswer assess(LocalDate applied, Map<String, Object> facts) {
        LocalDate insured = HandReasons.date(facts, "firstInsuredOn", applied);
        Long asked = (Long) facts.get("instalment");
        boolean second = asked != null && asked == 2;
        HandReasons reasons = new HandReasons();

        reasons.common(facts, second ? SECOND_REGIONS : FIRST_REGIONS, TYPES, second ? Verdict.REJECT : Verdict.MANUAL);
        String degree = (String) facts.get("degree");
        long total = total(degree);
        if (degree == null) reasons.unknown("degree");
        else if (total == 0) reasons.reject("NOT_IN_SCOPE", "degree");
        reasons.proven(facts, "degreeVerified", "DEGREE_UNVERIFIED");
        Object mode = facts.get("studyMode");
        if (mode == null) reasons.unknown("studyMode");
        else if (mode.equals("PART_TIME")) reasons.manual("STUDY_MODE", "studyMode");
        if (insured == null) reasons.unknown("firstInsuredOn");
        else if (insured.isBefore(IN_FORCE)) reasons.reject("NOT_IN_SCOPE", "firstInsuredOn");
        granted(facts, second, reasons);
        higherBenefit(facts, degree, total, insured, reasons);
        if (second) secondAlone(applied, facts, insured, reasons);
        else firstAlone(applied, facts, insured, reasons);

        if (reasons.rejects()) return HandAnswer.of(insured, reasons.refused(CODE, FUND));
        if (degree == null || insured == null) return HandAnswer.of(insured, reasons.money(CODE, FUND, 0, List.of()));
        return HandAnswer.of(insured, sum(facts, second, total, insured, reasons));
    }

    /** 0: out of scope, as the switch for bachelors is off. */
    private static long total(String degree) {
        if (degree == null) return 0;
        return switch (degree) {
            case "DOCTOR" -> 10_000_000;
            case "MASTER" -> 5_000_000;
            default -> 0;
        };
    }

    private static void granted(Map<String, Object> facts, boolean second, HandReasons reasons) {
        List<?> granted = (List<?>) facts.get("instalmentsGranted");
        if (granted == null) return;
        boolean first = has(granted, "1");
        if (second ? has(granted, "2") : first) reasons.reject("DUPLICATE", "instalmentsGranted");
        if (second && !first) reasons.reject("NOT_IN_SCOPE", "instalmentsGranted");
    }

    private static boolean has(List<?> granted, String instalment) {
        for (int i = 0; i < granted.size(); i++) if (granted.get(i).toString().equals(instalment)) return true;
        return false;
    }

    private static void higherBenefit(
            Map<String, Object> facts, String degree, long total, LocalDate insured, HandReasons reasons) {
        if (degree != null && total == 0) return;
        Long allowance = (Long) facts.get("recognitionAllowanceTotal");
        if (allowance == null) {
            if (facts.get("recognisedLevel") != null) reasons.unknown("recognitionAllowanceTotal");
        } else if (degree != null && insured != null && allowance > total) {
            reasons.reject("HIGHER_BENEFIT_HELD", "recognitionAllowanceTotal");
        }
    }

    private static void firstAlone(
            LocalDate applied, Map<String, Object> facts, LocalDate insured, HandReasons reasons) {
        LocalDate birth = HandReasons.date(facts, "birthDate", applied);
        if (birth == null) reasons.unknown("birthDate");
        else if (insured != null && DayTable.completedYears(birth, insured) > 40)
            reasons.reject("AGE_ABOVE_LIMIT", "birthDate");
        if (facts.get("priorSubsidy") == null) reasons.unknown("priorSubsidy");
        if (insured != null) reasons.inTime(applied, "firstInsuredOn", DayTable.endOfPeriod(insured, 12));
    }

    private static void secondAlone(
            LocalDate applied, Map<String, Object> facts, LocalDate insured, HandReasons reasons) {
        Long gaps = (Long) facts.get("insuranceGapMonths");
        if (gaps == null) reasons.unknown("insuranceGapMonths");
        else if (gaps > 2) reasons.reject("INSURANCE_GAP", "insuranceGapMonths");
        if (insured == null) return;
        if (applied.isBefore(insured.plusMonths(24))) reasons.reject("TOO_EARLY", "firstInsuredOn");
        reasons.inTime(applied, "firstInsuredOn", DayTable.endOfPeriod(insured, 36));
    }

    private static Benefit sum(
            Map<String, Object> facts, boolean second, long total, LocalDate insured, HandReasons reasons) {
        Long prior = (Long) facts.get("priorSubsidy");
        long half = total / 2;
        long first = prior == null ? half : Math.max(0, half - prior);
        DayTable.LastDay closes = DayTable.endOfPeriod(insured, 36);
        List<Instalment> instalments = List.of(
                new Instalment(1, first, null, null, false),
                new Instalment(2, total - half, insured.plusMonths(24), closes.date(), closes.provisional()));
        return reasons.money(CODE, FUND, second ? total - half : first, instalments);
    }
}
