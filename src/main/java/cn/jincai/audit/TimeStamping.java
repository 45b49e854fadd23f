package cn.jincai.audit;

import cn.jincai.kernel.KeyMissing;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPUtil;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** A time-stamping service (RFC 3161), asked over HTTP, and believed only where what it says stands every test. Whether a certificate was revoked is not asked. */
public class TimeStamping {
    private static final String URL = "jincai.tsa.url", TRUSTED = "jincai.tsa.trusted";
    private static final int NONCE_BITS = 128, LONGEST_ANSWER = 100_000;

    private final URI service;
    private final Set<TrustAnchor> trusted;
    private final Duration patience;
    private final HttpClient calls;
    private final SecureRandom random = new SecureRandom();

    /** @param patience for the whole of one question */
    TimeStamping(URI service, Set<TrustAnchor> trusted, Duration patience) {
        this.service = service;
        this.trusted = trusted;
        this.patience = patience;
        calls = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
    }

    /**
     * The service that JINCAI_TSA_URL names, or none. JINCAI_TSA_TRUSTED is a file with the certificates (PEM) that its own has to go back to.
     *
     * @throws KeyMissing where that file can't be read
     */
    public static @Nullable TimeStamping named(Environment environment, Duration patience) {
        String url = environment.getProperty(URL, "").strip();
        if (url.isEmpty()) return null;
        try (InputStream file = Files.newInputStream(Path.of(environment.getProperty(TRUSTED, "")))) {
            Set<TrustAnchor> anchors = CertificateFactory.getInstance("X.509").generateCertificates(file).stream()
                    .map(certificate -> new TrustAnchor((X509Certificate) certificate, null))
                    .collect(Collectors.toSet());
            if (anchors.isEmpty()) throw new CertificateException("no certificate");
            return new TimeStamping(URI.create(url), anchors, patience);
        } catch (IOException | CertificateException | IllegalArgumentException unread) {
            throw new KeyMissing("audit.key.tsa", unread.toString());
        }
    }

    /** @param token as DER, which needs no library to be read */
    public record Stamp(byte[] token, Instant at) {}

    /** Why something has no stamp, by name. */
    public static class Refused extends Exception {
        public enum Why {
            AWAY,
            SLOW,
            GARBAGE,
            REFUSED,
            WRONG_NONCE,
            WRONG_IMPRINT,
            WRONG_PURPOSE,
            WRONG_SIGNATURE,
            UNTRUSTED
        }

        public final Why why;

        Refused(Why why, @Nullable String detail) {
            super(why + ": " + detail);
            this.why = why;
        }
    }

    /** @param text whose SHA-256 is stamped */
    public Stamp stamp(byte[] text) throws Refused {
        try {
            byte[] imprint = MessageDigest.getInstance("SHA-256").digest(text);
            var generator = new TimeStampRequestGenerator();
            generator.setCertReq(true);
            var request = generator.generate(TSPAlgorithms.SHA256, imprint, new BigInteger(NONCE_BITS, random));
            TimeStampToken token = token(answer(request.getEncoded()));
            isTheAnswerTo(request, token);
            isSignedByWhomWeTrust(token);
            return new Stamp(
                    token.getEncoded("DER"),
                    token.getTimeStampInfo().getGenTime().toInstant());
        } catch (IOException | GeneralSecurityException e) {
            throw new Refused(Refused.Why.GARBAGE, e.toString());
        }
    }

    private byte[] answer(byte[] request) throws Refused {
        var call = calls.sendAsync(
                        HttpRequest.newBuilder(service)
                                .timeout(patience)
                                .header("Content-Type", "application/timestamp-query")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .thenApply(TimeStamping::read);
        try {
            return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new Refused(Refused.Why.SLOW, "no answer within " + patience);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HttpTimeoutException
                    ? new Refused(Refused.Why.SLOW, "no answer within " + patience)
                    : new Refused(Refused.Why.AWAY, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refused.Why.AWAY, "interrupted");
        }
    }

    private static byte[] read(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) throw new IOException("it answers " + response.statusCode());
            return body.readNBytes(LONGEST_ANSWER);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static TimeStampToken token(byte[] answer) throws Refused {
        try {
            var response = new TimeStampResponse(answer);
            TimeStampToken token = response.getTimeStampToken();
            if (token != null && response.getStatus() <= 1)
                return token; // granted, or with changes that are looked at below
            throw new Refused(Refused.Why.REFUSED, "status " + response.getStatus() + " " + response.getStatusString());
        } catch (TSPException
                | IOException
                | RuntimeException noAnswer) { // libraries throw of all kinds over what is none
            throw new Refused(Refused.Why.GARBAGE, noAnswer.toString());
        }
    }

    private static void isTheAnswerTo(TimeStampRequest request, TimeStampToken token) throws Refused {
        var said = token.getTimeStampInfo();
        if (!request.getNonce().equals(said.getNonce()))
            throw new Refused(Refused.Why.WRONG_NONCE, "an answer to another question");
        if (!said.getMessageImprintAlgOID().equals(TSPAlgorithms.SHA256)
                || !Arrays.equals(said.getMessageImprintDigest(), request.getMessageImprintDigest()))
            throw new Refused(Refused.Why.WRONG_IMPRINT, "a stamp on something else");
    }

    private void isSignedByWhomWeTrust(TimeStampToken token) throws Refused, GeneralSecurityException, IOException {
        List<X509Certificate> sent = new ArrayList<>();
        for (X509CertificateHolder holder : token.getCertificates().getMatches(null))
            sent.add(new JcaX509CertificateConverter().getCertificate(holder));
        X509CertificateHolder signer = token.getCertificates().getMatches(null).stream()
                .filter(token.getSID()::match)
                .findFirst()
                .orElseThrow(() -> new Refused(Refused.Why.WRONG_SIGNATURE, "its certificate is not with it"));
        try {
            TSPUtil.validateCertificate(signer);
        } catch (TSPException notForStamps) {
            throw new Refused(Refused.Why.WRONG_PURPOSE, notForStamps.getMessage());
        }
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
        } catch (TSPException | OperatorCreationException | CertificateException notSigned) {
            throw new Refused(Refused.Why.WRONG_SIGNATURE, notSigned.getMessage());
        }
        var target = new X509CertSelector();
        target.setCertificate(new JcaX509CertificateConverter().getCertificate(signer));
        try {
            var path = new PKIXBuilderParameters(trusted, target);
            path.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(sent)));
            path.setRevocationEnabled(false);
            path.setDate(Date.from(token.getTimeStampInfo().getGenTime().toInstant()));
            CertPathBuilder.getInstance("PKIX").build(path);
        } catch (GeneralSecurityException noPath) {
            throw new Refused(Refused.Why.UNTRUSTED, noPath.getMessage());
        }
    }
}
