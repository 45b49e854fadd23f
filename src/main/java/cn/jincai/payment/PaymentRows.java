package cn.jincai.payment;

import cn.jincai.applicant.Persons;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

@Repository
class PaymentRows {
    private final JdbcClient jdbc;
    private final Persons persons;

    PaymentRows(JdbcClient jdbc, Persons persons) {
        this.jdbc = jdbc;
        this.persons = persons;
    }

    long add(Due due, Instant at) {
        var id = new GeneratedKeyHolder();
        jdbc.sql("""
                insert into payment (case_number, run_number, scheme, package_hash, applicant, person_key, benefit, instalment, fund, amount_fen, pay_key, status,
                                     give_up_asked, account_asked, ordered_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'due', false, false, ?)""")
            .params(Arrays.asList(due.number().value(), due.run(), due.scheme(), due.packageHash(), due.applicant(), due.personKey(), due.benefit(), due.instalment(), due.fund(),
                due.amountFen(), due.key(), at.atOffset(ZoneOffset.UTC)))
            .update(id, "id");
        return id.getKeyAs(Number.class).longValue();
    }

    /** Takes the key for this payment if nobody holds it. One after the other for one person, as signatures are (rulebook 7.10). */
    boolean takeKey(Payment p) {
        persons.lock(p.personKey());
        Optional<Long> holder = jdbc.sql("select id from payment where held_key = ?").param(p.key()).query(Long.class).optional();
        if (holder.isEmpty()) jdbc.sql("update payment set held_key = pay_key where id = ?").param(p.id()).update();
        return holder.isEmpty() || holder.get() == p.id();
    }

    void freeKey(long id) {
        jdbc.sql("update payment set held_key = null where id = ?").param(id).update();
    }

    Payment find(long id) {
        return jdbc.sql("select * from payment where id = ?").param(id).query(PaymentRows::read).optional().orElseThrow(Problem::notFound);
    }

    /** For a change: others who want to change it wait. */
    Payment lock(long id) {
        return jdbc.sql("select * from payment where id = ? for update").param(id).query(PaymentRows::read).optional().orElseThrow(Problem::notFound);
    }

    List<Payment> ofCase(CaseNumber number) {
        return jdbc.sql("select * from payment where case_number = ? order by id").param(number.value()).query(PaymentRows::read).list();
    }

    List<Payment> ofRun(String run) {
        return jdbc.sql("select * from payment where run_number = ? order by id").param(run).query(PaymentRows::read).list();
    }

    List<Payment> ofBatch(long batch) {
        return jdbc.sql("select * from payment where batch_id = ? order by id").param(batch).query(PaymentRows::read).list();
    }

    List<Payment> standing(PaymentStatus status) {
        return jdbc.sql("select * from payment where status = ? order by id").param(status.code()).query(PaymentRows::read).list();
    }

    long count(PaymentStatus status) {
        return jdbc.sql("select count(*) from payment where status = ?").param(status.code()).query(Long.class).single();
    }

    Page<Payment> newest(int page, int size) {
        return page("1 = ?", 1, page, size);
    }

    Page<Payment> newestOf(CaseNumber number, int page, int size) {
        return page("case_number = ?", number.value(), page, size);
    }

    Page<Payment> newestOf(String applicant, int page, int size) {
        return page("applicant = ?", applicant, page, size);
    }

    private Page<Payment> page(String which, Object of, int page, int size) {
        return new Page<>(jdbc.sql("select * from payment where " + which + " order by id desc limit ? offset ?").params(of, Page.size(size), Page.offset(page, size)).query(PaymentRows::read).list(),
            Math.max(0, page), Page.size(size), jdbc.sql("select count(*) from payment where " + which).param(of).query(Long.class).single());
    }

    /** What the person has received or will receive of these benefits, in fen: all that is not given up. */
    long sum(String personKey, List<String> benefits) {
        return benefits.isEmpty() ? 0 : jdbc.sql("select coalesce(sum(amount_fen), 0) from payment where person_key = :person and benefit in (:benefits) and held_key is not null")
            .param("person", personKey).param("benefits", benefits).query(Long.class).single();
    }

    void status(long id, PaymentStatus status, Stop stop) {
        jdbc.sql("update payment set status = ?, stop_code = ?, stop_zh = ?, stop_en = ? where id = ?")
            .params(Arrays.asList(status.code(), stop == null ? null : stop.code(), stop == null ? null : stop.text().zh(), stop == null ? null : stop.text().en(), id)).update();
    }

    void account(long id, String sealed) {
        jdbc.sql("update payment set account = ? where id = ?").params(Arrays.asList(sealed, id)).update();
    }

    void accountAsked(long id, boolean asked) {
        jdbc.sql("update payment set account_asked = ? where id = ?").params(asked, id).update();
    }

    void giveUpAsked(long id, boolean asked) {
        jdbc.sql("update payment set give_up_asked = ? where id = ?").params(asked, id).update();
    }

    void amount(long id, long fen) {
        jdbc.sql("update payment set amount_fen = ? where id = ?").params(fen, id).update();
    }

    void budgetYear(long id, Integer year) {
        jdbc.sql("update payment set budget_year = ? where id = ?").params(Arrays.asList(year, id)).update();
    }

    void batch(long id, Long batch) {
        jdbc.sql("update payment set batch_id = ? where id = ?").params(Arrays.asList(batch, id)).update();
    }

    void bankReference(long id, String reference) {
        jdbc.sql("update payment set bank_reference = ? where id = ?").params(Arrays.asList(reference, id)).update();
    }

    private static Payment read(ResultSet row, int n) throws SQLException {
        String stop = row.getString("stop_code");
        return new Payment(row.getLong("id"), new CaseNumber(row.getString("case_number")), row.getString("run_number"), row.getString("scheme"),
            row.getString("package_hash"), row.getString("person_key"), row.getString("benefit"), row.getObject("instalment", Integer.class), row.getString("fund"),
            row.getLong("amount_fen"), row.getString("pay_key"), row.getString("held_key") != null, PaymentStatus.of(row.getString("status")),
            stop == null ? null : new Stop(stop, row.getString("stop_zh"), row.getString("stop_en")), row.getBoolean("give_up_asked"), row.getBoolean("account_asked"),
            row.getString("account"), row.getObject("budget_year", Integer.class), row.getObject("batch_id", Long.class), row.getString("bank_reference"));
    }
}
