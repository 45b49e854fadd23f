package cn.jincai.review;

import cn.jincai.assessment.Instalment;
import cn.jincai.assessment.Reason;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One benefit as people decided it; sums are fen.
 *
 * @param outcome   granted, refused or lapsed; open, which is never signed, where nothing is decided yet
 * @param amountFen what this case grants; 0 where refused and for a status
 * @param dueNowFen what is paid once it is signed; 0 for what a run pays later
 * @param waived    codes of the reasons without whose waiver it would be refused
 * @param grounds   what whoever signed tells the person of it, where people refused or waived; null before the signature and where nothing was said
 */
public record DecidedBenefit(
        String code,
        String fund,
        String outcome,
        long amountFen,
        Integer level,
        Long monthlyFen,
        Integer months,
        List<Instalment> instalments,
        List<Reason> reasons,
        long dueNowFen,
        List<String> waived,
        @JsonInclude(JsonInclude.Include.NON_NULL) String grounds) {
    public DecidedBenefit {
        waived = waived == null ? List.of() : waived; // decisions signed before waivers were kept by benefit
    }

    public boolean isGranted() {
        return outcome.equals("granted");
    }

    boolean isOpen() {
        return outcome.equals("open");
    }

    /** People refused it, or granted it by a waiver only: the rules' own reasons do not tell the person why. */
    boolean byPeople() {
        return isGranted()
                ? !waived.isEmpty()
                : outcome.equals("refused")
                        && reasons.stream().map(Reason::code).anyMatch(Judgement.BY_PEOPLE::contains);
    }

    DecidedBenefit withGrounds(String words) {
        return new DecidedBenefit(
                code,
                fund,
                outcome,
                amountFen,
                level,
                monthlyFen,
                months,
                instalments,
                reasons,
                dueNowFen,
                waived,
                words);
    }

    Opinion.Outcome outcomeOnly() {
        return new Opinion.Outcome(code, outcome, level, amountFen);
    }
}
