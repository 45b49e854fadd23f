package cn.jincai.process;

import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.payment.PaymentStatus;
import cn.jincai.payment.Payments;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** {@code payments} in the diagrams. */
@Component("payments")
public class PaymentSteps {
    private static final Set<PaymentStatus> AT_THE_BANK =
            Set.of(PaymentStatus.APPROVED, PaymentStatus.SENT, PaymentStatus.PAID, PaymentStatus.REFUSED);

    private final Payments payments;
    private final HearingsAndRatings hearings;
    private final Stages stages;

    PaymentSteps(Payments payments, HearingsAndRatings hearings, Stages stages) {
        this.payments = payments;
        this.hearings = hearings;
        this.stages = stages;
    }

    /** @param number of a case or of a run */
    boolean isOf(Long paymentId, String number) {
        var payment = payments.find(paymentId);
        return number.equals(payment.number().value()) || number.equals(payment.run());
    }

    /** What is due now; none where nothing is. */
    public List<Long> order(String caseNumber) {
        return new ArrayList<>(payments.order(new CaseNumber(caseNumber)));
    }

    /** Checked with its run and on its way to the bank; otherwise it has to be made again. */
    public boolean approved(Long paymentId) {
        return AT_THE_BANK.contains(payments.find(paymentId).status());
    }

    public void accountSilent(Long paymentId) {
        payments.accountSilent(paymentId);
    }

    /** @param open the person may answer now, also where the case itself is closed */
    public void hear(Long paymentId, boolean open) {
        hearings.opensHearing(payments.find(paymentId).number(), open);
    }

    public void giveUp(Long paymentId) {
        payments.giveUp(paymentId);
        var payment = payments.find(paymentId);
        if (payment.run() == null) stages.atLeastAdvancedPayment(payment.number());
    }

    public void keep(Long paymentId) {
        payments.keep(paymentId);
    }
}
