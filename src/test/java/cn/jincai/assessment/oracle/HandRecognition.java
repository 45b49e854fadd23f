package cn.jincai.assessment.oracle;

import cn.jincai.assessment.oracle.HandAnswer.Benefit;
import cn.jincai.assessment.oracle.HandAnswer.Instalment;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rulebook chapter 4, by hand. */
final class HandRecognition {
    private static final String FUND = "TALENT_FUND";
    private static final Set<String> REGIONS = Set.of("JINJIANG");
    private static final Set<String> TYPES = Set.of(
            "PRIVATE_ENTERPRISE", "STATE_ENTERPRISE", "PRIVATE_NON_ENTERPRISE", "PUBLIC_INSTITUTION", "SELF_EMPLOYED");
    private static final long YUAN = 100;
    private static final long[] MONTHLY = {0, 8_000 * YUAN, 5_000 * YUAN, 3_000 * YUAN, 2_000 * YUAN, 1_000 * YUAN};
    private static final int NONE = 6; // as a level: worse than any
    private static final int NO_AGE = Integer.MAX_VALUE;

    private static final Set<String> A1 = Set.of("NOBEL_LEVEL_PRIZE", "ACADEMICIAN", "STATE_TOP_SCIENCE_PRIZE");
    private static final Set<String> A2 = Set.of("NATIONAL_TALENT_PROGRAMME", "CHINA_SKILLS_GRAND_PRIZE", "FUJIAN_A");
    private static final Set<String> A3 =
            Set.of("FUJIAN_B", "NATIONAL_TECHNICAL_EXPERT", "NATIONAL_MASTER_STUDIO_LEADER", "CHIEF_TECHNICIAN");
    private static final Set<String> A4 =
            Set.of("FUJIAN_C", "FULL_SENIOR_TITLE", "SPECIAL_TECHNICIAN", "PROVINCIAL_MASTER_STUDIO_LEADER");
    private static final Set<String> A5 = Set.of("DOCTORATE", "ASSOCIATE_SENIOR_TITLE", "PROVINCIAL_TECHNICAL_EXPERT");

    private HandRecognition() {}

    static HandAnswer assess(LocalDate applied, Map<String, Object> facts) {
        HandReasons recognition = new HandReasons();
        recognition.common(facts, REGIONS, TYPES, Verdict.MANUAL);
        recognition.contract(facts, 36);
        recognition.insured(facts, "insuredMonthsConsecutive", 6);
        int level = new Rows(applied, facts).level(recognition, (Long) facts.get("recognisedLevel"));

        HandReasons allowance = new HandReasons(recognition);
        Long paid = (Long) facts.get("allowanceMonthsPaid");
        if (paid == null) allowance.unknown("allowanceMonthsPaid");
        else if (paid >= 36) allowance.reject("LIFETIME_LIMIT", "allowanceMonthsPaid");

        Benefit status = recognition.rejects()
                ? recognition.refused("RECOGNITION", FUND)
                : recognition.status("RECOGNITION", FUND, level == NONE ? null : level);
        return HandAnswer.of(applied, status, allowance(allowance, level, paid == null ? 0 : paid));
    }

    private static Benefit allowance(HandReasons reasons, int level, long paid) {
        if (reasons.rejects()) return reasons.refused("RECOGNITION_ALLOWANCE", FUND);
        if (level == NONE) return reasons.money("RECOGNITION_ALLOWANCE", FUND, 0, List.of());
        int months = (int) (36 - paid);
        List<Instalment> blocks = new ArrayList<>(6);
        for (int left = months; left > 0; left -= 6) {
            blocks.add(new Instalment(blocks.size() + 1, MONTHLY[level] * Math.min(6, left), null, null, false));
        }
        return reasons.monthly("RECOGNITION_ALLOWANCE", FUND, level, MONTHLY[level], months, blocks);
    }

    /** Rows A1-01 to A1-09: each holds for certain, possibly or not, by its criterion and its age. */
    private static final class Rows {
        private final List<String> evidence;
        private final Boolean listed;
        private final Long pay, months;
        private final int age;
        private final boolean ageKnown;
        private int certain = NONE, possible = NONE;
        private boolean tooOld;
        // unknown facts of the possible rows, by the level that the best row missing them would give
        private int forEvidence = NONE, forIndustry = NONE, forPay = NONE, forMonths = NONE, forAge = NONE;

        Rows(LocalDate applied, Map<String, Object> facts) {
            @SuppressWarnings("unchecked")
            List<String> codes = (List<String>) facts.get("evidence");
            evidence = codes;
            listed = (Boolean) facts.get("listedIndustry");
            pay = (Long) facts.get("annualTaxablePay");
            months = (Long) facts.get("taxedMonthsInJinjiang");
            LocalDate birth = HandReasons.date(facts, "birthDate", applied);
            ageKnown = birth != null;
            age = ageKnown ? DayTable.completedYears(birth, applied) : 0;
        }

        int level(HandReasons reasons, Long held) {
            evidenceRow(A1, 1, NO_AGE);
            evidenceRow(A2, 2, 65);
            evidenceRow(A3, 3, 60);
            fourth();
            fifth();
            payRow(1_500_000 * YUAN, 2, 60);
            payRow(1_000_000 * YUAN, 3, 60);
            payRow(600_000 * YUAN, 4, 55);
            payRow(400_000 * YUAN, 5, 50);

            int best = Math.min(certain, possible);
            if (best == NONE) {
                reasons.reject("NO_CRITERION", "evidence");
                if (tooOld) reasons.reject("AGE_ABOVE_LIMIT", "birthDate");
            } else if (held != null && best >= held) {
                reasons.reject("DUPLICATE", "recognisedLevel");
            }
            if (forEvidence < certain) reasons.unknown("evidence");
            if (forIndustry < certain) reasons.unknown("listedIndustry");
            if (forPay < certain) reasons.unknown("annualTaxablePay");
            if (forMonths < certain) reasons.unknown("taxedMonthsInJinjiang");
            if (forAge < certain) reasons.unknown("birthDate");
            return certain;
        }

        private void evidenceRow(Set<String> codes, int level, int maxAge) {
            if (evidence == null) evidenceUnknown(level, maxAge);
            else if (any(codes)) criterionHolds(level, maxAge);
        }

        private void fourth() {
            if (evidence == null) evidenceUnknown(4, 55);
            else if (any(A4) || evidence.contains("DOCTORATE") && evidence.contains("ASSOCIATE_SENIOR_TITLE"))
                criterionHolds(4, 55);
        }

        private void fifth() {
            if (evidence == null) {
                evidenceUnknown(5, 50);
                if (listed == null && mayBeYoungEnough(50)) forIndustry = Math.min(forIndustry, 5);
            } else if (any(A5)) {
                criterionHolds(5, 50);
            } else if (evidence.contains("SENIOR_TECHNICIAN")) {
                if (listed == null) {
                    if (possibly(5, 50)) forIndustry = Math.min(forIndustry, 5);
                } else if (listed) {
                    criterionHolds(5, 50);
                }
            }
        }

        private void payRow(long atLeast, int level, int maxAge) {
            if (pay != null && pay < atLeast || months != null && months < 6) return;
            if (pay != null && months != null) {
                criterionHolds(level, maxAge);
            } else if (possibly(level, maxAge)) {
                if (pay == null) forPay = Math.min(forPay, level);
                if (months == null) forMonths = Math.min(forMonths, level);
            }
        }

        private void criterionHolds(int level, int maxAge) {
            if (maxAge == NO_AGE || ageKnown && age <= maxAge) certain = Math.min(certain, level);
            else if (ageKnown) tooOld = true;
            else possibly(level, maxAge);
        }

        private void evidenceUnknown(int level, int maxAge) {
            if (possibly(level, maxAge)) forEvidence = Math.min(forEvidence, level);
        }

        private boolean possibly(int level, int maxAge) {
            if (!mayBeYoungEnough(maxAge)) return false;
            possible = Math.min(possible, level);
            if (!ageKnown && maxAge != NO_AGE) forAge = Math.min(forAge, level);
            return true;
        }

        private boolean mayBeYoungEnough(int maxAge) {
            return !ageKnown || age <= maxAge;
        }

        private boolean any(Set<String> codes) {
            for (int i = 0; i < evidence.size(); i++) if (codes.contains(evidence.get(i))) return true;
            return false;
        }
    }
}
