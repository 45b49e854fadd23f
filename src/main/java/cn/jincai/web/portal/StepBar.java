package cn.jincai.web.portal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The few steps that an applicant follows, made of the stages of a case: those that its diagram has, and of these as passed only what it came through. */
record StepBar(List<Step> steps) {
    /** @param state {@code done}, {@code now}, {@code later}, or {@code skipped} where the case went on without it */
    record Step(String code, String state) {}

    private record Mark(String code, Set<String> stages) {}

    private static final List<Mark> MARKS = List.of(
            new Mark("sent", Set.of("draft")),
            new Mark("acceptance", Set.of("employer-check", "acceptance", "supplement")),
            new Mark("checks", Set.of("data-checks")),
            new Mark("review", Set.of("first-review", "second-review", "leader-review", "expert-panel")),
            new Mark("notice", Set.of("public-notice", "hearing")),
            new Mark("decision", Set.of("decision")),
            new Mark("payment", Set.of("payment-make", "payment-approve", "bank-result")),
            new Mark("closed", Set.of("closed")));

    /**
     * @param been    stages that the case came through
     * @param diagram steps of its own diagram
     * @param signed  the decision is; what is heard or decided after it is about its payment
     */
    static StepBar of(String stage, Set<String> been, Set<String> diagram, boolean signed) {
        List<Mark> marks = MARKS.stream()
                .filter(m -> Set.of("sent", "closed").contains(m.code) || isIn(m, diagram))
                .toList();
        int now = now(marks, been, stage, signed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++)
            steps.add(new Step(
                    marks.get(i).code,
                    i == now
                            ? "now"
                            : i > now
                                    ? "later"
                                    : i == 0 || marks.get(i).stages.stream().anyMatch(been::contains)
                                            ? "done"
                                            : "skipped"));
        return new StepBar(steps);
    }

    /** A hearing belongs to a payment as well: by itself it makes no notice. */
    private static boolean isIn(Mark mark, Set<String> diagram) {
        return mark.stages.stream().anyMatch(stage -> !stage.equals("hearing") && diagram.contains(stage));
    }

    private static int now(List<Mark> marks, Set<String> been, String stage, boolean signed) {
        boolean ofAPayment = signed && Set.of("hearing", "decision").contains(stage);
        int last = 0;
        for (int i = 0; i < marks.size(); i++) {
            if (ofAPayment
                    ? marks.get(i).code.equals("payment")
                    : marks.get(i).stages.contains(stage)) return i;
            if (marks.get(i).stages.stream().anyMatch(been::contains)) last = i;
        }
        return last;
    }
}
