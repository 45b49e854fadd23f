package cn.jincai.assessment.hand;

import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.List;

public record Answer(LocalDate governingDate, LocalDate applied, Verdict verdict, List<Benefit> benefits) {
    public record Benefit(
            String code,
            Verdict verdict,
            String fund,
            long amountFen,
            Integer level,
            Long monthlyFen,
            Integer months,
            List<Instalment> instalments,
            List<Reason> reasons) {}

    public record Instalment(int number, long amountFen, LocalDate from, LocalDate to, boolean provisional) {}

    public record Reason(Code code, Verdict effect, String fact) {}

    public enum Code {
        IDENTITY_UNVERIFIED,
        BANNED,
        EMPLOYER_UNVERIFIED,
        EMPLOYER_REGION,
        EMPLOYER_TYPE,
        NOT_IN_POST,
        CONTRACT_TOO_SHORT,
        INSURANCE_TOO_SHORT,
        NO_CRITERION,
        AGE_ABOVE_LIMIT,
        DUPLICATE,
        LIFETIME_LIMIT,
        NOT_IN_SCOPE,
        DEGREE_UNVERIFIED,
        STUDY_MODE,
        HIGHER_BENEFIT_HELD,
        INSURANCE_GAP,
        TOO_EARLY,
        LATE,
        CERTIFICATE_UNVERIFIED,
        NOT_COVERED,
        YEARLY_LIMIT,
        DATA_UNAVAILABLE
    }

    static Answer of(LocalDate governing, LocalDate applied, Benefit one) {
        return new Answer(governing, applied, one.verdict, List.of(one));
    }

    /** The best verdict of both, SUPPLEMENT before MANUAL. */
    static Answer of(LocalDate governing, LocalDate applied, Benefit one, Benefit other) {
        Verdict verdict = Verdict.REJECT;
        for (Verdict better : new Verdict[] {Verdict.APPROVE, Verdict.SUPPLEMENT, Verdict.MANUAL})
            if (one.verdict == better || other.verdict == better) {
                verdict = better;
                break;
            }
        return new Answer(governing, applied, verdict, List.of(one, other));
    }
}
