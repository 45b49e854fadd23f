package cn.jincai.audit;

import cn.jincai.kernel.Instants;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Stamps of a service outside on signed heads, where JINCAI_TSA_URL names one: then not even who has key, database and file can make a record that was there
 * earlier. A service that is away stops nothing: the next head is stamped,
 * and stands for all before it.
 */
@Service
public class TimeStamps {
    private static final Logger LOG = LoggerFactory.getLogger(TimeStamps.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final JdbcClient jdbc;
    private final @Nullable TimeStamping service;
    private volatile @Nullable String trouble;

    TimeStamps(JdbcClient jdbc, Environment environment) {
        this.jdbc = jdbc;
        service = TimeStamping.named(environment, PATIENCE);
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
