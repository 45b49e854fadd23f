package cn.jincai.document;

import cn.jincai.audit.TimeStamping;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.GregorianCalendar;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Signs documents as the organ whose they are (电子签名法 13, 14; PAdES baseline B-B, ETSI EN 319 142-1): a detached CMS over the whole file, which certifies that nothing may be
 * changed after it, and where a time-stamping service is set carries its stamp (B-T). Without a key store none is signed, but in the demo all are, by a certificate that says what it is.
 */
@Component
class PdfSignature {
    private static final Logger LOG = LoggerFactory.getLogger(PdfSignature.class);

    /** For the CMS in the file: a chain of three certificates of 3072 bits is below 8 KiB. */
    private static final int ROOM = 16 * 1024;

    /** For a stamp with the certificates of its service. */
    private static final int ROOM_OF_STAMP = 16 * 1024;

    /** Somebody waits for the letter. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long before its certificate ends one is told. */
    private static final Period WARNED = Period.ofDays(60);

    private final @Nullable SigningKey named;
    private final boolean demo;
    private final String authority;
    private final CityClock clock;
    private final @Nullable TimeStamping stamps;
    private @Nullable SigningKey ofTheDemo;
    private volatile @Nullable String unstamped;

    /** @param store a PKCS #12 file with key and certificates, opened by {@code password}; empty for none */
    PdfSignature(
            @Value("${jincai.document-signature.store:}") String store,
            @Value("${jincai.document-signature.password:}") String password,
            Letterhead letterhead,
            CityClock clock,
            Environment environment) {
        named = store.isBlank() ? null : SigningKey.from(Path.of(store), password.toCharArray());
        demo = environment.acceptsProfiles(Profiles.of("demo"));
        authority = letterhead.authority();
        this.clock = clock;
        stamps = TimeStamping.named(environment, PATIENCE);
    }

    /** By a certificate that is not valid at this moment nothing is signed: the letter is made without, and {@link #trouble} says so. */
    byte[] sign(byte[] pdf) {
        Instant now = clock.instant();
        SigningKey key = key(now);
        if (key == null) return pdf;
        if (key.isValid(now)) return signed(pdf, key, now);
        LOG.error(
                "a document was made without a signature: the certificate is valid from {} to {}",
                key.begins(),
                key.ends());
        return pdf;
    }

    /** Whether documents are without a signature, or will be soon. */
    Optional<SignatureTrouble> trouble() {
        Instant now = clock.instant();
        if (named != null && now.isBefore(named.begins()))
            return told(SignatureTrouble.Kind.UNSIGNED, "document.signature.early", day(named.begins()));
        if (named != null && now.isAfter(named.ends()))
            return told(SignatureTrouble.Kind.UNSIGNED, "document.signature.expired", day(named.ends()));
        if (named != null && now.isAfter(named.ends().minus(WARNED)))
            return told(SignatureTrouble.Kind.EXPIRING, "document.signature.expiring", day(named.ends()));
        String why = unstamped;
        return why == null
                ? Optional.empty()
                : told(SignatureTrouble.Kind.UNSTAMPED, "document.signature.unstamped", why);
    }

    private static Optional<SignatureTrouble> told(SignatureTrouble.Kind kind, String key, Object value) {
        return Optional.of(new SignatureTrouble(kind, Text.of(key, value)));
    }

    private static String day(Instant at) {
        return LocalDate.ofInstant(at, CityClock.ZONE).toString();
    }

    /** The demo's clock is turned both ways, and its key is made anew where its certificate does not reach. */
    private synchronized @Nullable SigningKey key(Instant now) {
        if (named != null || !demo) return named;
        if (ofTheDemo == null || !ofTheDemo.isValid(now))
            ofTheDemo = SigningKey.ofTheDemo(
                    Text.of("document.signature.demo", authority).zh(), now);
        return ofTheDemo;
    }

    private byte[] signed(byte[] pdf, SigningKey key, Instant at) {
        var out = new ByteArrayOutputStream();
        try (PDDocument document = Loader.loadPDF(pdf);
                var options = new SignatureOptions()) {
            var signature = new PDSignature();
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
            signature.setName(authority);
            var moment = GregorianCalendar.from(at.atZone(CityClock.ZONE));
            signature.setSignDate(moment);
            options.setPreferredSignatureSize(stamps == null ? ROOM : ROOM + ROOM_OF_STAMP);
            document.addSignature(signature, content -> cms(content, key), options);
            mayNotBeChanged(document, signature);
            document.saveIncremental(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a document could not be signed", e);
        }
    }

    /** DocMDP 1 (ISO 32000-1, 12.8.2.2): a reader shows whatever was added afterwards as a break of the signature. */
    private static void mayNotBeChanged(PDDocument document, PDSignature signature) {
        var parameters = new COSDictionary();
        parameters.setItem(COSName.TYPE, COSName.getPDFName("TransformParams"));
        parameters.setInt(COSName.P, 1);
        parameters.setName(COSName.V, "1.2");
        var reference = new COSDictionary();
        reference.setItem(COSName.TYPE, COSName.getPDFName("SigRef"));
        reference.setItem(COSName.getPDFName("TransformMethod"), COSName.DOCMDP);
        reference.setItem(COSName.getPDFName("TransformParams"), parameters);
        var references = new COSArray();
        references.add(reference);
        signature.getCOSObject().setItem(COSName.getPDFName("Reference"), references);
        for (COSDictionary direct : new COSDictionary[] {parameters, reference}) direct.setDirect(true);
        references.setDirect(true);
        var permissions = new COSDictionary();
        permissions.setItem(COSName.DOCMDP, signature);
        document.getDocumentCatalog().getCOSObject().setItem(COSName.PERMS, permissions);
        document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
        permissions.setNeedToBeUpdated(true);
    }

    private byte[] cms(InputStream content, SigningKey key) throws IOException {
        try {
            var generator = new CMSSignedDataGenerator();
            var signer = new JcaContentSignerBuilder(key.algorithm())
                    .setProvider(SigningKey.PROVIDER)
                    .build(key.key());
            var digests = new JcaDigestCalculatorProviderBuilder()
                    .setProvider(SigningKey.PROVIDER)
                    .build();
            var attributes = new DefaultSignedAttributeTableGenerator(whoseCertificate(key.own()));
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(digests)
                    // the time stands in the PDF's own dictionary (EN 319 142-1, 6.3)
                    .setSignedAttributeGenerator(
                            given -> attributes.getAttributes(given).remove(CMSAttributes.signingTime))
                    .build(signer, key.own()));
            generator.addCertificates(new JcaCertStore(key.chain()));
            return stamped(generator.generate(new CMSProcessableByteArray(content.readAllBytes()), false))
                    .getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | CMSException e) {
            throw new IOException(e);
        }
    }

    /** With the time at which the signature was there, where a service is set (PAdES baseline B-T); one that is away stops no letter. */
    private CMSSignedData stamped(CMSSignedData cms) throws IOException {
        if (stamps == null) return cms;
        SignerInformation signer = cms.getSignerInfos().getSigners().iterator().next();
        try {
            byte[] token = stamps.stamp(signer.getSignature()).token();
            var attribute = new Attribute(
                    PKCSObjectIdentifiers.id_aa_signatureTimeStampToken,
                    new DERSet(ASN1Primitive.fromByteArray(token)));
            unstamped = null;
            return CMSSignedData.replaceSigners(
                    cms,
                    new SignerInformationStore(
                            SignerInformation.replaceUnsignedAttributes(signer, new AttributeTable(attribute))));
        } catch (TimeStamping.Refused refused) {
            LOG.error("the signature of a document has no stamp: {}", refused.getMessage());
            unstamped = refused.why.name();
            return cms;
        }
    }

    /** So that no other certificate with the same key can be put in its place (RFC 5035). */
    private static AttributeTable whoseCertificate(X509Certificate own) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(own.getEncoded());
        return new AttributeTable(new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                new DERSet(new SigningCertificateV2(new ESSCertIDv2[] {new ESSCertIDv2(hash)}))));
    }
}
