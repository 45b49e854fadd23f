package cn.jincai.process;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.util.Arrays;

/** Why a leader takes a task off somebody. A choice and no free words, which would name people in a record that nobody can mend. */
public enum ReassignmentReason {
    AWAY("away", "经办人外出、休假或生病", "The holder is away, on leave or ill"),
    MOVED("moved", "经办人岗位或分工调整", "The holder has moved to other duties"),
    RECUSED("recused", "经办人需要回避", "The holder has to keep out of this case"),
    SHARED("shared", "经办人任务过多，需要分担", "The holder has too many tasks");

    private final String code;
    private final Text text;

    ReassignmentReason(String code, String zh, String en) {
        this.code = code;
        this.text = new Text(zh, en);
    }

    public String code() {
        return code;
    }

    public Text text() {
        return text;
    }

    /** @throws Problem INVALID for none and for one that is not on the list */
    public static ReassignmentReason of(String code) {
        return Arrays.stream(values())
                .filter(r -> r.code.equals(code))
                .findFirst()
                .orElseThrow(
                        () -> Problem.invalid("reason", "REQUIRED", "请选择退回的原因。", "Choose why the task goes back."));
    }

    static Text told(ReassignmentReason why) {
        if (why == null) return new Text("任务退回本组，由其他人办理", "A task went back to its group for somebody else to do");
        return new Text(
                "任务退回本组，由其他人办理：" + why.text.zh(),
                "A task went back to its group for somebody else to do: " + why.text.en());
    }
}
