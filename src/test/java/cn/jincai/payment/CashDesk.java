package cn.jincai.payment;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import cn.jincai.applicant.BankAccount;
import cn.jincai.applicant.Persons;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.OrderedRows;
import cn.jincai.payment.ledger.PayKey;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentDue;
import cn.jincai.payment.ledger.PaymentHistory;
import cn.jincai.payment.ledger.PaymentMarks;
import cn.jincai.payment.ledger.PaymentRows;
import cn.jincai.payment.ledger.PaymentSeals;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Steps;
import cn.jincai.policy.TaskRef;
import cn.jincai.review.Decisions;
import cn.jincai.review.FourEyes;
import cn.jincai.vault.Vault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The cash desk with a fund of its own on the real database. Cases, reviews and sources stand outside: who may act and whether the day's checks
 * hold is said by the test. Tasks come from the test instead of a diagram.
 */
class CashDesk implements AutoCloseable {
    static final Actor MAKER = new Actor("finance", Set.of(Role.FINANCE)),
            CHECKER = new Actor("finance-approver", Set.of(Role.FINANCE_APPROVER));

    final String fund = "FUND_" + UUID.randomUUID().toString().substring(0, 8).toUpperCase();
    final List<Object> told = new CopyOnWriteArrayList<>();
    /** What the day's checks find. */
    Function<Payment, Optional<PaymentStop>> day = p -> Optional.empty();

    final JdbcClient jdbc;
    final PaymentRows rows;
    final Budget budget;
    final Batches batches;
    final BankAnswers answers;
    final Cashier cashier;
    final Payments payments;
    final PaymentOrders orders;
    private final TransactionTemplate transaction;
    private final Persons persons;
    private final CityClock clock;
    private final Payees payees = mock(Payees.class);
    /** Only begun: what else there is of it, the test says. */
    private final CaseNumber file;

    private final String packageHash;

    CashDesk(ApplicationContext city, boolean atOnce) {
        jdbc = city.getBean(JdbcClient.class);
        transaction =
                new TransactionTemplate(city.getBean(org.springframework.transaction.PlatformTransactionManager.class));
        persons = city.getBean(Persons.class);
        clock = city.getBean(CityClock.class);
        file = city.getBean(City.class).begun();
        packageHash = city.getBean(Packages.class).inForce("skills-award").hash();
        OrderedRows ordered = city.getBean(OrderedRows.class);
        ApplicationEventPublisher events = event -> {
            told.add(event);
            if (event instanceof CaseEvent e && e.kind().equals(ordered.kind())) city.publishEvent(e);
        };
        PaymentChecks checks = mock(PaymentChecks.class);
        when(payees.benefit(any())).thenReturn(new Text("补贴", "Subsidy"));
        Vault vault = city.getBean(Vault.class);
        BankAccount account = new BankAccount("=张𠮷芳", "中国银行", "6222020000000000017");
        when(payees.sealedAccount(any()))
                .thenAnswer(call -> vault.seal(
                        PaymentSeals.ACCOUNT,
                        "an account",
                        call.<Payment>getArgument(0).id()));
        when(payees.open(any())).thenReturn(account);
        when(payees.sent(any())).thenReturn(account);
        when(checks.failing(any())).thenAnswer(call -> day.apply(call.getArgument(0)));
        rows = new PaymentRows(jdbc, persons, vault, city.getBean(PaymentMarks.class), city.getBean(JsonColumns.class));
        var history = new PaymentHistory(jdbc, ordered, vault, clock, events);
        budget = new Budget(jdbc, clock, rows, events);
        var parking = new Parking(rows, budget, history, payees, mock(CaseLifecycle.class));
        orders = new PaymentOrders(rows, parking, history, payees, clock);
        batches = new Batches(
                jdbc, clock, rows, budget, parking, checks, history, payees, transaction, events, () -> atOnce);
        answers = new BankAnswers(
                jdbc, clock, rows, batches, budget, history, payees, events, transaction.getTransactionManager());
        var months = mock(RunMonths.class);
        when(months.countAgain(any())).thenReturn(Optional.empty());
        cashier = new Cashier(rows, budget, batches, checks, parking, history, payees, months, mock(FourEyes.class));
        payments = new Payments(
                rows,
                orders,
                mock(PaidByRuns.class),
                months,
                budget,
                history,
                payees,
                null,
                mock(CaseLifecycle.class),
                null,
                mock(Decisions.class),
                null,
                events);
    }

    /** Enters this year's budget in fen. */
    CashDesk budget(long fen) {
        in(() -> budget.enter(MAKER, fund, clock.today().getYear(), fen));
        return this;
    }

    Budget.Line line() {
        return budget.lines().stream()
                .filter(l -> l.fund().equals(fund) && l.year() == clock.today().getYear())
                .findFirst()
                .orElseThrow();
    }

    String person() {
        String number = UUID.randomUUID().toString();
        return transaction.execute(t -> persons.keep("PASSPORT", number, "张三", null, null, null));
    }

    long due(String person, String thing, long fen) {
        return transaction.execute(t -> orders.place(new PaymentDue(
                file,
                null,
                "scheme",
                packageHash,
                "applicant",
                person,
                "SUBSIDY",
                null,
                fund,
                new Money(fen),
                PayKey.of(person, "SUBSIDY", List.of(thing)))));
    }

    long due(long fen) {
        return due(person(), "thing", fen);
    }

    String does(Actor who, String step, long payment, String outcome) {
        TaskRef task =
                new TaskRef(UUID.randomUUID().toString(), Steps.shared().get(step), null, null, Long.toString(payment));
        return transaction
                .execute(t -> cashier.complete(who, task, outcome, Map.of("opinion", "核实")))
                .outcome();
    }

    String made(long payment) {
        return does(MAKER, "payment-make", payment, "submit");
    }

    String approved(long payment) {
        return does(CHECKER, "payment-approve", payment, "approve");
    }

    /** Made and approved, and so sent where the desk sends at once; answers the payment. */
    long sent(long payment) {
        made(payment);
        approved(payment);
        return payment;
    }

    Payment look(long payment) {
        return rows.find(payment);
    }

    BankAnswers.Loaded answer(long batch, String... lines) {
        byte[] file =
                ("batch,payment,amount,result,code,reference\n" + String.join("\n", lines)).getBytes(BankFile.GB18030);
        return transaction.execute(t -> answers.load(MAKER, batch, file));
    }

    void in(Runnable work) {
        transaction.executeWithoutResult(t -> work.run());
    }

    /** Leaves nothing for the bank of the other tests: their cases have come so far, this one has not. */
    @Override
    public void close() {
        jdbc.sql(
                        "update payment_batch_items set answer = 'paid' where answer is null and payment_id in (select id from payments where fund = ?)")
                .param(fund)
                .update();
        jdbc.sql("select id from payments where status = 'approved' and fund = ?")
                .param(fund)
                .query(Long.class)
                .list()
                .forEach(id -> rows.change(
                        id,
                        left -> left.parked(PaymentChecks.KEY_USED)
                                .asksToGiveUp(true)
                                .givenUp()));
        jdbc.sql("update payment_batches set status = 'empty' where status = 'open' and fund = ?")
                .param(fund)
                .update();
    }
}
