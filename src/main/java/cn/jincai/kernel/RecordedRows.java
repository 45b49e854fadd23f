package cn.jincai.kernel;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows that never change once they are written, but for columns that are left out here. The entry of the audit record that tells of them carries their
 * hash, so rows that another hand has changed, taken away or put in are found by comparing. Each room names its own.
 */
public abstract class RecordedRows {
    /** Among an entry's details: the hash of all such rows of its case, as they were when it was made. */
    public static final String HASH = "rows";

    private static final int STEP = 1_000;

    private final JdbcClient db;
    private final String kind;
    private final List<String> tables;

    /**
     * @param kind   of the entries that carry the hash; of several about one case the last counts
     * @param tables what to select of which tables, {@code case_number} and {@code id} among it, without a condition
     */
    protected RecordedRows(JdbcClient db, String kind, String... tables) {
        this.db = db;
        this.kind = kind;
        this.tables = List.of(tables);
    }

    public String kind() {
        return kind;
    }

    /** Of the case's rows as they are now. */
    public String hash(CaseNumber number) {
        Map<String, Sha256> hashes = new TreeMap<>();
        for (String table : tables)
            add(hashes, db.sql(table + " where case_number = ? order by id").param(number.value()));
        Sha256 hash = hashes.get(number.value());
        return hash == null ? "" : hash.hex();
    }

    /** By case: the same of all cases that have such rows, of which no more than a thousand are held at a time. */
    public Map<String, String> hashes() {
        Map<String, Sha256> hashes = new TreeMap<>();
        for (String table : tables) {
            String next = "select * from (" + table + ") recorded where id > ? order by id fetch first " + STEP
                    + " rows only";
            List<Map<String, @Nullable Object>> step = List.of();
            do {
                Object last =
                        step.isEmpty() ? Long.MIN_VALUE : step.get(STEP - 1).get("id");
                step = add(hashes, db.sql(next).param(last));
            } while (step.size() == STEP);
        }
        Map<String, String> all = new TreeMap<>();
        hashes.forEach((number, hash) -> all.put(number, hash.hex()));
        return all;
    }

    private static List<Map<String, @Nullable Object>> add(Map<String, Sha256> hashes, JdbcClient.StatementSpec asked) {
        List<Map<String, @Nullable Object>> rows = asked.query().listOfRows();
        for (Map<String, @Nullable Object> row : rows) {
            Sha256 hash = hashes.computeIfAbsent(String.valueOf(row.get("case_number")), any -> new Sha256());
            for (Object value : row.values()) {
                String text = String.valueOf(value);
                hash.add(text.length() + ":" + text);
            }
        }
        return rows;
    }
}
