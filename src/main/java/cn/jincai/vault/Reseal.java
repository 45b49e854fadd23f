package cn.jincai.vault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals everything anew with the key in use, a few rows at a time, while cases may go on. What is done stays done: begun again it goes on where it
 * was. A key whose values are all sealed anew is not needed any more.
 */
@Component
public class Reseal {
    private static final int STEP = 200;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final List<SealedColumns> rooms;
    private final TransactionTemplate transaction;

    Reseal(JdbcClient jdbc, Vault vault, List<SealedColumns> rooms, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.rooms = rooms;
        this.transaction = transaction;
    }

    /** @param refused values that do not open where they stand; they were left as they are */
    public record Result(long sealed, long refused) {
        public boolean isClean() {
            return refused == 0;
        }
    }

    private record Row(List<Object> key, Sealed sealed) {
        Object[] keys() {
            return key.toArray();
        }
    }

    /** @param told a line for each step: what, how many rows of how many; and one for each value that does not open, with its row and never with what is in it */
    public Result all(Consumer<String> told) {
        long sealed = 0, refused = 0;
        for (SealedColumns room : rooms)
            for (SealedColumn column : room.columns()) {
                Result one = column(room, column, told);
                sealed += one.sealed;
                refused += one.refused;
            }
        if (refused == 0) forgetOtherKeys();
        return new Result(sealed, refused);
    }

    private Result column(SealedColumns room, SealedColumn column, Consumer<String> told) {
        long due = jdbc.sql("select count(*) from " + column.table() + " where " + due(column))
                .query(Long.class)
                .single();
        long sealed = 0, refused = 0;
        for (List<Row> rows = after(column, List.of());
                !rows.isEmpty();
                rows = after(column, rows.get(rows.size() - 1).key)) {
            List<Row> step = rows;
            long changed = transaction.execute(status -> step.stream()
                    .filter(row -> sealAnew(room, column, row, told))
                    .count());
            sealed += changed;
            refused += rows.size() - changed;
            told.accept(column.label() + ": " + (sealed + refused) + " / " + due);
        }
        return new Result(sealed, refused);
    }

    private String due(SealedColumn column) {
        return column.column() + " is not null and " + column.column() + " not like '" + vault.prefix() + "%'";
    }

    private List<Row> after(SealedColumn column, List<Object> last) {
        String key = String.join(", ", column.key());
        String on = last.isEmpty()
                ? ""
                : " and (" + key + ") > (" + String.join(", ", Collections.nCopies(last.size(), "?")) + ")";
        return jdbc.sql("select " + key + ", " + column.column() + " from " + column.table() + " where " + due(column)
                        + on + " order by " + key + " fetch first " + STEP + " rows only")
                .params(last)
                .query((row, n) -> {
                    List<Object> values = new ArrayList<>();
                    for (String part : column.key()) values.add(row.getObject(part));
                    return new Row(values, Sealed.always(row, column.column()));
                })
                .list();
    }

    /** A row that somebody else changed meanwhile is sealed with the key in use already. */
    private boolean sealAnew(SealedColumns room, SealedColumn column, Row row, Consumer<String> told) {
        var opened = vault.look(column, row.sealed, row.keys());
        if (opened.isEmpty()) {
            told.accept("not opened, left as it is: " + column.label() + " of " + row.key);
            return false;
        }
        List<Object> values = new ArrayList<>();
        values.add(vault.seal(column, opened.get(), row.keys()));
        values.addAll(row.key);
        values.add(row.sealed);
        String where =
                String.join(" and ", column.key().stream().map(k -> k + " = ?").toList());
        room.write(
                column,
                row.key,
                () -> jdbc.sql("update " + column.table() + " set " + column.column() + " = ? where " + where + " and "
                                + column.column() + " = ?")
                        .params(values)
                        .update());
        return true;
    }

    private void forgetOtherKeys() {
        jdbc.sql("delete from vault_keys where key_id <> ?")
                .param(vault.keyInUse())
                .update();
    }
}
