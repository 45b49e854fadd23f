package cn.jincai.audit;

import cn.jincai.audit.AuditLog.Check;
import cn.jincai.audit.AuditLog.End;
import cn.jincai.kernel.CityClock;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Looks whether the chain is still what was signed, and signs its head where it is: at each start from the last signed head on, once a day and when an auditor
 * asks the whole of it. Nothing is signed over a finding, so it stays found. What a node has seen it keeps in memory: a table could be made to say otherwise.
 */
@Service
public class AuditWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWatch.class);

    private final AuditLog log;
    private final SignedHeads heads;
    private final AuditKey key;
    private final RowsAgainstRecord rows;
    private final TimeStamps stamps;
    private final CityClock clock;
    private volatile @Nullable Look last;

    AuditWatch(
            AuditLog log, SignedHeads heads, AuditKey key, RowsAgainstRecord rows, TimeStamps stamps, CityClock clock) {
        this.log = log;
        this.heads = heads;
        this.key = key;
        this.rows = rows;
        this.stamps = stamps;
        this.clock = clock;
    }

    /**
     * @param whole from the first entry on, not only from the last signed head, and with the rows that entries tell of
     * @param head  the last signed head, null before the first
     */
    public record Look(
            Instant at,
            boolean whole,
            Check check,
            @Nullable SignedHead head) {}

    /** What this node saw when it looked last; empty only while it starts. */
    public Optional<Look> last() {
        return Optional.ofNullable(last);
    }

    /** After whatever else is done once at the start. */
    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.LOWEST_PRECEDENCE)
    void atStart() {
        look(false);
    }

    /** Once a day of the city's, by whichever node comes first; where that one found something and signed nothing, each sees it for itself. */
    void daily() {
        LocalDate today = clock.today();
        Look seen = last;
        if (seen != null && seen.whole() && isOn(today, seen.at())) return;
        if (heads.lastOfTheWhole()
                .filter(head -> isOn(today, head.at()) && key.hasSigned(head))
                .isEmpty()) look(true);
    }

    private static boolean isOn(LocalDate day, Instant at) {
        return at.atZone(CityClock.ZONE).toLocalDate().equals(day);
    }

    public synchronized Look look(boolean whole) {
        Look seen = looked(whole);
        last = seen;
        if (!seen.check().whole())
            LOG.error(
                    "the audit record is not what was signed: {}, entry {}",
                    seen.check().found(),
                    seen.check().broken());
        return seen;
    }

    private Look looked(boolean whole) {
        Instant now = clock.instant();
        try {
            List<SignedHead> kept = heads.kept();
            SignedHead newest = kept.isEmpty() ? null : kept.get(kept.size() - 1);
            Check check = check(whole, kept);
            if (whole && check.whole()) check = rows.compared(check);
            if (!check.whole()) return new Look(now, whole, check, newest);
            try {
                SignedHead head = heads.sign(check.end(), whole);
                stamps.ask(head);
                return new Look(now, whole, check, head);
            } catch (IOException unwritten) {
                return new Look(now, whole, check.but(check.entries(), "anchorUnwritten"), newest);
            }
        } catch (DataAccessException unread) {
            LOG.error("the audit record can't be read", unread);
            return new Look(now, whole, new Check(new End(0, AuditEntry.START, 0), 1L, "unread"), null);
        }
    }

    private Check check(boolean whole, List<SignedHead> kept) {
        List<SignedHead> anchored = new ArrayList<>();
        String anchorTrouble = readAnchor(anchored);
        List<SignedHead> known = new ArrayList<>(kept);
        known.addAll(anchored);
        List<SignedHead> signed = known.stream().filter(key::hasSigned).toList();

        Check chain = log.verify(whole ? 1 : from(kept), hashes(signed));
        long end = chain.entries();
        for (SignedHead head : signed)
            if (head.seq() > end) return chain.but(end + 1, kept.contains(head) ? "shortened" : "olderState");
        if (!chain.whole()) return chain;
        for (SignedHead head : known) if (!signed.contains(head)) return chain.but(head.seq(), "notSigned");
        if (anchorTrouble != null) return chain.but(end, anchorTrouble);
        for (SignedHead head : kept) if (!anchored.contains(head)) return chain.but(head.seq(), "anchorShortened");
        return chain;
    }

    /** @return what is wrong with the file, null where it is well */
    private @Nullable String readAnchor(List<SignedHead> into) {
        try {
            for (String line : heads.anchored()) {
                Optional<SignedHead> head = SignedHead.read(line);
                if (head.isEmpty()) return "anchorChanged";
                into.add(head.get());
            }
            return null;
        } catch (CharacterCodingException changed) {
            return "anchorChanged";
        } catch (IOException unread) {
            return "anchorUnread";
        }
    }

    /** The entry of the last head that counts; all of them where there is none. */
    private long from(List<SignedHead> kept) {
        long from = 1;
        for (SignedHead head : kept) if (key.hasSigned(head)) from = Math.max(1, head.seq());
        return from;
    }

    /** By entry; two where the same key signed two different chains. */
    private static Map<Long, Set<String>> hashes(List<SignedHead> signed) {
        Map<Long, Set<String>> hashes = new HashMap<>();
        signed.forEach(head ->
                hashes.computeIfAbsent(head.seq(), any -> new HashSet<>()).add(head.hash()));
        return hashes;
    }
}
