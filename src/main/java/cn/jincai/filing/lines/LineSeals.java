package cn.jincai.filing.lines;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of a line's facts. */
@Component
class LineSeals implements SealedColumns {
    static final SealedColumn
            ANSWER =
                    SealedColumn.of(
                            "roster.answer", "case_line_answers", "sealed_facts", "case_number", "line", "source"),
            FACT =
                    SealedColumn.of(
                            "roster.fact", "case_line_facts", "sealed_value", "case_number", "line", "name", "row_key"),
            NOTE =
                    SealedColumn.of(
                            "roster.note", "case_line_facts", "sealed_note", "case_number", "line", "name", "row_key"),
            RETURNED = SealedColumn.of("roster.returned", "roster_returns", "sealed_rows", "case_number");

    @Override
    public List<SealedColumn> columns() {
        return List.of(ANSWER, FACT, NOTE, RETURNED);
    }
}
