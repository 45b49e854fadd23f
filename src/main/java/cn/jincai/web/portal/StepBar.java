package cn.jincai.web.portal;

import java.util.List;
import java.util.Set;

/** The few steps that an applicant follows, made of the stages of a case. */
record StepBar(List<Step> steps) {
    /** @param state {@code done}, {@code now} or {@code later} */
    record Step(String code, String state) {}

    private static final List<String> CODES = List.of("sent", "acceptance", "checks", "review", "notice", "decision", "payment", "closed");
    private static final List<Set<String>> STAGES = List.of(Set.of("draft"), Set.of("employer-check", "acceptance", "supplement"), Set.of("data-checks"),
        Set.of("first-review", "second-review", "leader-review", "expert-panel"), Set.of("public-notice", "hearing"), Set.of("decision"),
        Set.of("payment-make", "payment-approve", "bank-result"), Set.of("closed"));

    /** A case that ended otherwise than granted or refused has not gone through the steps between. */
    static StepBar of(String stage, String outcome) {
        int now = 0;
        for (int i = 0; i < STAGES.size(); i++) if (STAGES.get(i).contains(stage)) now = i;
        boolean cut = stage.equals("closed") && outcome != null && !outcome.equals("granted");
        int at = now;
        return new StepBar(java.util.stream.IntStream.range(0, CODES.size()).mapToObj(i -> new Step(CODES.get(i),
            i == at ? "now" : i < at && (!cut || i == 0 || i < 6 && outcome.equals("refused")) ? "done" : "later")).toList());
    }
}
