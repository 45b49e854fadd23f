package cn.jincai.payment;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.Payment;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A payment as it may be shown to finance, auditors and its payee: without account or name.
 *
 * @param amountFen what is paid, in fen
 * @param reason    why it is parked or was refused, and what to do; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PaymentView(
        long id,
        @JsonProperty("case") CaseNumber number,
        @Nullable String run,
        String benefit,
        @Nullable Integer instalment,
        String fund,
        long amountFen,
        PaymentStatus status,
        @Nullable Long batch,
        @Nullable String bankReference,
        @Nullable String reasonCode,
        @Nullable Text reason) {
    static PaymentView of(Payment p) {
        PaymentStop stop = p.isSound() ? p.stop() : Payment.ALTERED;
        return new PaymentView(
                p.id(),
                p.number(),
                p.run(),
                p.benefit(),
                p.instalment(),
                p.fund(),
                p.amount().fen(),
                p.status(),
                p.standing().batch(),
                p.bankReference(),
                stop == null ? null : stop.code(),
                stop == null ? null : stop.text());
    }
}
