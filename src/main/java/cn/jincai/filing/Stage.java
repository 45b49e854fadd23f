package cn.jincai.filing;

import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import java.util.Arrays;
import java.util.Optional;

/** Where a case stands. The code is the key of the task in the diagrams, and what the API shows. */
public enum Stage {
    DRAFT("draft", "草稿", "Draft", null, false),
    EMPLOYER_CHECK("employer-check", "用人单位核实", "Employer's check", Role.EMPLOYER, false),
    ACCEPTANCE("acceptance", "受理", "Acceptance", Role.INTAKE, false),
    SUPPLEMENT("supplement", "补正", "Supplement", null, true),
    DATA_CHECKS("data-checks", "数据核验", "Data checks", Role.INTAKE, false),
    FIRST_REVIEW("first-review", "初审", "First review", Role.REVIEWER, false),
    SECOND_REVIEW("second-review", "复核", "Second review", Role.SENIOR_REVIEWER, false),
    LEADER_REVIEW("leader-review", "领导审核", "Leader's review", Role.LEADER, false),
    EXPERT_PANEL("expert-panel", "专家评审", "Expert panel", null, true),
    PUBLIC_NOTICE("public-notice", "公示", "Public notice", Role.SUPERVISOR, true),
    HEARING("hearing", "听取意见", "Hearing", null, true),
    DECISION("decision", "决定", "Decision", Role.LEADER, false),
    PAYMENT_MAKE("payment-make", "拨付制单", "Payment made out", Role.FINANCE, false),
    PAYMENT_APPROVE("payment-approve", "拨付审核", "Payment approved", Role.FINANCE_APPROVER, false),
    BANK_RESULT("bank-result", "银行回执", "Bank's answer", Role.FINANCE, false),
    CLOSED("closed", "办结", "Closed", null, false);

    private final String code;
    private final Text text;
    private final Role group;
    private final boolean stopsTheClock;

    Stage(String code, String zh, String en, Role group, boolean stopsTheClock) {
        this.code = code;
        this.text = new Text(zh, en);
        this.group = group;
        this.stopsTheClock = stopsTheClock;
    }

    public String code() {
        return code;
    }

    public Text text() {
        return text;
    }

    /** The role whose task it is; empty where the applicant, the system or chosen people act. */
    public Optional<Role> group() {
        return Optional.ofNullable(group);
    }

    /** Panel, notice, objection, hearing and supplement do not count towards the law's days (rulebook 7.8). */
    public boolean stopsTheClock() {
        return stopsTheClock;
    }

    public static Optional<Stage> find(String code) {
        return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
    }

    public static Stage of(String code) {
        return find(code).orElseThrow(() -> new IllegalArgumentException("no stage '" + code + "'"));
    }
}
