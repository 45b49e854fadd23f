package cn.jincai.audit;

import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Text;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The chain: adding at its end, reading, and telling whether anybody changed it since. There is no way to change or remove an entry. */
@Service
public class AuditLog {
    private final JdbcClient jdbc;
    private final JdbcOperations batches;
    private final CityClock clock;
    private final JsonColumns json;

    AuditLog(JdbcClient jdbc, JdbcOperations batches, CityClock clock, JsonColumns json) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
        this.json = json;
    }

    /** What was heard of and when. */
    record Heard(CaseEvent event, Instant at) {}

    Heard heard(CaseEvent event) {
        return new Heard(event, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    @Transactional
    void add(List<Heard> all) {
        append(all);
    }

    /** Adds at the end. The head's row lock serialises all who add; it is held from here to the commit, which is the caller's, so this comes last in a transaction. */
    void append(List<Heard> all) {
        record Head(long seq, String hash) {}
        Head head = jdbc.sql("select seq, hash from audit_head where id = 1 for update")
                .query(Head.class)
                .single();
        long seq = head.seq();
        String previous = head.hash();
        List<AuditEntry> entries = new ArrayList<>();
        for (Heard heard : all) {
            CaseEvent event = heard.event();
            AuditEntry entry = new AuditEntry(
                            ++seq,
                            heard.at(),
                            event.kind(),
                            event.number() == null ? null : event.number().value(),
                            event.stage(),
                            event.what(),
                            event.by().account(),
                            event.as() == null ? null : event.as().code(),
                            new TreeMap<>(event.details()),
                            previous,
                            "") // as yet
                    .sealed();
            entries.add(entry);
            previous = entry.hash();
        }
        insert(entries);
        jdbc.sql("update audit_head set seq = ?, hash = ? where id = 1")
                .params(seq, previous)
                .update();
    }

    private void insert(List<AuditEntry> entries) {
        batches.batchUpdate(
                """
            insert into audit_entries (seq, at, kind, case_number, stage, what_zh, what_en, account, role, details, previous, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                entries.stream()
                        .map(e -> new Object[] {
                            e.seq(),
                            Instants.utc(e.at()),
                            e.kind(),
                            e.caseNumber(),
                            e.stage(),
                            e.what().zh(),
                            e.what().en(),
                            e.account(),
                            e.role(),
                            json.write(e.details()),
                            e.previous(),
                            e.hash()
                        })
                        .toList());
    }

    /** What to look for; null or blank means any. Days are whole days in Asia/Shanghai, both included. */
    public record Search(
            @Nullable String caseNumber,
            @Nullable String account,
            @Nullable String kind,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    public record Found(List<AuditEntry> entries, int page, int size, long total) {
        public int pages() {
            return (int) ((total + size - 1) / size);
        }
    }

    /** Newest first. */
    public Found search(Search search, int page, int size) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        List<Object> params = new ArrayList<>();
        add(conditions, params, "case_number = ?", search.caseNumber());
        add(conditions, params, "account = ?", search.account());
        add(conditions, params, "kind = ?", search.kind());
        if (search.from() != null) add(conditions, params, "at >= ?", startOf(search.from()));
        if (search.to() != null)
            add(conditions, params, "at < ?", startOf(search.to().plusDays(1)));
        String where = " from audit_entries where " + String.join(" and ", conditions);
        long total = jdbc.sql("select count(*)" + where)
                .params(params)
                .query(Long.class)
                .single();
        List<AuditEntry> entries = jdbc.sql(
                        "select *" + where + " order by seq desc offset ? rows fetch next ? rows only")
                .params(params)
                .params((long) page * size, size)
                .query(this::read)
                .list();
        return new Found(entries, page, size, total);
    }

    /** When the last entry was made; empty before the first. */
    public Optional<Instant> last() {
        return jdbc.sql("select at from audit_entries where seq = (select seq from audit_head where id = 1)")
                .query((row, n) -> Instants.always(row, "at"))
                .optional();
    }

    /** The kinds that occur, for the filter. */
    public List<String> kinds() {
        return jdbc.sql("select distinct kind from audit_entries order by kind")
                .query(String.class)
                .list();
    }

    /** How the chain stands. {@code broken} is the first entry that does not fit, null when all do; {@code why} in words. */
    public record Check(
            long entries, @Nullable Long broken, @Nullable Text why) {
        public boolean whole() {
            return broken == null;
        }
    }

    /** Reads the whole chain and computes each hash again. An entry changed, removed, put in or moved shows, and so does a cut at the end. */
    @Transactional(readOnly = true)
    public Check verify() {
        String headHash = jdbc.sql("select hash from audit_head where id = 1")
                .query(String.class)
                .single();
        long headSeq = jdbc.sql("select seq from audit_head where id = 1")
                .query(Long.class)
                .single();
        long seq = 0;
        String previous = AuditEntry.START;
        try (Stream<AuditEntry> entries = jdbc
                .sql("select * from audit_entries where seq <= ? order by seq")
                .param(headSeq)
                .query(this::read)
                .stream()) {
            for (var it = entries.iterator(); it.hasNext(); ) {
                AuditEntry entry = it.next();
                seq++;
                if (entry.seq() != seq) return new Check(headSeq, seq, Text.of("audit.chain.missing"));
                if (!entry.previous().equals(previous))
                    return new Check(headSeq, seq, Text.of("audit.chain.notJoined"));
                if (!entry.hash().equals(entry.computedHash()))
                    return new Check(headSeq, seq, Text.of("audit.chain.changed"));
                previous = entry.hash();
            }
        }
        if (seq != headSeq || !previous.equals(headHash))
            return new Check(headSeq, seq + 1, Text.of("audit.chain.cutOff"));
        return new Check(headSeq, null, null);
    }

    private static void add(List<String> conditions, List<Object> params, String condition, @Nullable Object value) {
        if (value == null || value instanceof String text && text.isBlank()) return;
        conditions.add(condition);
        params.add(value instanceof String text ? text.strip() : value);
    }

    private static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(CityClock.ZONE).toInstant().atOffset(ZoneOffset.UTC);
    }

    private AuditEntry read(ResultSet row, int index) throws SQLException {
        try {
            return new AuditEntry(
                    row.getLong("seq"),
                    Instants.always(row, "at"),
                    row.getString("kind"),
                    row.getString("case_number"),
                    row.getString("stage"),
                    new Text(row.getString("what_zh"), row.getString("what_en")),
                    row.getString("account"),
                    row.getString("role"),
                    json.read(row.getString("details"), new TypeReference<TreeMap<String, String>>() {}),
                    row.getString("previous"),
                    row.getString("hash"));
        } catch (IllegalStateException changed) {
            throw new SQLException("entry " + row.getLong("seq") + ": its details are no JSON", changed);
        }
    }
}
