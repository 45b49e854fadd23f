package cn.jincai.assessment.oracle;

import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What the hand-written rules answer. Sums are fen. Public, as benchmarks measure against it. */
public record HandAnswer(LocalDate governingDate, Verdict verdict, List<Benefit> benefits) {

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

    public record Reason(String code, Verdict effect, String fact) {}

    static HandAnswer of(LocalDate governingDate, Benefit... benefits) {
        boolean approved = false, manual = false, supplement = false;
        for (Benefit benefit : benefits) {
            approved |= benefit.verdict() == Verdict.APPROVE;
            manual |= benefit.verdict() == Verdict.MANUAL;
            supplement |= benefit.verdict() == Verdict.SUPPLEMENT;
        }
        Verdict verdict =
                approved ? Verdict.APPROVE : supplement ? Verdict.SUPPLEMENT : manual ? Verdict.MANUAL : Verdict.REJECT;
        return new HandAnswer(governingDate, verdict, List.of(benefits));
    }

    /** The assessment of one scheme, as a plain function. */
    public static HandAnswer assess(String scheme, LocalDate applied, Map<String, Object> facts) {
        return switch (scheme) {
            case "talent-recognition" -> HandRecognition.assess(applied, facts);
            case "recruitment-subsidy" -> HandSubsidy.assess(applied, facts);
            case "skills-award" -> HandAward.assess(applied, facts);
            default -> throw new IllegalArgumentException(scheme);
        };
    }
}
