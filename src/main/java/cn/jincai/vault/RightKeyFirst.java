package cn.jincai.vault;

import cn.jincai.kernel.Text;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** Under a wrong key no table is changed: who began with it by mistake can go back to the release before. */
@Component
class RightKeyFirst implements Callback {
    private final Keys keys;

    RightKeyFirst(Keys keys) {
        this.keys = keys;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            Connection connection = context.getConnection();
            if (!isBegun(connection)) return;
            JdbcClient.create(new SingleConnectionDataSource(connection, true))
                    .sql("select sealed_key from vault_seal")
                    .query((row, n) -> Sealed.always(row, "sealed_key"))
                    .optional()
                    .filter(word -> keys.alone()
                            .look(KeysInUse.FINGERPRINTS, word, KeysInUse.ROW)
                            .isEmpty())
                    .ifPresent(word -> {
                        throw KeysInUse.otherKey(Text.of("applicant.key.ofFingerprints"));
                    });
        } catch (SQLException e) {
            throw new IllegalStateException("the key in use can't be compared with the database's", e);
        }
    }

    private static boolean isBegun(Connection connection) throws SQLException {
        try (var sql = connection.createStatement();
                ResultSet found = sql.executeQuery(
                        "select 1 from information_schema.tables where table_schema = current_schema and lower(table_name) = 'vault_seal'")) {
            return found.next();
        }
    }

    @Override
    public String getCallbackName() {
        return "right key first";
    }
}
