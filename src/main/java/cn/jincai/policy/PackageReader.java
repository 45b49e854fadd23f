package cn.jincai.policy;

import cn.jincai.kernel.Problem;
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
final class PackageReader {
    private PackageReader() {}

    /** @throws Problem INVALID {@code PACKAGE} with every finding */
    static PolicyPackage read(String folder, SortedMap<String, byte[]> files) {
        Findings findings = new Findings();
        Optional<PolicyPackage> read = read(folder, files, findings);
        findings.throwIfAny();
        return read.orElseThrow();
    }

    /** As far as it can be read, so that more can be said of it than its first mistakes; empty without a scheme.yaml. */
    static Optional<PolicyPackage> read(String folder, SortedMap<String, byte[]> files, Findings findings) {
        SortedMap<String, Form> forms = new TreeMap<>();
        try {
            forms.putAll(FormReader.readAll(files));
        } catch (Problem p) {
            findings.addAll(p.mistakes());
        }
        if (!files.containsKey("scheme.yaml")) {
            findings.add("scheme.yaml", "", "MISSING_FILE", "缺少文件。", "The file is missing.");
            return Optional.empty();
        }
        Scheme scheme = new SchemeReader(files, findings).read();
        if (!scheme.code().equals(folder))
            findings.add(
                    "scheme.yaml",
                    "code",
                    "CODE",
                    "代码应与文件夹同名：“" + folder + "”。",
                    "The code has to be the folder's name, '" + folder + "'.");
        Set<String> dates = new HashSet<>(Set.of(Scheme.APPLICATION_DATE));
        scheme.facts().stream().filter(f -> f.type() == Scheme.Type.DATE).forEach(f -> dates.add(f.name()));
        List<Ruleset> rulesets = rulesetNames(files).stream()
                .map(name -> new RulesetReader(name, files, findings).read(dates))
                .sorted(Comparator.comparing(Ruleset::inForceFrom))
                .toList();
        if (rulesets.isEmpty()) findings.add("rulesets", "", "MISSING_FILE", "没有规则集。", "There is no ruleset.");
        if (rulesets.size()
                != rulesets.stream().map(Ruleset::inForceFrom).distinct().count())
            findings.add("rulesets", "", "TWICE", "两个规则集同日生效。", "Two rulesets begin on the same day.");
        return Optional.of(new PolicyPackage(scheme.code(), PolicyPackage.hash(files), scheme, rulesets, forms, files));
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
