package cn.jincai.review;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an officer has typed at a task that he has not handed in: kept as he types, so that he goes on at any machine. It is no opinion yet; nobody
 * but he reads it, and it is gone when the task is done or is given to another.
 */
@Service
public class TaskDrafts {
    private final JdbcClient db;
    private final Vault vault;
    private final JsonColumns json;
    private final CityClock clock;

    TaskDrafts(JdbcClient db, Vault vault, JsonColumns json, CityClock clock) {
        this.db = db;
        this.vault = vault;
        this.json = json;
        this.clock = clock;
    }

    /** Fields by key as he left them; one that he emptied is null. */
    public Map<String, Object> of(String task, String account) {
        return db.sql("select sealed_fields from task_drafts where task = ? and account = ?")
                .params(task, account)
                .query((row, n) -> vault.open(ReviewSeals.DRAFT, Sealed.always(row, "sealed_fields"), task, account))
                .optional()
                .map(fields -> json.read(fields, new TypeReference<Map<String, Object>>() {}))
                .orElse(Map.of());
    }

    /** Lays these fields over those that are kept already: another window of his may have changed the others. */
    @Transactional
    public void keep(String task, String account, Map<String, Object> fields) {
        var all = new HashMap<>(of(task, account));
        all.putAll(fields);
        Sealed sealed = vault.seal(ReviewSeals.DRAFT, json.write(all), task, account);
        if (db.sql("update task_drafts set sealed_fields = ?, changed_at = ? where task = ? and account = ?")
                        .params(sealed, clock.timestamp(), task, account)
                        .update()
                == 0)
            db.sql("insert into task_drafts (task, account, sealed_fields, changed_at) values (?, ?, ?, ?)")
                    .params(task, account, sealed, clock.timestamp())
                    .update();
    }

    /** The task is done, or is there no more. */
    public void forget(String task) {
        db.sql("delete from task_drafts where task = ?").param(task).update();
    }

    public void forget(String task, String account) {
        db.sql("delete from task_drafts where task = ? and account = ?")
                .params(task, account)
                .update();
    }

    /** Another has it now. */
    public void forgetAllBut(String task, String account) {
        db.sql("delete from task_drafts where task = ? and account <> ?")
                .params(task, account)
                .update();
    }
}
