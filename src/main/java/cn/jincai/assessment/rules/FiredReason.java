package cn.jincai.assessment.rules;

import cn.jincai.assessment.Reason;
import cn.jincai.kernel.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A reason as the evaluation notes it; the words are made when somebody reads them.
 *
 * @param rule        null where people refused
 * @param unavailable slot of the fact that is not known, -1 where the rule itself fires
 */
public record FiredReason(@Nullable Rule rule, int unavailable) {
    static final FiredReason REFUSED_BY_PEOPLE = new FiredReason(null, -1);

    public Verdict effect() {
        return rule == null ? Verdict.REJECT : unavailable >= 0 ? Verdict.MANUAL : rule.effect();
    }

    public String code() {
        return rule == null ? Reason.REVIEW_REFUSED : unavailable >= 0 ? Reason.DATA_UNAVAILABLE : rule.reason();
    }

    public int fact() {
        return rule == null ? -1 : unavailable >= 0 ? unavailable : rule.fact();
    }
}
