package cn.jincai.audit;

import cn.jincai.kernel.Actor;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The chain: adding at its end, reading, and telling whether anybody changed it since. There is no way to change or remove an entry. */
@Service
public class AuditLog {
    private static final String COLUMNS =
            "seq, at, kind, case_number, stage, what_zh, what_en, account, role, details, previous, hash";
    private static final String END =
            "select seq, hash, (select coalesce(max(seq), 0) from audit_entries) as present from audit_head where id = 1";

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
        End head = jdbc.sql(END + " for update").query(End.class).single();
        long seq = head.seq();
        String previous = head.hash();
        List<Heard> told = new ArrayList<>(all);
        if (head.present() > seq) told.add(0, setAside(seq));
        List<AuditEntry> entries = new ArrayList<>();
        for (Heard heard : told) {
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

    /**
     * Rows behind the end are nobody's entries, and the next one would find its number taken: nothing could be written any more. They are kept elsewhere as
     * evidence, the record tells of it, and health until somebody has looked (decision 138).
     */
    private Heard setAside(long end) {
        jdbc.sql("insert into audit_strays (found_at, " + COLUMNS + ") select ?, " + COLUMNS
                        + " from audit_entries where seq > ? order by seq")
                .params(clock.timestamp(), end)
                .update();
        int rows =
                jdbc.sql("delete from audit_entries where seq > ?").param(end).update();
        return heard(CaseEvent.forAuditors(
                "audit.event.rows-set-aside", Actor.SYSTEM, null, Map.of("rows", String.valueOf(rows)), rows));
    }

    /** The numbers that rows behind the end had: those that were set aside, and those that nobody has come upon yet. */
    public List<Long> strays() {
        return jdbc.sql("""
            select seq from audit_strays union all select seq from audit_entries where seq > (select seq from audit_head where id = 1)
            order by seq fetch first 20 rows only""").query(Long.class).list();
    }

    private void insert(List<AuditEntry> entries) {
        batches.batchUpdate(
                "insert into audit_entries (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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

    /** The entry that was the last one at a moment; empty before the first. Once the moment has passed it stays the same for good. */
    public Optional<AuditEntry> lastBefore(Instant moment) {
        return jdbc.sql("select * from audit_entries where at < ? order by at desc, seq desc fetch first 1 rows only")
                .param(Instants.utc(moment))
                .query(this::read)
                .optional();
    }

    /** @param seq its number, from 1 */
    public Optional<AuditEntry> entry(long seq) {
        return jdbc.sql("select * from audit_entries where seq = ?")
                .param(seq)
                .query(this::read)
                .optional();
    }

    /** The kinds that occur, for the filter. */
    public List<String> kinds() {
        return jdbc.sql("select distinct kind from audit_entries order by kind")
                .query(String.class)
                .list();
    }

    /**
     * Where the chain ends.
     *
     * @param seq     of its last entry by the row that says so, with that entry's hash
     * @param present the highest number that any row has, whoever wrote it
     */
    public record End(long seq, String hash, long present) {}

    public End end() {
        return jdbc.sql(END).query(End.class).single();
    }

    /** How the chain stands. {@code broken} is the first entry that does not fit, null when all do; {@code found} names what is wrong with it. */
    public record Check(
            End end, @Nullable Long broken, @Nullable String found) {
        public boolean whole() {
            return broken == null;
        }

        public long entries() {
            return end.seq();
        }

        /** In words. */
        public @Nullable Text why() {
            return found == null ? null : Text.of("audit.chain." + found);
        }

        Check but(long broken, String found) {
            return new Check(end, broken, found);
        }
    }

    /** Reads the whole chain and computes each hash again. An entry changed, removed, put in or moved shows, and so does a cut at the end. */
    public Check verify() {
        return verify(1, Map.of());
    }

    /**
     * The same from an entry on.
     *
     * @param first  taken to join whatever stands before it, unless it is the very first
     * @param signed by entry: the hash that it must have, whoever has computed the rest anew
     */
    Check verify(long first, Map<Long, Set<String>> signed) {
        End end = end();
        long seq = first - 1;
        String previous = first == 1 ? AuditEntry.START : null;
        for (List<AuditEntry> page = page(seq, end.seq()); !page.isEmpty(); page = page(seq, end.seq()))
            for (AuditEntry entry : page) {
                seq++;
                String wrong = wrong(entry, seq, previous, signed);
                if (wrong != null) return new Check(end, seq, wrong);
                previous = entry.hash();
            }
        if (seq != end.seq() || previous != null && !previous.equals(end.hash()))
            return new Check(end, Math.min(seq, end.seq()) + 1, "cutOff");
        if (end.present() > end.seq()) return new Check(end, end.seq() + 1, "behindTheEnd");
        return new Check(end, null, null);
    }

    private static @Nullable String wrong(
            AuditEntry entry, long seq, @Nullable String previous, Map<Long, Set<String>> signed) {
        if (entry.seq() != seq) return "missing";
        if (previous != null && !entry.previous().equals(previous)) return "notJoined";
        if (!entry.hash().equals(entry.computedHash())) return "changed";
        Set<String> hashes = signed.getOrDefault(seq, Set.of());
        return hashes.isEmpty() || hashes.equals(Set.of(entry.hash())) ? null : "rewritten";
    }

    /** The next entries behind one, so many at once that a chain of any length fits into memory. */
    List<AuditEntry> page(long after, long upTo) {
        return jdbc.sql(
                        "select * from audit_entries where seq > ? and seq <= ? order by seq fetch first 1000 rows only")
                .params(after, upTo)
                .query(this::read)
                .list();
    }

    /** Of the entries of a kind, each case's last, and all that are about no case; in the order of the chain. */
    List<AuditEntry> lastOfEach(String kind) {
        return jdbc.sql("""
                select * from audit_entries where kind = ? and (case_number is null
                  or seq in (select max(seq) from audit_entries where kind = ? and case_number is not null group by case_number))
                order by seq""").params(kind, kind).query(this::read).list();
    }

    private static void add(List<String> conditions, List<Object> params, String condition, @Nullable Object value) {
        if (value == null || value instanceof String text && text.isBlank()) return;
        conditions.add(condition);
        params.add(value instanceof String text ? text.strip() : value);
    }

    private static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(CityClock.ZONE).toInstant().atOffset(ZoneOffset.UTC);
    }

    /** An entry as its row has it, for whoever asks for others than are found here. */
    public AuditEntry read(ResultSet row, int index) throws SQLException {
        return new AuditEntry(
                row.getLong("seq"),
                Instants.always(row, "at"),
                row.getString("kind"),
                row.getString("case_number"),
                row.getString("stage"),
                new Text(row.getString("what_zh"), row.getString("what_en")),
                row.getString("account"),
                row.getString("role"),
                details(row.getString("details")),
                row.getString("previous"),
                row.getString("hash"));
    }

    /** What another hand has made unreadable is shown as it stands; the entry's hash tells of it. */
    private TreeMap<String, String> details(String written) {
        try {
            return json.read(written, new TypeReference<TreeMap<String, String>>() {});
        } catch (IllegalStateException changed) {
            return new TreeMap<>(Map.of("?", written));
        }
    }
}
