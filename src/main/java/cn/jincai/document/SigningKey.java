package cn.jincai.document;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.KeyMissing;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What documents are signed with: a key and the certificate that says whose it is.
 *
 * @param chain     the holder's certificate first
 * @param algorithm follows from the key: RSA, elliptic curves, or SM2 with SM3 (GB/T 32918), which readers outside China do not check
 */
record SigningKey(PrivateKey key, List<X509Certificate> chain, String algorithm) {
    /** Not among those of the whole machine: whoever asks for an algorithm elsewhere gets the JDK's. */
    static final Provider PROVIDER = new BouncyCastleProvider();

    private static final int BITS = 3072, YEARS = 5;

    /**
     * @param file PKCS #12 with one private key
     * @throws KeyMissing where it can't be opened, holds none, or one without a certificate, or whose certificate is another key's or for another purpose
     */
    static SigningKey from(Path file, char[] password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12", PROVIDER);
            store.load(in, password);
            for (Enumeration<String> names = store.aliases(); names.hasMoreElements(); ) {
                String name = names.nextElement();
                if (store.getKey(name, password) instanceof PrivateKey key)
                    return of(file, key, store.getCertificateChain(name));
            }
            throw new KeyMissing("document.signature.without-key", file);
        } catch (KeyMissing told) {
            throw told;
        } catch (IOException
                | GeneralSecurityException
                | RuntimeException unread) { // what is no PKCS #12 makes the library throw of all kinds
            throw new KeyMissing("document.signature.unreadable", file, unread.toString());
        }
    }

    private static SigningKey of(Path file, PrivateKey key, Certificate @Nullable [] chain)
            throws GeneralSecurityException {
        if (chain == null || chain.length == 0) throw new KeyMissing("document.signature.without-certificate", file);
        SigningKey whole =
                of(key, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
        boolean[] uses =
                whole.own().getKeyUsage(); // 0: digital signature, 1: what its holder can't deny (RFC 5280, 4.2.1.3)
        if (uses != null && !uses[0] && !uses[1]) throw new KeyMissing("document.signature.other-purpose", file);
        if (!whole.belongsTogether()) throw new KeyMissing("document.signature.foreign", file);
        return whole;
    }

    /** Whether what the key signs is what the certificate vouches for. */
    private boolean belongsTogether() throws GeneralSecurityException {
        byte[] words = {1, 2, 3};
        try {
            Signature signing = Signature.getInstance(algorithm, PROVIDER);
            signing.initSign(key);
            signing.update(words);
            byte[] signed = signing.sign();
            signing.initVerify(own().getPublicKey());
            signing.update(words);
            return signing.verify(signed);
        } catch (InvalidKeyException | SignatureException another) {
            return false;
        }
    }

    X509Certificate own() {
        return chain.get(0);
    }

    Instant begins() {
        return own().getNotBefore().toInstant();
    }

    Instant ends() {
        return own().getNotAfter().toInstant();
    }

    boolean isValid(Instant at) {
        return !at.isBefore(begins()) && !at.isAfter(ends());
    }

    static SigningKey of(PrivateKey key, List<X509Certificate> chain) {
        boolean sm2 = GMObjectIdentifiers.sm2p256v1.equals(
                SubjectPublicKeyInfo.getInstance(chain.get(0).getPublicKey().getEncoded())
                        .getAlgorithm()
                        .getParameters());
        String algorithm = sm2 ? "SM3WITHSM2" : key.getAlgorithm().equals("RSA") ? "SHA256WITHRSA" : "SHA256WITHECDSA";
        return new SigningKey(key, chain, algorithm);
    }

    /** A key of this process alone, whose certificate nobody vouches for: for the demo, so that none lies in the product. */
    static SigningKey ofTheDemo(String holder, Instant at) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
            pairs.initialize(BITS);
            return signedByItself(pairs.generateKeyPair(), "SHA256WITHRSA", holder, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key for the demo's documents", e);
        }
    }

    static SigningKey signedByItself(KeyPair pair, String algorithm, String holder, Instant at) {
        var name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, "CN")
                .addRDN(BCStyle.O, holder)
                .addRDN(BCStyle.CN, holder)
                .build();
        var day = at.atZone(CityClock.ZONE);
        try {
            var certificate = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(Long.SIZE, new SecureRandom()),
                            Date.from(day.minusDays(1).toInstant()),
                            Date.from(day.plusYears(YEARS)
                                    .withZoneSameInstant(ZoneOffset.UTC)
                                    .toInstant()),
                            name,
                            pair.getPublic())
                    .addExtension(
                            Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation))
                    .build(new JcaContentSignerBuilder(algorithm)
                            .setProvider(PROVIDER)
                            .build(pair.getPrivate()));
            X509Certificate own =
                    new JcaX509CertificateConverter().setProvider(PROVIDER).getCertificate(certificate);
            return of(pair.getPrivate(), List.of(own));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate for the demo's documents", e);
        }
    }
}
