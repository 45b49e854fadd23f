package cn.jincai.audit;

import cn.jincai.kernel.Sha256;
import cn.jincai.kernel.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of the record.
 *
 * @param seq        from 1, without gaps
 * @param at         to the microsecond, as the database keeps it
 * @param caseNumber null for what belongs to no case
 * @param role       in which the account acted, null for the system
 * @param previous   hash of the entry before; 64 zeros before the first
 * @param hash       SHA-256 over everything else, in hex
 */
public record AuditEntry(
        long seq,
        Instant at,
        String kind,
        @Nullable String caseNumber,
        @Nullable String stage,
        Text what,
        String account,
        @Nullable String role,
        SortedMap<String, String> details,
        String previous,
        String hash) {
    public static final String START = "0".repeat(64);

    AuditEntry sealed() {
        return new AuditEntry(seq, at, kind, caseNumber, stage, what, account, role, details, previous, computedHash());
    }

    /** What the hash must be. Each part goes in with its length, so that no two entries read the same. */
    public String computedHash() {
        Sha256 hash = new Sha256();
        for (@Nullable
        String part : new @Nullable String[] {
            Long.toString(seq), at.toString(), kind, caseNumber, stage, what.zh(), what.en(), account, role, previous
        }) add(hash, part);
        details.forEach((key, value) -> {
            add(hash, key);
            add(hash, value);
        });
        return hash.hex();
    }

    private static void add(Sha256 hash, @Nullable String part) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        hash.add((part == null ? "-" : bytes.length) + ":").add(bytes);
    }
}
