package cn.jincai.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.audit.StampingService;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.KeyMissing;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.tsp.TimeStampToken;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** A letter is signed by the organ's key, and whoever changes it breaks that. */
@Tag("issue-18.7")
class PdfSignatureTest {
    private static final Instant SIGNED = Instant.parse("2026-03-10T01:00:00Z");
    private static byte[] letter;

    @TempDir
    Path folder;

    @BeforeAll
    static void aLetter() {
        letter = Letters.print(DocumentKind.DECISION, Letters.told(DocumentKind.DECISION, false));
    }

    private static KeyPair pair(String algorithm, String curve) throws Exception {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance(algorithm, SigningKey.PROVIDER);
        if (curve.isEmpty()) pairs.initialize(2048);
        else pairs.initialize(new ECGenParameterSpec(curve));
        return pairs.generateKeyPair();
    }

    /** @param signedBy how the certificate is signed, which is the key's own way */
    private Path store(KeyPair pair, String signedBy, String password) throws Exception {
        SigningKey key = SigningKey.signedByItself(pair, signedBy, "晋江市人力资源和社会保障局", SIGNED);
        KeyStore store = KeyStore.getInstance("PKCS12", SigningKey.PROVIDER);
        store.load(null, null);
        store.setKeyEntry(
                "letters", key.key(), password.toCharArray(), key.chain().toArray(Certificate[]::new));
        Path file = folder.resolve("store.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    private static PdfSignature signature(String store, String password, String... profiles) {
        var environment = new MockEnvironment();
        environment.setActiveProfiles(profiles);
        return new PdfSignature(store, password, Letters.HEAD, new CityClock(), environment);
    }

    /** What stands in the file, without the noughts that fill its place. */
    private static CMSSignedData cms(PDSignature signature, byte[] pdf) throws Exception {
        try (var stored = new ASN1InputStream(signature.getContents(pdf))) {
            return new CMSSignedData(
                    new CMSProcessableByteArray(signature.getSignedContent(pdf)),
                    ContentInfo.getInstance(stored.readObject()));
        }
    }

    /** As a reader of PDFs does it: what the signature covers, what it says of it, and whose certificate it names. */
    private static boolean holds(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDSignature signature = document.getSignatureDictionaries().get(0);
            CMSSignedData cms = cms(signature, pdf);
            SignerInformation signer =
                    cms.getSignerInfos().getSigners().iterator().next();
            @SuppressWarnings("unchecked")
            X509CertificateHolder own =
                    (X509CertificateHolder) cms.getCertificates().getMatches(signer.getSID()).stream()
                            .findFirst()
                            .orElseThrow();
            return signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(SigningKey.PROVIDER)
                    .build(own));
        } catch (CMSException broken) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"RSA, '', SHA256WITHRSA", "EC, secp256r1, SHA256WITHECDSA", "EC, sm2p256v1, SM3WITHSM2"})
    void signsWithTheKeyOfTheStoreWhateverItsKind(String algorithm, String curve, String way) throws Exception {
        Path store = store(pair(algorithm, curve), way, "öffne mich 18");
        assertThat(SigningKey.from(store, "öffne mich 18".toCharArray()).algorithm())
                .isEqualTo(way);
        byte[] signed = signature(store.toString(), "öffne mich 18").sign(letter);
        assertThat(holds(signed)).isTrue();
        assertThat(signed).as("nothing of the letter itself is touched").startsWith(letter);
    }

    @Test
    void oneByteChangedAnywhereBreaksIt() throws Exception {
        byte[] signed = signature("", "", "demo").sign(letter);
        assertThat(holds(signed)).isTrue();
        int[] range;
        try (PDDocument document = Loader.loadPDF(signed)) {
            range = document.getSignatureDictionaries().get(0).getByteRange();
        }
        assertThat(range[0]).isZero();
        assertThat(range[2] + range[3]).as("it covers the file to its end").isEqualTo(signed.length);
        for (int at : new int[] {letter.length / 4, letter.length / 2, 3 * letter.length / 4}) {
            byte[] changed = signed.clone();
            changed[at] ^= 1;
            assertThat(brokenOrUnreadable(changed)).as("byte %d", at).isTrue();
        }
    }

    private static boolean brokenOrUnreadable(byte[] pdf) throws Exception {
        try {
            return !holds(pdf);
        } catch (java.io.IOException unreadable) {
            return true;
        }
    }

    @Test
    void itIsPadesOfTheBasicKindAndAllowsNoChangeAfterIt() throws Exception {
        byte[] signed = signature("", "", "demo").sign(letter);
        try (PDDocument document = Loader.loadPDF(signed)) {
            PDSignature signature = document.getSignatureDictionaries().get(0);
            assertThat(signature.getSubFilter()).isEqualTo("ETSI.CAdES.detached");
            assertThat(signature.getSignDate()).isNotNull();
            assertThat(document.getDocumentCatalog()
                            .getCOSObject()
                            .getCOSDictionary(COSName.PERMS)
                            .getCOSDictionary(COSName.DOCMDP))
                    .isNotNull();
            CMSSignedData cms = cms(signature, signed);
            var attributes = cms.getSignerInfos().getSigners().iterator().next().getSignedAttributes();
            assertThat(attributes.get(PKCSObjectIdentifiers.id_aa_signingCertificateV2))
                    .isNotNull();
            assertThat(attributes.get(CMSAttributes.signingTime))
                    .as("the time is the PDF's")
                    .isNull();
        }
    }

    @Test
    void theDemosCertificateSaysWhatItIsAndItsKeyIsMadeAnewByEachProcess() throws Exception {
        X509Certificate one = SigningKey.ofTheDemo("局（演示证书，无效）", SIGNED).chain().get(0),
                another = SigningKey.ofTheDemo("局（演示证书，无效）", SIGNED).chain().get(0);
        assertThat(one.getSubjectX500Principal().getName()).contains("演示");
        assertThat(one.getPublicKey()).isNotEqualTo(another.getPublicKey());
        one.checkValidity(java.util.Date.from(SIGNED));
    }

    @Test
    void withoutAStoreNothingIsSignedOutsideTheDemoAndAWrongPasswordStopsTheStart() throws Exception {
        assertThat(signature("", "").sign(letter)).isEqualTo(letter);
        Path store = store(pair("EC", "secp256r1"), "SHA256WITHECDSA", "right");
        assertThatThrownBy(() -> signature(store.toString(), "wrong"))
                .isInstanceOf(KeyMissing.class)
                .hasMessageContaining(store.toString())
                .hasMessageNotContaining("wrong\"");
        assertThatThrownBy(() -> signature(folder.resolve("none.p12").toString(), "x"))
                .isInstanceOf(KeyMissing.class);
    }

    @Test
    void aKeyWithoutItsCertificateStopsTheStartInWords() throws Exception {
        KeyPair own = pair("EC", "secp256r1"), another = pair("EC", "secp256r1");
        Path none = folder.resolve("no-certificate.p12"), foreign = folder.resolve("foreign.p12");
        Files.write(
                none,
                new PKCS12PfxPduBuilder()
                        .addData(new JcaPKCS12SafeBagBuilder(own.getPrivate()).build())
                        .build(new JcePKCS12MacCalculatorBuilder().setProvider(SigningKey.PROVIDER), "x".toCharArray())
                        .getEncoded());
        KeyStore store = KeyStore.getInstance("PKCS12", SigningKey.PROVIDER);
        store.load(null, null);
        X509Certificate ofAnother = SigningKey.signedByItself(another, "SHA256WITHECDSA", "局", SIGNED)
                .own();
        store.setKeyEntry("letters", own.getPrivate(), "x".toCharArray(), new Certificate[] {ofAnother});
        try (OutputStream out = Files.newOutputStream(foreign)) {
            store.store(out, "x".toCharArray());
        }
        Path garbage = Files.writeString(folder.resolve("garbage.p12"), "no key store at all");
        assertThatThrownBy(() -> signature(none.toString(), "x"))
                .isInstanceOf(KeyMissing.class)
                .hasMessageContaining("没有证书")
                .hasMessageContaining("no-certificate.p12");
        assertThatThrownBy(() -> signature(foreign.toString(), "x"))
                .isInstanceOf(KeyMissing.class)
                .hasMessageContaining("不是这个私钥的");
        assertThatThrownBy(() -> signature(garbage.toString(), "x"))
                .isInstanceOf(KeyMissing.class)
                .hasMessageContaining("无法打开");
    }

    /** The portal goes on, letters go out without, and whoever looks is told so beforehand, on the day and after. */
    @Test
    void anEndedCertificateSignsNothingAndSaysSo() throws Exception {
        Path store = store(pair("EC", "secp256r1"), "SHA256WITHECDSA", "x");
        var clock = new CityClock();
        var signature = new PdfSignature(store.toString(), "x", Letters.HEAD, clock, new MockEnvironment());
        set(clock, "2026-03-10T09:00:00Z");
        assertThat(signature.trouble()).isEmpty();
        assertThat(holds(signature.sign(letter))).isTrue();
        set(clock, "2031-02-10T09:00:00Z");
        assertThat(signature.trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble.kind()).isEqualTo(SignatureTrouble.Kind.EXPIRING);
            assertThat(trouble.text().zh()).contains("将于2031-03-10到期");
        });
        assertThat(holds(signature.sign(letter))).isTrue();
        for (String outside : new String[] {"2031-03-11T09:00:00Z", "2026-03-01T09:00:00Z"}) {
            set(clock, outside);
            assertThat(signature.sign(letter)).as(outside).isEqualTo(letter);
            assertThat(signature.trouble())
                    .hasValueSatisfying(
                            trouble -> assertThat(trouble.kind()).isEqualTo(SignatureTrouble.Kind.UNSIGNED));
        }
    }

    private static void set(CityClock clock, String at) {
        clock.moveTo(Duration.between(Instant.now(), Instant.parse(at)));
    }

    @Test
    void aServiceThatStampsSaysWhenTheSignatureWasThereAndItsAbsenceStopsNoLetter() throws Exception {
        try (var service = new StampingService()) {
            Path trusted = Files.writeString(
                    folder.resolve("trusted.pem"),
                    "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(service.root.getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
            var environment = new MockEnvironment()
                    .withProperty("jincai.tsa.url", service.address().toString())
                    .withProperty("jincai.tsa.trusted", trusted.toString());
            environment.setActiveProfiles("demo");
            var signature = new PdfSignature("", "", Letters.HEAD, new CityClock(), environment);
            byte[] signed = signature.sign(letter);
            assertThat(holds(signed)).isTrue();
            SignerInformation signer = signer(signed);
            var stamp = new TimeStampToken(ContentInfo.getInstance(signer.getUnsignedAttributes()
                    .get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken)
                    .getAttrValues()
                    .getObjectAt(0)));
            assertThat(stamp.getTimeStampInfo().getMessageImprintDigest())
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(signer.getSignature()));
            assertThat(ArchivableLettersTest.faults(signed)).isEmpty();
            assertThat(signature.trouble()).isEmpty();
            service.fault = StampingService.Fault.ERROR;
            byte[] without = signature.sign(letter);
            assertThat(holds(without)).isTrue();
            assertThat(signer(without).getUnsignedAttributes()).isNull();
            assertThat(signature.trouble()).hasValueSatisfying(trouble -> {
                assertThat(trouble.kind()).isEqualTo(SignatureTrouble.Kind.UNSTAMPED);
                assertThat(trouble.text().zh()).contains("AWAY");
            });
        }
    }

    private static SignerInformation signer(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return cms(document.getSignatureDictionaries().get(0), pdf)
                    .getSignerInfos()
                    .getSigners()
                    .iterator()
                    .next();
        }
    }
}
