package cn.jincai.assessment;

import cn.jincai.kernel.Verdict;

/**
 * A reason as the evaluation notes it; the words are made when somebody reads them.
 *
 * @param rule        null where people refused
 * @param unavailable slot of the fact that is not known, -1 where the rule itself fires
 */
record Given(Rule rule, int unavailable) {
    static final Given REFUSED_BY_PEOPLE = new Given(null, -1);

    Verdict effect() {
        return rule == null ? Verdict.REJECT : unavailable >= 0 ? Verdict.MANUAL : rule.effect();
    }

    String code() {
        return rule == null ? Reason.REVIEW_REFUSED : unavailable >= 0 ? Reason.DATA_UNAVAILABLE : rule.reason();
    }

    int fact() {
        return rule == null ? -1 : unavailable >= 0 ? unavailable : rule.fact();
    }
}
