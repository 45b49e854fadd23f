package cn.jincai.payment;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentHistory;
import cn.jincai.payment.ledger.PaymentRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** The day's batches 批次, one for each fund. They go to the bank at 16:00, in the demo at once. */
@Service
public class Batches implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
    private static final LocalTime SENDING = LocalTime.of(16, 0);

    private final JdbcClient jdbc;
    private final CityClock clock;
    private final PaymentRows rows;
    private final Budget budget;
    private final Parking parking;
    private final PaymentChecks checks;
    private final PaymentHistory history;
    private final Payees payees;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final BooleanSupplier atOnce;

    @Autowired
    Batches(
            JdbcClient jdbc,
            CityClock clock,
            PaymentRows rows,
            Budget budget,
            Parking parking,
            PaymentChecks checks,
            PaymentHistory history,
            Payees payees,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            Environment settings) {
        this(
                jdbc,
                clock,
                rows,
                budget,
                parking,
                checks,
                history,
                payees,
                transaction,
                events,
                () -> settings.getProperty("jincai.batches-at-once", Boolean.class, false));
    }

    Batches(
            JdbcClient jdbc,
            CityClock clock,
            PaymentRows rows,
            Budget budget,
            Parking parking,
            PaymentChecks checks,
            PaymentHistory history,
            Payees payees,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            BooleanSupplier atOnce) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.rows = rows;
        this.budget = budget;
        this.parking = parking;
        this.checks = checks;
        this.history = history;
        this.payees = payees;
        this.transaction = transaction;
        this.events = events;
        this.atOnce = atOnce;
    }

    /**
     * A batch and what the bank said to it; sums in fen.
     *
     * @param status {@code open}, {@code sent}, or {@code empty} where every payment failed on the day
     */
    public record Batch(
            long id,
            String fund,
            LocalDate day,
            int numberOfDay,
            String status,
            Instant sendsAt,
            @Nullable Instant sentAt,
            long payments,
            long sumFen,
            long paid,
            long paidFen,
            long refused,
            long refusedFen) {
        public long unanswered() {
            return status.equals("sent") ? payments - paid - refused : 0;
        }

        public long unansweredFen() {
            return status.equals("sent") ? sumFen - paidFen - refusedFen : 0;
        }
    }

    /** Approves payments that passed every check and puts them into the day's batches of their funds. The lines of their budget are locked, so nobody makes the same batch meanwhile. */
    void put(List<Payment> approved) {
        List<Long> batches = approved.stream()
                .map(p -> {
                    long batch = openBatch(p.fund());
                    rows.change(p.id(), checked -> checked.approved().inBatch(batch));
                    return batch;
                })
                .distinct()
                .toList();
        Set<Long> checked = approved.stream()
                .map(Payment::id)
                .collect(Collectors.toSet()); // the checks of the approval are this day's
        if (atOnce.getAsBoolean()) batches.forEach(batch -> send(batch, checked));
    }

    /** When the next batch is to go; empty while none is open. */
    @Override
    public Optional<Instant> next() {
        if (!leftBehind().isEmpty()) return Optional.of(Instant.EPOCH); // at once
        return jdbc.sql("select min(sends_at) as sends_at from payment_batches where status = 'open'")
                .query((row, n) -> Instants.in(row, "sends_at"))
                .optional();
    }

    /** Sends every batch whose hour has come. The checks of rulebook 7.11 are made once more; what fails is parked and the others go. */
    @Override
    public void run() {
        for (long batch : jdbc.sql("select id from payment_batches where status = 'open' and sends_at <= ? order by id")
                .param(clock.timestamp())
                .query(Long.class)
                .list()) {
            Set<Long> checked = rows.ofBatch(batch).stream()
                    .map(Payment::id)
                    .filter(this::isChecked)
                    .collect(Collectors.toSet());
            transaction.executeWithoutResult(t -> send(batch, checked));
        }
        for (Payment p : leftBehind())
            transaction.executeWithoutResult(t -> rows.change(p.id(), left -> left.inBatch(openBatch(left.fund()))));
    }

    /** A payment that can't be checked waits for the next batch and stops no other. */
    private boolean isChecked(long payment) {
        try {
            transaction.executeWithoutResult(t -> checkOnTheDay(payment));
            return true;
        } catch (RuntimeException failed) {
            LOG.error(
                    "payment {} could not be checked on the day of sending and was not sent: {}",
                    payment,
                    failed.getClass().getName());
            return false;
        }
    }

    /** Approved, but not sent with their batch: they could not be checked, or another hand had changed them, which is put back since. */
    private List<Payment> leftBehind() {
        return rows.approvedInClosedBatches().stream().filter(Payment::isSound).toList();
    }

    private void checkOnTheDay(long id) {
        Payment p = rows.hold(id);
        if (!p.is(PaymentStatus.APPROVED) || p.displaced()) return;
        Optional<PaymentStop> stop = checks.failing(p).or(() -> budget.withoutRoom(p));
        if (stop.isEmpty()) return;
        parking.park(p, stop.get(), Actor.SYSTEM);
        events.publishEvent(new DayFailed(id));
    }

    private void send(long batch, Set<Long> checked) {
        String status = jdbc.sql("select status from payment_batches where id = ? for update")
                .param(batch)
                .query(String.class)
                .single();
        if (!status.equals("open")) return;
        List<Payment> approved = rows.ofBatch(batch).stream()
                .filter(p -> p.is(PaymentStatus.APPROVED) && checked.contains(p.id()))
                .map(p -> rows.hold(p.id()))
                .toList();
        List<Payment> going = approved.stream().filter(Payment::isSound).toList();
        approved.stream()
                .filter(p -> !p.isSound())
                .forEach(p -> history.happened(p, "altered", Payment.ALTERED.text(), Actor.SYSTEM, Audience.OFFICERS));
        for (Payment p : going) {
            rows.addItem(batch, p);
            rows.change(p.id(), Payment::sent);
            history.happened(
                    p, "sent", Text.of("payment.event.sent", payees.benefit(p)), Actor.SYSTEM, Audience.APPLICANT);
        }
        jdbc.sql("update payment_batches set status = ?, sent_at = ? where id = ?")
                .params(going.isEmpty() ? "empty" : "sent", clock.timestamp(), batch)
                .update();
    }

    private long openBatch(String fund) {
        ZonedDateTime now = clock.instant().atZone(CityClock.ZONE);
        boolean goesNow = atOnce.getAsBoolean();
        LocalDate day = goesNow || now.toLocalTime().isBefore(SENDING)
                ? now.toLocalDate()
                : now.toLocalDate().plusDays(1);
        Optional<Long> open = jdbc.sql(
                        "select id from payment_batches where fund = ? and batch_day = ? and status = 'open' for update")
                .params(fund, day)
                .query(Long.class)
                .optional();
        if (open.isPresent()) return open.get();
        int number = jdbc.sql(
                        "select coalesce(max(number_of_day), 0) + 1 from payment_batches where fund = ? and batch_day = ?")
                .params(fund, day)
                .query(Integer.class)
                .single();
        var id = new GeneratedKeyHolder();
        jdbc.sql(
                        "insert into payment_batches (fund, batch_day, number_of_day, status, sends_at) values (?, ?, ?, 'open', ?)")
                .params(
                        fund,
                        day,
                        number,
                        goesNow
                                ? clock.timestamp()
                                : Instants.utc(day.atTime(SENDING)
                                        .atZone(CityClock.ZONE)
                                        .toInstant()))
                .update(id, "id");
        return id.getKeyAs(Number.class).longValue();
    }

    public Batch find(long id) {
        return list("where b.id = ?", id).stream().findFirst().orElseThrow(Problem::notFound);
    }

    /** Newest first. */
    public Page<Batch> list(int page, int size) {
        List<Batch> items = list(
                "where b.id in (select id from payment_batches order by id desc limit ? offset ?)",
                Page.size(size),
                Page.offset(page, size));
        return new Page<>(
                items,
                Math.max(0, page),
                Page.size(size),
                jdbc.sql("select count(*) from payment_batches")
                        .query(Long.class)
                        .single());
    }

    /** Those to which the bank still owes an answer. */
    public List<Batch> unanswered() {
        return list(
                "where b.status = 'sent' and exists (select 1 from payment_batch_items i where i.batch_id = b.id and i.answer is null)");
    }

    private List<Batch> list(String which, Object... params) {
        return jdbc.sql("""
                select b.*, (select count(*) from payment_batch_items i where i.batch_id = b.id) payments, (select count(*) from payments p where p.batch_id = b.id) waiting,
                  (select coalesce(sum(i.amount_fen), 0) from payment_batch_items i where i.batch_id = b.id) sum_fen,
                  (select coalesce(sum(p.amount_fen), 0) from payments p where p.batch_id = b.id) waiting_fen,
                  (select count(*) from payment_batch_items i where i.batch_id = b.id and i.answer = 'paid') paid,
                  (select coalesce(sum(i.amount_fen), 0) from payment_batch_items i where i.batch_id = b.id and i.answer = 'paid') paid_fen,
                  (select count(*) from payment_batch_items i where i.batch_id = b.id and i.answer = 'refused') refused,
                  (select coalesce(sum(i.amount_fen), 0) from payment_batch_items i where i.batch_id = b.id and i.answer = 'refused') refused_fen
                from payment_batches b\s""" + which + " order by b.id desc")
                .params(params)
                .query(Batches::read)
                .list();
    }

    private static Batch read(ResultSet row, int n) throws SQLException {
        boolean open = row.getString("status").equals("open");
        return new Batch(
                row.getLong("id"),
                row.getString("fund"),
                row.getObject("batch_day", LocalDate.class),
                row.getInt("number_of_day"),
                row.getString("status"),
                Instants.always(row, "sends_at"),
                Instants.in(row, "sent_at"),
                row.getLong(open ? "waiting" : "payments"),
                row.getLong(open ? "waiting_fen" : "sum_fen"),
                row.getLong("paid"),
                row.getLong("paid_fen"),
                row.getLong("refused"),
                row.getLong("refused_fen"));
    }

    /** The payments of a batch of which another hand has changed, since they were sent, what goes into the bank's file. */
    public List<Long> altered(long id) {
        return rows.items(id).stream()
                .filter(i -> i.altered() || rows.find(i.payment()).altered())
                .map(PaymentRows.Item::payment)
                .toList();
    }

    /** The file for the bank, names and accounts open: each fetching is on record. Before the batch is sent, or where one of it was changed since: 409. */
    @Transactional
    public byte[] file(Actor by, long id) {
        Batch batch = find(id);
        if (!batch.status().equals("sent")) throw Problem.conflict("payment.batch.NOT_SENT");
        List<Long> altered = altered(id);
        if (!altered.isEmpty()) throw Problem.conflict("payment.batch.BATCH_ALTERED", altered);
        events.publishEvent(CaseEvent.forAuditors(
                "payment.event.bank-file-fetched",
                by,
                by.is(Role.FINANCE) ? Role.FINANCE : null,
                Map.of("batch", Long.toString(id)),
                id));
        return BankFile.write(
                id,
                rows.items(id).stream()
                        .map(item -> transfer(rows.find(item.payment()), item))
                        .toList());
    }

    private BankFile.Transfer transfer(Payment p, PaymentRows.Item item) {
        var account = payees.sent(item);
        return new BankFile.Transfer(
                p.id(),
                account.holder(),
                Spelling.ofCode(account.number()),
                account.bankName(),
                item.amount(),
                payees.benefit(p).zh() + " " + p.number());
    }
}
