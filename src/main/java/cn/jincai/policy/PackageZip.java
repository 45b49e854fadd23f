package cn.jincai.policy;

import cn.jincai.policy.registers.Registers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A package as one zip, in the layout in which it is kept ({@code scheme.yaml}, {@code process.bpmn}, {@code rulesets/...}, {@code forms/...},
 * {@code common/...}), with or without one folder around it. What comes from outside is unpacked in memory and within limits; nothing is written by
 * the names that stand in it.
 */
final class PackageZip {
    static final int MOST_BYTES = 5 * 1024 * 1024;
    private static final int MOST_ENTRIES = 200;
    private static final int MOST_BYTES_OF_A_FILE = 1024 * 1024; // what one column of H2 holds
    private static final int MOST_BYTES_UNPACKED = 20 * 1024 * 1024;
    private static final int MOST_RATIO = 100;
    static final Set<String> KINDS = Set.of(".bpmn", ".dmn", ".form", ".yaml");
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int END_OF_CENTRAL = 0x06054b50;

    private PackageZip() {}

    /** The files by path; whatever is wrong with the zip goes to the findings, and then no files are answered. */
    static SortedMap<String, byte[]> read(byte[] zip, Findings findings) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (zip.length > MOST_BYTES) {
            wrong(findings, "", "policy.zip.ZIP_TOO_LARGE");
            return files;
        }
        if (zip.length < 4 || zip[0] != 'P' || zip[1] != 'K') {
            wrong(findings, "", "policy.zip.NO_ZIP");
            return files;
        }
        refuseLinks(zip, findings);
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            unpack(in, zip.length, files, findings);
        } catch (ZipException | IllegalArgumentException broken) {
            wrong(findings, "", "policy.zip.names.ZIP_BROKEN");
        } catch (IOException e) {
            throw new IllegalStateException("memory can't fail to be read", e);
        }
        if (findings.isEmpty() && files.isEmpty()) wrong(findings, "", "policy.zip.ZIP_EMPTY");
        return findings.isEmpty() ? withoutOuterFolder(files) : new TreeMap<>();
    }

    private static void unpack(ZipInputStream in, int zipped, SortedMap<String, byte[]> files, Findings findings)
            throws IOException {
        int entries = 0;
        long unpacked = 0;
        for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
            if (++entries > MOST_ENTRIES) {
                wrong(findings, "", "policy.zip.ZIP_ENTRIES", MOST_ENTRIES);
                return;
            }
            String path = entry.getName();
            if (entry.isDirectory() || path.startsWith("__MACOSX/") || path.endsWith(".DS_Store")) continue;
            if (!nameIsSafe(path, findings)) continue;
            byte[] content = content(in, Math.min(MOST_BYTES_OF_A_FILE, MOST_BYTES_UNPACKED - unpacked));
            if (content == null) {
                wrong(findings, path, "policy.zip.FILE_TOO_LARGE");
                return;
            }
            unpacked += content.length;
            if (unpacked > (long) zipped * MOST_RATIO) {
                wrong(findings, path, "policy.zip.ZIP_BOMB", MOST_RATIO);
                return;
            }
            if (files.put(path, content) != null) wrong(findings, path, "policy.zip.FILE_TWICE");
        }
    }

    private static boolean nameIsSafe(String path, Findings findings) {
        if (path.startsWith("/")
                || path.matches("[A-Za-z]:.*")
                || path.contains("\\")
                || List.of(path.split("/", -1)).stream()
                        .anyMatch(p -> p.isEmpty() || p.equals(".") || p.equals(".."))) {
            wrong(findings, shown(path), "policy.zip.PATH_NOT_ALLOWED");
            return false;
        }
        if (!path.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")) {
            wrong(findings, shown(path), "policy.zip.NAME_NOT_ALLOWED");
            return false;
        }
        if (KINDS.stream().noneMatch(path::endsWith)) {
            wrong(findings, path, "policy.zip.KIND_NOT_ALLOWED");
            return false;
        }
        return true;
    }

    /** At most this many bytes, null where there are more; it stops there, however much would still come. */
    private static byte @Nullable [] content(InputStream in, long most) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n; (n = in.read(buffer)) > 0; ) {
            if (content.size() + n > most) return null;
            content.write(buffer, 0, n);
        }
        return content.toByteArray();
    }

    /** Links show in the central directory only, as the Unix mode of an entry. */
    private static void refuseLinks(byte[] zip, Findings findings) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.length - 22;
        while (end >= 0 && bytes.getInt(end) != END_OF_CENTRAL) end--;
        if (end < 0) {
            wrong(findings, "", "policy.zip.ZIP_BROKEN");
            return;
        }
        long at = bytes.getInt(end + 16) & 0xffffffffL;
        while (at + 46 <= zip.length && bytes.getInt((int) at) == CENTRAL_HEADER) {
            int here = (int) at;
            int nameLength = bytes.getShort(here + 28) & 0xffff;
            boolean unix = zip[here + 5] == 3;
            boolean link = unix && (bytes.getInt(here + 38) >>> 16 & 0170000) == 0120000;
            if (link)
                wrong(
                        findings,
                        shown(new String(
                                zip, here + 46, Math.min(nameLength, zip.length - here - 46), StandardCharsets.UTF_8)),
                        "policy.zip.LINK_NOT_ALLOWED");
            at += 46L + nameLength + (bytes.getShort(here + 30) & 0xffff) + (bytes.getShort(here + 32) & 0xffff);
        }
    }

    private static SortedMap<String, byte[]> withoutOuterFolder(SortedMap<String, byte[]> files) {
        if (files.containsKey("scheme.yaml")) return files;
        Set<String> tops = new HashSet<>();
        files.keySet().forEach(path -> tops.add(path.substring(0, path.indexOf('/') + 1)));
        String top = tops.size() == 1 ? tops.iterator().next() : "";
        boolean known = files.containsKey(top + "scheme.yaml") || files.containsKey(top + Registers.FUNDS + ".yaml");
        if (top.isEmpty() || !known) return files;
        SortedMap<String, byte[]> inside = new TreeMap<>();
        files.forEach((path, content) -> inside.put(path.substring(top.length()), content));
        return inside;
    }

    /** The same files always make the same zip. */
    static byte[] write(SortedMap<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (var file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory can't fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static String shown(String path) {
        String plain = path.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
    }

    private static void wrong(Findings findings, String path, String key, Object... values) {
        findings.add(path.isEmpty() ? "zip" : path, "", key, values);
    }
}
