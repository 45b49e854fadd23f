package cn.jincai.planning;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Instalment;
import cn.jincai.kernel.Verdict;
import cn.jincai.planning.AllSchemes.Plan;
import cn.jincai.planning.AllSchemes.Step;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tries every selection of the applications of one person in every order and on every day on which something may be different: the first day, the opening of a window, the
 * first of January where a year's limit begins anew. What was granted on the way is counted into the facts of what follows, as own records would be. The best plan brings most;
 * of several it is the one with the most statuses, then the fewest applications, then the earliest days, so that nothing in it is better left out.
 */
public final class BestOrder {
    /** Assessments made for one question: anybody may ask it. */
    private static final int MOST = 4_000;

    private static final int MOST_ORDERS = 20_000;
    /** Of a plan that was found before the search was cut short; each makes it better. */
    private static final int MOST_CHANGES = 50;

    private final Assessments assessments;
    private final List<PolicyPackage> schemes;
    private final Map<String, Map<String, Object>> told;
    private final LocalDate first, until;
    private final int most;
    private final PlanWorth worth;
    private final Map<List<Object>, Assessment> made = new HashMap<>();
    private List<Application> applications = List.of();
    private int orders;
    private boolean complete = true;
    private Plan best;
    private @Nullable Plan least;

    /** @param part of a benefit that is applied for part by part, {@code fact} says which; both null for others */
    private record Application(
            PolicyPackage policy,
            @Nullable String fact,
            @Nullable Integer part,
            List<LocalDate> days) {}

    public BestOrder(
            Assessments assessments,
            List<PolicyPackage> schemes,
            Map<String, Map<String, Object>> told,
            LocalDate first,
            LocalDate until) {
        this(assessments, schemes, told, first, until, MOST);
    }

    /** @param most assessments after which no further order is looked at */
    public BestOrder(
            Assessments assessments,
            List<PolicyPackage> schemes,
            Map<String, Map<String, Object>> told,
            LocalDate first,
            LocalDate until,
            int most) {
        this.most = most;
        this.assessments = assessments;
        this.schemes = schemes;
        this.told = told;
        this.first = first;
        this.until = until;
        worth = new PlanWorth(schemes);
        best = worth.plan(List.of(), List.of());
    }

    Plan best() {
        return best;
    }

    Plan least() {
        return least == null ? best : least;
    }

    boolean isComplete() {
        return complete;
    }

    AllSchemes.Searched searched() {
        return new AllSchemes.Searched(applications.size(), orders, made.size(), complete);
    }

    void search() {
        applications = schemes.stream().flatMap(p -> applications(p).stream()).toList();
        search(applications, List.of(), List.of(), first);
        for (int tries = 0; !complete && tries < MOST_CHANGES && change(); tries++) orders++;
        while (leaveOut()) complete = false; // never after every selection was looked at
    }

    /** Each application on the first day, as if there were no other. */
    List<Step> alone() {
        return applications.stream()
                .map(a -> step(a, first, assess(a.policy(), first, facts(a, List.of(), first))))
                .toList();
    }

    /** An application of a plan and the day on which it is made. */
    private record Turn(Application application, LocalDate day) {}

    /** Where not all orders could be looked at: puts one application elsewhere in the plan, or into it, where that is better. */
    private boolean change() {
        List<Turn> now = turns(best);
        for (Application a : applications) {
            List<Turn> others =
                    now.stream().filter(turn -> turn.application() != a).toList();
            for (int at = 0; at <= others.size(); at++) {
                LocalDate from = at == 0 ? first : others.get(at - 1).day();
                for (LocalDate day : from(from, a.days())) {
                    if (at < others.size() && day.isAfter(others.get(at).day())) break;
                    List<Turn> otherwise = new ArrayList<>(others);
                    otherwise.add(at, new Turn(a, day));
                    Plan plan = again(otherwise);
                    if (worth.compare(plan, best) <= 0) continue;
                    best = plan;
                    return true;
                }
            }
        }
        return false;
    }

    /** Takes an application out of the plan that is better left out: where not all orders could be looked at there may be one. */
    private boolean leaveOut() {
        List<Turn> now = turns(best);
        for (Turn turn : now) {
            Plan without = again(now.stream().filter(t -> t != turn).toList());
            if (worth.compare(without, best) <= 0) continue;
            best = without;
            return true;
        }
        return false;
    }

    private List<Turn> turns(Plan plan) {
        return plan.steps().stream()
                .map(step -> new Turn(
                        applications.stream()
                                .filter(one -> one.policy().scheme().equals(step.scheme())
                                        && Objects.equals(one.part(), step.part()))
                                .findFirst()
                                .orElseThrow(),
                        step.day()))
                .toList();
    }

    /** These applications on these days, assessed anew one after the other. */
    private Plan again(List<Turn> turns) {
        List<Step> now = new ArrayList<>();
        List<EarlierGrant> grants = new ArrayList<>();
        for (Turn turn : turns) {
            Application a = turn.application();
            Map<String, Object> facts = facts(a, grants, turn.day());
            Assessment found = assess(a.policy(), turn.day(), facts);
            now.add(step(a, turn.day(), found));
            grants.addAll(won(a, turn.day(), found, facts));
        }
        return worth.plan(now, grants);
    }

    private static Step step(Application a, LocalDate day, Assessment found) {
        return new Step(day, a.policy().scheme(), a.policy().catalogue().name(), a.part(), found);
    }

    /** One for a scheme; where it is applied for part by part one for each part, or the part that was told. */
    private List<Application> applications(PolicyPackage p) {
        for (Scheme.BenefitRules rules : p.catalogue().rules().benefits()) {
            String fact = rules.instalments().appliedFor();
            if (fact == null) continue;
            List<Application> parts = new ArrayList<>();
            for (int part = 1; part <= rules.instalments().equalParts(); part++) {
                Object asked = told.getOrDefault(p.scheme(), Map.of()).get(fact);
                if (asked == null || asked.toString().equals(String.valueOf(part)))
                    parts.add(new Application(p, fact, part, days(p, fact, part)));
            }
            return parts;
        }
        return List.of(new Application(p, null, null, days(p, null, null)));
    }

    private List<LocalDate> days(PolicyPackage p, @Nullable String fact, @Nullable Integer part) {
        Set<LocalDate> days = new TreeSet<>(Set.of(first));
        if (p.catalogue().facts().stream()
                .anyMatch(f -> f.count() != null && f.count().within().equals("calendarYear")))
            for (int year = first.getYear() + 1; year <= until.getYear(); year++) days.add(LocalDate.of(year, 1, 1));
        if (part != null)
            for (int other = 1;
                    other <= 12;
                    other++) { // a window shows in the instalments of an application that is not refused, whichever
                // part that is for
                int asked = other, wanted = part;
                assess(p, first, facts(p, List.of(), first, fact, (long) asked)).benefits().stream()
                        .flatMap(b -> b.instalments().stream())
                        .filter(i -> i.number() == wanted
                                && i.from() != null
                                && i.from().isAfter(first))
                        .map(Instalment::from)
                        .forEach(days::add);
                if (other > part) break;
            }
        for (Scheme.Fact f : p.catalogue().facts()) // what was granted on the first day no longer counts then
        if (f.count() != null && f.count().span().months() > 0)
                days.add(first.plusMonths(f.count().span().months()).plusDays(1));
        days.removeIf(d -> d.isAfter(until));
        return List.copyOf(days);
    }

    private void search(List<Application> left, List<Step> steps, List<EarlierGrant> grants, LocalDate from) {
        if (worth.compare(worth.plan(steps, grants), best) > 0) best = worth.plan(steps, grants);
        boolean last = true;
        for (Application a : left) {
            List<Object> sooner = List.of();
            for (LocalDate day : from(from, a.days())) {
                if (made.size() >= most || orders >= MOST_ORDERS) {
                    complete = false;
                    break;
                }
                Map<String, Object> facts = facts(a, grants, day);
                Assessment found = assess(a.policy(), day, facts);
                List<EarlierGrant> won = won(a, day, found, facts);
                List<Object> brings = brings(won);
                if (won.isEmpty() || brings.equals(sooner))
                    continue; // waiting brings nothing; to come after another one is an order of its own
                sooner = brings;
                last = false;
                List<Application> rest = new ArrayList<>(left);
                rest.remove(a);
                List<Step> more = new ArrayList<>(steps);
                more.add(step(a, day, found));
                List<EarlierGrant> all = new ArrayList<>(grants);
                all.addAll(won);
                search(rest, more, all, day);
            }
        }
        if (!last) return;
        orders++;
        Plan all = worth.plan(steps, grants);
        if (least == null || all.totalFen() < least.totalFen()) least = all;
    }

    /** The day of the step before, and each later day on which something may be different. */
    private static Set<LocalDate> from(LocalDate day, List<LocalDate> days) {
        Set<LocalDate> from = new TreeSet<>(days).tailSet(day, true);
        from.add(day);
        return from;
    }

    private Map<String, Object> facts(Application a, List<EarlierGrant> grants, LocalDate day) {
        return facts(a.policy(), grants, day, a.fact(), a.part() == null ? null : (long) a.part());
    }

    /** Facts as they are on that day: those told, and what was granted on the way counted in. */
    public Map<String, Object> facts(
            PolicyPackage p, List<EarlierGrant> grants, LocalDate day, @Nullable String partOf, @Nullable Long part) {
        Map<String, Object> known = new HashMap<>(told.getOrDefault(p.scheme(), Map.of()));
        if (partOf != null) known.put(partOf, part);
        Map<String, Object> counted = OwnRecords.of(p.catalogue(), grants, known, day);
        for (Scheme.Fact fact : p.catalogue().facts()) {
            if (fact.count() == null || !fact.count().whose().isPerson()) continue; // another's stay as they are told
            Object before = known.get(fact.name()), since = counted.get(fact.name());
            if (fact.count().within().equals("calendarYear") && day.getYear() != first.getYear())
                before = null; // another year's
            Object both = before == null ? since : since == null ? before : together(fact, before, since);
            if (both == null) known.remove(fact.name());
            else known.put(fact.name(), both);
        }
        return known;
    }

    private static Object together(Scheme.Fact fact, Object before, Object since) {
        if (before instanceof Boolean held) return held || (Boolean) since;
        if (before instanceof Collection<?> list) {
            Set<Object> both = new LinkedHashSet<>(list);
            both.addAll((Collection<?>) since);
            return List.copyOf(both);
        }
        long a = ((Number) before).longValue(), b = ((Number) since).longValue();
        boolean isLevel = fact.count() != null && fact.count().of().equals("level");
        return isLevel ? Math.min(a, b) : a + b;
    }

    private Assessment assess(PolicyPackage p, LocalDate day, Map<String, Object> facts) {
        return made.computeIfAbsent(
                List.of(p.scheme(), day, facts), key -> assessments.assess(p, day, facts, Adjustments.NONE));
    }

    /** What an application brings: all that the rules don't refuse, as far as its sum or level is known. A part that pays nothing now opens the next one. */
    private List<EarlierGrant> won(Application a, LocalDate day, Assessment found, Map<String, Object> facts) {
        List<EarlierGrant> won = new ArrayList<>();
        for (Benefit b : found.benefits()) {
            if (b.verdict() == Verdict.REJECT
                    || b.amountFen() == 0 && b.level() == null && !(a.part() != null && b.verdict() == Verdict.APPROVE))
                continue;
            Integer years = a.policy().catalogue().benefit(b.code()).validYears();
            won.add(new EarlierGrant(
                    b.code(),
                    b.amountFen(),
                    b.level(),
                    b.monthlyFen(),
                    null,
                    a.part(),
                    found.governingDate(),
                    day,
                    years == null ? null : day.plusYears(years),
                    facts));
        }
        return won;
    }

    private static List<Object> brings(List<EarlierGrant> won) {
        List<Object> brings = new ArrayList<>();
        for (EarlierGrant g : won) {
            brings.add(g.benefit());
            brings.add(g.amountFen());
            brings.add(String.valueOf(g.level()));
        }
        return brings;
    }
}
