package cn.jincai.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key of the city, 32 bytes. What seals, what makes fingerprints and the key's name are drawn from it, so that none tells another. */
class MasterKey {
    private static final int ID_DIGITS = 8;

    private final SecretKeySpec master;

    MasterKey(byte[] bytes) {
        if (bytes.length != 32)
            throw new IllegalArgumentException("the key has " + bytes.length + " bytes, 32 are needed");
        master = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /** By which a sealed value names its key; it tells nothing of it. */
    String id() {
        return HexFormat.of().formatHex(hmac(master, "id")).substring(0, ID_DIGITS);
    }

    SecretKeySpec sealing() {
        return new SecretKeySpec(hmac(master, "seal"), "AES");
    }

    byte[] marking() {
        return hmac(master, "fingerprint");
    }

    static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
