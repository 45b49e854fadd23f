package cn.jincai.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where packages are written: {@code bpmn/<scheme>} with its twin {@code forms/<scheme>}, and what all schemes share in {@code common}. */
@Component
public class PackageFolders {
    private final Path root;

    /** @param root folder that holds {@code bpmn} and {@code forms} */
    public PackageFolders(
            @Value("#{T(java.nio.file.Path).of('${jincai.packages:.}')}")
                    Path root) { // a plain "." would be looked for inside the jar
        this.root = root;
    }

    /** The schemes that have a folder with a {@code scheme.yaml}. */
    public List<String> schemes() {
        Path folder = root.resolve("bpmn");
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(f -> Files.exists(f.resolve("scheme.yaml")))
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files of a scheme's package by their path in it, the shared ones included. */
    public SortedMap<String, byte[]> files(String scheme) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        collect(root.resolve("bpmn").resolve(scheme), "", files);
        collect(root.resolve("bpmn/common"), "common/", files);
        collect(root.resolve("forms").resolve(scheme), "forms/", files);
        collect(root.resolve("forms/common"), "forms/common/", files);
        if (files.containsKey(PolicyPackage.OWN_DIAGRAM))
            files.remove(PolicyPackage.SHARED_DIAGRAM); // a change of what it does not use is none of its own
        return files;
    }

    /** Where a file of a scheme's package is. */
    Path path(String scheme, String inPackage) {
        if (inPackage.startsWith("common/")) return root.resolve("bpmn").resolve(inPackage);
        if (inPackage.startsWith("forms/common/")) return root.resolve(inPackage);
        if (inPackage.startsWith("forms/"))
            return root.resolve("forms").resolve(scheme).resolve(inPackage.substring("forms/".length()));
        return root.resolve("bpmn").resolve(scheme).resolve(inPackage);
    }

    static void collect(Path folder, String prefix, SortedMap<String, byte[]> files) {
        if (!Files.isDirectory(folder)) return;
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile)
                    .filter(p -> PackageZip.KINDS.stream().anyMatch(p.toString()::endsWith))
                    .toList())
                files.put(prefix + folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
