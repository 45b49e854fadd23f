package cn.jincai.policy.gate;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/** Sums of a package beside those that the package in force has for the same days: a hundredfold one is more often a slip than a policy. */
public final class ChangedSums {
    private ChangedSums() {}

    public static List<Mistake> between(PolicyPackage now, PolicyPackage then) {
        Findings findings = new Findings();
        for (Ruleset ruleset : then.rulesets())
            for (Parameter parameter : ruleset.parameters().values())
                if (parameter.isSum())
                    for (int i = 0; i < parameter.values().size(); i++)
                        value(now, then, ruleset, parameter, i, findings);
        Long was = now.catalogue().leaderAboveFen(), is = then.catalogue().leaderAboveFen();
        if (was != null && is != null && Parameter.isHundredfold(was, is))
            warn("scheme.yaml", "leaderAboveFen", was, is, findings);
        return findings.warnings();
    }

    /** On the first day on which it holds, and on each on which the sum in force changes while it does. */
    private static void value(
            PolicyPackage now, PolicyPackage then, Ruleset ruleset, Parameter parameter, int at, Findings findings) {
        Parameter.Dated value = parameter.values().get(at);
        LocalDate first = then.rulesets().get(0) == ruleset || value.from().isAfter(ruleset.inForceFrom())
                ? value.from()
                : ruleset.inForceFrom();
        LocalDate end = at + 1 < parameter.values().size()
                ? parameter.values().get(at + 1).from()
                : LocalDate.MAX;
        TreeSet<LocalDate> days = new TreeSet<>(List.of(first));
        for (Ruleset other : now.rulesets()) {
            days.add(other.inForceFrom());
            if (other.parameters().containsKey(parameter.name()))
                other.parameters().get(parameter.name()).values().forEach(v -> days.add(v.from()));
        }
        for (LocalDate day : days) {
            if (day.isBefore(first) || !day.isBefore(end) || then.rulesetOn(day) != ruleset) continue;
            Parameter old = now.rulesetOn(day).parameters().get(parameter.name());
            Object was = old == null || !old.isSum() ? null : old.heldOn(day), is = value.is();
            Parameter.Sums sums = Parameter.hundredfold(was, is).orElse(null);
            if (sums != null && is != null && is.equals(parameter.heldOn(day))) {
                warn(
                        ruleset.folder() + "parameters.yaml",
                        "parameters." + parameter.name()
                                + (value.from().equals(LocalDate.MIN) ? "" : ", " + value.from()),
                        sums.was(),
                        sums.is(),
                        findings);
                return;
            }
        }
    }

    private static void warn(String file, String place, Object was, Object is, Findings findings) {
        findings.warn(file, place, "policy.parameter.YUAN_FOR_FEN", was, is);
    }
}
