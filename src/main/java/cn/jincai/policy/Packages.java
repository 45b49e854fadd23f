package cn.jincai.policy;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** The packages as they were frozen: the one in force today, and each that a case keeps to. Read once, then held. */
@Service
public class Packages {
    private final PackageStore store;
    private final CityClock clock;
    private final Map<String, PolicyPackage> read = new ConcurrentHashMap<>();

    Packages(PackageStore store, CityClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @throws Problem NOT_FOUND where no such scheme is in force today */
    public PolicyPackage inForce(String scheme) {
        return byHash(store.inForce(scheme, clock.today()).orElseThrow(Problem::notFound));
    }

    /** In order of the schemes' codes. */
    public List<PolicyPackage> inForce() {
        return store.schemes().stream().flatMap(scheme -> store.inForce(scheme, clock.today()).stream()).map(this::byHash).toList();
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
