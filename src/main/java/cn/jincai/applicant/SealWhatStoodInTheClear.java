package cn.jincai.applicant;

import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** V73: words of people that stood in the clear are sealed. Labels and columns are those of that day and don't follow later ones. */
@Component
class SealWhatStoodInTheClear implements JavaMigration {
    private final Keys keys;

    SealWhatStoodInTheClear(Keys keys) {
        this.keys = keys;
    }

    @Override
    public void migrate(Context context) {
        var jdbc = JdbcClient.create(new SingleConnectionDataSource(context.getConnection(), true));
        Vault vault = keys.alone();
        seal(
                jdbc,
                vault,
                SealedColumn.of("fact.note", "case_facts", "sealed_note", "number", "name", "row_key"),
                "note is not null");
        seal(jdbc, vault, SealedColumn.of("case.asked", "cases", "sealed_asked", "number"), "asked <> '[]'");
        seal(
                jdbc,
                vault,
                SealedColumn.of("payment.opinion", "payment_step", "sealed_opinion", "payment_id", "row_key"),
                "opinion is not null");
    }

    private static void seal(JdbcClient jdbc, Vault vault, SealedColumn column, String where) {
        record Row(String words, List<Object> key) {}
        String clear = column.column().replace("sealed_", "");
        List<Row> rows = jdbc.sql("select " + clear + ", " + String.join(", ", column.key()) + " from " + column.table()
                        + " where " + where)
                .query((row, n) -> {
                    List<Object> key = new ArrayList<>();
                    for (String part : column.key()) key.add(row.getObject(part));
                    return new Row(row.getString(clear), key);
                })
                .list();
        String ofRow = String.join(
                " and ", column.key().stream().map(part -> part + " = ?").toList());
        for (Row row : rows)
            jdbc.sql("update " + column.table() + " set " + column.column() + " = ? where " + ofRow)
                    .param(vault.seal(column, row.words, row.key.toArray()))
                    .params(row.key)
                    .update();
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("73");
    }

    @Override
    public String getDescription() {
        return "seal what stood in the clear";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null; // what it does is not told by its text
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
