package cn.jincai.document;

import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.KeyMissing;
import cn.jincai.kernel.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose documents are, as it was when each was issued: an organ is renamed and gets another seal, and what it wrote before stays what it wrote. */
@Component
@EnableConfigurationProperties(Letterhead.class)
class Letterheads {
    /** In bytes; a seal of 42 mm at 600 dpi is far below it. */
    private static final int LARGEST_SEAL = 512 * 1024;

    private final JdbcClient jdbc;
    private final JsonColumns json;
    private final Heading now;

    Letterheads(JdbcClient jdbc, JsonColumns json, Letterhead now) {
        this.jdbc = jdbc;
        this.json = json;
        this.now = Heading.of(now);
    }

    /** @param seal a PNG in base64; null where its place stays free */
    record Heading(Letterhead from, @Nullable String seal) {
        /** @throws KeyMissing where the seal can't be read, or is too large */
        static Heading of(Letterhead head) {
            return new Heading(head, head.seal().isBlank() ? null : picture(head.seal()));
        }

        private static String picture(String resource) {
            try (InputStream in =
                    new DefaultResourceLoader().getResource(resource).getInputStream()) {
                byte[] picture = in.readNBytes(LARGEST_SEAL + 1);
                if (picture.length > LARGEST_SEAL) throw new IOException("more than " + LARGEST_SEAL + " bytes");
                return Base64.getEncoder().encodeToString(picture);
            } catch (IOException unread) {
                throw new KeyMissing("document.seal.unreadable", resource, unread.toString());
            }
        }
    }

    /** Of a document that is issued now, by whoever holds the lock on their numbers. @return its hash */
    String keep() {
        Letterhead from = now.from();
        String content = json.write(new Letterhead(
                from.authority(),
                from.authorityEn(),
                from.reconsideration(),
                from.reconsiderationEn(),
                from.contact(),
                ""));
        String hash = Sha256.of((content + now.seal()).getBytes(StandardCharsets.UTF_8));
        jdbc.sql(
                        "insert into letterheads (hash, content, seal) select ?, ?, ? where not exists (select 1 from letterheads where hash = ?)")
                .params(hash, content, now.seal(), hash)
                .update();
        return hash;
    }

    /** @param hash null for a document from before they were kept, which takes what is set now */
    Heading of(@Nullable String hash) {
        if (hash == null) return now;
        return jdbc.sql("select content, seal from letterheads where hash = ?")
                .param(hash)
                .query((row, n) ->
                        new Heading(json.read(row.getString("content"), Letterhead.class), row.getString("seal")))
                .single();
    }
}
