package cn.jincai.payment;

import cn.jincai.kernel.RecordedRows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was ordered to be paid. Sum, account and where a payment stands do change, each time with new marks. */
@Component
class OrderedRows extends RecordedRows {
    OrderedRows(JdbcClient db) {
        super(
                db,
                "payment-due",
                "select case_number, id, run_number, scheme, package_hash, person_key, benefit, instalment, fund, pay_key from payments");
    }
}
