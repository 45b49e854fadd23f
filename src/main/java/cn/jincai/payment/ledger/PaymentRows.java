package cn.jincai.payment.ledger;

import cn.jincai.applicant.Persons;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.ReadOnce;
import cn.jincai.payment.PaymentStatus;
import cn.jincai.payment.PaymentStop;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Payments as they are kept. Each has two marks made with the city's key, so that a change by another hand is seen; every change of ours goes through {@link #change}. */
@Repository
public class PaymentRows {
    private final JdbcClient jdbc;
    private final Persons persons;
    private final Vault vault;
    private final PaymentMarks marks;
    private final JsonColumns json;
    private final ReadOnce<Long, Payment> rows = new ReadOnce<>(this::fetch), held = new ReadOnce<>(this::lock);

    public PaymentRows(JdbcClient jdbc, Persons persons, Vault vault, PaymentMarks marks, JsonColumns json) {
        this.jdbc = jdbc;
        this.persons = persons;
        this.vault = vault;
        this.marks = marks;
        this.json = json;
    }

    /** What went to the bank for a payment; {@code altered} where another hand has changed it since. */
    public record Item(long batch, long payment, Money amount, Sealed account, boolean altered) {}

    public void addItem(long batch, Payment p) {
        String open = vault.open(PaymentSeals.ACCOUNT, Objects.requireNonNull(p.account(), "no account"), p.id());
        Sealed account = vault.seal(PaymentSeals.SENT_ACCOUNT, open, batch, p.id());
        jdbc.sql(
                        "insert into payment_batch_items (batch_id, payment_id, amount_fen, sealed_account, mark) values (?, ?, ?, ?, ?)")
                .params(batch, p.id(), p.amount().fen(), account, marks.sent(batch, p.id(), p.amount(), account))
                .update();
    }

    public List<Item> items(long batch) {
        return jdbc.sql("select * from payment_batch_items where batch_id = ? order by payment_id")
                .param(batch)
                .query(marks::item)
                .list();
    }

    /** Makes the marks that belong to the payment as it stands. */
    public void mark(long id) {
        Payment p = fetch(id);
        write("update payments set mark = ?, standing_mark = ? where id = ?", marks.of(p), marks.standing(p), id);
    }

    /**
     * The one way in which a payment changes: read under its lock, once in a transaction, and written with its marks. Nothing that another hand has
     * changed gets a new mark: where it was moved nothing is done, and where it is to be paid otherwise it can still be parked.
     *
     * @return the payment as it is now
     * @throws Problem CONFLICT where another hand has changed it, or where it has moved on
     */
    public Payment change(long id, UnaryOperator<Payment> change) {
        Payment before = hold(id), after = change.apply(before);
        String mark = marks.of(after);
        if (before.displaced() || before.altered() && !mark.equals(marks.of(before))) throw Payment.ALTERED.refusal();
        Payment.Standing now = after.standing();
        PaymentStop stop = now.stop();
        write(
                """
                update payments set amount_fen = ?, sealed_account = ?, status = ?, stop_code = ?, stop_sentence = ?, stop_values = ?, held_key = ?, give_up_asked = ?,
                account_asked = ?, budget_year = ?, batch_id = ?, bank_reference = ?, mark = coalesce(?, mark), standing_mark = ? where id = ?""",
                after.amount().fen(),
                after.account(),
                now.status().code(),
                stop == null ? null : stop.code(),
                stop == null ? null : stop.sentence(),
                stop == null ? null : json.write(stop.values()),
                now.keyHeld() ? after.key() : null,
                now.giveUpAsked(),
                now.accountAsked(),
                now.budgetYear(),
                now.batch(),
                after.bankReference(),
                before.altered() ? null : mark,
                marks.standing(after),
                id);
        return rows.keep(id, after);
    }

    private void write(String sql, @Nullable Object... params) {
        rows.forget();
        jdbc.sql(sql).params(Arrays.asList(params)).update();
    }

    /** The person is held first: a row that refers to him holds him a little, and two who did so could not hold him wholly afterwards, as {@link #takeKey} does. */
    public long add(PaymentDue due, Instant at) {
        persons.lock(due.personKey());
        var id = new GeneratedKeyHolder();
        jdbc.sql("""
                insert into payments (case_number, run_number, scheme, package_hash, applicant, person_key, benefit, instalment, fund, amount_fen, pay_key, status,
                                     give_up_asked, account_asked, ordered_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'due', false, false, ?)""")
                .params(Arrays.asList(
                        due.number().value(),
                        due.run(),
                        due.scheme(),
                        due.packageHash(),
                        due.applicant(),
                        due.personKey(),
                        due.benefit(),
                        due.instalment(),
                        due.fund(),
                        due.amount().fen(),
                        due.key(),
                        Instants.utc(at)))
                .update(id, "id");
        long made = id.getKeyAs(Number.class).longValue();
        mark(made);
        return made;
    }

    /** Takes the key for this payment if nobody holds it. One after the other for one person, as signatures are (rulebook 7.10). */
    public boolean takeKey(Payment p) {
        persons.lock(p.personKey());
        List<Long> holders = holders(p);
        if (holders.isEmpty()) change(p.id(), Payment::holdingKey);
        return holders.isEmpty() || holders.equals(List.of(p.id()));
    }

    /** Whether, of two that hold a key since their persons turned out to be one, the other goes first: the bank has it already, or it was ordered before. */
    public boolean isBehindAnother(Payment p) {
        return holders(p).stream()
                .map(this::find)
                .anyMatch(other -> other.id() != p.id()
                        && (other.id() < p.id() || other.is(PaymentStatus.SENT, PaymentStatus.PAID)));
    }

    private List<Long> holders(Payment p) {
        return jdbc.sql("select id from payments where held_key in (:keys) order by id")
                .param("keys", PayKey.underEach(persons.documents(p.personKey()), p.key()))
                .query(Long.class)
                .list();
    }

    public Payment find(long id) {
        return rows.get(id);
    }

    /** The same, held until the transaction ends: others who want to change it wait. */
    public Payment hold(long id) {
        held.get(id);
        return rows.get(id);
    }

    private Payment lock(long id) {
        return rows.keep(id, read("select * from payments where id = ? for update", id));
    }

    private Payment fetch(long id) {
        return read("select * from payments where id = ?", id);
    }

    private Payment read(String sql, long id) {
        return jdbc.sql(sql).param(id).query(marks::payment).optional().orElseThrow(Problem::notFound);
    }

    public List<Payment> ofCase(CaseNumber number) {
        return jdbc.sql("select * from payments where case_number = ? order by id")
                .param(number.value())
                .query(marks::payment)
                .list();
    }

    public List<Payment> all(Set<Long> numbers) {
        return numbers.isEmpty()
                ? List.of()
                : jdbc.sql("select * from payments where id in (:numbers) order by id")
                        .param("numbers", numbers)
                        .query(marks::payment)
                        .list();
    }

    public List<Payment> ofRun(String run) {
        return jdbc.sql("select * from payments where run_number = ? order by id")
                .param(run)
                .query(marks::payment)
                .list();
    }

    public List<Payment> ofBatch(long batch) {
        return jdbc.sql("select * from payments where batch_id = ? order by id")
                .param(batch)
                .query(marks::payment)
                .list();
    }

    public List<Payment> approvedInClosedBatches() {
        return jdbc.sql(
                        "select p.* from payments p join payment_batches b on b.id = p.batch_id where p.status = 'approved' and b.status <> 'open' order by p.id")
                .query(marks::payment)
                .list();
    }

    public List<Payment> standing(PaymentStatus status) {
        return jdbc.sql("select * from payments where status = ? order by id")
                .param(status.code())
                .query(marks::payment)
                .list();
    }

    /** Those on their way that another hand has changed, oldest first. */
    public List<Payment> altered() {
        return altered("status not in ('paid', 'given-up')");
    }

    /** The same of all that there ever were. */
    public List<Payment> everAltered() {
        return altered("true");
    }

    /** Read in steps, as there are more with every year. */
    private List<Payment> altered(String which) {
        List<Payment> altered = new ArrayList<>();
        long last = 0;
        List<Payment> step;
        do {
            step = jdbc.sql("select * from payments where " + which
                            + " and id > ? order by id fetch first 1000 rows only")
                    .param(last)
                    .query(marks::payment)
                    .list();
            for (Payment payment : step) {
                if (!payment.isSound()) altered.add(payment);
                last = payment.id();
            }
        } while (!step.isEmpty());
        return altered;
    }

    /** Whether the bank has been told to pay it and has not refused. */
    public boolean isAtTheBank(long id) {
        return jdbc.sql(
                        "select count(*) > 0 from payment_batch_items where payment_id = ? and (answer is null or answer = 'paid')")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    public long count(PaymentStatus status) {
        return jdbc.sql("select count(*) from payments where status = ?")
                .param(status.code())
                .query(Long.class)
                .single();
    }

    public Page<Payment> newest(int page, int size) {
        return page("1 = ?", 1, page, size);
    }

    public Page<Payment> newestOf(CaseNumber number, int page, int size) {
        return page("case_number = ?", number.value(), page, size);
    }

    /** Of an account's own cases, and of those of the employer whose clerk it is; who is no clerk any more sees none of these. */
    public Page<Payment> newestOf(String applicant, int page, int size) {
        return page("""
            exists (select 1 from accounts a join cases c on c.case_number = payments.case_number where a.name = ?
            and (not c.of_employer and c.applicant = a.name or c.of_employer and c.employer_code = a.employer_code))""", applicant, page, size);
    }

    private Page<Payment> page(String which, Object of, int page, int size) {
        return new Page<>(
                jdbc.sql("select * from payments where " + which + " order by id desc limit ? offset ?")
                        .params(of, Page.size(size), Page.offset(page, size))
                        .query(marks::payment)
                        .list(),
                Math.max(0, page),
                Page.size(size),
                jdbc.sql("select count(*) from payments where " + which)
                        .param(of)
                        .query(Long.class)
                        .single());
    }

    /** What the person has received or will receive of these benefits, in fen, under whatever document: all that is not given up. */
    public long sum(String personKey, List<String> benefits) {
        return benefits.isEmpty()
                ? 0
                : jdbc.sql(
                                "select coalesce(sum(amount_fen), 0) from payments where person_key in (:keys) and benefit in (:benefits) and held_key is not null")
                        .param("keys", persons.documents(personKey))
                        .param("benefits", benefits)
                        .query(Long.class)
                        .single();
    }
}
