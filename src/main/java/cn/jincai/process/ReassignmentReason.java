package cn.jincai.process;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Why a leader takes a task off somebody. A choice and no free words, which would name people in a record that nobody can put right. */
public enum ReassignmentReason {
    AWAY("away"),
    MOVED("moved"),
    RECUSED("recused"),
    SHARED("shared");

    private final String code;

    ReassignmentReason(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public Text text() {
        return Text.of("process.handedBack." + code);
    }

    /** @throws Problem INVALID for none and for one that is not on the list */
    public static ReassignmentReason of(String code) {
        return Arrays.stream(values())
                .filter(r -> r.code.equals(code))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("reason", "process.handedBack.REQUIRED"));
    }

    static Text told(@Nullable ReassignmentReason why) {
        if (why == null) return Text.of("process.handedBack.free");
        return Text.of("process.handedBack.why", why.text());
    }
}
