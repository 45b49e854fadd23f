package cn.jincai.filing.sight;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.util.Arrays;

/** What masked fields are opened for. */
public enum Purpose {
    IDENTIFY("identify", false),
    REACH("reach", false),
    PAY("pay", false),
    OBJECTION("objection", false),
    AUDIT("audit", true),
    DISCIPLINE("discipline", true),
    /** Told in words. */
    OTHER("other", false);

    private final String code;
    private final boolean withheld;

    Purpose(String code, boolean withheld) {
        this.code = code;
        this.withheld = withheld;
    }

    public String code() {
        return code;
    }

    /** Whether the person is not told of it before an auditor releases it. */
    public boolean isWithheld() {
        return withheld;
    }

    public Text text() {
        return Text.of("filing.purpose." + code);
    }

    /** @throws Problem INVALID for none and for one that is not on the list */
    public static Purpose of(String code) {
        return Arrays.stream(values())
                .filter(p -> p.code.equals(code))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("purpose", "filing.purpose.REQUIRED"));
    }
}
