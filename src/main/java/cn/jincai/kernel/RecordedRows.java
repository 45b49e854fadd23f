package cn.jincai.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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
        return hashes(" where case_number = ?", number.value()).getOrDefault(number.value(), "");
    }

    /** By case: the same of all cases that have such rows. */
    public Map<String, String> hashes() {
        return hashes("");
    }

    private Map<String, String> hashes(String which, Object... params) {
        Map<String, List<@Nullable Object>> values = new TreeMap<>();
        for (String table : tables)
            for (Map<String, @Nullable Object> row : db.sql(table + which + " order by id")
                    .params(params)
                    .query()
                    .listOfRows())
                values.computeIfAbsent(String.valueOf(row.get("case_number")), any -> new ArrayList<>())
                        .addAll(row.values());
        Map<String, String> hashes = new TreeMap<>();
        values.forEach((number, all) -> hashes.put(number, hash(all)));
        return hashes;
    }

    private static String hash(List<@Nullable Object> values) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Object value : values) {
                String text = String.valueOf(value);
                sha.update((text.length() + ":" + text).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
