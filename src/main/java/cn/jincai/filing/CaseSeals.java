package cn.jincai.filing;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of a case. */
@Component
public class CaseSeals implements SealedColumns {
    public static final SealedColumn
            ANSWERS = SealedColumn.of("case.answers", "cases", "sealed_answers", "case_number"),
            ASKED = SealedColumn.of("case.asked", "cases", "sealed_asked", "case_number"),
            WITHDRAWAL_REASON =
                    SealedColumn.of("case.withdrawal-reason", "cases", "sealed_withdrawal_reason", "case_number"),
            FACT = SealedColumn.of("fact.value", "case_facts", "sealed_value", "case_number", "name", "row_key"),
            FACT_NOTE = SealedColumn.of("fact.note", "case_facts", "sealed_note", "case_number", "name", "row_key"),
            ASSESSED_FACTS =
                    SealedColumn.of("assessment.facts", "case_assessments", "sealed_facts", "case_number", "row_key"),
            ASSESSMENT =
                    SealedColumn.of("assessment.answer", "case_assessments", "sealed_answer", "case_number", "row_key"),
            LINE = SealedColumn.of("roster.line", "case_lines", "sealed_line", "case_number", "line"),
            ASSESSED_LINES =
                    SealedColumn.of("assessment.lines", "case_assessments", "sealed_lines", "case_number", "row_key"),
            HEARING = SealedColumn.of("hearing.answer", "case_hearings", "sealed_answer", "case_number", "row_key"),
            RATING = SealedColumn.of("rating.words", "case_ratings", "sealed_words", "case_number"),
            LOOK_WORDS = SealedColumn.of("look.words", "case_looks", "sealed_words", "case_number", "row_key"),
            RECUSAL = SealedColumn.of("recusal.reason", "case_recusals", "sealed_reason", "case_number", "account"),
            RECUSAL_BACK =
                    SealedColumn.of(
                            "recusal.back-reason", "case_recusals", "sealed_back_reason", "case_number", "account");

    @Override
    public List<SealedColumn> columns() {
        return List.of(
                ANSWERS,
                ASKED,
                WITHDRAWAL_REASON,
                FACT,
                FACT_NOTE,
                ASSESSED_FACTS,
                ASSESSMENT,
                LINE,
                ASSESSED_LINES,
                HEARING,
                RATING,
                LOOK_WORDS,
                RECUSAL,
                RECUSAL_BACK);
    }
}
