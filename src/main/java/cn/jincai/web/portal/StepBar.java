package cn.jincai.web.portal;

import cn.jincai.filing.Stage;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The few steps that an applicant follows, made of the stages of a case: those that its diagram has, and of these as passed only what it came through. */
record StepBar(List<Marked> steps) {
    /** @param state {@code done}, {@code now}, {@code later}, or {@code skipped} where the case went on without it */
    record Marked(String code, String state) {}

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

    /**
     * @param now     where the case stands
     * @param been    stages that the case came through
     * @param diagram steps of its own diagram
     * @param signed  the decision is; what is heard or decided after it is about its payment
     */
    static StepBar of(Stage now, Set<String> been, Set<String> diagram, boolean signed) {
        return of(now.step(), kinds(now.steps(), been), kinds(now.steps(), diagram), signed);
    }

    private static Set<Kind> kinds(Steps steps, Set<String> keys) {
        return steps.all().stream()
                .filter(step -> keys.contains(step.key()))
                .map(Step::kind)
                .collect(Collectors.toSet());
    }

    private static StepBar of(Step stage, Set<Kind> been, Set<Kind> diagram, boolean signed) {
        List<Mark> marks = MARKS.stream()
                .filter(m -> Set.of("sent", "closed").contains(m.code) || isIn(m, diagram))
                .toList();
        int now = now(marks, been, stage, signed);
        List<Marked> steps = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++)
            steps.add(new Marked(
                    marks.get(i).code,
                    i == now
                            ? "now"
                            : i > now
                                    ? "later"
                                    : i == 0 || marks.get(i).kinds.stream().anyMatch(been::contains)
                                            ? "done"
                                            : "skipped"));
        return new StepBar(steps);
    }

    /** A hearing belongs to a payment as well: by itself it makes no notice. */
    private static boolean isIn(Mark mark, Set<Kind> diagram) {
        return mark.kinds.stream().anyMatch(kind -> kind != Kind.HEARING && diagram.contains(kind));
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
