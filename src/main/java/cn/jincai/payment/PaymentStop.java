package cn.jincai.payment;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.util.List;

/**
 * Why a payment can't go on, and the way out, in words for finance and the payee.
 *
 * @param code     the program's
 * @param sentence the key of the words in the bundles, and {@code values} what stands in them: it is kept so, and said anew whenever it is read. What was told
 *                 of it when it happened stays in the history as it was said
 */
public record PaymentStop(String code, String sentence, List<Object> values) {
    /** The code is what stands behind the key's last dot. */
    public static PaymentStop of(String key, Object... values) {
        return new PaymentStop(Problem.codeOf(key), key, List.of(values));
    }

    /** What another room refused, in its words. */
    public static PaymentStop of(Problem refusal) {
        return new PaymentStop(refusal.code(), "payment.stop.refused", List.of(refusal.text()));
    }

    public Text text() {
        return Text.of(sentence, values.toArray());
    }

    public Problem refusal() {
        return new Problem(Problem.Kind.CONFLICT, code, text(), List.of());
    }
}
