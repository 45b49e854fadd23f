package cn.jincai.payment;

import cn.jincai.kernel.Text;
import java.util.Locale;

/** What a run found of a month: it counts and is paid, or why it is neither paid nor counted (rulebook 7.12). */
public enum MonthOutcome {
    COUNTED("计发", "counts"),
    NO_POST("不在岗", "not in post"),
    GAP("断缴超过允许月数", "one gap in the insurance too many"),
    NOT_IN_FORCE("认定已期满", "no longer in force"),
    LIFETIME("已满总月数", "all months are used");

    private final Text text;

    MonthOutcome(String zh, String en) {
        text = new Text(zh, en);
    }

    public Text text() {
        return text;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static MonthOutcome of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
