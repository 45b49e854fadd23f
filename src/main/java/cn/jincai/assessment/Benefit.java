package cn.jincai.assessment;

import cn.jincai.kernel.Verdict;
import java.util.List;
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
        String code,
        Verdict verdict,
        String fund,
        long amountFen,
        @Nullable Integer level,
        @Nullable Long monthlyFen,
        @Nullable Integer months,
        List<Instalment> instalments,
        List<String> matchedRules,
        List<Reason> reasons) {
    public boolean hasReason(String reason) {
        return reasons.stream().anyMatch(r -> r.code().equals(reason));
    }
}
