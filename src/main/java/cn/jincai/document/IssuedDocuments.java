package cn.jincai.document;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Lock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Sha256;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Documents that the city issues 文书: numbered and dated when issued, with what they tell sealed at once and whose they are kept beside it; the PDF is made when first
 * opened and stays the same bytes ever after.
 */
@Service
public class IssuedDocuments {
    private final JdbcClient jdbc;
    private final Vault vault;
    private final EncryptedFiles shelf;
    private final PdfRenderer press;
    private final Letterheads letterheads;
    private final PdfSignature signature;
    private final JsonColumns columns;
    private final ObjectMapper json;
    private final TransactionTemplate transaction;

    IssuedDocuments(
            JdbcClient jdbc,
            Vault vault,
            EncryptedFiles shelf,
            PdfRenderer press,
            Letterheads letterheads,
            PdfSignature signature,
            JsonColumns columns,
            ObjectMapper json,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.shelf = shelf;
        this.press = press;
        this.letterheads = letterheads;
        this.signature = signature;
        this.columns = columns;
        this.json = json;
        this.transaction = transaction;
    }

    /**
     * Issues a document; {@code data} is written down as JSON (records, {@code Text}, dates are fine; what is not listed here is kept but not printed):
     * <ul>
     * <li>all: {@code name}, {@code documentNumber} (masked), {@code scheme} (name), {@code submittedOn} (date)
     * <li>{@code acceptance-notice}: {@code acceptedOn}, {@code promisedBy} (dates), {@code byLapse}, {@code bySystem} (boolean)
     * <li>{@code supplement-notice}: {@code items} ([{item, reason}]), {@code answerBy} (date)
     * <li>{@code not-accepted-notice}: {@code reason}
     * <li>{@code decision}: {@code outcome}, {@code benefits} ([{code, name, outcome, amountFen, level, monthlyFen, months, instalment, instalments: [{number, amountFen,
     * from, to}], reasons: [{code, message, basis}], waived: [{code, message, basis}], grounds}]), {@code articles} (what the grant rests on), {@code reason} (the leader's words, if any)
     * <li>{@code grant-resumed}: {@code items} ([{item: the benefit, reason: the first month that was not paid}]), {@code reason} (why the end is taken back)
     * <li>{@code correction}: {@code decisionNumber}, {@code decidedOn} (of the decision that is corrected), {@code items} ([{item: the words that are wrong, reason: those that
     * stand instead}]), {@code reason}, {@code articles}
     * <li>{@code extension-notice}: {@code workingDays} (how many more), {@code promisedBy}, {@code lawfulBy} (dates), {@code reason} (the leader's words)
     * <li>{@code service-certificate}: {@code decisionNumber}, {@code decidedOn} (of the decision that was served), {@code servedOn} (date), {@code how}, {@code electronic} (boolean:
     * the portal recorded it, and nobody signs)
     * </ul>
     * A text may be a {@code Text} or plain. @return the document's id, unique over all cases
     * @throws IllegalArgumentException for an unknown kind or data that can't be printed
     */
    @Transactional
    public long issue(CaseNumber number, String kind, Map<String, Object> data, Instant at) {
        DocumentKind known = DocumentKind.of(kind);
        json.convertValue(data, DocumentContent.class);
        int year = LocalDate.ofInstant(at, CityClock.ZONE).getYear();
        String documentNumber = known.number(year, nextNumber(known, year));
        var key = new GeneratedKeyHolder();
        jdbc.sql(
                        "insert into issued_documents (case_number, kind, document_number, check_code, sealed_content, issued_at, letterhead_hash) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        number.value(),
                        known.code,
                        documentNumber,
                        CheckCode.next(),
                        vault.seal(EvidenceSeals.TOLD, columns.write(data), number, documentNumber),
                        Instants.utc(at),
                        letterheads.keep())
                .update(key, "id");
        return key.getKeyAs(Number.class).longValue();
    }

    public List<IssuedDocument> of(CaseNumber number) {
        return jdbc.sql("select * from issued_documents where case_number = ? order by id")
                .param(number.value())
                .query(IssuedDocuments::read)
                .list();
    }

    /** The one with this check code, as somebody typed it from a letter; of those from before there were codes none is found. */
    public Optional<GenuineDocument> genuine(String typed) {
        return CheckCode.read(typed)
                .flatMap(code -> jdbc.sql("select * from issued_documents where check_code = ?")
                        .param(code)
                        .query((row, n) -> {
                            DocumentKind kind = DocumentKind.of(row.getString("kind"));
                            return new GenuineDocument(
                                    kind.code,
                                    kind.title(),
                                    row.getString("document_number"),
                                    Instants.always(row, "issued_at"),
                                    row.getString("sha256"));
                        })
                        .optional());
    }

    public IssuedDocument find(CaseNumber number, long id) {
        return jdbc.sql("select * from issued_documents where case_number = ? and id = ?")
                .params(number.value(), id)
                .query(IssuedDocuments::read)
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /**
     * Whether a document tells these words, in whichever of its texts; its numbers, sums and levels among them, are none.
     *
     * @throws Problem NOT_FOUND for a document that is not this case's
     */
    @Transactional(readOnly = true)
    public boolean says(CaseNumber number, long id, String words) {
        Row row = row(number, id, "");
        JsonNode told = columns.read(
                vault.open(EvidenceSeals.TOLD, row.sealedContent(), number, row.documentNumber()), JsonNode.class);
        return says(told, words);
    }

    private static boolean says(JsonNode told, String words) {
        if (told.isTextual()) return told.asText().contains(words);
        for (JsonNode part : told) if (says(part, words)) return true;
        return false;
    }

    /**
     * Made when it is first opened, which takes its time: nothing is held meanwhile, and of two who are the first at the same moment both get the one that is kept.
     * @throws Problem NOT_FOUND for a document that is not this case's
     */
    public byte[] pdf(CaseNumber number, long id) {
        Row row = row(number, id, "");
        if (row.place() != null) return taken(row, row.place());
        byte[] pdf = signature.sign(press.print(
                DocumentKind.of(row.kind()),
                row.documentNumber(),
                row.checkCode(),
                LocalDate.ofInstant(row.issuedAt().toInstant(), CityClock.ZONE),
                number,
                vault.open(EvidenceSeals.TOLD, row.sealedContent(), number, row.documentNumber()),
                letterheads.of(row.letterheadHash())));
        return transaction.execute(step -> {
            Row now = row(number, id, " for update");
            if (now.place() != null) return taken(now, now.place());
            EncryptedFiles.Kept kept = shelf.put(pdf);
            jdbc.sql("update issued_documents set sha256 = ?, place = ?, sealed_key = ? where id = ?")
                    .params(Sha256.of(pdf), kept.place(), kept.sealedKey(), id)
                    .update();
            return pdf;
        });
    }

    /** What is wrong with the signature of documents, or will be; empty where all is well, and where none are signed. */
    public Optional<SignatureTrouble> signatureTrouble() {
        return signature.trouble();
    }

    private Row row(CaseNumber number, long id, String held) {
        return jdbc.sql("select * from issued_documents where case_number = ? and id = ?" + held)
                .params(number.value(), id)
                .query(Row.class)
                .optional()
                .orElseThrow(Problem::notFound);
    }

    private byte[] taken(Row row, String place) {
        if (row.sealedKey() == null)
            throw new IllegalStateException("document " + row.id() + " has a file and no key to it");
        byte[] pdf = shelf.take(new EncryptedFiles.Kept(place, row.sealedKey()));
        if (!Sha256.of(pdf).equals(row.sha256()))
            throw new IllegalStateException("document " + row.id() + " is not what was first opened");
        return pdf;
    }

    record Row(
            long id,
            String kind,
            String documentNumber,
            @Nullable String checkCode,
            Sealed sealedContent,
            OffsetDateTime issuedAt,
            @Nullable String sha256,
            @Nullable String place,
            @Nullable Sealed sealedKey,
            @Nullable String letterheadHash) {}

    /** Numbers follow one another within a kind and year; a document that was rolled back leaves no gap. */
    private int nextNumber(DocumentKind kind, int year) {
        Lock.DOCUMENT_NUMBERS.hold(jdbc);
        int updated = jdbc.sql("update document_counts set latest = latest + 1 where kind = ? and issued_in = ?")
                .params(kind.code, year)
                .update();
        if (updated == 0)
            jdbc.sql("insert into document_counts (kind, issued_in, latest) values (?, ?, 1)")
                    .params(kind.code, year)
                    .update();
        return jdbc.sql("select latest from document_counts where kind = ? and issued_in = ?")
                .params(kind.code, year)
                .query(Integer.class)
                .single();
    }

    private static IssuedDocument read(ResultSet row, int index) throws SQLException {
        DocumentKind kind = DocumentKind.of(row.getString("kind"));
        return new IssuedDocument(
                row.getLong("id"),
                kind.code,
                kind.title(),
                row.getString("document_number"),
                Instants.always(row, "issued_at"));
    }
}
