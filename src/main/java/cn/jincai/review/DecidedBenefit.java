package cn.jincai.review;

import cn.jincai.assessment.Instalment;
import cn.jincai.assessment.Reason;
import cn.jincai.kernel.Money;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One benefit as people decided it.
 *
 * @param outcome   granted, refused or lapsed; open, which is never signed, where nothing is decided yet
 * @param amount    what this case grants; 0 where refused and for a status
 * @param dueNow    what is paid once it is signed; 0 for what a run pays later
 * @param waived    codes of the reasons without whose waiver it would be refused
 * @param grounds   what whoever signed tells the person of it, where people refused or waived; null before the signature and where nothing was said
 */
public record DecidedBenefit(
        String code,
        String fund,
        String outcome,
        @JsonProperty("amountFen") Money amount,
        @Nullable Integer level,
        @JsonProperty("monthlyFen") @Nullable Money monthly,
        @Nullable Integer months,
        List<Instalment> instalments,
        List<Reason> reasons,
        @JsonProperty("dueNowFen") Money dueNow,
        List<String> waived,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String grounds) {
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

    DecidedBenefit withGrounds(@Nullable String words) {
        return new DecidedBenefit(
                code, fund, outcome, amount, level, monthly, months, instalments, reasons, dueNow, waived, words);
    }

    Opinion.Outcome outcomeOnly() {
        return new Opinion.Outcome(code, outcome, level, amount.fen());
    }
}
