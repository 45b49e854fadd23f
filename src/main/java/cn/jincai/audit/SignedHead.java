package cn.jincai.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The chain's end at a moment, signed. As a line of a file it reads {@code head, seq, hash, at, whole or since, key, signature}, divided by tabs; what is
 * signed is the line up to the signature.
 *
 * @param seq       of the last entry, 0 before the first
 * @param hash      of that entry
 * @param at        to the microsecond
 * @param whole     the whole chain was read before it was signed, not only what followed the head before
 * @param signedBy  what the key is called
 * @param signature Ed25519, base64
 */
public record SignedHead(long seq, String hash, Instant at, boolean whole, String signedBy, String signature) {
    String signed() {
        return String.join("\t", "head", Long.toString(seq), hash, at.toString(), whole ? "whole" : "since", signedBy);
    }

    String line() {
        return signed() + "\t" + signature;
    }

    /** Empty where it is no such line. */
    static Optional<SignedHead> read(String line) {
        String[] parts = line.split("\t", -1);
        try {
            return parts.length != 7
                    ? Optional.empty()
                    : Optional.of(new SignedHead(
                                    Long.parseLong(parts[1]),
                                    parts[2],
                                    Instant.parse(parts[3]),
                                    parts[4].equals("whole"),
                                    parts[5],
                                    parts[6]))
                            .filter(head -> head.line().equals(line));
        } catch (NumberFormatException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }
}
