package cn.jincai.document;

import cn.jincai.kernel.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What anybody may know of a document whose check code he has: nothing of whom it is about.
 *
 * @param number 文号
 * @param sha256 of the PDF as it was first opened and has been since, in hexadecimal; null before
 */
public record GenuineDocument(
        String kind,
        Text title,
        String number,
        Instant issuedAt,
        @Nullable String sha256) {}
