package cn.jincai.payment;

import cn.jincai.applicant.BankAccount;
import cn.jincai.applicant.PersonName;
import cn.jincai.applicant.likeness.Likenesses;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentRows;
import cn.jincai.review.DecidedBenefit;
import cn.jincai.review.Decisions;
import cn.jincai.review.notice.Notices;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What must hold before money goes (rulebook 7.11): at approval, and again on the day of sending. The first that fails is told. */
@Component
class PaymentChecks {
    static final PaymentStop KEY_USED = PaymentStop.of("payment.stop.KEY_USED");

    static final PaymentStop ANOTHERS = PaymentStop.of("payment.stop.ACCOUNT_HOLDER"),
            ANOTHER_SPELLING = PaymentStop.of("payment.stop.ACCOUNT_SPELLING");
    private static final PaymentStop AT_THE_BANK = PaymentStop.of("payment.stop.SENT_ALREADY");

    private final PaymentRows rows;
    private final Payees payees;
    private final CaseFile cases;
    private final Decisions decisions;
    private final Notices notices;
    private final AskedAgain askedAgain;
    private final Likenesses likenesses;
    private final HolderSpellings spellings;

    PaymentChecks(
            PaymentRows rows,
            Payees payees,
            CaseFile cases,
            Decisions decisions,
            Notices notices,
            AskedAgain askedAgain,
            Likenesses likenesses,
            HolderSpellings spellings) {
        this.rows = rows;
        this.payees = payees;
        this.cases = cases;
        this.decisions = decisions;
        this.notices = notices;
        this.askedAgain = askedAgain;
        this.likenesses = likenesses;
        this.spellings = spellings;
    }

    /**
     * Whoever submits again what was stopped for its holder has looked at the account as it stands now: it is the applicant's, or his name in another script, which he says
     * with his reason and whoever approves says after him. Another person's is never paid into.
     *
     * @throws Problem CONFLICT for an account that is somebody else's: another one is asked for; INVALID without a reason
     */
    void holderLookedAt(Payment p, @Nullable String opinion, Actor by) {
        PaymentStop stop = p.stop();
        if (stop == null || !Set.of(ANOTHERS.code(), ANOTHER_SPELLING.code()).contains(stop.code())) return;
        String name = cases.get(p.number()).answer("name");
        String holder = payees.account(p).map(BankAccount::holder).orElse(name); // none: told at approval
        if (PersonName.same(holder, name)) return;
        if (!PersonName.sameLetters(holder, name)) throw Problem.conflict("payment.ASK_FOR_OWN_ACCOUNT");
        if (opinion == null) throw Problem.invalid("opinion", "payment.opinion.SPELLING");
        spellings.said(p, holder, name, by);
    }

    Optional<PaymentStop> failing(Payment p) {
        if (!p.isSound()) return Optional.of(Payment.ALTERED);
        if (rows.isAtTheBank(p.id())) return Optional.of(AT_THE_BANK);
        Case file = cases.get(p.number());
        return decided(p)
                .or(() -> notice(p))
                .or(() -> key(p))
                .or(() -> likeness(p))
                .or(() -> sum(p))
                .or(() -> account(p, file))
                .or(() -> askedAgain.changed(p, file));
    }

    /** The signed decision grants this benefit, and what it grants has not changed since the order. */
    private Optional<PaymentStop> decided(Payment p) {
        Optional<DecidedBenefit> benefit = decisions
                .of(p.number())
                .flatMap(d -> d.benefits().stream()
                        .filter(b -> b.code().equals(p.benefit()) && b.isGranted())
                        .findFirst());
        boolean stands = benefit.isPresent()
                && (p.run() != null || benefit.get().dueNow().equals(p.amount()));
        return stands ? Optional.empty() : Optional.of(PaymentStop.of("payment.stop.NOT_DECIDED"));
    }

    private Optional<PaymentStop> notice(Payment p) {
        if (!notices.isRunning(p.number()) && !notices.hasOpenObjection(p.number())) return Optional.empty();
        return Optional.of(PaymentStop.of("payment.stop.NOTICE_OPEN"));
    }

    private Optional<PaymentStop> key(Payment p) {
        boolean ours = p.standing().keyHeld() ? !rows.isBehindAnother(p) : rows.takeKey(p);
        return ours ? Optional.empty() : Optional.of(KEY_USED);
    }

    private Optional<PaymentStop> likeness(Payment p) {
        return likenesses.isOpen(p.personKey())
                ? Optional.of(PaymentStop.of("payment.stop.LIKENESS_OPEN"))
                : Optional.empty();
    }

    private static Optional<PaymentStop> sum(Payment p) {
        return p.amount().fen() > 0 ? Optional.empty() : Optional.of(PaymentStop.of("payment.stop.NOTHING_DUE"));
    }

    private Optional<PaymentStop> account(Payment p, Case file) {
        if (p.account() == null) return Optional.of(PaymentStop.of("payment.stop.NO_ACCOUNT"));
        String holder = payees.open(p).holder(), name = file.answer("name");
        if (PersonName.same(holder, name) || spellings.isSaid(p, holder, name)) return Optional.empty();
        return Optional.of(PersonName.sameLetters(holder, name) ? ANOTHER_SPELLING : ANOTHERS);
    }
}
