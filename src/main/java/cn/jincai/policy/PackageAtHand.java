package cn.jincai.policy;

import cn.jincai.policy.reading.SchemeFile;
import cn.jincai.policy.registers.Registers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A package that somebody has on a disk.
 *
 * @param shown  for a path inside the package: what its owner knows the file by
 * @param beside the tree that it is one of, or else the one that the program was started in: whose benefits may be counted
 */
public record PackageAtHand(
        String scheme, SortedMap<String, byte[]> files, UnaryOperator<String> shown, PackageFolders beside) {
    /**
     * A zip as it is uploaded, a folder with such a package, a scheme's folder in a tree ({@code bpmn/<scheme>}), or the tree itself, whose schemes are all answered.
     *
     * @param here the tree that the program was started in
     * @return nothing where there is no package; what is wrong with a zip goes to the findings
     */
    public static List<PackageAtHand> in(Path given, Path here, Findings findings) throws IOException {
        Path at = given.toAbsolutePath().normalize();
        if (Files.isRegularFile(at)) {
            SortedMap<String, byte[]> files = PackageZip.read(Files.readAllBytes(at), findings);
            return files.isEmpty() ? List.of() : List.of(unpacked(files, path -> given + "!" + path, here));
        }
        Optional<Path> tree = tree(at);
        if (tree.isEmpty()) {
            if (!Files.exists(at.resolve(SchemeFile.OWN)) && !isRegisters(at)) return List.of();
            SortedMap<String, byte[]> files = new TreeMap<>();
            PackageFolders.collect(at, "", files);
            return List.of(unpacked(files, path -> given.resolve(path).toString(), here));
        }
        PackageFolders folders = new PackageFolders(tree.get());
        List<PackageAtHand> all = new ArrayList<>();
        if (!folders.registers().isEmpty() && !Files.exists(at.resolve(SchemeFile.OWN)))
            all.add(new PackageAtHand(
                    Registers.CODE,
                    folders.registers(),
                    path -> shown(folders.path(Registers.CODE, path), here),
                    folders));
        if (isRegisters(at)) return all;
        folders.all().stream()
                .filter(scheme -> !Files.exists(at.resolve(SchemeFile.OWN)) || at.endsWith(scheme))
                .map(scheme -> new PackageAtHand(
                        scheme, folders.files(scheme), path -> shown(folders.path(scheme, path), here), folders))
                .forEach(all::add);
        return all;
    }

    private static boolean isRegisters(Path at) {
        return Files.exists(at.resolve(Registers.FUNDS + ".yaml"));
    }

    private static PackageAtHand unpacked(SortedMap<String, byte[]> files, UnaryOperator<String> shown, Path here) {
        PackageFolders beside = new PackageFolders(here);
        SortedMap<String, byte[]> with = new TreeMap<>(files);
        boolean brings = files.keySet().stream().anyMatch(path -> path.startsWith(Registers.FOLDER));
        if (!brings && files.containsKey(SchemeFile.OWN))
            beside.registers().forEach((path, content) -> with.put(Registers.FOLDER + path, content));
        return new PackageAtHand(Gate.code(files), with, shown, beside);
    }

    /** The folder that holds {@code bpmn} and {@code forms}, if this is it, its {@code bpmn} or a scheme's folder there. */
    private static Optional<Path> tree(Path at) {
        if (Files.isDirectory(at.resolve("bpmn"))) return Optional.of(at);
        Path bpmn = Files.exists(at.resolve(SchemeFile.OWN)) || isRegisters(at) ? at.getParent() : at;
        return bpmn != null && bpmn.endsWith("bpmn") ? Optional.ofNullable(bpmn.getParent()) : Optional.empty();
    }

    /** As short as it can be typed from where the program was started. */
    private static String shown(Path path, Path here) {
        Path whole = path.toAbsolutePath().normalize(),
                start = here.toAbsolutePath().normalize();
        return whole.startsWith(start) ? start.relativize(whole).toString() : whole.toString();
    }
}
