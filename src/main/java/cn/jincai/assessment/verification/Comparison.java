package cn.jincai.assessment.verification;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.verification.Differences.Answer;
import cn.jincai.assessment.verification.Differences.Difference;
import cn.jincai.assessment.verification.Differences.Kind;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two versions of a scheme side by side, in all spans of days in which their parameters hold still. */
public final class Comparison {
    private record Span(Box box, SearchModel before, SearchModel after) {}

    private final Columns columns;
    private final WorkingCalendar calendar;
    private final PolicyPackage before, after;
    private final List<Span> spans = new ArrayList<>();

    public Comparison(PolicyPackage before, PolicyPackage after, WorkingCalendar calendar, LocalDate today) {
        this.calendar = calendar;
        this.before = before;
        this.after = after;
        columns = new Columns(today, before, after);
        SchemeRules was = new SchemeRules(before), is = new SchemeRules(after);
        for (Box box : Spans.of(columns, columns.all(true), today, List.of(before, after)))
            spans.add(new Span(box, model(was, box), model(is, box)));
    }

    private SearchModel model(SchemeRules rules, Box span) {
        Box one = columns.example(span);
        return new SearchModel(
                rules.on(rules.vocabulary.slots(columns.applied(one), columns.facts(one, false)), Set.of()),
                columns,
                calendar);
    }

    /** @param most boxes to look at in one span before it counts as undecided; a difference is mostly seen in the first few, so all spans are looked at briefly first */
    public Difference difference(String benefit, Kind kind, int most) {
        List<Span> open = spans;
        for (int budget : new int[] {most / 20, most}) {
            List<Span> undecided = new ArrayList<>();
            for (Span span : open) {
                Solver solver = new Solver(
                        columns,
                        new DifferenceSearch(
                                span.before, span.after, benefit, DifferenceSearch.What.valueOf(kind.name())),
                        budget);
                if (solver.solve(span.box) == Solver.State.UNDECIDED) undecided.add(span);
                Box found = solver.found();
                if (found != null) return example(benefit, kind, found);
            }
            open = undecided;
        }
        return new Difference(benefit, kind, open.isEmpty() ? Answer.NONE : Answer.UNDECIDED);
    }

    /** Told by the same way by which everybody is answered. */
    private Difference example(String benefit, Kind kind, Box one) {
        Assessments assessments = Assessments.with(calendar);
        LocalDate applied = columns.applied(one);
        Map<String, Object> facts = columns.facts(one, false);
        return new Difference(
                benefit,
                kind,
                Answer.FOUND,
                applied,
                facts,
                assessments
                        .assess(before, applied, columns.facts(one, before.catalogue()), Adjustments.NONE)
                        .benefit(benefit)
                        .orElseThrow(),
                assessments
                        .assess(after, applied, columns.facts(one, after.catalogue()), Adjustments.NONE)
                        .benefit(benefit)
                        .orElseThrow());
    }
}
