package cn.jincai.payment;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.Text;
import org.springframework.stereotype.Component;

/** What can't go on waits here, with the reason told and the room given back; finance puts it right or gives it up (rulebook 7.11). */
@Component
class Parking {
    private final PaymentRows rows;
    private final Budget budget;
    private final PaymentHistory history;
    private final Payees payees;

    Parking(PaymentRows rows, Budget budget, PaymentHistory history, Payees payees) {
        this.rows = rows;
        this.budget = budget;
        this.history = history;
        this.payees = payees;
    }

    void park(Payment p, PaymentStop stop, Actor by) {
        budget.release(rows.find(p.id()), by);
        rows.change(p.id(), parked -> parked.parked(stop));
        history.happened(
                p, "parked", Text.of("payment.event.parked", payees.benefit(p), stop.text()), by, Audience.APPLICANT);
    }
}
