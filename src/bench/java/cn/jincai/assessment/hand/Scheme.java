package cn.jincai.assessment.hand;

import cn.jincai.assessment.hand.Answer.Code;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/** One scheme by hand. */
public interface Scheme {
    /** Facts as objects, made before anything is measured. */
    Object facts(Map<String, Object> told);

    Answer assess(LocalDate applied, Object facts);

    /** @param calendar with the notices of 2024 to 2026 */
    static Scheme of(String code, WorkingCalendar calendar) {
        Holidays holidays = new Holidays(calendar, 2024, 2026);
        return switch (code) {
            case "talent-recognition" -> new Recognition();
            case "recruitment-subsidy" -> new Subsidy(holidays);
            case "skills-award" -> new Award(holidays);
            default -> throw new IllegalArgumentException(code);
        };
    }

    static <E extends Enum<E>> E code(Class<E> type, Object value) {
        return value == null ? null : Enum.valueOf(type, (String) value);
    }

    static void common(
            Reasons reasons,
            Boolean verified,
            Boolean banned,
            Employer.Region region,
            boolean regionFits,
            Employer.Kind kind,
            Set<Employer.Kind> kinds,
            Boolean inPost,
            Verdict notInPost) {
        reasons.proven(verified, "identityVerified", Code.IDENTITY_UNVERIFIED);
        if (banned == null) reasons.unknown("banned");
        else if (banned) reasons.reject(Code.BANNED, "banned");
        if (region == null) reasons.supplement(Code.EMPLOYER_UNVERIFIED, "employerRegion");
        else if (!regionFits) reasons.reject(Code.EMPLOYER_REGION, "employerRegion");
        if (kind == null) reasons.supplement(Code.EMPLOYER_UNVERIFIED, "employerType");
        else if (!kinds.contains(kind)) reasons.reject(Code.EMPLOYER_TYPE, "employerType");
        if (inPost == null) reasons.unknown("inPost");
        else if (!inPost) reasons.add(Code.NOT_IN_POST, notInPost, "inPost");
    }
}
