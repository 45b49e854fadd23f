package cn.jincai.policy;

import cn.jincai.policy.reading.PackageReader;
import cn.jincai.policy.reading.SchemeFile;
import cn.jincai.policy.registers.Registers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where packages are written: {@code bpmn/<scheme>} with its twin {@code forms/<scheme>}, and what all schemes share in {@code common}. */
@Component
public class PackageFolders {
    private static final Pattern NOT_OFFERED =
            Pattern.compile("(?m)^([\"']?)offered\\1[ \\t]*:[ \\t]*false[ \\t]*(#.*)?\\r?$");

    private static final String REGISTERS = "bpmn/registers";

    private final Path root;

    /** @param root folder that holds {@code bpmn} and {@code forms} */
    public PackageFolders(
            @Value("#{T(java.nio.file.Path).of('${jincai.packages:.}')}")
                    Path root) { // a plain "." would be looked for inside the jar
        this.root = root;
    }

    /** The schemes that people can apply for. */
    public List<String> schemes() {
        return all().stream().filter(this::isOffered).toList();
    }

    /** Those that are written and checked, and wait to be offered. */
    public List<String> notOffered() {
        return all().stream().filter(scheme -> !isOffered(scheme)).toList();
    }

    /** By the line that says so, as each start asks it of every scheme; a package that says it otherwise is in force and all the same not offered. */
    private boolean isOffered(String scheme) {
        return !NOT_OFFERED
                .matcher(new String(catalogue(scheme), StandardCharsets.UTF_8))
                .find();
    }

    /** The {@code scheme.yaml} alone, for who asks one thing of many schemes. */
    byte[] catalogue(String scheme) {
        try {
            return Files.readAllBytes(root.resolve("bpmn").resolve(scheme).resolve(SchemeFile.OWN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each that has a folder with a {@code scheme.yaml}, offered or not. */
    public List<String> all() {
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
        collect(root.resolve(REGISTERS), Registers.FOLDER, files);
        collect(root.resolve("forms").resolve(scheme), "forms/", files);
        collect(root.resolve("forms/common"), "forms/common/", files);
        if (files.containsKey(PolicyPackage.OWN_DIAGRAM))
            files.remove(PolicyPackage.SHARED_DIAGRAM); // a change of what it does not use is none of its own
        return files;
    }

    /** The registers by themselves, by the names of their files. */
    public SortedMap<String, byte[]> registers() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        collect(root.resolve(REGISTERS), "", files);
        return files;
    }

    /** The package as it is written. @return empty where it can't be read; the findings say why */
    public Optional<PolicyPackage> read(String scheme, Findings findings) {
        return PackageReader.read(scheme, files(scheme), findings).filter(p -> findings.isEmpty());
    }

    /** As it would be uploaded. */
    public byte[] zip(String scheme) {
        return PackageZip.write(files(scheme));
    }

    /** Where a file of a scheme's package is. */
    Path path(String scheme, String inPackage) {
        if (scheme.equals(Registers.CODE)) return root.resolve(REGISTERS).resolve(inPackage);
        if (inPackage.startsWith(Registers.FOLDER))
            return root.resolve(REGISTERS).resolve(inPackage.substring(Registers.FOLDER.length()));
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
