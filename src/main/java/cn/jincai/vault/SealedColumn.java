package cn.jincai.vault;

import java.util.List;

/**
 * Where a kind of sealed value stands. Label and row are sealed in with each value: it opens nowhere else.
 *
 * @param label what it is, as {@code case.answers}. It never changes, whatever table and column come to be called: with another one nothing opens that was sealed before
 * @param key   the columns that name the row; their values don't change while the row is there
 */
public record SealedColumn(String label, String table, String column, List<String> key) {
    public static SealedColumn of(String label, String table, String column, String... key) {
        return new SealedColumn(label, table, column, List.of(key));
    }
}
