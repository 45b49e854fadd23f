package cn.jincai.process.versions;

import cn.jincai.kernel.Text;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Why a case stays with its version. */
public enum Stays {
    /** The rule says so. */
    KEPT("kept"),
    /** Closed, or it goes by another version already. */
    ELSEWHERE("elsewhere"),
    /** Its decision was signed under the version that it has, and what follows carries that decision out. */
    SIGNED("signed"),
    /** The new version has no such step. */
    NO_STEP("no-step"),
    /** There it is the step of another role, or of another kind. */
    OTHER_STEP("other-step"),
    /** The new version would grant something else. */
    OTHER_RESULT("other-result"),
    /** The new version would grant something else, and people have decided in the case already. */
    DECIDED("decided"),
    /** When its turn came the new version was no longer in force. */
    NOT_IN_FORCE("not-in-force"),
    /** The engine refused, or the application failed; nothing of it was kept. */
    FAILED("failed");

    private final String code;

    Stays(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }

    /** @param step at which it stands */
    public Text text(Text step) {
        return Text.of("process.versions.stays." + code, step);
    }

    static Stays of(String code) {
        return Arrays.stream(values())
                .filter(why -> why.code.equals(code))
                .findFirst()
                .orElseThrow();
    }
}
