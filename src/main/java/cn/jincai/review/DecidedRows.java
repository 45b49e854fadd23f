package cn.jincai.review;

import cn.jincai.kernel.RecordedRows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was decided. Sealed columns are bound to their row by themselves; that a decision was opened, served or given up is told by entries of its own. */
@Component
class DecidedRows extends RecordedRows {
    DecidedRows(JdbcClient db) {
        super(
                db,
                "signed",
                "select case_number, document_id as id, document_number, decided_on, outcome, signed_by from decisions",
                """
                select case_number, id, person_key, scheme, benefit, outcome, amount_fen, level, monthly_fen, months, instalment, due_now_fen, governing_date, decided_on,
                valid_until, benefit_json from decided_benefits""");
    }
}
