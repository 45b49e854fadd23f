package cn.jincai.vault;

import cn.jincai.kernel.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.lang.Contract;

/**
 * Seals what is personal before it is written (个人信息保护法 51: encryption), and makes fingerprints by which equal values are found
 * without being opened. A sealed value names its key and is bound to what it is and to its row: put anywhere else it does not open.
 */
public class Vault {
    private static final Logger LOG = LoggerFactory.getLogger(Vault.class);
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, SecretKeySpec> sealing = new LinkedHashMap<>();
    private final MasterKey inUse;
    private final SecretKeySpec marking;

    /**
     * @param keys    the first one seals, all of them open
     * @param marking the key for fingerprints, which stays when the others change
     */
    Vault(List<MasterKey> keys, byte[] marking) {
        keys.forEach(key -> sealing.put(key.id(), key.sealing()));
        this.inUse = keys.get(0);
        this.marking = new SecretKeySpec(marking, "HmacSHA256");
    }

    /** Under one key, with its own fingerprints. */
    Vault(MasterKey key) {
        this(List.of(key), key.marking());
    }

    /**
     * AES-256-GCM with a fresh nonce: equal values look different. Null stays null.
     *
     * @param key the values of the column's {@link SealedColumn#key()}
     */
    @Contract("_, !null, _ -> !null")
    public @Nullable Sealed seal(SealedColumn what, @Nullable String value, Object... key) {
        if (value == null) return null;
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, inUse.sealing(), iv, place(what, key))
                    .doFinal(value.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(iv.length + sealed.length)
                    .put(iv)
                    .put(sealed)
                    .array();
            return new Sealed(prefix() + Base64.getEncoder().encodeToString(all));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a value can't be sealed", e);
        }
    }

    /**
     * Seals what a browser keeps for us and sends back: nobody else reads it there, and what was changed on the way does not open. Unlike a column's it is
     * bound to no row.
     *
     * @param what what it is; sealed as one thing it opens as nothing else
     */
    public String sealForBrowser(String what, byte[] value) {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, inUse.sealing(), iv, browsers(what))
                    .doFinal(value);
            return inUse.id()
                    + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(ByteBuffer.allocate(iv.length + sealed.length)
                                    .put(iv)
                                    .put(sealed)
                                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a value can't be sealed", e);
        }
    }

    /** Empty where it was not sealed here as this, or was changed since: anybody may send anything. */
    public Optional<byte[]> openFromBrowser(String what, String sealed) {
        String[] parts = sealed.split("\\.", 2);
        SecretKeySpec key = parts.length < 2 ? null : sealing.get(parts[0]);
        if (key == null) return Optional.empty();
        try {
            byte[] all = Base64.getUrlDecoder().decode(parts[1]);
            if (all.length < IV_BYTES) return Optional.empty();
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, IV_BYTES), browsers(what))
                    .doFinal(all, IV_BYTES, all.length - IV_BYTES));
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static byte[] browsers(String what) {
        return ("browser\u0000" + what).getBytes(StandardCharsets.UTF_8);
    }

    /** With what everything begins that this vault seals. */
    String prefix() {
        return Sealed.FORM + inUse.id() + ".";
    }

    String keyInUse() {
        return inUse.id();
    }

    /** @throws Problem CONFLICT {@code VALUE_EXCHANGED} when it was sealed for another place or with an unknown key, or changed since; it never holds the value */
    @Contract("_, !null, _ -> !null")
    public @Nullable String open(SealedColumn what, @Nullable Sealed sealed, Object... key) {
        return sealed == null ? null : look(what, sealed, key).orElseThrow(Vault::exchanged);
    }

    /** The same, empty where it is not to be opened. */
    public Optional<String> look(SealedColumn what, Sealed sealed, Object... key) {
        try {
            return Optional.of(new String(opened(sealed, place(what, key)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException refused) {
            LOG.error(
                    "SEALED VALUE REFUSED: {} of {} is not what was sealed there, or its key was not given",
                    what.label(),
                    Arrays.toString(key));
            return Optional.empty();
        }
    }

    private static Problem exchanged() {
        return Problem.conflict("applicant.VALUE_EXCHANGED");
    }

    private byte[] opened(Sealed sealed, byte[] place) throws GeneralSecurityException {
        String[] parts = sealed.text().split("\\.", 3);
        SecretKeySpec key = parts.length < 3 ? null : sealing.get(parts[1]);
        if (key == null) throw new IllegalArgumentException("no such key");
        return decrypted(key, parts[2], place);
    }

    private static byte[] decrypted(SecretKeySpec key, String text, byte[] place) throws GeneralSecurityException {
        byte[] all = Base64.getDecoder().decode(text);
        if (all.length < IV_BYTES) throw new IllegalArgumentException("too short");
        return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, IV_BYTES), place)
                .doFinal(all, IV_BYTES, all.length - IV_BYTES);
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] iv, byte[] place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(place);
        return cipher;
    }

    private static byte[] place(SealedColumn what, Object... key) {
        if (key.length != what.key().size())
            throw new IllegalStateException(what.label() + " is bound to " + what.key());
        for (Object part : key) Objects.requireNonNull(part, what.label());
        return (what.label() + "\u0000" + joined(Arrays.asList(key))).getBytes(StandardCharsets.UTF_8);
    }

    /** HMAC-SHA-256 as 64 hex digits. {@code kind} keeps apart equal texts of different meaning (a phone, a document). */
    public String fingerprint(String kind, String value) {
        return HexFormat.of().formatHex(MasterKey.hmac(marking, kind + "\u0000" + value));
    }

    /** Of several values together: no two lists have the same text before it is made, and null is not the empty text. */
    public String fingerprint(String kind, List<?> values) {
        return fingerprint(kind, joined(values));
    }

    private static String joined(List<?> values) {
        return values.stream()
                .map(v -> v == null ? "-" : v.toString().length() + ":" + v)
                .collect(Collectors.joining());
    }
}
