package cn.jincai.payment;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;

/** Why a payment can't go on, and the way out, in words for finance and the payee. The code is the program's. */
public record PaymentStop(String code, Text text) {
    PaymentStop(String code, String zh, String en) {
        this(code, new Text(zh, en));
    }

    Problem refusal() {
        return Problem.conflict(code, text.zh(), text.en());
    }
}
