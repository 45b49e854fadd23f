package cn.jincai.payment;

import cn.jincai.applicant.BankAccount;
import cn.jincai.applicant.Persons;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFacts;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.filing.events.AccountAnswered;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.PayKey;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentDue;
import cn.jincai.payment.ledger.PaymentHistory;
import cn.jincai.payment.ledger.PaymentRows;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step.Kind;
import cn.jincai.review.DecidedBenefit;
import cn.jincai.review.Decision;
import cn.jincai.review.Decisions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Payment orders 拨付单: made from decisions, one for each key, and how they stand. */
@Service
public class Payments {
    private static final Set<Role> WEIGH = Set.of(Role.FINANCE, Role.FINANCE_APPROVER, Role.LEADER, Role.AUDITOR);

    private final PaymentRows rows;
    private final PaymentOrders orders;
    private final PaidByRuns paidByRuns;
    private final RunMonths months;
    private final Budget budget;
    private final PaymentHistory history;
    private final Payees payees;
    private final CaseFile cases;
    private final CaseLifecycle way;
    private final CaseFacts facts;
    private final Decisions decisions;
    private final Packages packages;
    private final ApplicationEventPublisher events;

    Payments(
            PaymentRows rows,
            PaymentOrders orders,
            PaidByRuns paidByRuns,
            RunMonths months,
            Budget budget,
            PaymentHistory history,
            Payees payees,
            CaseFile cases,
            CaseLifecycle way,
            CaseFacts facts,
            Decisions decisions,
            Packages packages,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.orders = orders;
        this.paidByRuns = paidByRuns;
        this.months = months;
        this.budget = budget;
        this.history = history;
        this.payees = payees;
        this.cases = cases;
        this.way = way;
        this.facts = facts;
        this.decisions = decisions;
        this.packages = packages;
        this.events = events;
    }

    /**
     * Orders what a signed decision has due now, and writes down what runs will pay. Asked twice, it orders once.
     *
     * @return the payments of the case, in order; empty where nothing is due now
     */
    @Transactional
    public List<Long> order(CaseNumber number) {
        Case file = cases.get(number);
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        Decision decision = decisions.of(number).orElseThrow(Problem::notFound);
        for (DecidedBenefit benefit : decision.benefits()) {
            Scheme.Benefit kind = scheme.benefit(benefit.code());
            if (!benefit.isGranted() || !kind.isMoney()) continue;
            if (kind.isPaidByRun()) paidByRuns.enrol(file, scheme, benefit, decision.date());
            else if (benefit.dueNow().fen() > 0 && !ordered(number, benefit.code()))
                orders.place(due(file, scheme, benefit));
        }
        return rows.ofCase(number).stream()
                .filter(p -> p.run() == null)
                .map(Payment::id)
                .toList();
    }

    private boolean ordered(CaseNumber number, String benefit) {
        return rows.ofCase(number).stream()
                .anyMatch(p -> p.run() == null && p.benefit().equals(benefit));
    }

    private PaymentDue due(Case file, Scheme scheme, DecidedBenefit benefit) {
        Map<String, Object> known = facts.effective(file);
        String appliedFor = scheme.rules().benefits().stream()
                .filter(b -> b.benefit().equals(benefit.code()))
                .findFirst()
                .map(b -> b.instalments().appliedFor())
                .orElse(null);
        Integer instalment =
                appliedFor != null && value(scheme, known, appliedFor) instanceof Number n ? n.intValue() : null;
        List<Object> values = scheme.paymentKey().stream()
                .map(fact -> value(scheme, known, fact))
                .collect(Collectors.toCollection(ArrayList::new));
        if (appliedFor != null && !scheme.paymentKey().contains(appliedFor))
            values.add(instalment); // instalments are always paid apart
        return new PaymentDue(
                file.number(),
                null,
                file.scheme(),
                file.packageHash(),
                file.applicant(),
                file.person(),
                benefit.code(),
                instalment,
                benefit.fund(),
                benefit.dueNow(),
                PayKey.of(file.person(), benefit.code(), values));
    }

    /** As the rules read it: what the package says where the fact is not told. */
    private static @Nullable Object value(Scheme scheme, Map<String, Object> known, String fact) {
        Object told = known.get(fact);
        return told != null
                ? told
                : scheme.fact(fact).map(f -> f.absent().value()).orElse(null);
    }

    /** Signed after the hearing: this payment is never made. Its key and its months are free again. */
    @Transactional
    public void giveUp(long payment) {
        Payment p = rows.hold(payment);
        if (!p.isSound()) throw Payment.ALTERED.refusal();
        rows.change(payment, Payment::givenUp);
        budget.release(p, Actor.SYSTEM);
        months.free(payment);
        if (p.run() == null) decisions.givenUp(p.number(), p.benefit()); // of a run only its months are given up
        history.happened(
                p, "given-up", Text.of("payment.event.given-up", payees.benefit(p)), Actor.SYSTEM, Audience.APPLICANT);
    }

    /** The leader returned it: finance goes on with the payment. */
    @Transactional
    public void keep(long payment) {
        Payment p = rows.change(payment, waiting -> waiting.asksToGiveUp(false));
        history.happened(p, "kept", Text.of("payment.event.kept", payees.benefit(p)), Actor.SYSTEM, Audience.APPLICANT);
    }

    /** Whether it waits for finance instead of the bank. */
    @Transactional(readOnly = true)
    public boolean parked(long payment) {
        return rows.find(payment).is(PaymentStatus.PARKED);
    }

    /** 15 working days have passed without another account: parked. */
    @Transactional
    public void accountSilent(long payment) {
        Payment p = rows.hold(payment);
        if (!p.accountAsked()) return;
        rows.change(payment, Payment::accountNoLongerAsked);
        if (rows.ofCase(p.number()).stream().noneMatch(Payment::accountAsked)) way.accountNoLongerAsked(p.number());
        PaymentStop stop = PaymentStop.of("payment.stop.ACCOUNT_NOT_GIVEN");
        orders.park(payment, stop);
    }

    /** The account is the case's: every payment of the case that waits for one goes on. */
    @EventListener
    @Transactional
    void accountGiven(AccountAnswered answered) {
        for (Payment p : rows.ofCase(answered.number())) {
            if (!p.accountAsked()) continue;
            rows.change(p.id(), Payment::accountNoLongerAsked);
            history.happened(
                    p,
                    "account-given",
                    Text.of("payment.event.account-given", payees.benefit(p)),
                    Actor.SYSTEM,
                    Audience.OFFICERS);
            events.publishEvent(new AccountGiven(p.id()));
        }
    }

    /** @throws Problem NOT_FOUND */
    @Transactional(readOnly = true)
    public PaymentView find(long payment) {
        return PaymentView.of(rows.find(payment));
    }

    /** Of these numbers those that are payments, asked for at one go. */
    @Transactional(readOnly = true)
    public Map<Long, PaymentView> all(Set<Long> numbers) {
        return rows.all(numbers).stream().collect(Collectors.toMap(Payment::id, PaymentView::of));
    }

    @Transactional(readOnly = true)
    public List<PaymentView> of(CaseNumber number) {
        return rows.ofCase(number).stream().map(PaymentView::of).toList();
    }

    /** The account's cases of which runs may still pay something. */
    @Transactional(readOnly = true)
    public List<CaseNumber> stillInRuns(String applicant, LocalDate today) {
        return paidByRuns.going(applicant, today);
    }

    /** Everybody's, newest first, for finance and auditors; one's own cases' for their applicants; of one case where it is named. */
    @Transactional
    public Page<PaymentView> list(Actor who, @Nullable CaseNumber number, int page, int size) {
        boolean all = who.isAny(Role.FINANCE, Role.FINANCE_APPROVER, Role.AUDITOR);
        if (number == null && all) return views(rows.newest(page, size));
        if (number == null) return views(rows.newestOf(who.account(), page, size));
        if (!all && !cases.isOwn(who, number)) throw Problem.notFound();
        return views(rows.newestOf(number, page, size));
    }

    private static Page<PaymentView> views(Page<Payment> page) {
        return new Page<>(page.items().stream().map(PaymentView::of).toList(), page.page(), page.size(), page.total());
    }

    /** Those that stand like this, oldest first. */
    @Transactional(readOnly = true)
    public List<PaymentView> standing(PaymentStatus status) {
        return rows.standing(status).stream().map(PaymentView::of).toList();
    }

    /** Those on their way of which another hand has changed the record, oldest first. */
    @Transactional(readOnly = true)
    public List<PaymentView> altered() {
        return rows.altered().stream().map(PaymentView::of).toList();
    }

    @Transactional(readOnly = true)
    public long count(PaymentStatus status) {
        return rows.count(status);
    }

    /** Those that went, or are to go, with this batch. */
    @Transactional(readOnly = true)
    public List<PaymentView> ofBatch(long batch) {
        return rows.ofBatch(batch).stream().map(PaymentView::of).toList();
    }

    /**
     * A payment as the people at its task see it.
     *
     * @param payee   whose account it goes to; null, as bank and account, where none was named
     * @param account masked
     * @param said    what was said of it at the steps before
     */
    public record Sheet(
            PaymentView payment,
            @Nullable String payee,
            @Nullable String bank,
            @Nullable String account,
            List<PaymentStep> said) {}

    /** For whoever has the payment's task. */
    @Transactional(readOnly = true)
    public Sheet sheet(long payment) {
        Payment p = rows.find(payment);
        var account = payees.account(p);
        return new Sheet(
                PaymentView.of(p),
                account.map(BankAccount::holder).orElse(null),
                account.map(BankAccount::bankName).orElse(null),
                account.map(a -> Persons.maskNumber(a.number())).orElse(null),
                said(payment));
    }

    /** {@link #sheet} apart from the case's file, as the task of one payment of a run shows it; the look is recorded. */
    @Transactional
    public Sheet look(Actor who, long payment) {
        Sheet sheet = sheet(payment);
        if (!cases.shut(who, List.of(sheet.payment.number())).isEmpty()) throw Problem.notFound();
        events.publishEvent(new CaseEvent(
                sheet.payment.number(),
                "looked-at",
                "closed",
                Text.of("payment.event.looked-at"),
                who,
                who.roles().stream()
                        .filter(role -> WEIGH.contains(role.rights()))
                        .findFirst()
                        .orElse(null),
                Audience.AUDITORS,
                Map.of("payment", Long.toString(payment))));
        return sheet;
    }

    /** What officers said of the payments of a case, by payment: for finance, for the leader who signs a give-up, and for auditors. */
    @Transactional(readOnly = true)
    public Map<Long, List<PaymentStep>> said(Actor officer, CaseNumber number) {
        if (officer.roles().stream().noneMatch(role -> WEIGH.contains(role.rights()))) return Map.of();
        return rows.ofCase(number).stream().collect(Collectors.toMap(Payment::id, p -> said(p.id())));
    }

    private List<PaymentStep> said(long payment) {
        return history.of(payment).stream().filter(s -> s.opinion() != null).toList();
    }

    /** Whose account each of a run's payments goes to. */
    @Transactional(readOnly = true)
    public Map<Long, String> payeesOf(String run) {
        Map<Long, String> names = new HashMap<>();
        rows.ofRun(run).forEach(p -> payees.account(p).ifPresent(a -> names.put(p.id(), a.holder())));
        return names;
    }

    /** What the leader answered to finance's wish to give the payment up; the diagram then carries it out. */
    @Transactional
    public void decided(Actor leader, long payment, String outcome, @Nullable String opinion) {
        Payment p = rows.find(payment);
        history.acted(
                p,
                "decision",
                outcome,
                Text.of("payment.give-up." + outcome, payees.benefit(p)),
                leader,
                Role.LEADER,
                opinion,
                Audience.OFFICERS);
    }

    /** What happened to a payment; opinions are for finance and auditors. */
    @Transactional(readOnly = true)
    public List<PaymentStep> history(long payment) {
        return history.of(rows.find(payment).id());
    }

    /** @param since when finance proposed it; @param why finance's opinion, on which the person is heard */
    public record Proposed(
            PaymentView payment, Instant since, @Nullable String why) {}

    /** Payments of the case that finance proposes to give up, before anybody has decided on it. */
    @Transactional(readOnly = true)
    public List<Proposed> toBeGivenUp(CaseNumber number) {
        return rows.ofCase(number).stream()
                .filter(p -> p.standing().giveUpAsked() && p.waits())
                .map(p -> {
                    PaymentStep step = history.of(p.id()).stream()
                            .filter(s -> s.kind().equals("give-up"))
                            .reduce((earlier, later) -> later)
                            .orElseThrow();
                    return new Proposed(PaymentView.of(p), step.at(), step.opinion());
                })
                .toList();
    }

    /** The kind of step at which the case stands for its payments: the least advanced (architecture.md); empty where it has none or all are done. */
    @Transactional(readOnly = true)
    public Optional<Kind> stage(CaseNumber number) {
        var open = rows.ofCase(number).stream()
                .filter(p -> p.run() == null)
                .map(Payment::status)
                .collect(Collectors.toSet());
        if (open.contains(PaymentStatus.DUE) || open.contains(PaymentStatus.PARKED))
            return Optional.of(Kind.MAKES_PAYMENT);
        if (open.contains(PaymentStatus.MADE)) return Optional.of(Kind.CHECKS_PAYMENT);
        return open.stream().anyMatch(s -> s != PaymentStatus.PAID && s != PaymentStatus.GIVEN_UP)
                ? Optional.of(Kind.WAITS_FOR_BANK)
                : Optional.empty();
    }
}
