package cn.jincai.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What an account may be. The code is the engine's candidate group and stands in the diagrams. */
public enum Role {
    APPLICANT("applicant", "申请人", "Applicant"),
    EMPLOYER("employer", "用人单位经办人", "Employer's clerk"),
    INTAKE("intake", "受理窗口", "Intake"),
    REVIEWER("reviewer", "初审", "Reviewer"),
    SENIOR_REVIEWER("senior-reviewer", "复核", "Senior reviewer"),
    LEADER("leader", "分管领导", "Leader"),
    EXPERT("expert", "评审专家", "Expert"),
    SUPERVISOR("supervisor", "监督", "Supervisor"),
    FINANCE("finance", "财务经办", "Finance"),
    FINANCE_APPROVER("finance-approver", "财务审核", "Finance approver"),
    AUDITOR("auditor", "审计", "Auditor"),
    POLICY_ADMIN("policy-admin", "政策管理", "Policy administrator"),
    POLICY_APPROVER("policy-approver", "政策发布", "Policy approver"),
    ADMIN("admin", "系统管理", "Administrator");

    private final String code;
    private final Text name;

    Role(String code, String zh, String en) {
        this.code = code;
        this.name = new Text(zh, en);
    }

    @JsonValue
    public String code() {
        return code;
    }

    public Text text() {
        return name;
    }

    @JsonCreator
    public static Role of(String code) {
        return Arrays.stream(values())
                .filter(r -> r.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no role '" + code + "'"));
    }
}
