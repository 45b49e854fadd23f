package cn.jincai.payment;

import cn.jincai.kernel.Text;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Where a payment stands. Nothing leads out of PAID and GIVEN_UP. */
public enum PaymentStatus {
    DUE("due"),
    MADE("made"),
    APPROVED("approved"),
    SENT("sent"),
    PAID("paid"),
    REFUSED("refused"),
    PARKED("parked"),
    GIVEN_UP("given-up");

    private final String code;

    PaymentStatus(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }

    public Text text() {
        return Text.of("payment.status." + code);
    }

    @JsonCreator
    public static PaymentStatus of(String code) {
        return Arrays.stream(values())
                .filter(s -> s.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no payment status '" + code + "'"));
    }
}
