package cn.jincai.policy;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.forms.FieldCheck;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.policy.gate.FormKeys;
import cn.jincai.policy.gate.FormsAgainstFacts;
import cn.jincai.policy.gate.StructureCheck;
import cn.jincai.policy.gate.ValidityGaps;
import cn.jincai.policy.reading.PackageReader;
import cn.jincai.policy.reading.SchemeFile;
import cn.jincai.policy.registers.RegisterCheck;
import cn.jincai.policy.registers.Registers;
import cn.jincai.policy.registers.RegistersGate;
import cn.jincai.policy.registers.RegistersReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** What every package has to pass, in the office and on a laptop alike: it is read as a whole, then looked at by each room that understands a part of it. */
@Component
public class Gate {
    private final List<PackageCheck> checks;
    private final RegistersGate registers;

    /** Without an office: the registers are looked at by themselves. */
    public Gate(List<PackageCheck> checks) {
        this(checks, new RegistersGate(() -> Registers.NONE, List::of, new CityClock()));
    }

    @Autowired
    Gate(List<PackageCheck> checks, RegistersGate registers) {
        this.registers = registers;
        this.checks =
                checks.stream().sorted(AnnotationAwareOrderComparator.INSTANCE).toList();
    }

    /**
     * The checks of this room, for a gate without database.
     *
     * @param fields what a form may ask for by name
     * @param beside the tree that holds the other schemes
     * @param ofTheRulebook schemes whose way the rulebook lays down
     */
    public static List<PackageCheck> ofThisRoom(
            List<FieldCheck> fields,
            DiagramVocabulary words,
            CityClock clock,
            PackageFolders beside,
            Set<String> ofTheRulebook) {
        FormCheck forms = new FormCheck(clock, fields);
        Supplier<List<PolicyPackage>> others = SingletonSupplier.of(() -> beside.all().stream()
                .flatMap(scheme -> PackageReader.read(scheme, beside.files(scheme), new Findings()).stream())
                .toList());
        return List.of(
                new StructureCheck(words),
                new FormsAgainstFacts(forms),
                new ValidityGaps(),
                new FormKeys(forms, words),
                new RegisterCheck(() -> RegistersReader.ofVersion(beside.registers(), new Findings()), clock),
                new SchemeCheck(scheme -> SchemeCheck.others(scheme, beside), others, ofTheRulebook));
    }

    /** Adds all that is wrong or odd to the findings. @return the package as far as it can be read; empty where it can't */
    public Optional<PolicyPackage> look(String scheme, SortedMap<String, byte[]> files, Findings findings) {
        files.forEach((path, content) -> {
            if (path.endsWith(".bpmn") || path.endsWith(".dmn")) SafeXml.root(path, content, findings);
        });
        if (!findings.isEmpty()) return Optional.empty(); // nobody else reads XML that could bite
        if (scheme.equals(Registers.CODE)) {
            registers.look(files, findings);
            return Optional.empty(); // no package
        }
        Optional<PolicyPackage> candidate = PackageReader.read(scheme, files, findings);
        boolean whole = findings.isEmpty();
        candidate.ifPresent(pack -> checks.forEach(check -> {
            if (whole) check.check(pack, findings);
            else check.checkBroken(pack, findings);
        }));
        return candidate;
    }

    /** What the checks find odd in a package that was frozen. */
    List<Mistake> warnings(PolicyPackage pack) {
        Findings findings = new Findings();
        checks.forEach(check -> check.check(pack, findings));
        return findings.warnings();
    }

    /** The code that a package gives itself, {@value Registers#CODE} for registers; empty where it has none. */
    public static String code(SortedMap<String, byte[]> files) {
        if (!files.containsKey(SchemeFile.OWN) && files.containsKey(Registers.FUNDS + ".yaml")) return Registers.CODE;
        return YamlEntry.read(SchemeFile.OWN, files.get(SchemeFile.OWN), new Findings())
                .get("code")
                .text("");
    }
}
