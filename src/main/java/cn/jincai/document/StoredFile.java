package cn.jincai.document;

import java.time.Instant;

/**
 * A document that was handed in.
 *
 * @param need     code of the document that the scheme asks for
 * @param type     application/pdf, image/jpeg or image/png, by content
 * @param sha256   of the file as it came, 64 hex digits
 * @param fileName as the applicant named it, without folders and control characters; may name a person
 */
public record StoredFile(long id, String need, String type, long bytes, String sha256, String fileName, Instant at) {
    /** File names often hold the person's name. */
    @Override
    public String toString() {
        return "Stored[" + id + ", " + need + ", " + type + "]";
    }
}
