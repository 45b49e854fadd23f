package cn.jincai.process.versions;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One case of a move.
 *
 * @param number null for whom the case concerns, or who is recused from it
 * @param step at which it stood, as its own version calls it
 * @param why  null where it moves
 */
public record MovedCase(
        @Nullable CaseNumber number,
        Text step,
        State state,
        @Nullable Stays why) {
    MovedCase withoutNumber() {
        return new MovedCase(null, step, state, why);
    }

    public enum State {
        WAITING("waiting"),
        MOVED("moved"),
        STAYED("stayed"),
        UNDONE("undone");

        private final String code;

        State(String code) {
            this.code = code;
        }

        @JsonValue
        public String code() {
            return code;
        }

        public Text text() {
            return Text.of("process.versions.case." + code);
        }
    }

    /** Why it stays, in words; what became of it where it does not. */
    @JsonProperty("told")
    public Text told() {
        return why == null ? state.text() : why.text(step);
    }
}
