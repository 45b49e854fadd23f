package cn.jincai.assessment.oracle;

import cn.jincai.assessment.oracle.HandAnswer.Benefit;
import cn.jincai.assessment.oracle.HandAnswer.Instalment;
import cn.jincai.assessment.oracle.HandAnswer.Reason;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reasons of one benefit as they are found, and the conditions that all benefits share (rulebook 2.10 and 2.15). */
final class HandReasons {
    private final List<Reason> found = new ArrayList<>(4);

    HandReasons() {}

    /** Begins with another benefit's reasons. */
    HandReasons(HandReasons others) {
        found.addAll(others.found);
    }

    void reject(String code, String fact) {
        found.add(new Reason(code, Verdict.REJECT, fact));
    }

    void supplement(String code, String fact) {
        found.add(new Reason(code, Verdict.SUPPLEMENT, fact));
    }

    void manual(String code, String fact) {
        found.add(new Reason(code, Verdict.MANUAL, fact));
    }

    /** One for each fact, whatever number of conditions miss it. */
    void unknown(String fact) {
        for (int i = 0; i < found.size(); i++) {
            Reason reason = found.get(i);
            if (reason.code().equals("DATA_UNAVAILABLE") && reason.fact().equals(fact)) return;
        }
        found.add(new Reason("DATA_UNAVAILABLE", Verdict.MANUAL, fact));
    }

    /** Must be true; false and unknown are the same to the applicant: he can mend both. */
    void proven(Map<String, Object> facts, String fact, String code) {
        if (!Boolean.TRUE.equals(facts.get(fact))) supplement(code, fact);
    }

    void common(Map<String, Object> facts, Set<String> regions, Set<String> types, Verdict notInPost) {
        proven(facts, "identityVerified", "IDENTITY_UNVERIFIED");
        Boolean banned = (Boolean) facts.get("banned");
        if (banned == null) unknown("banned");
        else if (banned) reject("BANNED", "banned");
        String region = (String) facts.get("employerRegion");
        if (region == null) supplement("EMPLOYER_UNVERIFIED", "employerRegion");
        else if (!regions.contains(region)) reject("EMPLOYER_REGION", "employerRegion");
        String type = (String) facts.get("employerType");
        if (type == null) supplement("EMPLOYER_UNVERIFIED", "employerType");
        else if (!types.contains(type)) reject("EMPLOYER_TYPE", "employerType");
        Boolean inPost = (Boolean) facts.get("inPost");
        if (inPost == null) unknown("inPost");
        else if (!inPost) found.add(new Reason("NOT_IN_POST", notInPost, "inPost"));
    }

    /** The self-employed have no labour contract; where the type is unknown a short one says nothing yet (rulebook 2.15). */
    void contract(Map<String, Object> facts, long atLeast) {
        Object type = facts.get("employerType");
        if ("SELF_EMPLOYED".equals(type)) return;
        Long months = (Long) facts.get("contractMonths");
        if (months == null) unknown("contractMonths");
        else if (type != null && months < atLeast) reject("CONTRACT_TOO_SHORT", "contractMonths");
    }

    void insured(Map<String, Object> facts, String fact, long atLeast) {
        Long months = (Long) facts.get(fact);
        if (months == null) unknown(fact);
        else if (months < atLeast) reject("INSURANCE_TOO_SHORT", fact);
    }

    void inTime(LocalDate applied, String fact, DayTable.LastDay last) {
        switch (DayTable.inTime(applied, last)) {
            case YES -> {}
            case NO -> reject("LATE", fact);
            case OPEN -> unknown(fact);
        }
    }

    Verdict verdict() {
        Verdict worst = Verdict.APPROVE;
        for (int i = 0; i < found.size(); i++) {
            Verdict effect = found.get(i).effect();
            if (effect == Verdict.REJECT) return Verdict.REJECT;
            if (effect == Verdict.SUPPLEMENT || worst == Verdict.APPROVE) worst = effect;
        }
        return worst;
    }

    boolean rejects() {
        return verdict() == Verdict.REJECT;
    }

    /** A refusal leaves nothing of a benefit but its reasons (rulebook 2.11). */
    Benefit refused(String code, String fund) {
        return new Benefit(code, Verdict.REJECT, fund, 0, null, null, null, List.of(), found);
    }

    Benefit money(String code, String fund, long amount, List<Instalment> instalments) {
        return new Benefit(code, verdict(), fund, amount, null, null, null, instalments, found);
    }

    Benefit status(String code, String fund, Integer level) {
        return new Benefit(code, verdict(), fund, 0, level, null, null, List.of(), found);
    }

    Benefit monthly(String code, String fund, int level, long monthly, int months, List<Instalment> instalments) {
        return new Benefit(code, verdict(), fund, monthly * months, level, monthly, months, instalments, found);
    }

    /** A date after the application is a slip of data and counts as unknown (rulebook 2.10). */
    static LocalDate date(Map<String, Object> facts, String fact, LocalDate applied) {
        LocalDate date = (LocalDate) facts.get(fact);
        return date == null || date.isAfter(applied) ? null : date;
    }
}
