package cn.jincai.audit;

import cn.jincai.kernel.KeyMissing;
import cn.jincai.kernel.OwnKey;
import cn.jincai.kernel.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * With what heads are signed (Ed25519): JINCAI_AUDIT_KEY, 32 bytes as base64, or one of its own, in a file beside the papers. JINCAI_AUDIT_KEY_FORMER has the public
 * halves of keys before it, as the audit page tells them, divided by commas: what they signed still counts.
 */
@Component
public class AuditKey {
    private static final String ALGORITHM = "Ed25519", WORDS = "audit.key.";

    private final KeyPair own;
    private final Map<String, PublicKey> known = new LinkedHashMap<>();

    AuditKey(Environment environment) throws IOException, GeneralSecurityException {
        own = pair(OwnKey.givenOrMade(environment, "jincai.audit.key", "audit-key", WORDS));
        known.put(id(own.getPublic()), own.getPublic());
        for (String former :
                environment.getProperty("jincai.audit.key-former", "").split(","))
            if (!former.isBlank()) {
                PublicKey key = publicKey(former.strip());
                known.put(id(key), key);
            }
    }

    /** What a head of now is, signed. */
    SignedHead sign(SignedHead unsigned) {
        return new SignedHead(
                unsigned.seq(),
                unsigned.hash(),
                unsigned.at(),
                unsigned.whole(),
                unsigned.signedBy(),
                sign(unsigned.signed()));
    }

    /** Signs a text with the key in use. What begins with the word of a head is a head: whoever signs something else begins with another word. @return in base64 */
    public String sign(String text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(own.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it was signed so, by this key or a former one. */
    boolean hasSigned(SignedHead head) {
        return hasSigned(head.signedBy(), head.signed(), head.signature());
    }

    /** Whether the key that is called so, this one or a former one, has signed the text. */
    public boolean hasSigned(String id, String text, String signed) {
        PublicKey key = known.get(id);
        if (key == null) return false;
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(signed));
        } catch (GeneralSecurityException | IllegalArgumentException noSignature) {
            return false;
        }
    }

    /** What the key in use is called: the beginning of its hash. */
    public String id() {
        return id(own.getPublic());
    }

    /** The public halves of all keys whose signatures count, the one in use first, in the form that every tool reads (PEM). */
    public String pem() {
        StringBuilder pem = new StringBuilder();
        known.values()
                .forEach(key -> pem.append("-----BEGIN PUBLIC KEY-----\n")
                        .append(Base64.getEncoder().encodeToString(key.getEncoded()))
                        .append("\n-----END PUBLIC KEY-----\n"));
        return pem.toString();
    }

    private static String id(PublicKey key) {
        return Sha256.of(key.getEncoded()).substring(0, 16);
    }

    /** The JDK draws the public half only while it makes a pair, so it is given these bytes as its chance; that they became the private half is looked at. */
    private static KeyPair pair(byte[] bytes) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            @Override
            public void nextBytes(byte[] chance) {
                System.arraycopy(bytes, 0, chance, 0, chance.length);
            }
        });
        KeyPair pair = generator.generateKeyPair();
        byte[] made = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        if (!Arrays.equals(made, bytes)) throw new GeneralSecurityException("the JDK made another Ed25519 key");
        return pair;
    }

    private static PublicKey publicKey(String base64) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            throw new KeyMissing(WORDS + "wrongFormer", noKey.getClass().getSimpleName());
        }
    }
}
