package cn.jincai.audit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A time-stamping service of our own, with a root and a certificate below it, and with faults that it is told to have. */
public final class StampingService implements AutoCloseable {
    public enum Fault {
        NONE,
        ANOTHER_NONCE,
        ANOTHER_IMPRINT,
        ANOTHER_PURPOSE,
        REFUSES,
        GARBAGE,
        ERROR,
        SILENT,
        SIGNED_BY_ANOTHER
    }

    private static final String ALGORITHM = "SHA256withECDSA";
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

    public volatile Fault fault = Fault.NONE;
    public final X509Certificate root;
    private final X509Certificate signer, forMail;
    private final KeyPair own, another;
    private final HttpServer door;
    private final CountDownLatch over = new CountDownLatch(1);
    private int serial = 1;

    public StampingService() throws Exception {
        KeyPair rootKey = key();
        own = key();
        another = key();
        root = certificate("CN=Test Root", rootKey, "CN=Test Root", rootKey, null);
        signer = certificate("CN=Test Stamps", own, "CN=Test Root", rootKey, KeyPurposeId.id_kp_timeStamping);
        forMail = certificate("CN=Test Mail", own, "CN=Test Root", rootKey, KeyPurposeId.id_kp_emailProtection);
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(Executors.newCachedThreadPool());
        door.createContext("/", call -> {
            byte[] answer = answer(call.getRequestBody().readAllBytes());
            call.sendResponseHeaders(fault == Fault.ERROR ? 503 : 200, answer.length);
            call.getResponseBody().write(answer);
            call.close();
        });
        door.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + door.getAddress().getPort() + "/");
    }

    TimeStamping askedFor(Duration patience) {
        return new TimeStamping(address(), Set.of(new TrustAnchor(root, null)), patience);
    }

    private byte[] answer(byte[] question) throws IOException {
        try {
            if (fault == Fault.SILENT) over.await();
            if (fault == Fault.GARBAGE) return "<html>404</html>".getBytes();
            var request = new TimeStampRequest(question);
            var generator = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder()
                            .build(ALGORITHM, (fault == Fault.SIGNED_BY_ANOTHER ? another : own).getPrivate(), signer),
                    new JcaDigestCalculatorProviderBuilder().build().get(new AlgorithmIdentifier(TSPAlgorithms.SHA256)),
                    POLICY);
            generator.addCertificates(new JcaCertStore(List.of(signer, root)));
            var answers = fault == Fault.REFUSES
                    ? new TimeStampResponseGenerator(generator, Set.of(TSPAlgorithms.SHA512))
                    : new TimeStampResponseGenerator(generator, TSPAlgorithms.ALLOWED);
            var answer = answers.generate(asked(request), BigInteger.valueOf(++serial), new Date());
            return fault == Fault.ANOTHER_PURPOSE ? signedForMail(answer.getTimeStampToken()) : answer.getEncoded();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** With a certificate of the same root that is not for stamps: no library's service does so by itself. */
    private byte[] signedForMail(TimeStampToken token) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(forMail.getEncoded());
        var names = new AttributeTable(new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                new DERSet(new SigningCertificateV2(new ESSCertIDv2(hash)))));
        var generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder()
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(names))
                .build(ALGORITHM, own.getPrivate(), forMail));
        generator.addCertificates(new JcaCertStore(List.of(forMail, root)));
        var signed = generator.generate(
                new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, (byte[])
                        token.toCMSSignedData().getSignedContent().getContent()),
                true);
        return new TimeStampResp(new PKIStatusInfo(PKIStatus.granted), signed.toASN1Structure()).getEncoded();
    }

    private TimeStampRequest asked(TimeStampRequest request) throws IOException {
        var other = new TimeStampRequestGenerator();
        other.setCertReq(true);
        byte[] imprint = request.getMessageImprintDigest();
        if (fault == Fault.ANOTHER_IMPRINT) imprint[0]++;
        return other.generate(
                TSPAlgorithms.SHA256,
                imprint,
                fault == Fault.ANOTHER_NONCE ? request.getNonce().add(BigInteger.ONE) : request.getNonce());
    }

    private static KeyPair key() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private X509Certificate certificate(String name, KeyPair key, String by, KeyPair byKey, KeyPurposeId purpose)
            throws IOException, OperatorCreationException, GeneralSecurityException {
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name(by),
                BigInteger.valueOf(++serial),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(30))),
                new X500Name(name),
                key.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose == null));
        if (purpose != null) builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(ALGORITHM).build(byKey.getPrivate())));
    }

    @Override
    public void close() {
        over.countDown();
        door.stop(0);
    }
}
