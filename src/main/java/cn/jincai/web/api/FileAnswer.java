package cn.jincai.web.api;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A file for whoever asked for it: kept by no cache on the way or in the browser. */
public final class FileAnswer {
    /**
     * A stranger's file reaches nothing and runs nothing, whatever the browser makes of it. A picture stands in a sandbox of its own besides; in one of a PDF the
     * browser's viewer, which is a sandbox itself, would not start.
     */
    private static final String
            STRANGERS = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
            STRANGERS_PDF = STRANGERS + "; object-src 'self'",
            STRANGERS_PICTURE = STRANGERS + "; img-src 'self'; style-src 'unsafe-inline'; sandbox";

    private FileAnswer() {}

    /** To be saved. */
    public static ResponseEntity<byte[]> attachment(String name, String type, byte[] content) {
        return of(ContentDisposition.attachment(), name, MediaType.parseMediaType(type))
                .body(content);
    }

    /** To be seen where it is opened. */
    public static ResponseEntity.BodyBuilder inline(String name, MediaType type) {
        return of(ContentDisposition.inline(), name, type);
    }

    /** The same of what was handed in. */
    public static ResponseEntity.BodyBuilder strangers(String name, MediaType type) {
        return inline(name, type)
                .header(
                        "Content-Security-Policy",
                        type.equals(MediaType.APPLICATION_PDF) ? STRANGERS_PDF : STRANGERS_PICTURE);
    }

    private static ResponseEntity.BodyBuilder of(ContentDisposition.Builder how, String name, MediaType type) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noStore().cachePrivate())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        how.filename(name).build().toString());
    }
}
