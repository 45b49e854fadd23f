package cn.jincai.payment.ledger;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is sealed of payments. The marks under money cover the sealed account, so one that is sealed anew gets its marks with it. */
@Component
public class PaymentSeals implements SealedColumns {
    public static final SealedColumn ACCOUNT = SealedColumn.of("payment.account", "payments", "sealed_account", "id"),
            SENT_ACCOUNT =
                    SealedColumn.of(
                            "payment.account-sent", "payment_batch_items", "sealed_account", "batch_id", "payment_id"),
            OPINION = SealedColumn.of("payment.opinion", "payment_steps", "sealed_opinion", "payment_id", "row_key"),
            ENDED = SealedColumn.of("payment.ended", "ended_grants", "sealed_grounds", "case_number", "benefit");

    private final JdbcClient jdbc;
    private final PaymentMarks marks;

    PaymentSeals(JdbcClient jdbc, PaymentMarks marks) {
        this.jdbc = jdbc;
        this.marks = marks;
    }

    @Override
    public List<SealedColumn> columns() {
        return List.of(ACCOUNT, SENT_ACCOUNT, OPINION, ENDED);
    }

    @Override
    public void write(SealedColumn column, List<Object> key, Runnable update) {
        if (column == ACCOUNT) payment(key, update);
        else if (column == SENT_ACCOUNT) sent(key, update);
        else update.run();
    }

    private void payment(List<Object> key, Runnable update) {
        boolean altered = payment(key).altered();
        update.run();
        if (!altered)
            jdbc.sql("update payments set mark = ? where id = ?")
                    .params(marks.of(payment(key)), key.get(0))
                    .update();
    }

    private Payment payment(List<Object> key) {
        return jdbc.sql("select * from payments where id = ? for update")
                .params(key)
                .query(marks::payment)
                .single();
    }

    private void sent(List<Object> key, Runnable update) {
        boolean altered = item(key).altered();
        update.run();
        PaymentRows.Item item = item(key);
        if (!altered)
            jdbc.sql("update payment_batch_items set mark = ? where batch_id = ? and payment_id = ?")
                    .params(
                            marks.sent(item.batch(), item.payment(), item.amount(), item.account()),
                            item.batch(),
                            item.payment())
                    .update();
    }

    private PaymentRows.Item item(List<Object> key) {
        return jdbc.sql("select * from payment_batch_items where batch_id = ? and payment_id = ? for update")
                .params(key)
                .query(marks::item)
                .single();
    }
}
