package cn.jincai.payment.ledger;

import static cn.jincai.kernel.CaseEvent.Audience;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.payment.PaymentStep;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened to each payment: kept here for finance, told to the case and the record. Opinions stay here, sealed, since they may name people. */
@Component
public class PaymentHistory {
    private final JdbcClient jdbc;
    private final OrderedRows rows;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    public PaymentHistory(
            JdbcClient jdbc, OrderedRows rows, Vault vault, CityClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
    }

    /** A person's step at a task. */
    public void acted(
            Payment p,
            String step,
            String outcome,
            Text what,
            Actor by,
            @Nullable Role as,
            @Nullable String opinion,
            Audience seenBy) {
        keep(p, step, outcome, what, by, as, opinion, seenBy);
    }

    /** What the system or the bank did. */
    public void happened(Payment p, String kind, Text what, Actor by, Audience seenBy) {
        keep(p, null, kind, what, by, null, null, seenBy);
    }

    private void keep(
            Payment p,
            @Nullable String step,
            String kind,
            Text what,
            Actor by,
            @Nullable Role as,
            @Nullable String opinion,
            Audience seenBy) {
        String rowKey = UUID.randomUUID().toString();
        jdbc.sql(
                        "insert into payment_steps (payment_id, row_key, at, step, kind, zh, en, by_account, by_role, sealed_opinion) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        p.id(),
                        rowKey,
                        clock.timestamp(),
                        step,
                        kind,
                        what.zh(),
                        what.en(),
                        by.account(),
                        as == null ? null : as.code(),
                        vault.seal(PaymentSeals.OPINION, opinion, p.id(), rowKey)))
                .update();
        Map<String, String> details = new TreeMap<>(Map.of(
                "payment",
                Long.toString(p.id()),
                "benefit",
                p.benefit(),
                "amountFen",
                Long.toString(p.amount().fen())));
        if (p.run() != null) details.put("run", p.run());
        if (step != null) details.put("outcome", kind);
        String told = "payment-" + kind;
        if (told.equals(rows.kind())) details.put(OrderedRows.HASH, rows.hash(p.number()));
        events.publishEvent(
                new CaseEvent(p.number(), told, p.run() == null ? step : "closed", what, by, as, seenBy, details));
    }

    public List<PaymentStep> of(long payment) {
        return jdbc.sql("select * from payment_steps where payment_id = ? order by id")
                .param(payment)
                .query((row, n) -> new PaymentStep(
                        Instants.always(row, "at"),
                        row.getString("step"),
                        row.getString("kind"),
                        new Text(row.getString("zh"), row.getString("en")),
                        row.getString("by_account"),
                        row.getString("by_role") == null ? null : Role.named(row.getString("by_role")),
                        vault.open(
                                PaymentSeals.OPINION,
                                Sealed.in(row, "sealed_opinion"),
                                payment,
                                row.getString("row_key"))))
                .list();
    }
}
