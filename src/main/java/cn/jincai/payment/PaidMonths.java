package cn.jincai.payment;

import cn.jincai.kernel.CityClock;
import cn.jincai.planning.EarlierGrant;
import cn.jincai.planning.GrantRecords;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Own records: months that runs have paid or are about to pay, by run, and what has gone out. What was decided, with its sums, {@code review} tells. */
@Component
class PaidMonths implements GrantRecords {
    private final JdbcClient jdbc;

    PaidMonths(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<EarlierGrant> of(String personKey) {
        return jdbc.sql("""
                select m.benefit, r.opens_on, count(*) months from run_months m join pay_runs r on r.run_number = m.run_number
                where m.person_key = ? and m.held_key is not null group by m.benefit, r.opens_on order by r.opens_on, m.benefit""")
                .param(personKey)
                .query((row, n) -> new EarlierGrant(
                        row.getString("benefit"),
                        0,
                        null,
                        null,
                        row.getInt("months"),
                        null,
                        null,
                        row.getObject("opens_on", LocalDate.class),
                        null,
                        Map.of()))
                .list();
    }

    @Override
    public List<EarlierGrant> paid(String personKey) {
        return jdbc.sql("""
                select p.benefit, p.amount_fen, (select max(s.at) from payment_steps s where s.payment_id = p.id) at from payments p
                where p.person_key = ? and p.status = 'paid' order by p.id""")
                .param(personKey)
                .query((row, n) -> new EarlierGrant(
                        row.getString("benefit"),
                        row.getLong("amount_fen"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        row.getObject("at", OffsetDateTime.class)
                                .atZoneSameInstant(CityClock.ZONE)
                                .toLocalDate(),
                        null,
                        Map.of()))
                .list();
    }
}
