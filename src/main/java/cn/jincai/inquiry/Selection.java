package cn.jincai.inquiry;

import cn.jincai.audit.AuditEntry;
import cn.jincai.audit.AuditKey;
import cn.jincai.audit.AuditLog;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Sha256;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Entries of the record as a file, whole and in the order in which they are given: each with the hash of the one before and its own, so that both can be computed again, and its number, at
 * which the export of the whole record has the same. Its last line is signed with the key of the record over all lines before it and where the chain ended then. {@code bin/CheckEvidence.java}
 * checks it without this application; docs/evidence.md says how.
 */
@Component
public class Selection {
    private static final String TYPE = "jincai-record-selection";
    private static final List<String> COLUMNS =
            List.of("seq", "at", "kind", "case", "stage", "zh", "en", "account", "role", "details", "previous", "hash");
    /** With what a cell must not begin, as a table program would take it for a formula; and the sign that is put before it. */
    private static final String RISKY = "=+-@\t\r'";

    private final ObjectMapper json = JsonMapper.builder().build();
    private final AuditKey key;
    private final AuditLog log;
    private final CityClock clock;

    Selection(AuditKey key, AuditLog log, CityClock clock) {
        this.key = key;
        this.log = log;
        this.clock = clock;
    }

    /** One JSON object on each line; the last is the signature. */
    public byte[] lines(List<AuditEntry> entries) {
        StringBuilder out = new StringBuilder();
        entries.forEach(entry -> out.append(write(fields(entry))).append('\n'));
        Map<String, Object> signature = new LinkedHashMap<>();
        signature.put("type", TYPE);
        signed(out.toString()).forEach(signature::put);
        return bytes(out.append(write(signature)).append('\n').toString());
    }

    /** A row of names, a row for each entry, and the signature; marked as UTF-8 for table programs. */
    public byte[] table(List<AuditEntry> entries) {
        StringBuilder out = new StringBuilder("\uFEFF").append(row(COLUMNS));
        for (AuditEntry entry : entries)
            out.append(row(fields(entry).values().stream()
                    .map(value -> value == null ? "" : value instanceof Map ? write(value) : value.toString())
                    .toList()));
        String[] last = new String[COLUMNS.size()];
        Arrays.fill(last, "");
        last[0] = TYPE;
        int at = 1;
        for (Object part : signed(out.toString()).values()) last[at++] = part.toString();
        return bytes(out.append(row(List.of(last))).toString());
    }

    private Map<String, Object> signed(String content) {
        AuditLog.End end = log.end();
        Map<String, Object> signed = new LinkedHashMap<>();
        signed.put("made", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        signed.put("headSeq", end.seq());
        signed.put("headHash", end.hash());
        String text = TYPE + "\t"
                + signed.values().stream().map(Object::toString).collect(Collectors.joining("\t")) + "\t"
                + Sha256.of(bytes(content));
        signed.put("key", key.id());
        signed.put("signature", key.sign(text));
        return signed;
    }

    private static Map<String, @Nullable Object> fields(AuditEntry entry) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("seq", entry.seq());
        fields.put("at", entry.at().toString());
        fields.put("kind", entry.kind());
        fields.put("case", entry.caseNumber());
        fields.put("stage", entry.stage());
        fields.put("zh", entry.what().zh());
        fields.put("en", entry.what().en());
        fields.put("account", entry.account());
        fields.put("role", entry.role());
        fields.put("details", entry.details());
        fields.put("previous", entry.previous());
        fields.put("hash", entry.hash());
        return fields;
    }

    private static String row(List<String> cells) {
        return cells.stream().map(Selection::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    /** What begins so as if it could be a formula, or with the sign itself, has ' before it; whoever reads takes one away. */
    private static String cell(String value) {
        String safe = !value.isEmpty() && RISKY.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return safe.matches("(?s).*[\",\r\n].*") || safe.startsWith("'")
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
