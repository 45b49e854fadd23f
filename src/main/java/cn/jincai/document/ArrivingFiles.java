package cn.jincai.document;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files that travel in parts, each by where it begins, so that a phone that has lost the network goes on where it was, also after the page was opened anew. Nothing of it is
 * evidence before it is whole. Who may hand it in is for the caller to decide.
 */
@Service
public class ArrivingFiles {
    private static final Duration LIVES = Duration.ofDays(1);
    /** Of one case at a time: whoever begins more only fills the disk. */
    private static final int MOST = 20;

    private final JdbcClient jdbc;
    private final EncryptedFiles shelf;
    private final Vault vault;
    private final CityClock clock;

    ArrivingFiles(JdbcClient jdbc, EncryptedFiles shelf, Vault vault, CityClock clock) {
        this.jdbc = jdbc;
        this.shelf = shelf;
        this.vault = vault;
        this.clock = clock;
    }

    /** @param received bytes that are here, from the first one on */
    public record Upload(String key, String need, String fileName, long bytes, long received) {
        public boolean isWhole() {
            return received == bytes;
        }
    }

    /**
     * Begins a file, or finds the same one that was begun.
     *
     * @param bytes of the whole file
     * @param mark  what the browser knows of the file beside its name and size
     * @throws Problem TOO_LARGE over 10 MiB, INVALID for an empty file, CONFLICT where too many were begun and none ended
     */
    @Transactional
    public Upload begin(CaseNumber number, String need, String fileName, long bytes, String mark) {
        if (bytes > Evidence.LARGEST) throw InspectedFile.tooLarge();
        if (bytes < 1) throw Problem.invalid("file", "document.file.EMPTY_FILE");
        forgetOld();
        String known = vault.fingerprint("upload", List.of(fileName, bytes, mark));
        Optional<Upload> begun = one("case_number = ? and need = ? and file_mark = ?", number.value(), need, known);
        if (begun.isPresent()) return begun.get();
        if (jdbc.sql("select count(*) from uploads where case_number = ?")
                        .param(number.value())
                        .query(Long.class)
                        .single()
                >= MOST) throw Problem.conflict("document.upload.TOO_MANY_BEGUN", MOST);
        String key = UUID.randomUUID().toString();
        jdbc.sql(
                        "insert into uploads (row_key, case_number, need, bytes, file_mark, sealed_file_name, begun_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        key,
                        number.value(),
                        need,
                        bytes,
                        known,
                        vault.seal(EvidenceSeals.UPLOAD_NAME, fileName, key),
                        clock.timestamp())
                .update();
        return new Upload(key, need, fileName, bytes, 0);
    }

    /** @throws Problem NOT_FOUND where this case has none such, or it is whole and kept */
    public Upload find(CaseNumber number, String key) {
        return one("case_number = ? and row_key = ?", number.value(), key).orElseThrow(Problem::notFound);
    }

    private Optional<Upload> one(String clause, Object... values) {
        return jdbc.sql("select * from uploads where " + clause)
                .params(values)
                .query((row, n) -> new Upload(
                        row.getString("row_key"),
                        row.getString("need"),
                        vault.open(
                                EvidenceSeals.UPLOAD_NAME,
                                Sealed.always(row, "sealed_file_name"),
                                row.getString("row_key")),
                        row.getLong("bytes"),
                        0))
                .optional()
                .map(u -> new Upload(u.key, u.need, u.fileName, u.bytes, received(u.key)));
    }

    private long received(String key) {
        return jdbc.sql("select coalesce(sum(bytes), 0) from upload_parts where upload_key = ?")
                .param(key)
                .query(Long.class)
                .single();
    }

    /**
     * Takes the next part. One that is here already, or does not follow what is here, changes nothing: what is answered tells where to go on.
     *
     * @param first where it begins in the file
     */
    @Transactional
    public Upload put(CaseNumber number, String key, long first, byte[] part) {
        Upload upload = find(number, key);
        if (first != upload.received || part.length == 0) return upload;
        if (first + part.length > upload.bytes) throw Problem.invalid("file", "document.file.FILE_DAMAGED");
        EncryptedFiles.Kept kept = shelf.put(part);
        jdbc.sql("insert into upload_parts (place, upload_key, first_byte, bytes, sealed_key) values (?, ?, ?, ?, ?)")
                .params(kept.place(), key, first, (long) part.length, kept.sealedKey())
                .update();
        return new Upload(key, upload.need, upload.fileName, upload.bytes, first + part.length);
    }

    /** The file as it was sent. */
    public byte[] content(Upload upload) {
        var whole = new ByteArrayOutputStream(Math.toIntExact(upload.bytes));
        jdbc.sql("select place, sealed_key from upload_parts where upload_key = ? order by first_byte")
                .param(upload.key)
                .query((row, n) -> new EncryptedFiles.Kept(row.getString("place"), Sealed.always(row, "sealed_key")))
                .list()
                .forEach(part -> whole.writeBytes(shelf.take(part)));
        return whole.toByteArray();
    }

    /** Kept as evidence, or refused: either way nothing of it is on its way any more. */
    @Transactional
    public void forget(Upload upload) {
        forget("u.row_key = ?", upload.key);
    }

    /** All that is on its way to a case. */
    @Transactional
    public void forget(CaseNumber number) {
        forget("u.case_number = ?", number.value());
    }

    private void forgetOld() {
        forget("u.begun_at < ?", clock.instant().minus(LIVES).atOffset(ZoneOffset.UTC));
    }

    private void forget(String clause, Object value) {
        jdbc.sql("select p.place from upload_parts p join uploads u on u.row_key = p.upload_key where " + clause)
                .param(value)
                .query(String.class)
                .list()
                .forEach(place -> shelf.remove(Objects.requireNonNull(place)));
        jdbc.sql("delete from uploads u where " + clause).param(value).update();
    }
}
