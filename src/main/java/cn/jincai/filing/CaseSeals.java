package cn.jincai.filing;

import cn.jincai.applicant.SealedColumn;
import cn.jincai.applicant.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of a case. */
@Component
class CaseSeals implements SealedColumns {
    static final SealedColumn ANSWERS = SealedColumn.of("case.answers", "cases", "answers", "number"),
            ASKED = SealedColumn.of("case.asked", "cases", "sealed_asked", "number"),
            WITHDRAWAL_REASON = SealedColumn.of("case.withdrawal-reason", "cases", "withdrawal_reason", "number"),
            FACT = SealedColumn.of("fact.value", "case_facts", "fact_value", "number", "name", "row_key"),
            FACT_NOTE = SealedColumn.of("fact.note", "case_facts", "sealed_note", "number", "name", "row_key"),
            ASSESSED_FACTS = SealedColumn.of("assessment.facts", "case_assessments", "facts", "number", "row_key"),
            ASSESSMENT = SealedColumn.of("assessment.answer", "case_assessments", "answer", "number", "row_key"),
            HEARING = SealedColumn.of("hearing.answer", "case_hearings", "answer", "number", "row_key"),
            RATING = SealedColumn.of("rating.words", "case_ratings", "words", "number");

    @Override
    public List<SealedColumn> columns() {
        return List.of(ANSWERS, ASKED, WITHDRAWAL_REASON, FACT, FACT_NOTE, ASSESSED_FACTS, ASSESSMENT, HEARING, RATING);
    }
}
