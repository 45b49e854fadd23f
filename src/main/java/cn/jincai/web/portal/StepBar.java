package cn.jincai.web.portal;

import cn.jincai.filing.Stage;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The few steps that an applicant follows, made of the stages of a case: those that its diagram has, in the order in which it comes to them, and of these as passed only what it came
 * through.
 */
public record StepBar(List<Marked> steps) {
    /**
     * @param state {@code done}, {@code now}, {@code later}, or {@code skipped} where the case went on without it
     * @param parts the diagram's own steps in it: those that the case came through, or, of one to come, those that it may come to
     */
    public record Marked(String code, String state, List<Part> parts) {}

    /** @param state as that of the mark */
    public record Part(Step step, String state) {}

    /** A case comes to these only if something calls for it. */
    private static final Set<Kind> ASIDE =
            Set.of(Kind.ASKS_APPLICANT, Kind.HEARING, Kind.WAITS_IN_LINE, Kind.OBJECTION, Kind.FOLLOWS_UP);

    private record Mark(String code, Set<Kind> kinds) {}

    private static final List<Mark> MARKS = List.of(
            new Mark("sent", Set.of(Kind.DRAFT)),
            new Mark("acceptance", Set.of(Kind.ASKS_EMPLOYER, Kind.ACCEPTS, Kind.ASKS_APPLICANT)),
            new Mark("checks", Set.of(Kind.CHECKS_DATA)),
            new Mark("review", Set.of(Kind.GIVES_OPINION, Kind.REVIEWS, Kind.PANEL)),
            new Mark("notice", Set.of(Kind.NOTICE, Kind.HEARING)),
            new Mark("decision", Set.of(Kind.WAITS_IN_LINE, Kind.SIGNS)),
            new Mark("payment", Set.of(Kind.MAKES_PAYMENT, Kind.CHECKS_PAYMENT, Kind.WAITS_FOR_BANK)),
            new Mark("closed", Set.of(Kind.CLOSED)));

    /** Of a case that somebody may begin: where it would come to. @param diagram steps of the scheme's own diagram, in their order */
    public static StepBar ahead(Steps steps, Set<String> diagram) {
        return of(steps.first(Kind.DRAFT), steps, Set.of(), diagram, false);
    }

    /**
     * @param now     where the case stands
     * @param been    stages that the case came through
     * @param diagram steps of its own diagram, in their order
     * @param signed  the decision is; what is heard or decided after it is about its payment
     */
    static StepBar of(Stage now, Set<String> been, Set<String> diagram, boolean signed) {
        return of(now.step(), now.steps(), been, diagram, signed);
    }

    private static StepBar of(Step now, Steps all, Set<String> been, Set<String> diagram, boolean signed) {
        List<Step> way = diagram.stream().flatMap(key -> all.find(key).stream()).toList();
        List<Mark> marks = MARKS.stream()
                .filter(m -> Set.of("sent", "closed").contains(m.code) || isIn(m, way))
                .sorted(Comparator.comparingInt(m -> place(m, way)))
                .toList();
        Set<Kind> kinds = all.all().stream()
                .filter(step -> been.contains(step.key()))
                .map(Step::kind)
                .collect(Collectors.toSet());
        int at = now(marks, kinds, now, signed);
        List<Marked> steps = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            String state = i == at
                    ? "now"
                    : i > at
                            ? "later"
                            : i == 0 || marks.get(i).kinds.stream().anyMatch(kinds::contains) ? "done" : "skipped";
            steps.add(new Marked(marks.get(i).code, state, parts(marks.get(i), state, now, been, way)));
        }
        return new StepBar(steps);
    }

    /** What is sent comes first and what is closed last, wherever a diagram draws them. */
    private static int place(Mark mark, List<Step> way) {
        if (mark.code.equals("sent")) return -1;
        if (mark.code.equals("closed")) return Integer.MAX_VALUE;
        for (int i = 0; i < way.size(); i++)
            if (mark.kinds.contains(way.get(i).kind())
                    && !ASIDE.contains(way.get(i).kind())) return i;
        return way.size();
    }

    private static List<Part> parts(Mark mark, String state, Step now, Set<String> been, List<Step> way) {
        List<Part> parts = new ArrayList<>();
        boolean passed = true;
        for (Step step : way) {
            if (!mark.kinds.contains(step.kind()) || step.is(Kind.DRAFT, Kind.CLOSED)) continue;
            if (step.key().equals(now.key())) {
                parts.add(new Part(step, "now"));
                passed = false;
            } else if (state.equals("later")
                    ? !ASIDE.contains(step.kind()) && !step.kind().isOfPayment()
                    : passed && been.contains(step.key()))
                parts.add(new Part(step, state.equals("later") ? "later" : "done"));
        }
        return state.equals("skipped") ? List.of() : parts;
    }

    /** A hearing belongs to a payment as well: by itself it makes no notice. */
    private static boolean isIn(Mark mark, List<Step> way) {
        return way.stream().anyMatch(step -> !step.is(Kind.HEARING) && mark.kinds.contains(step.kind()));
    }

    private static int now(List<Mark> marks, Set<Kind> been, Step stage, boolean signed) {
        boolean ofAPayment = signed && stage.is(Kind.HEARING, Kind.SIGNS);
        int last = 0;
        for (int i = 0; i < marks.size(); i++) {
            if (ofAPayment
                    ? marks.get(i).code.equals("payment")
                    : marks.get(i).kinds.contains(stage.kind())) return i;
            if (marks.get(i).kinds.stream().anyMatch(been::contains)) last = i;
        }
        return last;
    }
}
