package cn.jincai.review;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of reviews and decisions. */
@Component
class ReviewSeals implements SealedColumns {
    static final SealedColumn
            OPINION = SealedColumn.of("opinion.words", "opinions", "sealed_words", "case_number", "task"),
            DECIDED_FACTS =
                    SealedColumn.of("decision.facts", "decided_benefits", "sealed_facts", "case_number", "benefit"),
            GROUNDS =
                    SealedColumn.of("decision.grounds", "decided_benefits", "sealed_grounds", "case_number", "benefit"),
            LINE_GROUNDS =
                    SealedColumn.of("decision.line-grounds", "refused_lines", "sealed_grounds", "case_number", "line"),
            DRAFT = SealedColumn.of("task.draft", "task_drafts", "sealed_fields", "task", "account");

    @Override
    public List<SealedColumn> columns() {
        return List.of(OPINION, DECIDED_FACTS, GROUNDS, LINE_GROUNDS, DRAFT);
    }
}
