package cn.jincai.registry;

import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.Map;

/** What came back from a source. A source that is silent never makes a refusal (rulebook 2.2); its facts stay unknown. */
public sealed interface Answer {
    /**
     * @param asOf  the day for which the source speaks, never after today
     * @param facts only what was asked; values as in JSON (text, boolean, long, list of text; dates as YYYY-MM-DD), their types against the
     *              scheme are for the caller to check. A fact that the source doesn't know is absent.
     */
    record Answered(LocalDate asOf, Map<String, Object> facts) implements Answer {
        public Answered {
            facts = Map.copyOf(facts);
        }

        @Override
        public String toString() {
            return "Answered[" + asOf + ", " + facts.keySet() + "]";
        }
    }

    /** @param why in words that may be shown to officers; holds nothing that the source sent */
    record Silent(Text why) implements Answer {}
}
