package cn.jincai.policy.registers;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.YamlEntry;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What a package names in the registers still holds: no source is asked and no fund pays that is over. That a name is there at all, the reader says; a package that
 * was frozen when it held is read as ever.
 */
@Component
public class RegisterCheck implements PackageCheck {
    private static final String SCHEME = "scheme.yaml", COMMON = "common/common.yaml";
    private static final List<String> STEPS = List.of("common/steps.yaml", "steps.yaml");

    private final Supplier<Registers> inForce;
    private final CityClock clock;

    @Autowired
    RegisterCheck(Packages packages, CityClock clock) {
        this(packages::registers, clock);
    }

    /** @param inForce the registers of today; where there are none, a package's own are looked at */
    public RegisterCheck(Supplier<Registers> inForce, CityClock clock) {
        this.inForce = inForce;
        this.clock = clock;
    }

    /** Nobody can hold a role before its first day, and at a step whose role ends cases would wait for ever. @throws Problem INVALID at {@code from}, with step and role */
    public static void mustHaveItsRoles(PolicyPackage pack, Registers registers, LocalDate from) {
        for (RegisterUse use : RegisterUse.of(pack)) {
            if (!use.register().equals(Registers.ROLES)) continue;
            if (registers.on(from, Registers.ROLES, use.code()).isEmpty())
                throw Problem.invalid("from", "policy.register.role.NOT_ON_DAY", use.code(), use.by(), from);
            if (!registers.lasts(Role.named(use.code())))
                throw Problem.invalid("from", "policy.register.role.DOES_NOT_LAST", use.code(), use.by());
        }
    }

    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        Registers own = RegistersReader.ofPackage(candidate.files(), new Findings()), today = inForce.get();
        if (own.isEmpty()) return; // from before there were registers
        new Look(today.isEmpty() ? own : today, clock.today(), candidate.files(), findings).at(candidate.catalogue());
    }

    /** One package on one day. */
    private static final class Look {
        private final Registers registers;
        private final LocalDate today;
        private final YamlEntry scheme, common;
        private final List<YamlEntry> steps;

        Look(Registers registers, LocalDate today, SortedMap<String, byte[]> files, Findings findings) {
            this.registers = registers;
            this.today = today;
            this.scheme = YamlEntry.read(SCHEME, files.get(SCHEME), findings);
            this.common = YamlEntry.read(COMMON, files.get(COMMON), findings);
            this.steps = STEPS.stream()
                    .filter(files::containsKey)
                    .map(file -> YamlEntry.read(file, files.get(file), findings))
                    .toList();
        }

        void at(Scheme catalogue) {
            for (Scheme.Fact fact : catalogue.facts()) fact(fact);
            for (YamlEntry benefit : scheme.get("benefits").list()) entry(benefit.get("fund"), Registers.FUNDS);
            for (YamlEntry audience : scheme.get("audiences").list()) entry(audience, Registers.AUDIENCES);
            for (YamlEntry file : steps)
                for (YamlEntry step : file.map().values())
                    if (step.has("role") && Role.find(step.get("role").text("")).isEmpty())
                        entry(step.get("role"), Registers.ROLES);
            if (catalogue.run() != null && catalogue.run().source() != null)
                entry(scheme.get("run").get("source"), Registers.SOURCES);
        }

        private void fact(Scheme.Fact fact) {
            YamlEntry written = Stream.of(scheme, common)
                    .flatMap(file -> file.get("facts").list().stream())
                    .filter(e -> e.isMap() && e.get("name").text("").equals(fact.name()))
                    .findFirst()
                    .orElse(null);
            if (written == null) return; // a pool's, counted of own records
            if (RegisterUse.isOutside(fact)) {
                entry(written.get("source"), Registers.SOURCES);
                answers(written, fact);
            }
            YamlEntry values = written.get("values");
            if (values.isMap())
                for (YamlEntry code : values.get("only").list())
                    entry(code, values.get("register").text());
        }

        private void entry(YamlEntry named, String register) {
            List<Entry> of = registers.of(register, named.text());
            if (of.isEmpty()) named.wrong("policy.register.GONE", named.text(), register);
            else if (registers.isEnded(today, register, named.text()))
                named.wrong(
                        "policy.register.ENDED",
                        named.text(),
                        register,
                        Objects.requireNonNull(of.get(of.size() - 1).until()));
        }

        private void answers(YamlEntry written, Scheme.Fact fact) {
            registers
                    .on(today, Registers.SOURCES, fact.source())
                    .map(e -> e.source().facts())
                    .filter(known -> !known.isEmpty() && !known.contains(fact.name()))
                    .ifPresent(known -> written.get("source")
                            .wrong(
                                    "policy.register.NOT_ANSWERED",
                                    fact.source(),
                                    fact.name(),
                                    String.join(", ", known)));
        }
    }
}
