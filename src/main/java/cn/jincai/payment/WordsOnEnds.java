package cn.jincai.payment;

import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.PaymentSeals;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.Vault;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What sources said of a person when a grant ended, and what officers wrote when the end was taken back. Days, runs and codes of reasons stay. */
@Component
class WordsOnEnds implements CaseContents {
    private static final Text NOTHING = new Text("", "");

    private final JdbcClient jdbc;
    private final Vault vault;
    private final JsonColumns json;

    WordsOnEnds(JdbcClient jdbc, Vault vault, JsonColumns json) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
    }

    @Override
    public void erase(CaseNumber number) {
        for (String benefit : jdbc.sql("select benefit from ended_grants where case_number = ?")
                .param(number.value())
                .query(String.class)
                .list())
            jdbc.sql("update ended_grants set sealed_grounds = ? where case_number = ? and benefit = ?")
                    .params(
                            without(
                                    PaymentSeals.ENDED,
                                    "select sealed_grounds from ended_grants where case_number = ? and benefit = ?",
                                    number.value(),
                                    benefit),
                            number.value(),
                            benefit)
                    .update();
        for (String key : jdbc.sql("select row_key from taken_back_ends where case_number = ?")
                .param(number.value())
                .query(String.class)
                .list())
            jdbc.sql(
                            "update taken_back_ends set sealed_grounds = ?, sealed_reason = ?, sealed_answer = null where row_key = ?")
                    .params(
                            without(
                                    PaymentSeals.END_BEFORE,
                                    "select sealed_grounds from taken_back_ends where row_key = ?",
                                    key),
                            vault.seal(PaymentSeals.TAKEN_BACK, "", key),
                            key)
                    .update();
    }

    /** The code of the reason and its day. */
    private Sealed without(SealedColumn column, String sql, Object... key) {
        Grants.Grounds grounds = jdbc.sql(sql)
                .params(key)
                .query((row, n) ->
                        json.read(vault.open(column, Sealed.always(row, "sealed_grounds"), key), Grants.Grounds.class))
                .single();
        return Objects.requireNonNull(vault.seal(
                column,
                json.write(new Grants.Grounds(grounds.reason(), NOTHING, NOTHING, NOTHING, grounds.asOf(), Map.of())),
                key));
    }
}
