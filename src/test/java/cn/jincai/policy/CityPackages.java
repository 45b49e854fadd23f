package cn.jincai.policy;

import cn.jincai.policy.reading.PackageReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The packages in the folders, for tests without a database; also with one file written differently. */
public final class CityPackages {
    public static final PackageFolders FOLDERS = new PackageFolders(Path.of("."));

    /** One as packages were before schemes shared a diagram, texts and parts of forms: with its own copy of everything. */
    public static final PackageFolders BEFORE_SHARING =
            new PackageFolders(Path.of("src/test/resources/packages-before-sharing"));

    private CityPackages() {}

    public static PolicyPackage of(String scheme) {
        return PackageReader.read(scheme, FOLDERS.files(scheme));
    }

    /**
     * Any files as a package.
     *
     * @throws cn.jincai.kernel.Problem with every finding
     */
    public static PolicyPackage read(String scheme, SortedMap<String, byte[]> files) {
        return PackageReader.read(scheme, files);
    }

    /** The reasons that the tables of a package may give; the texts that schemes share are more. */
    public static Set<String> reasons(PolicyPackage policy) {
        return policy.rulesets().stream()
                .flatMap(ruleset -> ruleset.conditions().stream())
                .flatMap(table -> table.rows().stream())
                .map(row -> row.outputs().get("reason").replace("\"", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @throws cn.jincai.kernel.Problem with every finding */
    public static PolicyPackage with(String scheme, String file, UnaryOperator<String> change) {
        SortedMap<String, byte[]> files = FOLDERS.files(scheme);
        String before = new String(files.get(file), StandardCharsets.UTF_8), after = change.apply(before);
        if (after.equals(before)) throw new IllegalArgumentException("nothing was changed in " + file);
        files.put(file, after.getBytes(StandardCharsets.UTF_8));
        return PackageReader.read(scheme, files);
    }
}
