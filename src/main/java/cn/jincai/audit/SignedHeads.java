package cn.jincai.audit;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.OwnKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The signed heads, in the table and in a file outside the database: jincai.audit-heads.txt in the folder JINCAI_AUDIT_FOLDER, where that is not set beside
 * the papers (the demo: beside its database). The file is written first, so what stands in the table always stands there too.
 */
@Repository
class SignedHeads {
    private static final String FILE = "audit-heads.txt";

    private final JdbcClient jdbc;
    private final AuditKey key;
    private final CityClock clock;
    private final Path anchor;

    SignedHeads(JdbcClient jdbc, AuditKey key, CityClock clock, Environment environment) throws IOException {
        this.jdbc = jdbc;
        this.key = key;
        this.clock = clock;
        anchor = place(environment);
    }

    private static Path place(Environment environment) throws IOException {
        String folder = environment.getProperty("jincai.audit.folder", "").strip();
        if (!folder.isEmpty()) return Path.of(folder, "jincai." + FILE);
        Optional<Path> beside = OwnKey.besideTheDatabase(environment, FILE);
        return beside.isPresent()
                ? beside.get()
                : Files.createTempDirectory("jincai-audit").resolve(FILE); // of a database in memory
    }

    /** The file outside the database. */
    Path anchor() {
        return anchor;
    }

    /** What the table has, oldest first. */
    List<SignedHead> kept() {
        return jdbc.sql("select * from audit_heads order by id")
                .query((row, n) -> read(row))
                .list();
    }

    /** The last that was signed after the whole chain had been read. */
    Optional<SignedHead> lastOfTheWhole() {
        return jdbc.sql("select * from audit_heads where whole order by id desc fetch first 1 rows only")
                .query((row, n) -> read(row))
                .optional();
    }

    /** The lines of the file, as they stand there; none where there is no file. */
    List<String> anchored() throws IOException {
        return Files.notExists(anchor) ? List.of() : Files.readAllLines(anchor);
    }

    SignedHead sign(AuditLog.End end, boolean whole) throws IOException {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        SignedHead head = key.sign(new SignedHead(end.seq(), end.hash(), now, whole, key.id(), ""));
        if (anchor.getParent() != null) Files.createDirectories(anchor.getParent());
        Files.writeString(
                anchor,
                head.line() + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        jdbc.sql("insert into audit_heads (seq, hash, at, whole, signed_by, signature) values (?, ?, ?, ?, ?, ?)")
                .params(head.seq(), head.hash(), Instants.utc(now), whole, head.signedBy(), head.signature())
                .update();
        return head;
    }

    private static SignedHead read(ResultSet row) throws SQLException {
        return new SignedHead(
                row.getLong("seq"),
                row.getString("hash"),
                Instants.always(row, "at"),
                row.getBoolean("whole"),
                row.getString("signed_by"),
                row.getString("signature"));
    }
}
