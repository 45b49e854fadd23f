package cn.jincai.payment;

import cn.jincai.applicant.BankAccount;
import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.payment.ledger.PaymentSeals;
import cn.jincai.vault.Vault;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accounts that money went to, and opinions on payments. Sums and days stay, and each row gets the marks that belong to it, unless another hand has changed it. */
@Component
class AccountsOfPayments implements CaseContents {
    private static final BankAccount NONE = new BankAccount("", "", "");

    private final JdbcClient jdbc;
    private final PaymentSeals seals;
    private final Vault vault;
    private final JsonColumns json;

    AccountsOfPayments(JdbcClient jdbc, PaymentSeals seals, Vault vault, JsonColumns json) {
        this.jdbc = jdbc;
        this.seals = seals;
        this.vault = vault;
        this.json = json;
    }

    private record Sent(long batchId, long paymentId) {}

    @Override
    public void erase(CaseNumber number) {
        jdbc.sql(
                        "update payment_steps set sealed_opinion = null where payment_id in (select id from payments where case_number = ?)")
                .param(number.value())
                .update();
        for (Sent sent : jdbc.sql(
                        "select i.batch_id, i.payment_id from payment_batch_items i join payments p on p.id = i.payment_id where p.case_number = ?")
                .param(number.value())
                .query(Sent.class)
                .list())
            seals.write(PaymentSeals.SENT_ACCOUNT, List.of(sent.batchId(), sent.paymentId()), () -> without(sent));
        for (long id : jdbc.sql("select id from payments where case_number = ?")
                .param(number.value())
                .query(Long.class)
                .list())
            seals.write(
                    PaymentSeals.ACCOUNT,
                    List.of(id),
                    () -> jdbc.sql("update payments set sealed_account = null where id = ?")
                            .param(id)
                            .update());
    }

    private void without(Sent sent) {
        jdbc.sql("update payment_batch_items set sealed_account = ? where batch_id = ? and payment_id = ?")
                .params(
                        vault.seal(PaymentSeals.SENT_ACCOUNT, json.write(NONE), sent.batchId(), sent.paymentId()),
                        sent.batchId(),
                        sent.paymentId())
                .update();
    }
}
