package cn.jincai.web.office;

import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Reason;
import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explained.Condition;
import cn.jincai.assessment.explanation.Explained.State;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One benefit as an officer reads it: what speaks against it, what nobody knows yet, what is met, then what it gives.
 *
 * @param why     null where it is decided line by line; then {@code reasons} are all that is said here
 * @param reasons what the rules found and no condition below tells; before any source was asked, without those that only rest on that
 * @param unknown nothing is known of what they ask for, or, with {@code notAsked}, nobody has been asked for it
 */
record BenefitSheet(
        Benefit benefit,
        Explained.@Nullable Benefit why,
        List<Reason> reasons,
        List<Weighed> failed,
        List<Weighed> unknown,
        boolean notAsked,
        List<Condition> met,
        List<Condition> gives) {

    /** A condition that is not met, with what the rules make of that: words, what would help, the remedy. */
    record Weighed(Condition condition, @Nullable Reason because) {}

    /** @param assessment null for whoever has no part in it */
    static List<BenefitSheet> of(
            @Nullable Assessment assessment, Map<String, Explained.Benefit> explained, boolean notAsked) {
        if (assessment == null) return List.of();
        return assessment.benefits().stream()
                .map(benefit -> of(benefit, explained.get(benefit.code()), notAsked))
                .toList();
    }

    private static BenefitSheet of(Benefit benefit, Explained.@Nullable Benefit why, boolean notAsked) {
        List<Condition> stands = why == null
                ? List.of()
                : why.conditions().stream().filter(c -> !c.entitlement()).toList();
        Predicate<Condition> untold = c -> notAsked && c.values().stream().anyMatch(v -> v.value() == null);
        List<Weighed> failed = weighed(benefit, stands, c -> c.state() == State.failed && !untold.test(c)),
                unknown =
                        weighed(
                                benefit,
                                stands,
                                c -> c.state() == State.unknown && c.applies()
                                        || c.state() == State.failed && untold.test(c));
        Set<Reason> told = Stream.concat(failed.stream(), unknown.stream())
                .map(Weighed::because)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return new BenefitSheet(
                benefit,
                why,
                benefit.reasons().stream()
                        .filter(r -> !told.contains(r))
                        .filter(r -> !notAsked || r.fact() == null || r.actual() != null)
                        .toList(),
                failed,
                unknown,
                notAsked,
                stands.stream()
                        .filter(c -> c.applies() && (c.state() == State.met || c.state() == State.waived))
                        .toList(),
                why == null
                        ? List.of()
                        : why.conditions().stream()
                                .filter(Condition::entitlement)
                                .toList());
    }

    private static List<Weighed> weighed(Benefit benefit, List<Condition> stands, Predicate<Condition> which) {
        return stands.stream()
                .filter(which)
                .map(c -> new Weighed(
                        c,
                        benefit.reasons().stream()
                                .filter(r -> c.rule().equals(r.rule()))
                                .findFirst()
                                .orElse(null)))
                .toList();
    }
}
