package cn.jincai.web.api;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A file for whoever asked for it: kept by no cache on the way or in the browser. */
public final class FileAnswer {
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

    private static ResponseEntity.BodyBuilder of(ContentDisposition.Builder how, String name, MediaType type) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noStore().cachePrivate())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        how.filename(name).build().toString());
    }
}
