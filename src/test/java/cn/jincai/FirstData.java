package cn.jincai;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The rows of a PostgreSQL database as version 112 of the schema, the first that is upgraded, left them: one case of the skills award from form to money.
 * Every later schema has to take it over (decision 129). It is text, an insert a line: {@code zcat src/test/resources/schema/112.sql.gz}.
 */
class FirstData {
    static final String SCHEMA = "112", CASE = "JC2026000001", SCHEME = "skills-award", KEY = ReplayIT.KEY;
    private static final Path FILE = Path.of("src/test/resources/schema/" + SCHEMA + ".sql.gz");
    private static final String WRITE = "fixture";

    private FirstData() {}

    /** {@code -Dfixture=write}: it is to be written, not read. Only ever with the schema that it is named after. */
    static boolean isWritten() {
        return "write".equals(System.getProperty(WRITE));
    }

    /** Into an empty database, with the schema of that day. */
    static void load(DataSource database) {
        Flyway.configure().dataSource(database).target(SCHEMA).load().migrate();
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement();
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) sql.execute(line);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(FILE + " is not loaded", e);
        }
    }

    static void write(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement();
                PrintWriter out = new PrintWriter(new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(FILE)), StandardCharsets.UTF_8))) {
            out.println("set session_replication_role = replica"); // rows come in the order of the tables' names
            for (String table : tables(sql)) rows(sql, table, out);
            out.println("select setval('case_numbers', " + one(sql, "select last_value from case_numbers") + ")");
            for (String table : column(
                    sql,
                    "select table_name from information_schema.columns where table_schema = 'public' and table_name not like 'act\\_%' and is_identity = 'YES' order by 1"))
                out.println("alter table " + table + " alter column id restart with "
                        + one(sql, "select coalesce(max(id), 0) + 1 from " + table));
            out.println("set session_replication_role = origin");
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(FILE + " is not written", e);
        }
    }

    /** All of ours but the demo's clock, which is set by whoever reads. */
    private static List<String> tables(Statement sql) throws SQLException {
        return column(sql, """
            select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
            and table_name not like 'act\\_%' and table_name not in ('flyway_schema_history', 'demo_clock') order by 1""");
    }

    private static void rows(Statement sql, String table, PrintWriter out) throws SQLException {
        out.println("delete from " + table);
        try (ResultSet row = sql.executeQuery("select * from " + table + " t" + ofTheScheme(table) + " order by t")) {
            ResultSetMetaData columns = row.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) names.add(columns.getColumnName(i));
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= names.size(); i++) values.add(value(row, i, columns.getColumnType(i)));
                out.println("insert into " + table + " (" + String.join(", ", names) + ") values ("
                        + String.join(", ", values) + ")");
            }
        }
    }

    /** Packages of other schemes are found in their folders again. */
    private static String ofTheScheme(String table) {
        if (table.equals("policy_files"))
            return " where package_hash in (select hash from policy_packages where scheme = '" + SCHEME + "')";
        return table.startsWith("polic") && !table.equals("policy_warnings") ? " where scheme = '" + SCHEME + "'" : "";
    }

    private static String value(ResultSet row, int i, int type) throws SQLException {
        if (row.getObject(i) == null) return "null";
        return switch (type) {
            case Types.BIGINT, Types.INTEGER -> row.getString(i);
            case Types.BIT, Types.BOOLEAN -> String.valueOf(row.getBoolean(i));
            case Types.BINARY, Types.VARBINARY -> bytes(row.getBytes(i));
            default -> quoted(row.getString(i));
        };
    }

    private static String bytes(byte[] content) {
        try {
            return "convert_to("
                    + quoted(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString())
                    + ", 'UTF8')";
        } catch (CharacterCodingException notText) {
            return "decode('" + HexFormat.of().formatHex(content) + "', 'hex')";
        }
    }

    private static String quoted(String text) {
        return "E'"
                + text.replace("\\", "\\\\")
                        .replace("'", "''")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + "'";
    }

    private static String one(Statement sql, String query) throws SQLException {
        return column(sql, query).get(0);
    }

    private static List<String> column(Statement sql, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet row = sql.executeQuery(query)) {
            while (row.next()) values.add(row.getString(1));
        }
        return values;
    }
}
