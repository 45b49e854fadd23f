package cn.jincai.policy;

import cn.jincai.kernel.Problem;
import cn.jincai.policy.reading.PackageReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A whole scheme that no Java knows, from {@code src/test/resources/packages}: two benefits, a list, derived days, two shares, a window, parameters
 * with several values, and a name of its own for everything.
 */
public final class MadeUpPackage {
    public static final String CODE = "craft-house";
    private static final PackageFolders FOLDERS = new PackageFolders(Path.of("src/test/resources/packages"));

    private MadeUpPackage() {}

    /** Its own files with those that all schemes of the city share. */
    public static SortedMap<String, byte[]> files() {
        return files(CODE);
    }

    /** Another one, whose aid is calculated month by month and claimed by the quarter. */
    public static final String BY_MONTH = "bread-stall";

    public static SortedMap<String, byte[]> files(String code) {
        SortedMap<String, byte[]> files = new TreeMap<>(FOLDERS.files(code));
        CityPackages.FOLDERS.files("skills-award").forEach((path, content) -> {
            if (path.startsWith("common/") || path.startsWith("forms/common/")) files.put(path, content);
        });
        return files;
    }

    /** As an official would hand it in. */
    public static byte[] zip(String code) {
        return PackageZip.write(files(code));
    }

    /** @throws Problem with every finding */
    public static PolicyPackage of(SortedMap<String, byte[]> files) {
        return PackageReader.read(CODE, files);
    }

    /** Another scheme. @throws Problem with every finding */
    public static PolicyPackage of(String code, SortedMap<String, byte[]> files) {
        return PackageReader.read(code, files);
    }

    public static PolicyPackage read() {
        try {
            return of(files());
        } catch (Problem p) {
            throw new AssertionError(p.mistakes().toString(), p);
        }
    }

    /**
     * With one file written differently.
     *
     * @throws Problem with every finding
     */
    public static PolicyPackage with(String file, UnaryOperator<String> change) {
        SortedMap<String, byte[]> files = files();
        String before = new String(files.get(file), StandardCharsets.UTF_8), after = change.apply(before);
        if (after.equals(before)) throw new IllegalArgumentException("nothing was changed in " + file);
        files.put(file, after.getBytes(StandardCharsets.UTF_8));
        return PackageReader.read(CODE, files);
    }
}
