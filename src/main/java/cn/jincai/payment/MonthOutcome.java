package cn.jincai.payment;

import cn.jincai.kernel.Text;
import java.util.Locale;

/** What a run found of a month: it counts and is paid, or why it is neither paid nor counted (rulebook 7.12). */
public enum MonthOutcome {
    COUNTED,
    NO_POST,
    GAP,
    NOT_IN_FORCE,
    LIFETIME,
    SUSPENDED,
    ENDED;

    public Text text() {
        return Text.of("payment.month." + code());
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static MonthOutcome of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
