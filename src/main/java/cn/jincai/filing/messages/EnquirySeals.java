package cn.jincai.filing.messages;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of enquiries: what was asked, and what was answered. */
@Component
class EnquirySeals implements SealedColumns {
    static final SealedColumn
            QUESTION = SealedColumn.of("enquiry.question", "case_enquiries", "sealed_question", "row_key"),
            ANSWER = SealedColumn.of("enquiry.answer", "case_enquiries", "sealed_answer", "row_key");

    @Override
    public List<SealedColumn> columns() {
        return List.of(QUESTION, ANSWER);
    }
}
