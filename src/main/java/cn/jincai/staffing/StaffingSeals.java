package cn.jincai.staffing;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What colleagues say to each other about a case. */
@Component
class StaffingSeals implements SealedColumns {
    static final SealedColumn
            HANDOVER = SealedColumn.of("staffing.handover", "task_handovers", "sealed_words", "row_key"),
            QUESTION = SealedColumn.of("staffing.question", "colleague_questions", "sealed_question", "row_key"),
            ANSWER = SealedColumn.of("staffing.answer", "colleague_questions", "sealed_answer", "row_key");

    @Override
    public List<SealedColumn> columns() {
        return List.of(HANDOVER, QUESTION, ANSWER);
    }
}
