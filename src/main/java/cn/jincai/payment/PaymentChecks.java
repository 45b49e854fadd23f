package cn.jincai.payment;

import cn.jincai.applicant.PersonName;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.review.DecidedBenefit;
import cn.jincai.review.Decisions;
import cn.jincai.review.Notices;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What must hold before money goes (rulebook 7.11): at approval, and again on the day of sending. The first that fails is told. */
@Component
class PaymentChecks {
    static final PaymentStop KEY_USED = new PaymentStop(
            "KEY_USED",
            "同一人的同一待遇已有另一笔拨付。核实后由财务决定是否不再拨付。",
            "Another payment for the same thing exists. Finance looks into it and may propose to give this one up.");

    static final PaymentStop ALTERED = new PaymentStop(
            "ALTERED",
            "该笔拨付的记录与办理时的标记不符，可能被改动，不会送银行。请系统管理员对照审计记录核查并恢复原记录，之后可继续办理。",
            "The record of this payment does not fit the mark made when it was written: it may have been changed, and it is not sent. Once the administrator has compared it with the audit record and put it back, it goes on.");
    private static final PaymentStop AT_THE_BANK = new PaymentStop(
            "SENT_ALREADY",
            "该笔拨付已送银行，银行没有退回。请核实银行回执。",
            "This payment went to the bank already and was not refused. Look at the bank's answers.");

    private final PaymentRows rows;
    private final Payees payees;
    private final CaseFile cases;
    private final Decisions decisions;
    private final Notices notices;
    private final AskedAgain askedAgain;

    PaymentChecks(
            PaymentRows rows,
            Payees payees,
            CaseFile cases,
            Decisions decisions,
            Notices notices,
            AskedAgain askedAgain) {
        this.rows = rows;
        this.payees = payees;
        this.cases = cases;
        this.decisions = decisions;
        this.notices = notices;
        this.askedAgain = askedAgain;
    }

    Optional<PaymentStop> failing(Payment p) {
        if (!p.isSound()) return Optional.of(ALTERED);
        if (rows.isAtTheBank(p.id())) return Optional.of(AT_THE_BANK);
        Case file = cases.get(p.number());
        return decided(p)
                .or(() -> notice(p))
                .or(() -> key(p))
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
        boolean stands =
                benefit.isPresent() && (p.run() != null || benefit.get().dueNowFen() == p.amountFen());
        return stands
                ? Optional.empty()
                : Optional.of(new PaymentStop(
                        "NOT_DECIDED",
                        "没有与该笔拨付相符的决定。请核实决定书。",
                        "No signed decision grants this payment. Look at the decision."));
    }

    private Optional<PaymentStop> notice(Payment p) {
        if (!notices.isRunning(p.number()) && !notices.hasOpenObjection(p.number())) return Optional.empty();
        return Optional.of(new PaymentStop(
                "NOTICE_OPEN",
                "公示尚未结束，或有异议尚未答复。结束后重新提交即可。",
                "The public notice runs, or an objection is not answered yet. Submit again when it is over."));
    }

    private Optional<PaymentStop> key(Payment p) {
        return p.keyHeld() || rows.takeKey(p) ? Optional.empty() : Optional.of(KEY_USED);
    }

    private static Optional<PaymentStop> sum(Payment p) {
        return p.amountFen() > 0
                ? Optional.empty()
                : Optional.of(new PaymentStop(
                        "NOTHING_DUE",
                        "重新核算后没有应发金额。财务可提出不再拨付。",
                        "Counted again, nothing is due. Finance may propose to give it up."));
    }

    private Optional<PaymentStop> account(Payment p, Case file) {
        if (p.account() == null)
            return Optional.of(new PaymentStop(
                    "NO_ACCOUNT",
                    "没有收款账户。财务将请申请人提供本人账户。",
                    "There is no account. Finance will ask the applicant for one."));
        if (!PersonName.same(payees.open(p).holder(), file.answer("name")))
            return Optional.of(
                    new PaymentStop(
                            "ACCOUNT_HOLDER",
                            "收款账户户名与申请人姓名不一致。财务将请申请人提供本人账户。",
                            "The account's holder is not the applicant. Finance will ask the applicant for an account of their own."));
        return Optional.empty();
    }
}
