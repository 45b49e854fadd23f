package cn.jincai.revision;

import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.vault.Vault;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was written of people in matters after a decision goes with the case. Kinds, days, codes of reasons and numbers of documents stay. */
@Component
class RevisionContents implements CaseContents {
    private final JdbcClient db;
    private final Vault vault;
    private final JsonColumns json;

    RevisionContents(JdbcClient db, Vault vault, JsonColumns json) {
        this.db = db;
        this.vault = vault;
        this.json = json;
    }

    @Override
    public void erase(CaseNumber number) {
        for (String key : db.sql("select row_key from revisions where case_number = ?")
                .param(number.value())
                .query(String.class)
                .list()) {
            db.sql("update revisions set sealed_words = ?, sealed_change = ? where row_key = ?")
                    .params(
                            vault.seal(RevisionSeals.WORDS, "", key),
                            vault.seal(RevisionSeals.CHANGE, json.write(Change.of(List.of())), key),
                            key)
                    .update();
            db.sql(
                            "update revision_steps set sealed_words = null where revision_id = (select id from revisions where row_key = ?)")
                    .param(key)
                    .update();
        }
    }
}
