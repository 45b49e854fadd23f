package cn.jincai.assessment.rules;

import cn.jincai.assessment.Reason;
import cn.jincai.kernel.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A reason as the evaluation notes it; the words are made when somebody reads them.
 *
 * @param rule        null where people refused, where it is not known what is left of a pool, and where it is not known whether the benefit is asked for
 * @param unavailable slot of the fact that is not known, -1 where the rule itself fires
 */
public record FiredReason(@Nullable Rule rule, int unavailable) {
    static final FiredReason REFUSED_BY_PEOPLE = new FiredReason(null, -1);

    public Verdict effect() {
        return unavailable >= 0 ? Verdict.MANUAL : rule == null ? Verdict.REJECT : rule.effect();
    }

    public String code() {
        return unavailable >= 0 ? Reason.DATA_UNAVAILABLE : rule == null ? Reason.REVIEW_REFUSED : rule.reason();
    }

    public int fact() {
        return unavailable >= 0 ? unavailable : rule == null ? -1 : rule.fact();
    }
}
