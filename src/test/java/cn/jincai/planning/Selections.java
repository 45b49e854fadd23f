package cn.jincai.planning;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.Benefit;
import cn.jincai.kernel.Verdict;
import cn.jincai.planning.AllSchemes.Step;
import cn.jincai.policy.Instalments;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What selections of applications bring, by trying every one of them on every day, without any thought: the referee of {@link BestOrder}. */
public final class Selections {
    private final Assessments assessments;
    private final AllSchemes.Person person;
    private final BestOrder counting;
    private final Map<List<Object>, Assessment> made = new HashMap<>();
    private final Set<LocalDate> days = new TreeSet<>();
    private Worth most;

    /** @param statuses granted without money of their own */
    public record Worth(long fen, long statuses) {}

    private record Application(PolicyPackage policy, String fact, Integer part) {}

    public Selections(Assessments assessments, AllSchemes.Person person) {
        this.assessments = assessments;
        this.person = person;
        counting =
                new BestOrder(assessments, person.schemes(), person.facts(), person.applicationDate(), person.until());
        days.add(person.applicationDate());
        for (int year = person.applicationDate().getYear() + 1;
                year <= person.until().getYear();
                year++) days.add(LocalDate.of(year, 1, 1));
        for (Application a : applications())
            assess(a, List.of(), person.applicationDate())
                    .benefits()
                    .forEach(b -> b.instalments().forEach(i -> {
                        if (i.from() != null && i.from().isAfter(person.applicationDate())) days.add(i.from());
                    }));
        days.removeIf(d -> d.isAfter(person.until()));
    }

    public Worth worth(List<Step> steps) {
        List<EarlierGrant> grants = new ArrayList<>();
        for (Step step : steps)
            grants.addAll(won(
                    applications().stream()
                            .filter(a -> a.policy.scheme().equals(step.scheme())
                                    && (step.part() == null || step.part().equals(a.part)))
                            .findFirst()
                            .orElseThrow(),
                    grants,
                    step.day()));
        return total(grants);
    }

    public Worth most() {
        most = new Worth(0, 0);
        goOn(applications(), List.of(), person.applicationDate());
        return most;
    }

    private void goOn(List<Application> left, List<EarlierGrant> grants, LocalDate from) {
        Worth here = total(grants);
        if (here.fen > most.fen) most = here;
        for (Application a : left)
            for (LocalDate day : days) {
                if (day.isBefore(from)) continue;
                List<EarlierGrant> won = won(a, grants, day), all = new ArrayList<>(grants);
                if (won.isEmpty()) continue;
                all.addAll(won);
                goOn(left.stream().filter(other -> other != a).toList(), all, day);
            }
    }

    private List<Application> applications() {
        List<Application> all = new ArrayList<>();
        for (PolicyPackage p : person.schemes()) {
            Instalments parts = p.catalogue().rules().benefits().stream()
                    .map(Scheme.BenefitRules::instalments)
                    .filter(i -> i.appliedFor() != null)
                    .findFirst()
                    .orElse(null);
            Object asked = parts == null ? null : person.facts().get(p.scheme()).get(parts.appliedFor());
            if (parts == null) all.add(new Application(p, null, null));
            else
                for (int part = 1; part <= parts.equalParts(); part++)
                    if (asked == null || asked.equals((long) part))
                        all.add(new Application(p, parts.appliedFor(), part));
        }
        return all;
    }

    private Assessment assess(Application a, List<EarlierGrant> grants, LocalDate day) {
        Map<String, Object> facts =
                counting.facts(a.policy, grants, day, a.fact, a.part == null ? null : (long) a.part);
        return made.computeIfAbsent(
                List.of(a.policy.scheme(), day, facts),
                key -> assessments.assess(a.policy, day, facts, Adjustments.NONE));
    }

    private List<EarlierGrant> won(Application a, List<EarlierGrant> grants, LocalDate day) {
        List<EarlierGrant> won = new ArrayList<>();
        Assessment found = assess(a, grants, day);
        for (Benefit b : found.benefits()) {
            if (b.verdict() == Verdict.REJECT
                    || b.amountFen() == 0 && b.level() == null && (a.part == null || b.verdict() != Verdict.APPROVE))
                continue;
            Integer years = a.policy.catalogue().benefit(b.code()).validYears();
            won.add(new EarlierGrant(
                    b.code(),
                    b.amountFen(),
                    b.level(),
                    b.monthlyFen(),
                    null,
                    a.part,
                    found.governingDate(),
                    day,
                    years == null ? null : day.plusYears(years),
                    counting.facts(a.policy, grants, day, a.fact, a.part == null ? null : (long) a.part)));
        }
        return won;
    }

    private Worth total(List<EarlierGrant> grants) {
        long fen = 0, statuses = 0;
        for (PolicyPackage p : person.schemes())
            for (Scheme.Benefit b : p.catalogue().benefits()) {
                if (!b.isMoney())
                    statuses += grants.stream()
                            .filter(g -> g.benefit().equals(b.code()))
                            .count();
                else
                    fen += Math.max(
                            0,
                            sum(grants, List.of(b.code()))
                                    - (b.isPaidByRun()
                                            ? sum(grants, p.catalogue().run().exceeds())
                                            : 0));
            }
        return new Worth(fen, statuses);
    }

    private static long sum(List<EarlierGrant> grants, List<String> benefits) {
        return grants.stream()
                .filter(g -> benefits.contains(g.benefit()))
                .mapToLong(EarlierGrant::amountFen)
                .sum();
    }
}
