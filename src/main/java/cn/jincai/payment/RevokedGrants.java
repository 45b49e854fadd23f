package cn.jincai.payment;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.PaymentSeals;
import cn.jincai.vault.Vault;
import java.time.YearMonth;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Grants that end because people revoked what was decided, or did not confirm it: no run pays them any more. */
@Service
public class RevokedGrants {
    private final JdbcClient jdbc;
    private final Vault vault;
    private final JsonColumns json;
    private final Payments payments;
    private final CityClock clock;

    RevokedGrants(JdbcClient jdbc, Vault vault, JsonColumns json, Payments payments, CityClock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
        this.payments = payments;
        this.clock = clock;
    }

    /** Whether a payment of the case is on its way, neither paid nor given up. */
    @Transactional(readOnly = true)
    public boolean isPayingNow(CaseNumber number) {
        return payments.of(number).stream()
                .anyMatch(p -> p.status() != PaymentStatus.PAID && p.status() != PaymentStatus.GIVEN_UP);
    }

    /** What the case has been paid for the benefit. */
    @Transactional(readOnly = true)
    public Money paid(CaseNumber number, String benefit) {
        return new Money(payments.of(number).stream()
                .filter(p -> p.benefit().equals(benefit) && p.status() == PaymentStatus.PAID)
                .mapToLong(PaymentView::amountFen)
                .sum());
    }

    /**
     * Where runs pay the benefit, none does from this month on. An end that a run has found already stays.
     *
     * @param reason its code, as the package of the matter has it
     * @param why    what the person is told
     */
    @Transactional
    public void end(CaseNumber number, String benefit, YearMonth from, String reason, Text why, Text appeal) {
        boolean runs = jdbc.sql("""
                        select count(*) > 0 from run_benefits r where r.case_number = ? and r.benefit = ? and not exists (
                        select 1 from ended_grants e where e.case_number = r.case_number and e.benefit = r.benefit)""")
                .params(number.value(), benefit)
                .query(Boolean.class)
                .single();
        if (!runs) return;
        var grounds = new Grants.Grounds(reason, why, new Text("", ""), appeal, clock.today(), Map.of());
        jdbc.sql(
                        "insert into ended_grants (case_number, benefit, ended_from, reason, sealed_grounds, ended_at) values (?, ?, ?, ?, ?, ?)")
                .params(
                        number.value(),
                        benefit,
                        from.atDay(1),
                        reason,
                        vault.seal(PaymentSeals.ENDED, json.write(grounds), number, benefit),
                        clock.timestamp())
                .update();
    }
}
