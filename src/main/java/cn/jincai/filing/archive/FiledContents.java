package cn.jincai.filing.archive;

import cn.jincai.filing.CaseSeals;
import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers, facts, assessments and messages of a case, and what its person said. */
@Component
class FiledContents implements CaseContents {
    private final JdbcClient db;
    private final Vault vault;

    FiledContents(JdbcClient db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    @Override
    public void erase(CaseNumber number) {
        for (String table : new String[] {
            "case_facts",
            "case_lines",
            "case_assessments",
            "case_hearings",
            "case_messages",
            "case_origins",
            "case_requests",
            "identity_corrections"
        })
            db.sql("delete from " + table + " where case_number = ?")
                    .param(number.value())
                    .update();
        for (String officer : db.sql("select account from case_recusals where case_number = ?")
                .param(number.value())
                .query(String.class)
                .list())
            db.sql(
                            "update case_recusals set sealed_reason = ?, sealed_back_reason = null where case_number = ? and account = ?")
                    .params(vault.seal(CaseSeals.RECUSAL, "", number, officer), number.value(), officer)
                    .update();
        db.sql("update case_ratings set sealed_words = null where case_number = ?")
                .param(number.value())
                .update();
        db.sql(
                        "update cases set sealed_answers = ?, sealed_asked = null, sealed_withdrawal_reason = null where case_number = ?")
                .params(vault.seal(CaseSeals.ANSWERS, "{}", number), number.value())
                .update();
    }
}
