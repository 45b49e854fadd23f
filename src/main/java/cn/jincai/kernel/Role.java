package cn.jincai.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What an account may be. The code is the engine's candidate group and stands in the diagrams. */
public enum Role {
    APPLICANT("applicant"),
    EMPLOYER("employer"),
    INTAKE("intake"),
    REVIEWER("reviewer"),
    SENIOR_REVIEWER("senior-reviewer"),
    LEADER("leader"),
    EXPERT("expert"),
    SUPERVISOR("supervisor"),
    FINANCE("finance"),
    FINANCE_APPROVER("finance-approver"),
    AUDITOR("auditor"),
    POLICY_ADMIN("policy-admin"),
    POLICY_APPROVER("policy-approver"),
    ADMIN("admin");

    private final String code;

    Role(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }

    public Text text() {
        return Text.of("kernel.role." + code);
    }

    @JsonCreator
    public static Role of(String code) {
        return Arrays.stream(values())
                .filter(r -> r.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no role '" + code + "'"));
    }
}
