package cn.jincai.process.versions;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was proposed, decided and done for the running cases of one version.
 *
 * @param from   hash of the version by which they go
 * @param to     hash of the version to which they may go
 * @param reason why, in the words of whoever proposed it
 * @param answer why it was declined, or null
 * @param ended  why it was called off, came to nothing or could not be undone, or null
 */
public record VersionMove(
        long id,
        String scheme,
        String from,
        String to,
        Rule rule,
        String reason,
        State state,
        String proposedBy,
        Instant proposedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String answer,
        @Nullable Instant dueAt,
        @Nullable Ending ended) {
    /**
     * @param by    who called it off; null where it ended by itself
     * @param words of whoever called it off
     * @param why   where it ended by itself
     */
    public record Ending(
            Instant at,
            @Nullable String by,
            @Nullable String words,
            @Nullable Why why) {}

    /** Why a move, or its undoing, came to nothing by itself. */
    public enum Why {
        /** When its turn came the version was not in force and had no day. */
        NOT_IN_FORCE("not-in-force"),
        /** It was to be undone, and one of its cases had gone on meanwhile. */
        GONE_ON("gone-on"),
        /** It was to be undone, and the application failed; nothing of it was kept. */
        UNDO_FAILED("undo-failed");

        private final String code;

        Why(String code) {
            this.code = code;
        }

        @JsonValue
        public String code() {
            return code;
        }

        public Text text() {
            return Text.of("process.versions.ended." + code);
        }

        static Why of(String code) {
            return Arrays.stream(values())
                    .filter(why -> why.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @JsonIgnore
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Of the two who proposed and decided it. */
    boolean isOf(String account) {
        return account.equals(proposedBy) || account.equals(decidedBy);
    }

    /** What running cases do when there is a new version. */
    public enum Rule {
        /** They go on by the version of their submission, as they do without a word. */
        KEEP("keep"),
        /** They go on by the new one from where they stand, in the same hands, where the new one would grant the same. */
        MOVE("move"),
        /** They move, and the step at which they stand is asked again from the beginning. Where nobody has decided yet, the result may be another. */
        ASK_AGAIN("ask-again");

        private final String code;

        Rule(String code) {
            this.code = code;
        }

        @JsonValue
        public String code() {
            return code;
        }

        public Text text() {
            return Text.of("process.versions.rule." + code);
        }

        /** @throws Problem INVALID for a rule that there is not */
        public static Rule of(String code) {
            return Arrays.stream(values())
                    .filter(rule -> rule.code.equals(code))
                    .findFirst()
                    .orElseThrow(() -> Problem.invalid("rule", "process.versions.rule.UNKNOWN"));
        }
    }

    public enum State {
        OPEN("open"),
        DECLINED("declined"),
        WITHDRAWN("withdrawn"),
        MOVING("moving"),
        CALLED_OFF("called-off"),
        DONE("done"),
        UNDOING("undoing"),
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
            return Text.of("process.versions.state." + code);
        }

        static State of(String code) {
            return Arrays.stream(values())
                    .filter(state -> state.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
