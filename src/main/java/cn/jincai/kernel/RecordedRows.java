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

    private static final String CASE = "case_number";

    private final JdbcClient db;
    private final String kind, of;
    private final List<String> tables;

    /**
     * @param kind   of the entries that carry the hash; of several about one case the last counts
     * @param tables what to select of which tables, {@code case_number} and {@code id} among it, without a condition
     */
    protected RecordedRows(JdbcClient db, String kind, String... tables) {
        this(db, kind, CASE, List.of(tables));
    }

    /** @param of what the rows are of, where they are of no case: the column, and the name among the details of an entry */
    protected RecordedRows(JdbcClient db, String kind, String of, List<String> tables) {
        this.db = db;
        this.kind = kind;
        this.of = of;
        this.tables = tables;
    }

    public String kind() {
        return kind;
    }

    /** Whose rows an entry of this kind tells of: a case's, or of what its details name. */
    public @Nullable String whose(@Nullable String caseNumber, Map<String, String> details) {
        return of.equals(CASE) ? caseNumber : details.get(of);
    }

    /** Of the case's rows as they are now. */
    public String hash(CaseNumber number) {
        return hash(number.value());
    }

    /** Of the rows as they are now of what they are of. */
    public String hash(String whose) {
        Map<String, Sha256> hashes = new TreeMap<>();
        for (String table : tables)
            add(hashes, db.sql(table + " where " + of + " = ? order by id").param(whose));
        Sha256 hash = hashes.get(whose);
        return hash == null ? "" : hash.hex();
    }

    /** The same of all that have such rows, by what they are of (a case's number, a scheme's code); of the rows no more than a thousand are held at a time. */
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

    private List<Map<String, @Nullable Object>> add(Map<String, Sha256> hashes, JdbcClient.StatementSpec asked) {
        List<Map<String, @Nullable Object>> rows = asked.query().listOfRows();
        for (Map<String, @Nullable Object> row : rows) {
            Sha256 hash = hashes.computeIfAbsent(String.valueOf(row.get(of)), any -> new Sha256());
            for (Object value : row.values()) {
                String text = String.valueOf(value);
                hash.add(text.length() + ":" + text);
            }
        }
        return rows;
    }
}
