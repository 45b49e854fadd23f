package cn.jincai.assessment;

import cn.jincai.kernel.Verdict;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One benefit as the rules propose it.
 *
 * @param amountFen    what this application would pay if its reasons were cleared, in fen; 0 for a status and where a REJECT stands
 * @param level        null where there is none or it is not known
 * @param monthlyFen   fen a month, null where the benefit is not monthly
 * @param months       months to pay, null where the benefit is not monthly
 * @param instalments  add up to the whole sum
 * @param matchedRules rules of entitlement that hold for certain
 * @param reasons      in the order of the rules; an APPROVE has none
 */
public record Benefit(
        @JsonProperty("code") String code,
        @JsonProperty("verdict") Verdict verdict,
        @JsonProperty("fund") String fund,
        @JsonProperty("amountFen") long amountFen,
        @JsonProperty("level") @Nullable Integer level,
        @JsonProperty("monthlyFen") @Nullable Long monthlyFen,
        @JsonProperty("months") @Nullable Integer months,
        @JsonProperty("instalments") List<Instalment> instalments,
        @JsonProperty("matchedRules") List<String> matchedRules,
        @JsonProperty("reasons") List<Reason> reasons) {
    /** The same for somebody who may not read what was found of these facts. */
    Benefit withoutWhatWasFoundOf(Set<String> facts) {
        return new Benefit(
                code,
                verdict,
                fund,
                amountFen,
                level,
                monthlyFen,
                months,
                instalments,
                matchedRules,
                reasons.stream()
                        .map(reason -> reason.fact() != null && facts.contains(reason.fact())
                                ? reason.withoutWhatWasFound()
                                : reason)
                        .toList());
    }
}
