package cn.jincai.payment.ledger;

import cn.jincai.kernel.RecordedRows;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was ordered to be paid. Sum, account and where a payment stands do change, each time with new marks. */
@Component
public class OrderedRows extends RecordedRows {
    private final PaymentRows payments;

    OrderedRows(JdbcClient db, PaymentRows payments) {
        super(
                db,
                "payment-due",
                "select case_number, id, run_number, scheme, package_hash, person_key, benefit, instalment, fund, pay_key from payments");
        this.payments = payments;
    }

    /** No payment that does not fit its marks is as it was recorded, whatever has become of it. */
    @Override
    public Map<String, String> hashes() {
        Map<String, String> hashes = super.hashes();
        for (Payment altered : payments.everAltered())
            hashes.put(altered.number().value(), "altered");
        return hashes;
    }
}
