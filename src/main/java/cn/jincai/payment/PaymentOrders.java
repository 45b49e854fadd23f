package cn.jincai.payment;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentDue;
import cn.jincai.payment.ledger.PaymentHistory;
import cn.jincai.payment.ledger.PaymentRows;
import org.springframework.stereotype.Component;

/** Makes payment orders. Where another payment holds the key the new one is parked at once: the same thing is never paid twice (rulebook 7.10). */
@Component
class PaymentOrders {
    private final PaymentRows rows;
    private final Parking parking;
    private final PaymentHistory history;
    private final Payees payees;
    private final CityClock clock;

    PaymentOrders(PaymentRows rows, Parking parking, PaymentHistory history, Payees payees, CityClock clock) {
        this.rows = rows;
        this.parking = parking;
        this.history = history;
        this.payees = payees;
        this.clock = clock;
    }

    long place(PaymentDue due) {
        Payment p = rows.find(rows.add(due, clock.instant()));
        history.happened(p, "due", Text.of("payment.event.due", payees.benefit(p)), Actor.SYSTEM, Audience.OFFICERS);
        if (!rows.takeKey(p)) parking.park(p, PaymentChecks.KEY_USED, Actor.SYSTEM);
        return p.id();
    }

    void park(long payment, PaymentStop stop) {
        parking.park(rows.hold(payment), stop, Actor.SYSTEM);
    }
}
