package cn.jincai.payment;

import cn.jincai.filing.CaseLifecycle;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentHistory;
import cn.jincai.payment.ledger.PaymentRows;
import org.springframework.stereotype.Component;

/**
 * What can't go on waits here, with the reason told and the room given back; finance puts it right or gives it up (rulebook 7.11). Where the account is somebody else's there
 * is nothing that finance could put right: the applicant is asked for his own at once.
 */
@Component
class Parking {
    private final PaymentRows rows;
    private final Budget budget;
    private final PaymentHistory history;
    private final Payees payees;
    private final CaseLifecycle way;

    Parking(PaymentRows rows, Budget budget, PaymentHistory history, Payees payees, CaseLifecycle way) {
        this.rows = rows;
        this.budget = budget;
        this.history = history;
        this.payees = payees;
        this.way = way;
    }

    void park(Payment p, PaymentStop stop, Actor by) {
        budget.release(rows.find(p.id()), by);
        rows.change(p.id(), going -> going.parked(stop));
        history.happened(
                p, "parked", Text.of("payment.event.parked", payees.benefit(p), stop.text()), by, Audience.APPLICANT);
        if (stop.code().equals(PaymentChecks.ANOTHERS.code())) askAccount(p, Actor.SYSTEM);
    }

    /** Another account is asked of the payee, and this one not taken again; until there is one nothing is made. */
    void askAccount(Payment p, Actor by) {
        payees.setAside(p);
        rows.change(p.id(), Payment::asksAccount);
        way.askAccount(p.number(), p.id(), Text.of("payment.within15Days"), by);
    }
}
