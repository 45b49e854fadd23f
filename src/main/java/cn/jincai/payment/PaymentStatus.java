package cn.jincai.payment;

import cn.jincai.kernel.Text;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Where a payment stands. Nothing leads out of PAID and GIVEN_UP. */
public enum PaymentStatus {
    DUE("due", "待经办", "due"),
    MADE("made", "待审核", "made"),
    APPROVED("approved", "已审核，待送银行", "approved"),
    SENT("sent", "已送银行", "sent"),
    PAID("paid", "已到账", "paid"),
    REFUSED("refused", "银行退回", "refused"),
    PARKED("parked", "挂起", "parked"),
    GIVEN_UP("given-up", "不再拨付", "given up");

    private final String code;
    private final Text text;

    PaymentStatus(String code, String zh, String en) {
        this.code = code;
        this.text = new Text(zh, en);
    }

    @JsonValue
    public String code() {
        return code;
    }

    public Text text() {
        return text;
    }

    @JsonCreator
    static PaymentStatus of(String code) {
        return Arrays.stream(values())
                .filter(s -> s.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no payment status '" + code + "'"));
    }
}
