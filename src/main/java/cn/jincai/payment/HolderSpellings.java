package cn.jincai.payment;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.vault.Vault;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * That holder and applicant are one name in two scripts, as finance has said of a payment (decision 140). The mark holds for these two words only, and can't be made without
 * the city's key.
 */
@Component
class HolderSpellings {
    private final JdbcClient jdbc;
    private final Vault vault;
    private final CityClock clock;

    HolderSpellings(JdbcClient jdbc, Vault vault, CityClock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
    }

    void said(Payment p, String holder, String name, Actor by) {
        if (isSaid(p, holder, name)) return;
        jdbc.sql("insert into payment_spellings (payment_id, mark, said_by, said_at) values (?, ?, ?, ?)")
                .params(p.id(), mark(p, holder, name), by.account(), clock.timestamp())
                .update();
    }

    boolean isSaid(Payment p, String holder, String name) {
        return jdbc.sql("select count(*) > 0 from payment_spellings where payment_id = ? and mark = ?")
                .params(p.id(), mark(p, holder, name))
                .query(Boolean.class)
                .single();
    }

    private String mark(Payment p, String holder, String name) {
        return vault.fingerprint("payment-spelling", List.of(p.id(), holder, name));
    }
}
