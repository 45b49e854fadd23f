package cn.jincai.web.security;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
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
import java.time.Duration;
import java.time.Instant;
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
 * sign-in and a session that ends, and goes when the browser is closed, when he signs out, when he clears it, or after half a day. From the sign-in on it is
 * his alone: whoever sits down at the same computer next has nothing of it (decision 208).
 */
@Component
public class SealedAnswers {
    public static final String COOKIE = "screening";
    /** Characters of the sealed text; browsers keep cookies of 4096 with their name. */
    private static final int LONGEST = 3_800;
    /** Bytes of what is opened: of so few sealed ones there are not more, unless somebody means harm. */
    private static final int MOST = 60_000;

    /** Browsers that open their tabs again keep what was to go with them. */
    private static final Duration KEPT = Duration.ofHours(12);

    private final Vault vault;
    private final ObjectMapper json;
    private final CityClock clock;
    private final ObjectReader reader;

    SealedAnswers(Vault vault, ObjectMapper json, CityClock clock) {
        this.vault = vault;
        this.json = json;
        this.clock = clock;
        reader = json.readerFor(Kept.class)
                .with(DeserializationFeature.USE_LONG_FOR_INTS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /**
     * @param typed what stood in the field of a question when another language was chosen; it was not sent as an answer
     * @param owner the account that has them; null as long as nobody has signed in with them
     * @param at    of the last answer
     */
    private record Kept(
            Map<String, @Nullable Object> said,
            Map<String, @Nullable Object> typed,
            @Nullable String owner,
            @Nullable Instant at) {}

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
        return opened(request).filter(k -> k.owner == null || k.owner.equals(account()));
    }

    private static @Nullable String account() {
        return ActorArgument.signedIn().map(Actor::account).orElse(null);
    }

    /** What was told before the sign-in is from now on this account's; what another has left here goes. */
    void belongTo(String account, HttpServletRequest request, HttpServletResponse response) {
        if (WebUtils.getCookie(request, COOKIE) == null) return;
        opened(request)
                .filter(k -> k.owner == null || k.owner.equals(account))
                .ifPresentOrElse(
                        k -> keep(new Kept(k.said, k.typed, account, k.at), request, response),
                        () -> clear(request, response));
    }

    private Optional<Kept> opened(HttpServletRequest request) {
        var cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null) return Optional.empty();
        return vault.openFromBrowser(COOKIE, cookie.getValue())
                .flatMap(this::read)
                .filter(k -> k.at != null && k.at.plus(KEPT).isAfter(clock.instant()));
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
        return keep(new Kept(told.said(), Map.of(), account(), clock.instant()), request, response);
    }

    /** What stands in a field, for the same page in another language. */
    public void keepTyped(
            String key, @Nullable Object typed, HttpServletRequest request, HttpServletResponse response) {
        Map<String, @Nullable Object> field = new HashMap<>();
        field.put(key, typed);
        keep(new Kept(in(request).said(), field, account(), clock.instant()), request, response);
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
