package cn.jincai.policy;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.reading.PackageReader;
import cn.jincai.policy.registers.PackagesInUse;
import cn.jincai.policy.registers.Registers;
import cn.jincai.policy.registers.RegistersReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The packages as they were frozen: the one in force today, and each that a case keeps to. Read once, then held. */
@Service
public class Packages {
    private final PackageStore store;
    private final CityClock clock;
    private final ObjectProvider<PackagesInUse> users;
    private final Map<String, Registers> registers = new ConcurrentHashMap<>();
    private final Map<String, PolicyPackage> read = new ConcurrentHashMap<>();
    private final AtomicLong publications = new AtomicLong();
    private volatile Known held = new Known(-1, -1, List.of());

    /** What is in force in one second of the clock: every public call asks, and another node's publication is seen a second later. */
    private record Known(long second, long publications, List<PolicyPackage> packages) {}

    Packages(PackageStore store, CityClock clock, ObjectProvider<PackagesInUse> users) {
        this.store = store;
        this.clock = clock;
        this.users = users;
    }

    /**
     * The registers in force today; {@link Registers#NONE} before the first are.
     *
     * @throws Problem CONFLICT {@code PACKAGE_DAMAGED} where their files were changed since
     */
    public Registers registers() {
        return store.inForce(Registers.CODE, clock.today()).map(this::registers).orElse(Registers.NONE);
    }

    /** One version of the registers. */
    public Registers registers(String hash) {
        return registers.computeIfAbsent(hash, h -> RegistersReader.ofVersion(store.files(h), new Findings()));
    }

    /** A role as the register calls it today. */
    public Text nameOf(Role role) {
        return registersIfWhole()
                .nameOf(clock.today(), Registers.ROLES, role.code())
                .orElseGet(role::text);
    }

    /** What accounts may be from today on, beside the product's own: no role of which an end is known, as whoever holds one keeps it. */
    public List<Role> furtherRoles() {
        Registers now = registersIfWhole();
        List<Registers> later = store.later(Registers.CODE, clock.today()).stream()
                .map(this::registers)
                .toList();
        return now.roles().stream()
                .filter(role -> !role.isOwn()
                        && now.on(clock.today(), Registers.ROLES, role.code()).isPresent()
                        && Stream.concat(Stream.of(now), later.stream()).allMatch(r -> r.lasts(role)))
                .toList();
    }

    /** The same for names and questions: of registers that were changed nothing is believed, codes stand for names, and no answer leaves the house. */
    public Registers registersIfWhole() {
        try {
            return registers();
        } catch (Problem problem) {
            if (!problem.code().equals("PACKAGE_DAMAGED")) throw problem;
            return Registers.NONE;
        }
    }

    /** Those in force today or from a later day on, and those by which something is still on its way; what was damaged is left out. */
    public List<PolicyPackage> inUse() {
        Set<String> hashes = new LinkedHashSet<>(store.inForceOrLater(clock.today()));
        users.forEach(user -> hashes.addAll(user.hashes()));
        return hashes.stream().flatMap(hash -> ifWhole(hash).stream()).toList();
    }

    /** @throws Problem NOT_FOUND where no such scheme is in force today, CONFLICT {@code PACKAGE_DAMAGED} where its files were changed since */
    public PolicyPackage inForce(String scheme) {
        if (scheme.equals(Registers.CODE)) throw Problem.notFound(); // kept as packages are, and none
        return inForce().stream()
                .filter(p -> p.scheme().equals(scheme))
                .findFirst()
                .orElseGet(() ->
                        store.inForce(scheme, clock.today()).map(this::byHash).orElseThrow(Problem::notFound));
    }

    /** Those in force for which people can apply. */
    public List<PolicyPackage> offered() {
        return inForce().stream().filter(p -> p.catalogue().offered()).toList();
    }

    /** @throws Problem NOT_FOUND where people can't apply for such a scheme, otherwise as {@link #inForce(String)} */
    public PolicyPackage offered(String scheme) {
        PolicyPackage pack = inForce(scheme);
        if (!pack.catalogue().offered()) throw Problem.notFound();
        return pack;
    }

    /** In order of the schemes' codes; one whose files were changed since it was frozen is left out, the others go on. */
    public List<PolicyPackage> inForce() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, CityClock.ZONE);
        if (TransactionSynchronizationManager.isActualTransactionActive())
            return inForce(today); // which may have published something itself
        Known known = held;
        long published = publications.get();
        if (known.second == now.getEpochSecond() && known.publications == published) return known.packages;
        List<PolicyPackage> asked = inForce(today);
        held = new Known(now.getEpochSecond(), published, asked);
        return asked;
    }

    private List<PolicyPackage> inForce(LocalDate day) {
        return store.inForce(day).stream()
                .flatMap(hash -> ifWhole(hash).stream())
                .toList();
    }

    /** Empty where its files were changed since it was frozen: for what can do without, so that one damaged package stops nobody else. */
    public Optional<PolicyPackage> ifWhole(String hash) {
        try {
            return Optional.of(byHash(hash));
        } catch (Problem problem) {
            if (!problem.code().equals("PACKAGE_DAMAGED")) throw problem;
            return Optional.empty();
        }
    }

    /** Packages that this node found changed in the database when it read them: their schemes, by hash. */
    public Map<String, String> damaged() {
        return store.damaged();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void forget(Publication.Published published) {
        publications.incrementAndGet();
    }

    /** Version of the calendar that was known when this package was frozen; empty for one that is not. */
    public Optional<String> calendar(String hash) {
        return store.calendar(hash);
    }

    /** Of which scheme it is, whether its files can be read or not; empty for one that was never frozen. */
    public Optional<String> scheme(String hash) {
        PolicyPackage held = read.get(hash);
        return held != null ? Optional.of(held.scheme()) : store.scheme(hash);
    }

    /** The steps of a package; the shared ones where it can't be read, so that its cases are still listed. */
    public Steps steps(String hash) {
        try {
            return byHash(hash).steps();
        } catch (Problem unreadable) {
            return Steps.shared();
        }
    }

    /** @throws Problem NOT_FOUND; CONFLICT {@code PACKAGE_DAMAGED} where its files were changed since it was frozen */
    public PolicyPackage byHash(String hash) {
        PolicyPackage held = read.get(hash);
        if (held != null) return held;
        PolicyPackage frozen = PackageReader.read(store.scheme(hash).orElseThrow(Problem::notFound), store.files(hash));
        read.put(hash, frozen);
        return frozen;
    }
}
