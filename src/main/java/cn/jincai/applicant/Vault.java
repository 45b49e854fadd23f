package cn.jincai.applicant;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what is personal before it is written (个人信息保护法 51: encryption), and makes fingerprints by which equal values are found
 * without being opened. One master key; the keys for sealing and for fingerprints are drawn from it, so that neither tells the other.
 */
public class Vault {
    private static final String FORM = "v1.";
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec sealing;
    private final SecretKeySpec marking;

    Vault(byte[] master) {
        if (master.length != 32)
            throw new IllegalArgumentException("the key has " + master.length + " bytes, 32 are needed");
        sealing = new SecretKeySpec(hmac(new SecretKeySpec(master, "HmacSHA256"), "seal"), "AES");
        marking = new SecretKeySpec(hmac(new SecretKeySpec(master, "HmacSHA256"), "fingerprint"), "HmacSHA256");
    }

    /** AES-256-GCM with a fresh nonce: equal values look different. Null stays null. */
    public String seal(String value) {
        if (value == null) return null;
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv, value.getBytes(StandardCharsets.UTF_8));
        return FORM
                + Base64.getEncoder()
                        .encodeToString(ByteBuffer.allocate(iv.length + sealed.length)
                                .put(iv)
                                .put(sealed)
                                .array());
    }

    /** @throws IllegalStateException when it was sealed with another key or changed since; the text never holds the value */
    public String open(String sealed) {
        if (sealed == null) return null;
        if (!sealed.startsWith(FORM)) throw new IllegalStateException("not a sealed value");
        byte[] all = Base64.getDecoder().decode(sealed.substring(FORM.length()));
        byte[] iv = java.util.Arrays.copyOf(all, IV_BYTES);
        return new String(
                cipher(Cipher.DECRYPT_MODE, iv, java.util.Arrays.copyOfRange(all, IV_BYTES, all.length)),
                StandardCharsets.UTF_8);
    }

    /** HMAC-SHA-256 as 64 hex digits. {@code kind} keeps apart equal texts of different meaning (a phone, a document). */
    public String fingerprint(String kind, String value) {
        return HexFormat.of().formatHex(hmac(marking, kind + "\u0000" + value));
    }

    /** Of several values together: no two lists have the same text before it is made, and null is not the empty text. */
    public String fingerprint(String kind, List<?> values) {
        return fingerprint(
                kind,
                values.stream()
                        .map(v -> v == null ? "-" : v.toString().length() + ":" + v)
                        .collect(Collectors.joining()));
    }

    private byte[] cipher(int mode, byte[] iv, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, iv));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "a sealed value does not open: it was sealed with another key, or changed", e);
        }
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
