package cn.jincai.policy;

import cn.jincai.kernel.Problem;
import cn.jincai.policy.reading.PackageReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Two made-up schemes for which employers apply, from {@code src/test/resources/packages}: {@code ROOMS} for themselves alone, {@code APPRENTICES} with a roster as well. No Java knows of them. */
public final class WeavingRooms {
    public static final String ROOMS = "loom-rooms", APPRENTICES = "loom-apprentices";
    private static final PackageFolders FOLDERS = new PackageFolders(Path.of("src/test/resources/packages"));

    private WeavingRooms() {}

    /** Its own files with those that all schemes of the city share. */
    public static SortedMap<String, byte[]> files(String code) {
        SortedMap<String, byte[]> files = new TreeMap<>(FOLDERS.files(code));
        CityPackages.FOLDERS.files("skills-award").forEach((path, content) -> {
            if (path.startsWith("common/") || path.startsWith("forms/common/")) files.put(path, content);
        });
        return files;
    }

    /** As an official hands it in. */
    public static byte[] zip(String code) {
        return PackageZip.write(files(code));
    }

    public static PolicyPackage read(String code) {
        try {
            return PackageReader.read(code, files(code));
        } catch (Problem p) {
            throw new AssertionError(p.mistakes().toString(), p);
        }
    }

    /** With some files written differently. @throws Problem with every finding */
    static SortedMap<String, byte[]> with(String code, Map<String, UnaryOperator<String>> changes) {
        SortedMap<String, byte[]> files = files(code);
        changes.forEach((file, change) -> {
            String before = new String(files.get(file), StandardCharsets.UTF_8), after = change.apply(before);
            if (after.equals(before)) throw new IllegalArgumentException("nothing was changed in " + file);
            files.put(file, after.getBytes(StandardCharsets.UTF_8));
        });
        return files;
    }
}
