package cn.jincai.audit;

import cn.jincai.kernel.Instants;
import cn.jincai.kernel.KeyMissing;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Stamps of a service outside on signed heads, where JINCAI_TSA_URL names one: then not even who has key, database and file can make a record that was there
 * earlier. JINCAI_TSA_TRUSTED is a file with the certificates (PEM) that its own has to go back to. A service that is away stops nothing: the next head is stamped,
 * and stands for all before it.
 */
@Service
public class TimeStamps {
    private static final Logger LOG = LoggerFactory.getLogger(TimeStamps.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String URL = "jincai.tsa.url", TRUSTED = "jincai.tsa.trusted";

    private final JdbcClient jdbc;
    private final @Nullable TimeStamping service;
    private volatile @Nullable String trouble;

    TimeStamps(JdbcClient jdbc, Environment environment) {
        this.jdbc = jdbc;
        String url = environment.getProperty(URL, "").strip();
        service = url.isEmpty() ? null : service(url, environment.getProperty(TRUSTED, ""));
    }

    private static TimeStamping service(String url, String trusted) {
        try (InputStream file = Files.newInputStream(Path.of(trusted))) {
            Set<TrustAnchor> anchors = CertificateFactory.getInstance("X.509").generateCertificates(file).stream()
                    .map(certificate -> new TrustAnchor((X509Certificate) certificate, null))
                    .collect(Collectors.toSet());
            if (anchors.isEmpty()) throw new CertificateException("no certificate");
            return new TimeStamping(URI.create(url), anchors, PATIENCE);
        } catch (IOException | CertificateException | IllegalArgumentException unread) {
            throw new KeyMissing("audit.key.tsa", unread.toString());
        }
    }

    /** Not while somebody waits for the signature. */
    void ask(SignedHead head) {
        TimeStamping known = service;
        if (known == null) return;
        var asking = new Thread(() -> stamp(head, known), "time-stamp");
        asking.setDaemon(true);
        asking.start();
    }

    void stamp(SignedHead head, TimeStamping by) {
        try {
            var stamp = by.stamp(head.line().getBytes(StandardCharsets.UTF_8));
            jdbc.sql("insert into audit_stamps (head_signature, token, at) values (?, ?, ?)")
                    .params(
                            head.signature(),
                            Base64.getEncoder().encodeToString(stamp.token()),
                            Instants.utc(stamp.at()))
                    .update();
            trouble = null;
        } catch (TimeStamping.Refused refused) {
            LOG.error("the head of entry {} has no stamp: {}", head.seq(), refused.getMessage());
            trouble = refused.why.name();
        } catch (RuntimeException unwritten) {
            LOG.error("the stamp of entry {} could not be kept", head.seq(), unwritten);
            trouble = "UNWRITTEN";
        }
    }

    /** Why the last head has no stamp, by name; empty where it has one, or none is wanted. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** By the head's signature, oldest first. */
    Map<String, String> tokens() {
        Map<String, String> tokens = new LinkedHashMap<>();
        jdbc.sql("select head_signature, token from audit_stamps order by at, head_signature")
                .query(row -> {
                    tokens.put(row.getString(1), row.getString(2));
                });
        return tokens;
    }
}
