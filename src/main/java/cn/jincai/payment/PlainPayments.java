package cn.jincai.payment;

import cn.jincai.applicant.BankAccount;
import cn.jincai.applicant.PersonName;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentRows;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.TaskRef;
import cn.jincai.review.PlainCase;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Payments that may be made or checked together with others: as they were ordered, to the payee's own account, with nothing that stopped them. What is asked of sources and of
 * the budget is asked when each is carried out, as ever (rulebook 7.11).
 */
@Service
public class PlainPayments {
    private static final Map<Kind, String> APPROVING =
            Map.of(Kind.MAKES_PAYMENT, "submit", Kind.CHECKS_PAYMENT, "approve");

    private final Cashier cashier;
    private final PaymentRows rows;
    private final Payees payees;
    private final CaseFile cases;

    PlainPayments(Cashier cashier, PaymentRows rows, Payees payees, CaseFile cases) {
        this.cashier = cashier;
        this.rows = rows;
        this.payees = payees;
        this.cases = cases;
    }

    /** The outcome by which payments go on together at this step; null where each is looked at by itself. */
    public static @Nullable String approving(Step step) {
        return APPROVING.get(step.kind());
    }

    /** @throws Problem INVALID for words that no opinion on a payment may have */
    public static void mayBeSaid(String words) {
        Cashier.mustFit(words);
    }

    /**
     * What would be paid, or why the payment is looked at by itself; a run's are made and checked with their run.
     *
     * @throws Problem FORBIDDEN with the reason: role, four eyes, own case
     */
    @Transactional(readOnly = true)
    public PlainCase look(Actor who, TaskRef task) {
        if (approving(task.step()) == null || task.subject() == null || task.run() != null)
            return PlainCase.leftOut(Text.of("payment.plain.step"));
        cashier.mayTake(who, task);
        Payment p = rows.find(Long.parseLong(task.subject()));
        return new PlainCase(p.amount().fen(), oneByOne(p, task.step()));
    }

    private @Nullable Text oneByOne(Payment p, Step step) {
        if (!p.isSound()) return Payment.ALTERED.text();
        if (p.stop() != null) return p.stop().text();
        if (p.accountAsked()) return Text.of("payment.plain.account-asked");
        if (!p.is(step.is(Kind.MAKES_PAYMENT) ? PaymentStatus.DUE : PaymentStatus.MADE))
            return Text.of("payment.plain.moved-on", p.status().text());
        Optional<BankAccount> account = payees.account(p);
        if (account.isEmpty()) return Text.of("payment.plain.no-account");
        String name = cases.get(p.number()).answer("name");
        return PersonName.same(account.get().holder(), name) ? null : Text.of("payment.plain.holder");
    }
}
