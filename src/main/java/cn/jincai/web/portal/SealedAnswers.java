package cn.jincai.web.portal;

import cn.jincai.planning.Told;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * What somebody told the screener, sealed, in a cookie of his own browser: neither in an address nor on the server, and there without JavaScript too. It outlives the
 * sign-in and a session that ends, and goes when the browser is closed, when he signs out, or when he clears it (decision 208).
 */
@Component
public class SealedAnswers {
    public static final String COOKIE = "screening";
    /** Characters of the sealed text; browsers keep cookies of 4096 with their name. */
    private static final int LONGEST = 3_800;
    /** Bytes of what is opened: of so few sealed ones there are not more, unless somebody means harm. */
    private static final int MOST = 60_000;

    private final Vault vault;
    private final ObjectMapper json;
    private final ObjectReader reader;

    SealedAnswers(Vault vault, ObjectMapper json) {
        this.vault = vault;
        this.json = json;
        reader = json.readerFor(Kept.class)
                .with(DeserializationFeature.USE_LONG_FOR_INTS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** @param typed what stood in the field of a question when another language was chosen; it was not sent as an answer */
    private record Kept(Map<String, @Nullable Object> said, Map<String, @Nullable Object> typed) {}

    public Told in(HttpServletRequest request) {
        return kept(request).map(k -> new Told(k.said)).orElse(Told.NOTHING);
    }

    /** What was typed into the field of this question and not yet sent as its answer. */
    public Optional<Object> typed(String key, HttpServletRequest request) {
        return kept(request).map(k -> k.typed.get(key));
    }

    /** There is something, and it does not open: sealed with a key that has gone, cut short or changed. */
    public boolean isUnreadable(HttpServletRequest request) {
        return WebUtils.getCookie(request, COOKIE) != null && kept(request).isEmpty();
    }

    private Optional<Kept> kept(HttpServletRequest request) {
        var cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null) return Optional.empty();
        return vault.openFromBrowser(COOKIE, cookie.getValue()).flatMap(this::read);
    }

    private Optional<Kept> read(byte[] packed) {
        try (var in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return Optional.of(reader.readValue(in.readNBytes(MOST)));
        } catch (IOException notOurs) {
            return Optional.empty();
        }
    }

    /** @return false where it is more than a browser keeps; then nothing is changed */
    public boolean keep(Told told, HttpServletRequest request, HttpServletResponse response) {
        return keep(new Kept(told.said(), Map.of()), request, response);
    }

    /** What stands in a field, for the same page in another language. */
    public void keepTyped(
            String key, @Nullable Object typed, HttpServletRequest request, HttpServletResponse response) {
        Map<String, @Nullable Object> field = new HashMap<>();
        field.put(key, typed);
        keep(new Kept(in(request).said(), field), request, response);
    }

    private boolean keep(Kept kept, HttpServletRequest request, HttpServletResponse response) {
        String sealed = vault.sealForBrowser(COOKIE, packed(kept));
        if (sealed.length() > LONGEST) return false;
        response.addHeader(
                HttpHeaders.SET_COOKIE, cookie(sealed, request).build().toString());
        return true;
    }

    public void clear(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(
                HttpHeaders.SET_COOKIE, cookie("", request).maxAge(0).build().toString());
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(String value, HttpServletRequest request) {
        return ResponseCookie.from(COOKIE, value)
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax");
    }

    private byte[] packed(Kept kept) {
        var packed = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(packed)) {
            out.write(json.writeValueAsBytes(kept));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
