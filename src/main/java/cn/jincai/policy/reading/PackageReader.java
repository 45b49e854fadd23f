package cn.jincai.policy.reading;

import cn.jincai.kernel.Problem;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormReader;
import cn.jincai.policy.revision.RevisionRules;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files to a package: all of it, or every mistake. What the other rooms have to say about it, {@link PackageCheck} tells. */
public final class PackageReader {
    private PackageReader() {}

    /** @throws Problem INVALID {@code PACKAGE} with every finding */
    public static PolicyPackage read(String folder, SortedMap<String, byte[]> files) {
        Findings findings = new Findings();
        Optional<PolicyPackage> read = read(folder, files, findings);
        findings.throwIfAny();
        return read.orElseThrow();
    }

    /** As far as it can be read, so that more can be said of it than its first mistakes; empty without a scheme.yaml. */
    public static Optional<PolicyPackage> read(String folder, SortedMap<String, byte[]> files, Findings findings) {
        SortedMap<String, Form> forms = new TreeMap<>();
        try {
            forms.putAll(FormReader.readAll(files));
        } catch (Problem p) {
            findings.addAll(p.mistakes());
        }
        if (!files.containsKey("scheme.yaml")) {
            findings.add("scheme.yaml", "", "policy.file.MISSING_FILE");
            return Optional.empty();
        }
        Scheme scheme = new SchemeReader(files, findings).read();
        if (!scheme.code().equals(folder)) findings.add("scheme.yaml", "code", "policy.scheme.folder.CODE", folder);
        Set<String> dates = new HashSet<>(Set.of(Scheme.APPLICATION_DATE));
        scheme.facts().stream().filter(f -> f.type() == Scheme.Type.DATE).forEach(f -> dates.add(f.name()));
        List<Ruleset> rulesets = rulesetNames(files).stream()
                .map(name -> new RulesetReader(name, files, findings).read(dates))
                .sorted(Comparator.comparing(Ruleset::inForceFrom))
                .toList();
        if (rulesets.isEmpty()) findings.add("rulesets", "", "policy.ruleset.MISSING_FILE");
        if (rulesets.size()
                != rulesets.stream().map(Ruleset::inForceFrom).distinct().count())
            findings.add("rulesets", "", "policy.ruleset.TWICE");
        RevisionRules.read(
                files, scheme.benefits().stream().map(Scheme.Benefit::code).toList(), findings);
        return Optional.of(new PolicyPackage(
                scheme.code(),
                PolicyPackage.hash(files),
                scheme,
                StepsReader.of(files, findings),
                rulesets,
                forms,
                files));
    }

    private static SortedSet<String> rulesetNames(SortedMap<String, byte[]> files) {
        SortedSet<String> names = new TreeSet<>();
        for (String path : files.keySet()) {
            String[] parts = path.split("/");
            if (parts.length == 3 && parts[0].equals("rulesets")) names.add(parts[1]);
        }
        return names;
    }
}
