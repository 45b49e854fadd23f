package cn.jincai.review;

import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.vault.Vault;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opinions and what a decision rests on. What was decided, by sum and day, stays: it is the city's own record, of a person who is a fingerprint there. */
@Component
class ReviewedContents implements CaseContents {
    private final JdbcClient db;
    private final Vault vault;

    ReviewedContents(JdbcClient db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    @Override
    public void erase(CaseNumber number) {
        db.sql("update opinions set sealed_words = null where case_number = ?")
                .param(number.value())
                .update();
        db.sql(
                        "update panel_seats set sealed_words = null where panel_id in (select id from panels where case_number = ?)")
                .param(number.value())
                .update();
        db.sql("update refused_lines set sealed_grounds = null where case_number = ?")
                .param(number.value())
                .update();
        for (String benefit : keys("select benefit from decided_benefits where case_number = ?", number))
            db.sql(
                            "update decided_benefits set sealed_facts = ?, sealed_grounds = null where case_number = ? and benefit = ?")
                    .params(vault.seal(ReviewSeals.DECIDED_FACTS, "{}", number, benefit), number.value(), benefit)
                    .update();
    }

    private List<String> keys(String sql, CaseNumber number) {
        return db.sql(sql).param(number.value()).query(String.class).list();
    }
}
