package cn.jincai.policy.gate;

import cn.jincai.policy.Findings;
import cn.jincai.policy.LegalSource;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Days on which the rules apply and a parameter says nothing, or on which nothing published stands behind what it says. */
@Component
public class ValidityGaps implements PackageCheck {
    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        List<Ruleset> rulesets = candidate.rulesets();
        for (int i = 0; i < rulesets.size(); i++) {
            LocalDate end = i + 1 < rulesets.size() ? rulesets.get(i + 1).inForceFrom() : LocalDate.MAX;
            for (Parameter parameter : rulesets.get(i).parameters().values()) {
                beforeTheFirst(rulesets.get(i), parameter, end, findings);
                behindTheDocument(rulesets.get(i), parameter, findings);
            }
        }
    }

    /** Of other dates than these nobody can say on which side of the rules' first day they lie. */
    private static void beforeTheFirst(Ruleset ruleset, Parameter parameter, LocalDate end, Findings findings) {
        boolean isOfTheCase = parameter.chosenBy().equals(Parameter.BY_GOVERNING_DATE)
                || parameter.chosenBy().equals(Scheme.APPLICATION_DATE);
        if (!isOfTheCase
                || parameter.values().isEmpty()
                || !parameter.values().get(0).from().isAfter(ruleset.inForceFrom())) return;
        LocalDate first = parameter.values().get(0).from(), last = (first.isBefore(end) ? first : end).minusDays(1);
        findings.add(
                ruleset.folder() + "parameters.yaml",
                "parameters." + parameter.name(),
                "policy.parameter.first.HOLE_IN_TIME",
                ruleset.inForceFrom().toString(),
                last.toString(),
                "always: {is: none, ...}");
    }

    /** A value goes on until the next one, though its document does not. */
    private static void behindTheDocument(Ruleset ruleset, Parameter parameter, Findings findings) {
        for (int i = 0; i + 1 < parameter.values().size(); i++) {
            Parameter.Dated value = parameter.values().get(i);
            LocalDate next = parameter.values().get(i + 1).from();
            Optional<LocalDate> until = ruleset.sources().stream()
                    .filter(s -> s.code().equals(value.source()))
                    .map(LegalSource::inForceUntil)
                    .filter(java.util.Objects::nonNull)
                    .findFirst();
            if (until.isEmpty() || !until.get().plusDays(1).isBefore(next)) continue;
            String place =
                    "parameters." + parameter.name() + (value.from().equals(LocalDate.MIN) ? "" : ", " + value.from());
            findings.warn(
                    ruleset.folder() + "parameters.yaml",
                    place,
                    "policy.parameter.source.HOLE_IN_TIME",
                    value.source(),
                    until.get().toString(),
                    next.toString());
        }
    }
}
