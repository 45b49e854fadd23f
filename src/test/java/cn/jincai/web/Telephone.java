package cn.jincai.web;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/** Shows the codes of a second factor, by the time of day. */
public record Telephone(String key) {
    private static final Pattern KEY = Pattern.compile("data-secret>([A-Z2-7 ]+)<");

    /** Reads the key off the page that shows it. */
    public static Telephone at(Visitor.Answer page) {
        var key = KEY.matcher(page.body());
        if (!key.find()) throw new AssertionError("no key on the page");
        return new Telephone(key.group(1).replace(" ", ""));
    }

    /** @param later codes from now: 1 is what it shows half a minute later */
    public String code(int later) {
        try {
            return new HmacOneTimePasswordGenerator()
                    .generateOneTimePasswordString(
                            new SecretKeySpec(new Base32().decode(key), "RAW"),
                            Instant.now().getEpochSecond() / 30 + later,
                            Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
