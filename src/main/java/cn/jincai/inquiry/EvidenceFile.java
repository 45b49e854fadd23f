package cn.jincai.inquiry;

import cn.jincai.audit.AuditEntry;
import cn.jincai.audit.AuditKey;
import cn.jincai.audit.AuditLog;
import cn.jincai.audit.AuditWatch;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Sha256;
import cn.jincai.kernel.Text;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The file of a case as evidence, as one zip: the file as a PDF, the documents as they were handed in and issued, the entries of the record about the case, and a manifest with the hash
 * of each, where the chain of the record ended then, and a signature with the key of the record. The hash of the zip itself goes on record, so that no byte of it can
 * be changed unnoticed. For auditors, who see what their role may see of it.
 */
@Service
public class EvidenceFile {
    static final String TYPE = "jincai-evidence", MANIFEST = "manifest.txt", RECORD = "record.jsonl";
    /** Kind of the entry that has the hash of the zip. */
    static final String SEALED = "evidence-sealed";

    private final CaseFile cases;
    private final AuditLog log;
    private final AuditWatch watch;
    private final AuditKey key;
    private final Selection selection;
    private final JdbcClient db;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    EvidenceFile(
            CaseFile cases,
            AuditLog log,
            AuditWatch watch,
            AuditKey key,
            Selection selection,
            JdbcClient db,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.cases = cases;
        this.log = log;
        this.watch = watch;
        this.key = key;
        this.selection = selection;
        this.db = db;
        this.clock = clock;
        this.events = events;
    }

    /**
     * One file of the zip.
     *
     * @param kept SHA-256 that was kept when it was handed in, null for what is made now
     */
    public record Part(String name, @Nullable String kept, Supplier<InputStream> content) {}

    /**
     * Before anything is read: it goes on record that somebody takes the file, and what for.
     *
     * @throws Problem FORBIDDEN for whoever does not audit; NOT_FOUND for a case that he may not open; INVALID without a purpose
     */
    public void allow(Actor who, CaseNumber number, @Nullable String purpose) {
        who.mustBe(Role.AUDITOR);
        if (!cases.admitsAsOfficer(who, number)) throw Problem.notFound();
        Purpose told = RecordSearch.purpose(purpose);
        tell(who, number, "evidence-taken", Map.of("purpose", told.code()));
    }

    /** Of a case that was {@link #allow allowed}. The stream is left open. */
    public void write(Actor who, CaseNumber number, List<Part> parts, OutputStream to) throws IOException {
        AuditWatch.Look look = watch.look(false); // signs where the chain ends now
        AuditLog.End end = log.end();
        List<AuditEntry> entries = entries(number, end.seq());
        StringBuilder manifest = new StringBuilder();
        Instant made = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        line(manifest, TYPE, "1");
        line(manifest, "case", number.value());
        line(manifest, "made", made.toString());
        line(manifest, "by", who.account());
        line(manifest, "head", Long.toString(end.seq()), end.hash());
        line(manifest, "chain", look.check().whole() ? "whole" : "broken");
        var zipped = new Hashed(to);
        var zip = new ZipOutputStream(zipped, StandardCharsets.UTF_8);
        for (Part part : parts)
            try (InputStream content = part.content.get()) {
                put(zip, manifest, part.name, part.kept, content.readAllBytes()); // of 10 MiB at most
            }
        put(zip, manifest, RECORD, null, selection.lines(entries));
        for (AuditEntry entry : entries) line(manifest, "entry", Long.toString(entry.seq()), entry.hash());
        line(manifest, "signature", key.id(), key.sign(signed(manifest.toString())));
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(bytes(manifest.toString()));
        zip.closeEntry();
        zip.finish();
        tell(who, number, SEALED, Map.of("sha256", zipped.hash.hex()));
    }

    /** What is signed of a manifest: the hash of all before its signature. */
    static String signed(String unsigned) {
        return TYPE + "\t" + Sha256.of(bytes(unsigned));
    }

    /** Of a case, up to one of them, in the order of the chain. */
    List<AuditEntry> entries(CaseNumber number, long last) {
        return db.sql("select * from audit_entries where case_number = ? and seq <= ? order by seq")
                .params(number.value(), last)
                .query(log::read)
                .list();
    }

    private static void put(
            ZipOutputStream zip, StringBuilder manifest, String name, @Nullable String kept, byte[] content)
            throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
        line(manifest, "file", Sha256.of(content), Integer.toString(content.length), name, kept == null ? "-" : kept);
    }

    private static void line(StringBuilder manifest, String... parts) {
        manifest.append(String.join("\t", parts)).append('\n');
    }

    private void tell(Actor who, CaseNumber number, String kind, Map<String, String> details) {
        events.publishEvent(new CaseEvent(
                number, kind, null, Text.of("inquiry.event." + kind), who, Role.AUDITOR, Audience.AUDITORS, details));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Counts along what goes out. */
    private static final class Hashed extends FilterOutputStream {
        private final Sha256 hash = new Sha256();

        Hashed(OutputStream to) {
            super(to);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            hash.add(Arrays.copyOfRange(bytes, from, from + length));
            out.write(bytes, from, length);
        }
    }
}
