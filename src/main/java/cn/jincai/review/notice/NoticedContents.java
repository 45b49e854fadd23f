package cn.jincai.review.notice;

import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose notice it was, who objected and what was said. */
@Component
class NoticedContents implements CaseContents {
    private final JdbcClient db;
    private final Vault vault;

    NoticedContents(JdbcClient db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    @Override
    public void erase(CaseNumber number) {
        db.sql(
                        "update notices set masked_name = '*', sealed_employer = null, document_type = null where case_number = ?")
                .param(number.value())
                .update();
        for (String row : db.sql("select row_key from objections where case_number = ?")
                .param(number.value())
                .query(String.class)
                .list())
            db.sql(
                            "update objections set sealed_objector = ?, sealed_contact = ?, sealed_words = ?, sealed_answer = null, sealed_published = null, code_print = null where row_key = ?")
                    .params(
                            vault.seal(NoticeSeals.OBJECTOR, "", number, row),
                            vault.seal(NoticeSeals.CONTACT, "", number, row),
                            vault.seal(NoticeSeals.OBJECTION, "", number, row),
                            row)
                    .update();
    }
}
