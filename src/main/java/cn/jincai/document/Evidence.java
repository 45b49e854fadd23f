package cn.jincai.document;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Sha256;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Papers that people hand in 材料: PDF, JPEG or PNG by content, of 1 byte to 10 MiB, whole and readable. Who may hand in, see or take back is
 * for the caller to decide; a document is found only under its own case's number.
 */
@Service
public class Evidence {
    /** What stands where papers of applicants have the code of what was asked for. */
    private static final String OF_OBJECTION = "objection";

    public static final int LARGEST = 10 * 1024 * 1024;

    /** A file is looked at in memory, so that nothing lies about unencrypted: the worst take 200 MB, and others want as much. */
    private static final long A_DESK = 400L << 20;

    static final int DESKS = (int) Math.max(1, Math.min(2, Runtime.getRuntime().maxMemory() / A_DESK));
    private static final int PATIENCE_SECONDS = 3;

    private final Semaphore desks = new Semaphore(DESKS, true);
    private final JdbcClient jdbc;
    private final EncryptedFiles shelf;
    private final Vault vault;
    private final CityClock clock;
    private final Scanner scanner;

    Evidence(JdbcClient jdbc, EncryptedFiles shelf, Vault vault, CityClock clock, Scanner scanner) {
        this.jdbc = jdbc;
        this.shelf = shelf;
        this.vault = vault;
        this.clock = clock;
        this.scanner = scanner;
    }

    /**
     * Looks whether the file may be kept, which takes its time: neither a case nor a connection is held meanwhile. The stream is read but not closed.
     * @throws Problem INVALID on field {@code file} (EMPTY_FILE, FILE_TYPE, FILE_DAMAGED, FILE_LOCKED, FILE_UNFOLDS, FILE_ACTIVE, FILE_INFECTED,
     *     IMAGE_TOO_LARGE), TOO_LARGE over 10 MiB, UNAVAILABLE (BUSY) where others are looked at for longer than one waits, or (SCANNER_AWAY)
     */
    public InspectedFile look(InputStream file) {
        if (!aDeskIsFree()) throw Problem.of(Problem.Kind.UNAVAILABLE, "document.file.BUSY");
        try {
            InspectedFile looked = InspectedFile.of(read(file));
            scanner.look(looked.content());
            return looked;
        } finally {
            desks.release();
        }
    }

    /**
     * Keeps the document as it came.
     * @throws Problem UNAVAILABLE where it can't be written
     */
    @Transactional
    public StoredFile store(CaseNumber number, String need, String fileName, InspectedFile file) {
        return find(number, keep(number, need, null, InspectedFile.named(fileName, file.type()), file));
    }

    /**
     * What somebody hands in with his objection: none of the applicant's papers, and found by the methods for objections alone.
     *
     * @throws Problem UNAVAILABLE where it can't be written
     */
    @Transactional
    public void storeOfObjection(CaseNumber number, long objection, String fileName, InspectedFile file) {
        keep(number, OF_OBJECTION, objection, InspectedFile.named(fileName, file.type()), file);
    }

    public List<StoredFile> ofObjection(CaseNumber number, long objection) {
        return jdbc.sql("select * from evidence where case_number = ? and objection_id = ? order by id")
                .params(number.value(), objection)
                .query(this::stored)
                .list();
    }

    /** The file as it came. */
    public InputStream openOfObjection(CaseNumber number, long objection, long id) {
        return new ByteArrayInputStream(jdbc.sql(
                        "select place, sealed_key from evidence where case_number = ? and objection_id = ? and id = ?")
                .params(number.value(), objection, id)
                .query((row, i) ->
                        shelf.take(new EncryptedFiles.Kept(row.getString("place"), Sealed.always(row, "sealed_key"))))
                .optional()
                .orElseThrow(Problem::notFound));
    }

    /** All that was handed in about a case, by whomever. */
    void deleteAll(CaseNumber number) {
        jdbc.sql("select place from evidence where case_number = ?")
                .param(number.value())
                .query(String.class)
                .list()
                .forEach(shelf::remove);
        jdbc.sql("delete from evidence where case_number = ?")
                .param(number.value())
                .update();
    }

    public List<StoredFile> of(CaseNumber number) {
        return jdbc.sql("select * from evidence where case_number = ? and objection_id is null order by id")
                .param(number.value())
                .query(this::stored)
                .list();
    }

    /** Of all files of these cases together. */
    public long bytes(List<CaseNumber> numbers) {
        if (numbers.isEmpty()) return 0;
        return jdbc.sql(
                        "select coalesce(sum(bytes), 0) from evidence where case_number in (:numbers) and objection_id is null")
                .param("numbers", numbers.stream().map(CaseNumber::value).toList())
                .query(Long.class)
                .single();
    }

    public StoredFile find(CaseNumber number, long id) {
        return jdbc.sql("select * from evidence where case_number = ? and id = ? and objection_id is null")
                .params(number.value(), id)
                .query(this::stored)
                .optional()
                .orElseThrow(Problem::notFound);
    }

    @Transactional
    public void delete(CaseNumber number, long id) {
        String place = jdbc.sql(
                        "select place from evidence where case_number = ? and id = ? and objection_id is null for update")
                .params(number.value(), id)
                .query(String.class)
                .optional()
                .orElseThrow(Problem::notFound);
        jdbc.sql("delete from evidence where id = ?").param(id).update();
        shelf.remove(place);
    }

    /** The file as it came. */
    public InputStream open(CaseNumber number, long id) {
        return new ByteArrayInputStream(jdbc.sql(
                        "select place, sealed_key from evidence where case_number = ? and id = ? and objection_id is null")
                .params(number.value(), id)
                .query((row, i) ->
                        shelf.take(new EncryptedFiles.Kept(row.getString("place"), Sealed.always(row, "sealed_key"))))
                .optional()
                .orElseThrow(Problem::notFound));
    }

    /**
     * Another file, or the same photo turned, in the place of one that was handed in.
     *
     * @throws Problem UNAVAILABLE where it can't be written
     */
    @Transactional
    public StoredFile replace(CaseNumber number, long id, String fileName, InspectedFile file) {
        String before = jdbc.sql(
                        "select place from evidence where case_number = ? and id = ? and objection_id is null for update")
                .params(number.value(), id)
                .query(String.class)
                .optional()
                .orElseThrow(Problem::notFound);
        EncryptedFiles.Kept kept = shelf.put(file.content());
        String name = InspectedFile.named(fileName, file.type());
        jdbc.sql(
                        "update evidence set type = ?, bytes = ?, sha256 = ?, sealed_file_name = ?, place = ?, sealed_key = ?, stored_at = ? where id = ?")
                .params(
                        file.type(),
                        (long) file.content().length,
                        file.sha256(),
                        vault.seal(EvidenceSeals.FILE_NAME, name, kept.place()),
                        kept.place(),
                        kept.sealedKey(),
                        clock.timestamp(),
                        id)
                .update();
        shelf.remove(before);
        return find(number, id);
    }

    /**
     * A photo that was handed in, a quarter to the right.
     *
     * @throws Problem INVALID (NO_PHOTO) for anything but a JPEG
     */
    @Transactional
    public StoredFile turn(CaseNumber number, long id) {
        StoredFile photo = find(number, id);
        if (!photo.type().equals("image/jpeg")) throw Problem.invalid("file", "document.file.NO_PHOTO");
        byte[] turned = Orientation.turned(bytes(number, id));
        return replace(number, id, photo.fileName(), new InspectedFile(photo.type(), turned, Sha256.of(turned)));
    }

    /**
     * A small picture of a photo that was handed in, JPEG.
     *
     * @throws Problem NOT_FOUND for what is no picture, UNAVAILABLE (BUSY) where others are looked at for longer than one waits
     */
    public byte[] thumbnail(CaseNumber number, long id) {
        StoredFile photo = find(number, id);
        if (!photo.type().startsWith("image/")) throw Problem.notFound();
        byte[] content = bytes(number, id);
        if (!aDeskIsFree()) throw Problem.of(Problem.Kind.UNAVAILABLE, "document.file.BUSY");
        try {
            return Picture.small(content, photo.type());
        } finally {
            desks.release();
        }
    }

    private byte[] bytes(CaseNumber number, long id) {
        try (InputStream in = open(number, id)) {
            return in.readAllBytes();
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    /** Why the city's scanner does not answer; empty where it does, and where there is none. */
    public Optional<String> scannerTrouble() {
        return scanner.trouble();
    }

    /** @throws IOException where documents can't be kept at the moment */
    public void tryShelf() throws IOException {
        shelf.tryOut();
    }

    private long keep(CaseNumber number, String need, @Nullable Long objection, String fileName, InspectedFile file) {
        EncryptedFiles.Kept kept = shelf.put(file.content());
        var key = new GeneratedKeyHolder();
        jdbc.sql(
                        "insert into evidence (case_number, need, type, bytes, sha256, sealed_file_name, place, sealed_key, stored_at, objection_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        number.value(),
                        need,
                        file.type(),
                        (long) file.content().length,
                        file.sha256(),
                        vault.seal(EvidenceSeals.FILE_NAME, fileName, kept.place()),
                        kept.place(),
                        kept.sealedKey(),
                        clock.timestamp(),
                        objection)
                .update(key, "id");
        return key.getKeyAs(Number.class).longValue();
    }

    private boolean aDeskIsFree() {
        try {
            return desks.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static byte[] read(InputStream file) {
        try {
            return file.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("the upload broke off", e);
        }
    }

    private StoredFile stored(ResultSet row, int index) throws SQLException {
        return new StoredFile(
                row.getLong("id"),
                row.getString("need"),
                row.getString("type"),
                row.getLong("bytes"),
                row.getString("sha256"),
                vault.open(EvidenceSeals.FILE_NAME, Sealed.always(row, "sealed_file_name"), row.getString("place")),
                Instants.always(row, "stored_at"));
    }
}
