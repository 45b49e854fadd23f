package cn.jincai.staffing;

import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** With which words tasks went from hand to hand. */
@Service
public class Handovers implements CaseContents {
    public static final int LONGEST = 2000;

    private final JdbcClient db;
    private final Vault vault;
    private final CityClock clock;

    Handovers(JdbcClient db, Vault vault, CityClock clock) {
        this.db = db;
        this.vault = vault;
        this.clock = clock;
    }

    /** @throws Problem INVALID for no words, and for too many */
    public static String words(String typed) {
        if (typed.isBlank()) throw Problem.invalid("words", "staffing.words.REQUIRED");
        if (typed.length() > LONGEST) throw Problem.invalid("words", "staffing.words.TOO_LONG", LONGEST);
        return typed.strip();
    }

    /** In the transaction in which the task is given. */
    public void add(
            String task,
            @Nullable CaseNumber number,
            String step,
            @Nullable String from,
            String to,
            String by,
            String words) {
        String key = UUID.randomUUID().toString();
        db.sql(
                        "insert into task_handovers (row_key, task, case_number, step, from_account, to_account, handed_by, handed_at, sealed_words) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        key,
                        task,
                        number == null ? null : number.value(),
                        step,
                        from,
                        to,
                        by,
                        clock.timestamp(),
                        vault.seal(StaffingSeals.HANDOVER, words, key)))
                .update();
    }

    /** How the task last came to whoever has it; empty where he took it himself. */
    @Transactional(readOnly = true)
    public Optional<Handover> last(String task) {
        List<Handover> all = read("task = ?", task);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** All of a case, in their order; for whoever may see its file. */
    @Transactional(readOnly = true)
    public List<Handover> of(CaseNumber number) {
        return read("case_number = ?", number.value());
    }

    private record Row(
            String key,
            String task,
            @Nullable String number,
            String step,
            @Nullable String from,
            String to,
            String by,
            Instant at,
            @Nullable Sealed words) {}

    /** What is sealed is opened once the rows are read: a question within them would take a second connection. */
    private List<Handover> read(String which, Object value) {
        return db
                .sql("select * from task_handovers where " + which + " order by id")
                .param(value)
                .query(Handovers::row)
                .list()
                .stream()
                .map(row -> new Handover(
                        row.task(),
                        row.number() == null ? null : new CaseNumber(row.number()),
                        row.step(),
                        row.from(),
                        row.to(),
                        row.by(),
                        row.at(),
                        Objects.toString(vault.open(StaffingSeals.HANDOVER, row.words(), row.key()), "")))
                .toList();
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        return new Row(
                row.getString("row_key"),
                row.getString("task"),
                row.getString("case_number"),
                row.getString("step"),
                row.getString("from_account"),
                row.getString("to_account"),
                row.getString("handed_by"),
                Instants.always(row, "handed_at"),
                Sealed.in(row, "sealed_words"));
    }

    @Override
    public void erase(CaseNumber number) {
        db.sql("update task_handovers set sealed_words = null where case_number = ?")
                .param(number.value())
                .update();
    }
}
