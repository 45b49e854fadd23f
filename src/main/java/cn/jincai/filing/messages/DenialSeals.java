package cn.jincai.filing.messages;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of what an employer denies: its reason, and the applicant's answer. */
@Component
class DenialSeals implements SealedColumns {
    static final SealedColumn
            REASON = SealedColumn.of("denial.reason", "employer_denials", "sealed_reason", "case_number"),
            ANSWER = SealedColumn.of("denial.answer", "employer_denials", "sealed_answer", "case_number");

    @Override
    public List<SealedColumn> columns() {
        return List.of(REASON, ANSWER);
    }
}
