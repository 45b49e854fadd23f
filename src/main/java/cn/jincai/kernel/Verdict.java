package cn.jincai.kernel;

import java.util.Collection;

/** 结论, from worst to best (rulebook 2.1): the verdict of a benefit is the worst of its reasons. */
public enum Verdict {
    REJECT,
    SUPPLEMENT,
    MANUAL,
    APPROVE;

    public static Verdict worst(Collection<Verdict> verdicts) {
        return verdicts.stream().min(Enum::compareTo).orElse(APPROVE);
    }

    /** Of a case (rulebook 2.1): APPROVE if any benefit is, REJECT only if all are, else the worst of those not rejected. */
    public static Verdict ofCase(Collection<Verdict> benefits) {
        if (benefits.contains(APPROVE)) return APPROVE;
        return benefits.stream().filter(v -> v != REJECT).min(Enum::compareTo).orElse(REJECT);
    }
}
