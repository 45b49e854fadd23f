package cn.jincai.planning;

import cn.jincai.kernel.Verdict;
import cn.jincai.planning.AllSchemes.Plan;
import cn.jincai.planning.AllSchemes.Step;
import cn.jincai.planning.AllSchemes.Sum;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a plan brings, and which of two is the better one. */
final class PlanWorth {
    private final Comparator<Plan> better = Comparator.comparingLong(Plan::totalFen)
            .thenComparingLong(this::statuses)
            .thenComparing(p -> p.steps().size(), Comparator.reverseOrder())
            .thenComparing(
                    p -> p.steps().stream().mapToLong(s -> s.day().toEpochDay()).sum(), Comparator.reverseOrder());

    private final Map<String, Scheme> schemeOf = new HashMap<>();

    PlanWorth(List<PolicyPackage> schemes) {
        for (PolicyPackage p : schemes) p.catalogue().benefits().forEach(b -> schemeOf.put(b.code(), p.catalogue()));
    }

    /** @return more than 0 where the first is better */
    int compare(Plan one, Plan other) {
        return better.compare(one, other);
    }

    Plan plan(List<Step> steps, List<EarlierGrant> grants) {
        List<Sum> sums = sums(grants);
        boolean certain = steps.stream()
                .allMatch(s -> s.assessment().benefits().stream()
                        .allMatch(b -> b.verdict() == Verdict.APPROVE || b.verdict() == Verdict.REJECT));
        return new Plan(sums.stream().mapToLong(Sum::payable).sum(), certain, List.copyOf(steps), sums);
    }

    private long statuses(Plan plan) {
        return plan.steps().stream()
                .flatMap(s -> s.assessment().benefits().stream())
                .filter(b -> b.verdict() != Verdict.REJECT
                        && b.level() != null
                        && !schemeOf(b.code()).benefit(b.code()).isMoney())
                .count();
    }

    private Scheme schemeOf(String benefit) {
        Scheme scheme = schemeOf.get(benefit);
        if (scheme == null) throw new IllegalArgumentException("no scheme here grants " + benefit);
        return scheme;
    }

    /** A monthly sum pays only what exceeds the benefits that its run names, whichever came first. */
    private List<Sum> sums(List<EarlierGrant> grants) {
        Map<String, Long> granted = new LinkedHashMap<>();
        for (EarlierGrant g : grants)
            if (schemeOf(g.benefit()).benefit(g.benefit()).isMoney())
                granted.merge(g.benefit(), g.amountFen(), Long::sum);
        List<Sum> sums = new ArrayList<>();
        granted.forEach((benefit, fen) -> {
            Scheme scheme = schemeOf(benefit);
            long less = scheme.run() == null || !scheme.benefit(benefit).isPaidByRun()
                    ? 0
                    : scheme.run().exceeds().stream()
                            .mapToLong(other -> granted.getOrDefault(other, 0L))
                            .sum();
            sums.add(new Sum(benefit, scheme.benefit(benefit).name(), fen, Math.max(0, fen - less)));
        });
        return sums;
    }
}
