package cn.jincai.vault;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlValue;

/**
 * What people wrote or what is known of them, as it stands in a row: sealed by the {@link Vault}, which alone makes it and opens it. Plain words
 * are none, so a statement that takes one can't write them down.
 */
public record Sealed(String text) implements SqlValue {
    static final String FORM = "v2.";

    public Sealed {
        if (!text.startsWith(FORM))
            throw new IllegalArgumentException("not a sealed value"); // which may be somebody's words
    }

    /** Null where the row has none. */
    public static @Nullable Sealed in(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : new Sealed(text);
    }

    /** Of a column that is never null. */
    public static Sealed always(ResultSet row, String column) throws SQLException {
        return new Sealed(row.getString(column));
    }

    @Override
    public void setValue(PreparedStatement statement, int index) throws SQLException {
        statement.setString(index, text);
    }

    @Override
    public void cleanup() {}

    @Override
    public String toString() {
        return text;
    }
}
