package cn.jincai.policy.registers;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** What a version of the registers has to pass: it can be read, and takes nothing away by which a package in force, a case on its way or a grant still goes. */
@Component
public class RegistersGate {
    private final Supplier<Registers> inForce;
    private final Supplier<? extends Collection<PolicyPackage>> inUse;
    private final Supplier<Set<String>> rolesHeld;
    private final CityClock clock;

    @Autowired
    RegistersGate(
            Packages packages,
            @Qualifier("rolesHeld") ObjectProvider<Supplier<Set<String>>> rolesHeld,
            CityClock clock) {
        this(
                packages::registers,
                packages::inUse,
                () -> rolesHeld.getIfAvailable(() -> Set::of).get(),
                clock);
    }

    /** Where there are no accounts; values as of the other. */
    public RegistersGate(
            Supplier<Registers> inForce, Supplier<? extends Collection<PolicyPackage>> inUse, CityClock clock) {
        this(inForce, inUse, Set::of, clock);
    }

    /**
     * @param inForce the registers of today
     * @param inUse   by which packages something goes
     * @param rolesHeld codes of the roles that accounts hold or are proposed for
     */
    public RegistersGate(
            Supplier<Registers> inForce,
            Supplier<? extends Collection<PolicyPackage>> inUse,
            Supplier<Set<String>> rolesHeld,
            CityClock clock) {
        this.inForce = inForce;
        this.inUse = inUse;
        this.rolesHeld = rolesHeld;
        this.clock = clock;
    }

    public void look(SortedMap<String, byte[]> files, Findings findings) {
        Registers next = RegistersReader.ofVersion(files, findings), now = inForce.get();
        if (now.isEmpty()) return;
        for (Entry source : now.inForce(clock.today(), Registers.SOURCES))
            next.on(clock.today(), Registers.SOURCES, source.code())
                    .filter(other -> isAskedOtherwise(source.source(), other.source()))
                    .ifPresent(other -> findings.warn(
                            Registers.SOURCES + ".yaml",
                            "line " + other.line() + ", " + other.code(),
                            "policy.register.ASKED_OTHERWISE",
                            other.code()));
        roles(now, next, findings);
        for (PolicyPackage pack : inUse.get()) {
            Map<List<String>, TreeSet<String>> uses = new LinkedHashMap<>();
            for (RegisterUse use : RegisterUse.of(pack))
                uses.computeIfAbsent(List.of(use.register(), use.code()), key -> new TreeSet<>())
                        .add(use.by());
            uses.forEach(
                    (entry, by) -> use(pack, entry.get(0), entry.get(1), String.join(", ", by), now, next, findings));
        }
    }

    /** An account's rights hang on its roles: one that somebody holds stays, with the rights with which it was given. */
    private void roles(Registers now, Registers next, Findings findings) {
        String file = Registers.ROLES + ".yaml";
        if (now.has(Registers.ROLES) && !next.has(Registers.ROLES))
            findings.add(file, "", "policy.register.MISSING_FILE");
        for (Role role : now.roles()) {
            List<Entry> before = now.of(Registers.ROLES, role.code()), after = next.of(Registers.ROLES, role.code());
            if (role.isOwn()) continue;
            if (after.stream().anyMatch(entry -> !role.rights().code().equals(entry.rights())))
                findings.add(file, role.code(), "policy.register.role.RIGHTS_KEPT", role.code());
            boolean ends = after.isEmpty() || end(after) != null && !Objects.equals(end(after), end(before));
            if (ends && rolesHeld.get().contains(role.code()))
                findings.add(file, role.code(), "policy.register.role.HELD", role.code());
        }
    }

    private void use(
            PolicyPackage pack,
            String register,
            String code,
            String by,
            Registers now,
            Registers next,
            Findings findings) {
        String file = register + ".yaml",
                version = pack.scheme() + " " + pack.hash().substring(0, 12);
        List<Entry> before = now.of(register, code), after = next.of(register, code);
        if (before.isEmpty()) return; // gone already, before anybody looked
        if (after.isEmpty()) {
            findings.add(file, "", "policy.register.DELETED", code, register, version, by);
            return;
        }
        LocalDate end = end(after), today = clock.today();
        boolean isGone = now.on(today, register, code).isPresent()
                && next.on(today, register, code).isEmpty();
        if (isGone && (end == null || !end.isBefore(today)))
            findings.add(file, code, "policy.register.NOT_TODAY", code, register, version, by);
        if (end == null || Objects.equals(end, end(before))) return;
        String place = "line " + after.get(after.size() - 1).line() + ", " + code;
        if (register.equals(Registers.ROLES)) // whoever waits at its step would wait for ever
        findings.add(file, place, "policy.register.role.ENDS_IN_USE", code, end, version, by);
        else if (end.isBefore(today))
            findings.add(file, place, "policy.register.ENDED_IN_USE", code, register, end, version, by);
        else if (!next.ofValues().contains(register))
            findings.warn(file, place, "policy.register.ENDS_IN_USE", code, register, end, version, by);
    }

    /** More, or other, of what people answered would leave the house, or other facts be asked. */
    private static boolean isAskedOtherwise(Entry.Source now, Entry.Source next) {
        return !now.sends().equals(next.sends()) || !now.facts().equals(next.facts());
    }

    /** The last day of a code, null where it has none. */
    private static @Nullable LocalDate end(List<Entry> of) {
        return of.get(of.size() - 1).until();
    }
}
