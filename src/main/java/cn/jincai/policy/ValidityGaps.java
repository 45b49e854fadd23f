package cn.jincai.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Days on which the rules apply and a parameter says nothing, or on which nothing published stands behind what it says. */
@Component
class ValidityGaps implements PackageCheck {
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
                "HOLE_IN_TIME",
                "规则自" + ruleset.inForceFrom() + "起适用，而" + ruleset.inForceFrom() + "至" + last
                        + "没有数值。请补上这段时间的数值；没有此项要求的，写 always: {is: none, …}。",
                "The rules apply from " + ruleset.inForceFrom() + " on, but no value holds from then until " + last
                        + ". Give one for that time; where nothing is asked in it, write always: {is: none, ...}.");
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
                    "HOLE_IN_TIME",
                    "所依据的文件“" + value.source() + "”至" + until.get() + "止，下一个数值自" + next
                            + "起：其间沿用旧值而没有有效的依据。请补上这段时间的数值和出处，或改正日期。",
                    "Its document '" + value.source() + "' ends on " + until.get() + " and the next value begins on "
                            + next
                            + ": in between the old value goes on with nothing behind it. Give a value with its source for that time, or mend the days.");
        }
    }
}
