package cn.jincai.assessment.verification;

import cn.jincai.assessment.explanation.Explanation;
import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.CompiledRules;
import cn.jincai.assessment.rules.CompiledTable;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Questions about the rows of a package's tables, each answered by an example or by the proof that there is none; what stays undecided is no finding. */
final class RowsCheck {
    private static final int MOST = 4_000;
    private static final int[] NONE = {};

    private record Span(@Nullable Box known, Box any, SearchModel model) {}

    private final PolicyPackage policy;
    private final Columns columns;
    private final Findings findings;
    private final SearchBudget budget;
    private final List<Span> spans;

    RowsCheck(PolicyPackage policy, WorkingCalendar calendar, LocalDate today, Findings findings) {
        this.policy = policy;
        this.findings = findings;
        columns = new Columns(today, policy);
        budget = new SearchBudget(columns);
        spans = Spans.compiled(policy, columns, calendar, today).stream()
                .map(part -> new Span(known(part.all()), part.all(), part.model()))
                .toList();
    }

    /** The cases of a span of which everything is known; null where there are none. */
    private @Nullable Box known(Box any) {
        Box known = any.copy();
        for (int c = 1; c < columns.size(); c++) {
            if (!columns.isTold(c) || columns.at(c).absent()) continue;
            if (known.status[c] == Box.ABSENT) return null;
            known.status[c] = Box.KNOWN;
        }
        return known;
    }

    void check() {
        Set<String> names = new HashSet<>();
        spans.forEach(s -> names.add(s.model.rules.ruleset.name()));
        for (String ruleset : names) {
            List<Span> own = spans.stream()
                    .filter(s -> s.model.rules.ruleset.name().equals(ruleset))
                    .toList();
            CompiledRules rules = own.get(0).model.rules;
            Set<Integer> dead = new HashSet<>();
            for (int row = 0; row < rules.rules.length; row++)
                if (never(own, new int[] {row})) {
                    dead.add(row);
                    warn(rules.rules[row], "assessment.check.NEVER_HOLDS");
                }
            for (int b = 0; b < rules.plans.length; b++) benefit(own, b);
            for (CompiledTable table : rules.tables) pairs(own, table, dead);
        }
        for (int c = 1; c < columns.size(); c++)
            if (columns.at(c).coarse())
                findings.warn("scheme.yaml", "facts." + columns.at(c).name(), "assessment.check.codes.NOT_SEARCHED");
        if (budget.unanswered() > 0)
            findings.warn("scheme.yaml", "rules", "assessment.check.NOT_SEARCHED", budget.unanswered());
    }

    private boolean never(List<Span> own, int[] fire) {
        return own.stream().allMatch(s -> solve(s.model, s.any, fire, NONE) == Solver.State.NONE);
    }

    private void pairs(List<Span> own, CompiledTable table, Set<Integer> dead) {
        for (Rule a : table.rules())
            for (Rule b : table.rules()) {
                if (a == b || dead.contains(a.number()) || dead.contains(b.number())) continue;
                boolean sameOutput = saysTheSame(own.get(0).model, a, b);
                if (sameOutput
                        && own.stream()
                                .allMatch(s -> solve(s.model, s.any, new int[] {a.number()}, new int[] {b.number()})
                                        == Solver.State.NONE))
                    warn(a, "assessment.check.CONTAINED", b.row().number(), b.id());
                if (!sameOutput
                        && table.entitlement()
                        && a.number() < b.number()
                        && a.rank() == b.rank()
                        && !isChosenByAmount(own.get(0).model, a)) contradiction(own, a, b);
            }
    }

    /** Wherever it stands, the highest amount is taken: that two rows hold is meant. */
    private static boolean isChosenByAmount(SearchModel model, Rule rule) {
        return Arrays.stream(model.rules.plans)
                .filter(p -> SearchModel.isEntitlement(p, rule.number()))
                .allMatch(BenefitPlan::highest);
    }

    private static boolean saysTheSame(SearchModel model, Rule a, Rule b) {
        return a.isCondition()
                ? Objects.equals(a.reason(), b.reason()) && a.effect() == b.effect() && a.fact() == b.fact()
                : model.canonical.amounts(a).equals(model.canonical.amounts(b));
    }

    private void contradiction(List<Span> own, Rule a, Rule b) {
        for (Span s : own) {
            // what they pay may differ in this span only
            if (saysTheSame(s.model, s.model.rules.rules[a.number()], s.model.rules.rules[b.number()])) continue;
            Box found = find(s.model, s.any, new int[] {a.number(), b.number()}, NONE);
            if (found == null) continue;
            Bits behind = s.model.behind.row(a.number()).or(s.model.behind.row(b.number()));
            MonthWitness months = new MonthWitness(policy.catalogue(), s.model, columns);
            Object[] told = {b.row().number(), b.id(), example(found, behind)};
            if (!months.isBehind(behind) || months.isFor(found, a.number(), b.number()))
                findings.add(a.table().file(), a.table().place(a.row()), "assessment.check.CONTRADICTION", told);
            else warn(a, "assessment.check.CONTRADICTION_OVER_MONTHS", told);
            return;
        }
    }

    private void benefit(List<Span> own, int b) {
        CompiledRules rules = own.get(0).model.rules;
        BenefitPlan plan = rules.plans[b];
        int[] conditions = rows(rules, b, true), entitlements = rows(rules, b, false);
        String place = "rules.benefits." + plan.benefit().code();
        boolean granted = false;
        for (Span s : own)
            for (int e : entitlements)
                granted = granted || solve(s.model, s.any, new int[] {e}, conditions) != Solver.State.NONE;
        if (!granted) findings.warn("scheme.yaml", place, "assessment.check.NEVER_GRANTED", rules.ruleset.name());
        int[] silent = IntStream.concat(Arrays.stream(conditions), Arrays.stream(entitlements))
                .toArray();
        for (Span s : own) {
            Box found = s.known == null ? null : find(s.model, s.known, NONE, silent);
            if (found == null) continue;
            findings.warn(
                    "scheme.yaml",
                    place,
                    "assessment.check.GAP",
                    rules.ruleset.name(),
                    example(found, s.model.behind.benefit(b)));
            break;
        }
    }

    /** Of the benefit and of those that it follows. */
    private static int[] rows(CompiledRules rules, int benefit, boolean conditions) {
        IntStream all = IntStream.empty();
        for (int b = benefit; b >= 0; b = rules.plans[b].follows()) {
            if (!conditions && b != benefit) break;
            BenefitPlan plan = rules.plans[b];
            all = IntStream.concat(
                    all,
                    IntStream.range(0, rules.rules.length)
                            .filter(r ->
                                    SearchModel.isOf(plan, r) && SearchModel.isEntitlement(plan, r) != conditions));
        }
        return all.distinct().toArray();
    }

    private Solver.State solve(SearchModel model, Box in, int[] fire, int[] fail) {
        return budget.ask(new RowSearch(model, fire, fail), in, MOST).state();
    }

    private @Nullable Box find(SearchModel model, Box in, int[] fire, int[] fail) {
        return budget.ask(new RowSearch(model, fire, fail), in, MOST).found();
    }

    private void warn(Rule rule, String key, Object... values) {
        findings.warn(rule.table().file(), rule.table().place(rule.row()), key, values);
    }

    /** Those facts of a case on which it depends. */
    private Text example(Box one, Bits behind) {
        List<Text> parts = new ArrayList<>();
        parts.add(Text.of("assessment.check.applied", columns.applied(one).toString()));
        columns.facts(one, false).forEach((name, value) -> {
            if (!behind.has(columns.of(name))) return;
            Scheme.Fact made = columns.ofMonths(columns.of(name));
            Scheme.Fact fact =
                    made != null ? made : policy.catalogue().fact(name).orElseThrow();
            parts.add(Text.of("assessment.check.fact", fact.label(), Explanation.shown(fact, value)));
        });
        return Text.joined("assessment.comma", parts);
    }
}
