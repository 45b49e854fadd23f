package cn.jincai.payment.ledger;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Text;
import cn.jincai.payment.PaymentStatus;
import cn.jincai.payment.PaymentStop;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The marks under payments, and rows read with them: a payment that does not fit its marks was changed by another hand. */
@Component
public class PaymentMarks {
    private final Vault vault;
    private final JsonColumns json;

    PaymentMarks(Vault vault, JsonColumns json) {
        this.vault = vault;
        this.json = json;
    }

    /** Over what is paid. */
    String of(Payment p) {
        return vault.fingerprint(
                "payment",
                Arrays.asList(
                        p.id(),
                        p.number(),
                        p.run(),
                        p.scheme(),
                        p.packageHash(),
                        p.personKey(),
                        p.benefit(),
                        p.instalment(),
                        p.fund(),
                        p.amount().fen(),
                        p.key(),
                        p.account()));
    }

    /** Over where it stands. */
    String standing(Payment p) {
        return vault.fingerprint(
                "payment-standing",
                Arrays.asList(
                        p.id(),
                        p.status().code(),
                        p.standing().keyHeld(),
                        p.standing().giveUpAsked(),
                        p.standing().accountAsked(),
                        p.standing().budgetYear(),
                        p.standing().batch()));
    }

    /** Over what went to the bank. */
    String sent(long batch, long payment, Money amount, Sealed account) {
        return vault.fingerprint("payment-sent", List.of(batch, payment, amount.fen(), account));
    }

    PaymentRows.Item item(ResultSet row, int n) throws SQLException {
        long batch = row.getLong("batch_id"), payment = row.getLong("payment_id");
        Money amount = new Money(row.getLong("amount_fen"));
        Sealed account = Sealed.always(row, "sealed_account");
        return new PaymentRows.Item(
                batch,
                payment,
                amount,
                account,
                !sent(batch, payment, amount, account).equals(row.getString("mark")));
    }

    Payment payment(ResultSet row, int n) throws SQLException {
        Payment bare = bare(row, false, false);
        return bare(
                row, !of(bare).equals(row.getString("mark")), !standing(bare).equals(row.getString("standing_mark")));
    }

    private Payment bare(ResultSet row, boolean altered, boolean displaced) throws SQLException {
        return new Payment(
                row.getLong("id"),
                new CaseNumber(row.getString("case_number")),
                row.getString("run_number"),
                row.getString("scheme"),
                row.getString("package_hash"),
                row.getString("person_key"),
                row.getString("benefit"),
                row.getObject("instalment", Integer.class),
                row.getString("fund"),
                new Money(row.getLong("amount_fen")),
                row.getString("pay_key"),
                Sealed.in(row, "sealed_account"),
                new Payment.Standing(
                        PaymentStatus.of(row.getString("status")),
                        stop(row),
                        row.getString("held_key") != null,
                        row.getBoolean("give_up_asked"),
                        row.getBoolean("account_asked"),
                        row.getObject("budget_year", Integer.class),
                        row.getObject("batch_id", Long.class)),
                row.getString("bank_reference"),
                altered,
                displaced);
    }

    private @Nullable PaymentStop stop(ResultSet row) throws SQLException {
        String code = row.getString("stop_code");
        if (code == null) return null;
        List<Object> values = new ArrayList<>();
        for (JsonNode value : json.read(row.getString("stop_values"), JsonNode.class))
            values.add(
                    value.isObject()
                            ? new Text(value.get("zh").asText(), value.get("en").asText())
                            : value.asText());
        return new PaymentStop(code, row.getString("stop_sentence"), values);
    }
}
