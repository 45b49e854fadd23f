package cn.jincai.policy;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.gate.ChangedSums;
import cn.jincai.policy.reading.PackageReader;
import cn.jincai.policy.registers.Registers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** What is odd in a package and stops nothing: whoever proposes it signs each with a reason. */
@Service
public class PackageWarnings {
    private final PackageStore store;
    private final Gate gate;
    private final ObjectProvider<OfficeCheck> office;
    private final CityClock clock;
    /** By hash; a package never changes. */
    private final Map<String, List<Mistake>> warned = new ConcurrentHashMap<>();
    /** By the hash of the one in force and of the other. */
    private final Map<String, List<Mistake>> changedSums = new ConcurrentHashMap<>();

    PackageWarnings(PackageStore store, Gate gate, ObjectProvider<OfficeCheck> office, CityClock clock) {
        this.store = store;
        this.gate = gate;
        this.office = office;
        this.clock = clock;
    }

    /** What the gate has just found, which need not be looked for again. */
    void keep(String hash, Findings findings) {
        warned.put(hash, findings.warnings());
    }

    /** Those that the package in force does not have already. */
    List<Mistake> toBeSigned(String scheme, String hash) {
        Optional<String> now = store.inForce(scheme, clock.today());
        if (now.filter(hash::equals).isPresent()) return List.of();
        List<Mistake> known = now.map(other -> ofItself(scheme, other)).orElse(List.of());
        return all(scheme, hash).stream().filter(w -> !known.contains(w)).toList();
    }

    /** Also those that the one in force has. */
    public List<Mistake> all(String scheme, String hash) {
        if (scheme.equals(Registers.CODE)) return ofItself(scheme, hash);
        List<Mistake> all = new ArrayList<>(ofItself(scheme, hash));
        store.inForce(scheme, clock.today()).filter(now -> !now.equals(hash)).ifPresent(now -> {
            for (Mistake sum : changedSums.computeIfAbsent(
                    now + " " + hash, pair -> ChangedSums.between(typed(scheme, now), typed(scheme, hash))))
                if (all.stream()
                        .noneMatch(own ->
                                own.code().equals(sum.code()) && own.field().equals(sum.field()))) all.add(sum);
        });
        PolicyPackage candidate = typed(scheme, hash);
        office.orderedStream().forEach(check -> all.addAll(check.look(candidate)));
        return List.copyOf(all);
    }

    private List<Mistake> ofItself(String scheme, String hash) {
        if (scheme.equals(Registers.CODE)) {
            Findings findings = new Findings(); // which depend on what is in use today
            gate.look(scheme, store.files(hash), findings);
            return findings.warnings();
        }
        return warned.computeIfAbsent(hash, h -> gate.warnings(typed(scheme, h)));
    }

    private PolicyPackage typed(String scheme, String hash) {
        return PackageReader.read(scheme, store.files(hash));
    }
}
