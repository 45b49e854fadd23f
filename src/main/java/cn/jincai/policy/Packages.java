package cn.jincai.policy;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The packages as they were frozen: the one in force today, and each that a case keeps to. Read once, then held. */
@Service
public class Packages {
    private final PackageStore store;
    private final CityClock clock;
    private final Map<String, PolicyPackage> read = new ConcurrentHashMap<>();
    private final AtomicLong publications = new AtomicLong();
    private volatile Held held = new Held(-1, -1, List.of());

    /** What is in force in one second of the clock: every public call asks, and another node's publication is seen a second later. */
    private record Held(long second, long publications, List<PolicyPackage> packages) {}

    Packages(PackageStore store, CityClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @throws Problem NOT_FOUND where no such scheme is in force today */
    public PolicyPackage inForce(String scheme) {
        return inForce().stream().filter(p -> p.scheme().equals(scheme)).findFirst().orElseThrow(Problem::notFound);
    }

    /** In order of the schemes' codes. */
    public List<PolicyPackage> inForce() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, CityClock.ZONE);
        if (TransactionSynchronizationManager.isActualTransactionActive()) return inForce(today);   // which may have published something itself
        Held known = held;
        long published = publications.get();
        if (known.second == now.getEpochSecond() && known.publications == published) return known.packages;
        List<PolicyPackage> asked = inForce(today);
        held = new Held(now.getEpochSecond(), published, asked);
        return asked;
    }

    private List<PolicyPackage> inForce(LocalDate day) {
        return store.inForce(day).stream().map(this::byHash).toList();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void forget(PackagePublished published) {
        publications.incrementAndGet();
    }

    /** @throws Problem NOT_FOUND */
    public PolicyPackage byHash(String hash) {
        PolicyPackage held = read.get(hash);
        if (held != null) return held;
        PolicyPackage frozen = PackageReader.read(store.scheme(hash).orElseThrow(Problem::notFound), store.files(hash));
        read.put(hash, frozen);
        return frozen;
    }
}
