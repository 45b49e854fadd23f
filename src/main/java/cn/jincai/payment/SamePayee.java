package cn.jincai.payment;

import cn.jincai.applicant.SamePerson;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Payments of somebody who stood here under two keys. The keys against paying twice are made of the person's, so they change along: where both had the same
 * thing coming, what is sent or paid holds the key, and the one not yet sent finds it used (rulebook 7.10). What was paid twice stays as it was.
 */
@Component
class SamePayee {
    private static final String SENT = "('sent', 'paid')", NOT_SENT = "status not in " + SENT;

    private final JdbcClient jdbc;
    private final PaymentRows rows;

    SamePayee(JdbcClient jdbc, PaymentRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    @EventListener
    void isTheSame(SamePerson person) {
        jdbc.sql(
                        "select person_key from payment where person_key in (:former) union select person_key from run_benefit where person_key in (:former)")
                .param("former", person.formerKeys())
                .query(String.class)
                .list()
                .forEach(former -> move(former, person.key()));
    }

    /** What no other hand has changed gets marks that fit; the rest stays as suspicious as it was. */
    private void move(String former, String key) {
        List<Payment> sound = Stream.of(former, key)
                .flatMap(k -> rows.ofPerson(k).stream())
                .filter(Payment::isSound)
                .toList();
        update(
                "update payment p set held_key = null where person_key = :key and " + NOT_SENT
                        + " and exists (select 1 from payment o where o.person_key = :former and o.status in " + SENT
                        + " and replace(o.held_key, :former, :key) = p.held_key)",
                former,
                key);
        update(
                "update payment p set held_key = null where person_key = :former and " + NOT_SENT
                        + " and exists (select 1 from payment o where o.held_key = replace(p.held_key, :former, :key))",
                former,
                key);
        update("""
            update payment p set held_key = replace(held_key, :former, :key) where person_key = :former
            and not exists (select 1 from payment o where o.held_key = replace(p.held_key, :former, :key))""", former, key);
        update(
                "update payment set person_key = :key, pay_key = replace(pay_key, :former, :key) where person_key = :former",
                former,
                key);
        sound.forEach(p -> rows.mark(p.id()));
        update("""
            update run_month m set held_key = replace(held_key, :former, :key) where person_key = :former
            and not exists (select 1 from run_month o where o.held_key = replace(m.held_key, :former, :key))""", former, key);
        update("update run_month set person_key = :key where person_key = :former", former, key);
        update("update run_benefit set person_key = :key where person_key = :former", former, key);
    }

    private void update(String sql, String former, String key) {
        jdbc.sql(sql).param("former", former).param("key", key).update();
    }
}
