package cn.jincai.filing.lines;

import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows that came back to an employer when he handed in a table, sealed; they are for nobody else and no part of his claim. */
@Component
public class ReturnedRows implements CaseContents {
    private final JdbcClient db;
    private final Vault vault;
    private final JsonColumns columns;
    private final CityClock clock;

    ReturnedRows(JdbcClient db, Vault vault, JsonColumns columns, CityClock clock) {
        this.db = db;
        this.vault = vault;
        this.columns = columns;
        this.clock = clock;
    }

    /** Instead of those before. */
    public void keep(CaseNumber number, List<ReturnedRow> rows) {
        erase(number);
        if (rows.isEmpty()) return;
        db.sql("insert into roster_returns (case_number, sealed_rows, at) values (?, ?, ?)")
                .params(number.value(), vault.seal(LineSeals.RETURNED, columns.write(rows), number), clock.timestamp())
                .update();
    }

    public List<ReturnedRow> of(CaseNumber number) {
        return db.sql("select sealed_rows from roster_returns where case_number = ?")
                .param(number.value())
                .query((row, n) -> Sealed.always(row, LineSeals.RETURNED.column()))
                .optional()
                .map(words -> columns.read(
                        vault.open(LineSeals.RETURNED, words, number), new TypeReference<List<ReturnedRow>>() {}))
                .orElse(List.of());
    }

    @Override
    public void erase(CaseNumber number) {
        db.sql("delete from roster_returns where case_number = ?")
                .param(number.value())
                .update();
    }
}
