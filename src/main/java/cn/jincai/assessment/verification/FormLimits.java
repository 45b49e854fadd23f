package cn.jincai.assessment.verification;

import cn.jincai.assessment.explanation.Explanation;
import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Truth;
import cn.jincai.assessment.verification.Spans.Span;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a form lets through beside what the rules ask: a cell that is true (or false) for some values of a fact, and for none that can be entered; a value that is
 * offered and that no rule knows. Looked for among all values of all facts, in each time in which other parameter values hold.
 */
final class FormLimits {
    private static final int MOST = 2_000;

    private final PolicyPackage policy;
    private final Columns columns;
    private final Findings findings;
    private final SearchBudget budget;
    private final List<Span> spans;

    FormLimits(PolicyPackage policy, WorkingCalendar calendar, LocalDate today, Findings findings) {
        this.policy = policy;
        this.findings = findings;
        columns = new Columns(today, policy);
        budget = new SearchBudget(columns);
        spans = Spans.compiled(policy, columns, calendar, today);
    }

    void check() {
        for (Form form : policy.forms().values())
            for (Form.Field field : form.fields()) {
                Scheme.Fact fact = policy.catalogue().fact(field.key()).orElse(null);
                if (fact == null || !field.valuesKey().isEmpty() || !Columns.isLimited(fact.type()))
                    continue; // a form limits no day and no months
                if (fact.type() == Scheme.Type.TEXT && fact.values().isEmpty()) continue; // no rule reads it
                limits(form.file(field.id()), field, fact);
                if (field.isChoice()) unread(form.file(field.id()), field, fact);
            }
        if (budget.unanswered() > 0)
            findings.warn("scheme.yaml", "forms", "assessment.check.NOT_SEARCHED", budget.unanswered());
    }

    // ---- cells of which one side can't be entered

    private void limits(String form, Form.Field field, Scheme.Fact fact) {
        int column = columns.of(fact.name());
        Set<String> told = new HashSet<>();
        for (Span span : spans) {
            if ((span.all().status[column] & Box.KNOWN) == 0) continue;
            Box any = span.all().with(column, Box.KNOWN, span.all().lo[column], span.all().hi[column]);
            List<Box> entered = entered(any, column, field, fact);
            if (entered.size() == 1 && entered.get(0).isAsIn(any, column)) continue; // everything can be entered
            for (Rule rule : span.model().rules.rules)
                for (Cell cell : rule.cells())
                    for (int truth : new int[] {TruthSet.TRUE, TruthSet.FALSE}) {
                        if (!span.model().behind.cell(cell).has(column)
                                || told.contains(rule.table().place(rule.row()) + cell.column() + truth)) continue;
                        Box example = onlyElsewhere(span.model(), cell, truth, any, entered);
                        if (example == null) continue;
                        told.add(rule.table().place(rule.row()) + cell.column() + truth);
                        tell(form, field, fact, rule, cell, truth, example);
                    }
        }
    }

    /** A case outside what can be entered in which the cell has this truth, where none inside has it. */
    private @Nullable Box onlyElsewhere(SearchModel model, Cell cell, int truth, Box any, List<Box> entered) {
        for (Box part : entered)
            if (!budget.ask(new Telling(model, cell, truth), part, MOST).isNone()) return null;
        return budget.ask(new Telling(model, cell, truth), any, MOST).found();
    }

    private List<Box> entered(Box any, int column, Form.Field field, Scheme.Fact fact) {
        Columns.Column c = columns.at(column);
        List<Box> parts = new ArrayList<>();
        if (c.isNumber() && !field.isChoice()) {
            parts.add(any.with(
                    column,
                    Box.KNOWN,
                    Math.max(any.lo[column], field.least()),
                    Math.min(any.hi[column], field.most())));
        } else if (c.isNumber()) {
            for (Form.Option option : field.values())
                if (option.value() instanceof Long n && n >= any.lo[column] && n <= any.hi[column])
                    parts.add(any.with(column, Box.KNOWN, n, n));
        } else {
            long codes = 0;
            for (String code :
                    spans.get(0).model().rules.vocabulary.known(fact.name()).codes())
                if (FormCheck.takes(field, value(fact, code))) codes |= 1L << c.code(code);
            parts.add(c.isList() ? any.with(column, Box.KNOWN, 0, codes) : any.with(column, Box.KNOWN, codes, 0));
        }
        parts.removeIf(p -> c.isNumber() ? p.lo[column] > p.hi[column] : !c.isList() && p.lo[column] == 0);
        return parts;
    }

    private static Object value(Scheme.Fact fact, String code) {
        return fact.type() == Scheme.Type.BOOLEAN
                ? Boolean.valueOf(code)
                : fact.numbers() ? (Object) Long.valueOf(code) : code;
    }

    private void tell(String form, Form.Field field, Scheme.Fact fact, Rule rule, Cell cell, int truth, Box example) {
        String text = rule.row()
                .cells()
                .get(rule.table().columns().stream()
                        .map(c -> c.expression())
                        .toList()
                        .indexOf(cell.column()));
        findings.warn(
                form,
                "#" + field.id(),
                truth == TruthSet.TRUE
                        ? "assessment.check.neverTrue.FORM_LIMIT"
                        : "assessment.check.neverFalse.FORM_LIMIT",
                rule.id(),
                rule.table().place(rule.row()),
                cell.column() + " " + text,
                Explanation.shown(fact, columns.facts(example, false).get(fact.name())));
    }

    // ---- values that are offered and that no rule knows

    /** Of a fact that decides what somebody gets: no row that gives it is possible for the value, no reason speaks of it, and there are cases without any other reason. */
    private void unread(String form, Form.Field field, Scheme.Fact fact) {
        Symbol symbol = spans.get(0).model().rules.vocabulary.known(fact.name());
        if (!isReadByEntitlements(symbol)
                || policy.catalogue().rules().derived().stream()
                        .anyMatch(d -> fact.name().equals(d.of()))) return;
        for (Form.Option option : field.values()) {
            int code = symbol.codes().indexOf(option.code());
            if (code < 0 || isKnown(symbol, code)) continue;
            for (BenefitPlan plan : spans.get(0).model().rules.plans) {
                if (spans.stream()
                        .noneMatch(s -> isSilent(
                                s,
                                plan,
                                fact,
                                1L << columns.at(columns.of(fact.name())).code(option.code())))) continue;
                findings.warn(
                        form,
                        "#" + field.id() + ", " + option.code(),
                        "assessment.check.UNKNOWN_TO_RULES",
                        option.label(),
                        option.code(),
                        plan.benefit().name());
            }
        }
    }

    private boolean isSilent(Span span, BenefitPlan plan, Scheme.Fact fact, long code) {
        SearchModel model = span.model();
        int column = columns.of(fact.name());
        Box chosen = span.all().copy();
        for (int c = 1; c < columns.size(); c++) {
            if (!columns.isTold(c) || columns.at(c).absent()) continue;
            if (chosen.status[c] == Box.ABSENT) return false;
            chosen.status[c] = Box.KNOWN;
        }
        chosen.status[column] = Box.KNOWN;
        chosen.lo[column] = code;
        chosen.hi[column] = columns.at(column).isList() ? code : 0;
        BoxState state = new BoxState(model);
        state.of(chosen);
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < model.rules.rules.length; row++) {
            if (SearchModel.isEntitlement(plan, row) && (state.truth(row) & TruthSet.TRUE) != 0) return false;
            for (BenefitPlan p = plan; p != null; p = p.follows() < 0 ? null : model.rules.plans[p.follows()])
                if (SearchModel.isOf(p, row) && !rows.contains(row)) rows.add(row);
        }
        RowSearch search = new RowSearch(
                model, new int[0], rows.stream().mapToInt(Integer::intValue).toArray());
        return budget.ask(search, chosen, MOST).state() == Solver.State.FOUND;
    }

    private boolean isReadByEntitlements(Symbol symbol) {
        for (Span span : spans)
            for (Rule rule : span.model().rules.rules)
                if (!rule.isCondition())
                    for (Cell cell : rule.cells()) if (cell.reads().has(symbol.slot())) return true;
        return false;
    }

    private boolean isKnown(Symbol symbol, int code) {
        for (Span span : spans) {
            Slots one = span.model().rules.vocabulary.noSlots();
            if (symbol.kind() == Symbol.Kind.LIST) one.set(symbol, Bits.of(code));
            else one.set(symbol.slot(), code);
            for (Rule rule : span.model().rules.rules)
                for (Cell cell : rule.cells())
                    if (cell.reads().has(symbol.slot()) && cell.truth(one) != Truth.FALSE) return true;
        }
        return false;
    }

    /** The search for a case in which a cell has a certain truth. */
    private record Telling(SearchModel model, Cell cell, int truth, BoxState state, BoxState part)
            implements Solver.Goal {
        Telling(SearchModel model, Cell cell, int truth) {
            this(model, cell, truth, new BoxState(model), new BoxState(model));
        }

        @Override
        public Solver.Step examine(Box box) {
            state.of(box);
            if ((state.truth(cell) & truth) == 0) return Solver.Step.none(model.behind.cell(cell));
            if (!state.impossible.isEmpty()) return Solver.Step.none(state.impossible);
            Box one = model.columns.example(box);
            if (1 << cell.truth(model.evaluate(one).slots) == truth) return Solver.Step.found(one);
            SplitHeuristic splits = new SplitHeuristic(state);
            Bits forbidden = model.forbidden(part, one, box);
            Solver.Step cut =
                    TruthSet.isSettled(state.truth(cell)) ? splits.columns(box, forbidden) : splits.cell(box, cell);
            if (cut == null) cut = splits.columns(box, model.behind.cell(cell));
            return cut == null ? Solver.Step.lost() : cut;
        }
    }
}
