package cn.jincai.payment;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.util.List;

/** Why a payment can't go on, and the way out, in words for finance and the payee. The code is the program's. */
public record PaymentStop(String code, Text text) {
    /** The code is what stands behind the key's last dot. */
    static PaymentStop of(String key, Object... values) {
        return new PaymentStop(Problem.codeOf(key), Text.of(key, values));
    }

    Problem refusal() {
        return new Problem(Problem.Kind.CONFLICT, code, text, List.of());
    }
}
