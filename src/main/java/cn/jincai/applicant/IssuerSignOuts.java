package cn.jincai.applicant;

import cn.jincai.vault.Vault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * An issuer tells one node that somebody has signed out there, and all that share the database have to hear it: each looks for what was told since, once a second at most and only when
 * such a session is used (decision 180). What came first is said by the order of the rows, as the clocks of nodes differ: a session begun after the last of them goes on.
 */
@Service
public class IssuerSignOuts {
    /** Of those before no session is left that was not looked at since. */
    private static final long KEPT = 100_000;
    /** Rows of transactions that ended in another order than they began. */
    private static final long OVERTAKEN = 1_000;

    private static final long SECOND = 1_000_000_000;

    private final JdbcClient db;
    private final Vault vault;
    private final Map<String, Long> told = new ConcurrentHashMap<>();
    private final AtomicLong looked = new AtomicLong(System.nanoTime() - SECOND);
    private volatile long last;

    IssuerSignOuts(JdbcClient db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    /**
     * A session that an issuer has begun, as its sign-outs name it.
     *
     * @param marks of the person and, where the issuer names it, the session there
     * @param after the last that was told before
     */
    public record Begun(Set<String> marks, long after) {}

    /** To be kept with each session that begins by an issuer. */
    public Begun begins(String issuer, String subject, @Nullable String session) {
        Set<String> marks = Stream.of(mark(issuer, "sub", subject), mark(issuer, "sid", session))
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
        return new Begun(marks, newest());
    }

    /** To be called where this node is told. Where a session is named, no other of the same person is meant. */
    public void tell(String issuer, @Nullable String subject, @Nullable String session) {
        mark(issuer, "sid", session)
                .or(() -> mark(issuer, "sub", subject))
                .ifPresent(mark -> db.sql("insert into issuer_sign_outs (mark) values (?)")
                        .param(mark)
                        .update());
        db.sql("delete from issuer_sign_outs where id <= ?")
                .param(newest() - KEPT)
                .update();
    }

    /** Whether the issuer has ended it, as far as is known within a second. */
    public boolean isOver(Begun begun) {
        long before = looked.get(), now = System.nanoTime();
        if (now - before >= SECOND && looked.compareAndSet(before, now)) look();
        return begun.marks().stream().anyMatch(mark -> told.getOrDefault(mark, 0L) > begun.after());
    }

    private void look() {
        if (told.size() > KEPT) {
            told.clear();
            last = 0;
        }
        db.sql("select id, mark from issuer_sign_outs where id > ?")
                .param(last - OVERTAKEN)
                .query(row -> {
                    told.merge(row.getString("mark"), row.getLong("id"), Math::max);
                    last = Math.max(last, row.getLong("id"));
                });
    }

    private long newest() {
        return db.sql("select coalesce(max(id), 0) from issuer_sign_outs")
                .query(Long.class)
                .single();
    }

    private Optional<String> mark(String issuer, String claim, @Nullable String value) {
        return Optional.ofNullable(value).map(v -> vault.fingerprint("issuer-sign-out", List.of(issuer, claim, v)));
    }
}
