package cn.jincai.process;

import cn.jincai.policy.DiagramVocabulary;
import java.util.Map;

/** What the engine tells the gate, without the application. */
public final class WordsForTheGate {
    private static final Map<String, Class<?>> BEANS = Map.of(
            "cases",
            CaseSteps.class,
            "reviews",
            ReviewSteps.class,
            "panel",
            PanelSteps.class,
            "notices",
            NoticeSteps.class,
            "payments",
            PaymentSteps.class,
            "runs",
            RunSteps.class,
            "limits",
            Limits.class);

    private WordsForTheGate() {}

    public static DiagramVocabulary words() {
        return KnownToDiagrams.words(BEANS::get);
    }
}
