import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Checks a case's file as evidence (.zip), its manifest.txt, or entries of the audit record that were exported (.jsonl or .csv), with nothing but a JDK (17 or newer) and this file:
 *
 *     java bin/CheckEvidence.java FILE public-key.pem [export-of-the-whole-record.txt]
 *
 * The key and the export of the whole record are downloaded by an auditor from the page "Audit record"; whether that export itself is whole, CheckAudit.java tells. With it the place of each
 * entry in the chain is compared too. Exit code 0 where all is well, 1 where something was found, 2 where a file can't be read. docs/evidence.md describes the files.
 */
class CheckEvidence {
    private static final String EVIDENCE = "jincai-evidence", SELECTION = "jincai-record-selection";
    private static final String[] COLUMNS = {"seq", "at", "kind", "case", "stage", "zh", "en", "account", "role", "details", "previous", "hash"};
    private static final Pattern PEM = Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----");

    private final Map<String, PublicKey> keys = new HashMap<>();
    private final List<String> found = new ArrayList<>();
    private final TreeMap<Long, String> entries = new TreeMap<>();
    private long headSeq;
    private String headHash = "";
    private int files;

    public static void main(String[] args) {
        if (args.length < 2 || args.length > 3) {
            System.err.println("java CheckEvidence.java FILE public-key.pem [export-of-the-whole-record.txt]");
            System.exit(2);
        }
        try {
            System.exit(new CheckEvidence().check(args));
        } catch (IOException | GeneralSecurityException | RuntimeException unread) {
            System.err.println("无法读取 Can't be read: " + unread);
            System.exit(2);
        }
    }

    private int check(String[] args) throws IOException, GeneralSecurityException {
        readKeys(Path.of(args[1]));
        Path file = Path.of(args[0]);
        byte[] first;
        try (InputStream in = Files.newInputStream(file)) {
            first = in.readNBytes(EVIDENCE.length() + 1);
        }
        String begins = new String(first, StandardCharsets.UTF_8);
        if (begins.startsWith("PK")) zip(file);
        else if (begins.equals(EVIDENCE + "\t")) manifest(Files.readString(file));
        else if (begins.startsWith("{")) lines(Files.readString(file), true);
        else if (begins.startsWith("\uFEFFseq")) table(Files.readString(file));
        else throw new IllegalArgumentException(file + " is neither evidence nor entries of the record");
        if (args.length == 3) place(Path.of(args[2]));
        found.forEach(System.out::println);
        if (found.isEmpty())
            System.out.println("完好：" + files + " 个文件，" + entries.size() + " 条记录，取出时链尾为第 " + headSeq + " 条。All is well: " + files + " files, "
                    + entries.size() + " entries; the chain ended at entry " + headSeq + " then."
                    + (args.length == 3 ? " 与全部记录相符。They stand in the export of the whole record." : ""));
        return found.isEmpty() ? 0 : 1;
    }

    // ---- a zip

    private void zip(Path file) throws IOException, GeneralSecurityException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry manifest = zip.getEntry("manifest.txt");
            if (manifest == null) throw new IllegalArgumentException("there is no manifest.txt in it");
            Map<String, String> listed = manifest(new String(content(zip, manifest), StandardCharsets.UTF_8));
            if (zip.stream().filter(e -> e.getName().equals("manifest.txt")).count() > 1)
                found("manifest.txt 出现多次：别的程序看到的可能是另一份", "manifest.txt occurs more than once: other programs may show another one");
            Map<Long, String> told = new TreeMap<>(entries);
            entries.clear();
            for (ZipEntry entry : zip.stream().map(e -> (ZipEntry) e).toList()) {
                String name = entry.getName();
                if (name.equals("manifest.txt")) continue;
                String was = listed.remove(name);
                if (was == null) found(name + " 不在清单中，或出现两次", name + " is not on the list, or occurs twice");
                else
                    try {
                        byte[] is = content(zip, entry);
                        files++;
                        if (!hex(sha256(is)).equals(was)) found(name + " 被改动", name + " was changed");
                        if (name.equals("record.jsonl")) lines(new String(is, StandardCharsets.UTF_8), false);
                    } catch (ZipException damaged) {
                        found(name + " 已损坏", name + " is damaged");
                    }
            }
            for (String name : listed.keySet()) found("缺少 " + name, name + " is missing");
            if (!told.equals(entries)) found("记录与清单不符", "the entries are not those on the list");
        }
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** @return hashes of the files by their names */
    private Map<String, String> manifest(String text) throws GeneralSecurityException {
        int last = text.lastIndexOf("\nsignature\t") + 1;
        if (!text.startsWith(EVIDENCE + "\t1\n") || last == 0) throw new IllegalArgumentException("the manifest is none");
        Map<String, String> listed = new LinkedHashMap<>();
        for (String line : text.substring(0, last).split("\n")) {
            String[] parts = line.split("\t", -1);
            switch (parts[0]) {
                case "file" -> {
                    listed.put(parts[3], parts[1]);
                    if (!parts[4].equals("-") && !parts[4].equals(parts[1]))
                        found(parts[3] + " 在取出时已与提交时不同", parts[3] + " was other than what had been handed in when it was taken");
                }
                case "entry" -> entries.put(Long.parseLong(parts[1]), parts[2]);
                case "head" -> head(parts[1], parts[2]);
                case "chain" -> {
                    if (!parts[1].equals("whole")) found("取出时审计记录的链已有问题", "the chain of the record was broken already when it was taken");
                }
                default -> {}
            }
        }
        String[] signature = text.substring(last).stripTrailing().split("\t", -1);
        if (signature.length != 3 || !isSigned(signature[1], EVIDENCE + "\t" + hex(sha256(bytes(text.substring(0, last)))), signature[2]))
            found("清单被改动，或不是以此密钥签名", "the list was changed, or was not signed with this key");
        return listed;
    }

    // ---- entries

    /** @param alone false: in a zip, whose list tells where the chain ended */
    private void lines(String text, boolean alone) throws GeneralSecurityException {
        int last = text.lastIndexOf("\n", text.length() - 2) + 1;
        for (String line : text.substring(0, last).split("\n")) if (!line.isEmpty()) entry(new Json(line).object());
        Map<String, Object> signature = new Json(text.substring(last).stripTrailing()).object();
        if (alone) head(String.valueOf(signature.get("headSeq")), String.valueOf(signature.get("headHash")));
        signed(text.substring(0, last), signature.get("type"), signature.get("made"), signature.get("headSeq"), signature.get("headHash"), signature.get("key"), signature.get("signature"));
    }

    private void table(String text) throws GeneralSecurityException {
        int last = text.lastIndexOf("\r\n", text.length() - 3) + 2;
        // what is read is what is signed, and after it one row and nothing that a program would show as another
        String before = text.substring(0, last);
        List<List<String>> rows = rows(before.substring(Math.min(1, last))), end = rows(text.substring(last));
        if (rows.isEmpty() || !rows.get(0).equals(List.of(COLUMNS))) throw new IllegalArgumentException("the columns are others");
        if (end.size() != 1 || end.get(0).size() < 6) throw new IllegalArgumentException("after the entries there is something else than one signature");
        List<String> signature = end.get(0);
        for (List<String> row : rows.subList(1, rows.size())) {
            Map<String, Object> entry = new LinkedHashMap<>();
            for (int i = 0; i < COLUMNS.length; i++) {
                String value = row.get(i);
                boolean nothing = value.isEmpty() && List.of("case", "stage", "role").contains(COLUMNS[i]);
                entry.put(COLUMNS[i], nothing ? null : COLUMNS[i].equals("details") ? new Json(value).object() : value);
            }
            entry(entry);
        }
        head(signature.get(2), signature.get(3));
        signed(before, signature.get(0), signature.get(1), signature.get(2), signature.get(3), signature.get(4), signature.get(5));
    }

    private void signed(String before, Object type, Object made, Object seq, Object hash, Object key, Object signature) throws GeneralSecurityException {
        String text = SELECTION + "\t" + made + "\t" + seq + "\t" + hash + "\t" + hex(sha256(bytes(before)));
        if (!SELECTION.equals(type) || !isSigned(String.valueOf(key), text, String.valueOf(signature)))
            found("导出的记录被改动，或不是以此密钥签名", "the entries were changed, or were not signed with this key");
    }

    private void head(String seq, String hash) {
        headSeq = Long.parseLong(seq);
        headHash = hash;
    }

    /** SHA-256 over the parts, each with its length in bytes before it. */
    @SuppressWarnings("unchecked")
    private void entry(Map<String, Object> entry) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String part : List.of("seq", "at", "kind", "case", "stage", "zh", "en", "account", "role", "previous")) add(digest, entry.get(part));
        new TreeMap<>((Map<String, Object>) entry.get("details")).forEach((name, value) -> {
            add(digest, name);
            add(digest, value);
        });
        String hash = hex(digest.digest());
        if (!hash.equals(entry.get("hash"))) found("第 " + entry.get("seq") + " 条记录被改动", "entry " + entry.get("seq") + " was changed");
        if (entries.put(Long.parseLong(String.valueOf(entry.get("seq"))), hash) != null)
            found("第 " + entry.get("seq") + " 条记录出现两次", "entry " + entry.get("seq") + " occurs twice");
    }

    private static void add(MessageDigest digest, Object part) {
        byte[] bytes = part == null ? new byte[0] : bytes(part.toString());
        digest.update(bytes((part == null ? "-" : bytes.length) + ":"));
        digest.update(bytes);
    }

    /** Whether the export of the whole record has each entry at its number with the same hash. */
    private void place(Path export) throws IOException {
        Map<Long, String> wanted = new TreeMap<>(entries);
        if (headSeq > 0) wanted.merge(headSeq, headHash, (listed, head) -> listed.equals(head) ? head : "");
        try (BufferedReader lines = Files.newBufferedReader(export)) {
            String line = lines.readLine();
            if (line == null || !line.startsWith("jincai-audit-export\t1\t")) throw new IllegalArgumentException(export + " is no export of the audit record");
            while ((line = lines.readLine()) != null) {
                if (!line.startsWith("entry\t")) continue;
                String[] parts = line.split("\t", 13);
                Long seq = Long.valueOf(parts[1]);
                String hash = wanted.remove(seq);
                if (hash != null && !hash.equals(parts[11])) found("第 " + seq + " 条与全部记录中的不同", "entry " + seq + " is another in the export of the whole record");
            }
        }
        for (Long seq : wanted.keySet()) found("全部记录中没有第 " + seq + " 条", "the export of the whole record has no entry " + seq);
    }

    // ---- reading

    private static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') cell.append(c);
                else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else quoted = false;
            } else if (c == '"') quoted = true;
            else if (c == ',' || c == '\n') {
                row.add(plain(cell.toString()));
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (c != '\r') cell.append(c);
        }
        if (quoted || !row.isEmpty() || !cell.isEmpty()) throw new IllegalArgumentException("the last row has no end");
        return rows;
    }

    /** The ' that keeps a table program from taking a cell for a formula is none of its own. */
    private static String plain(String cell) {
        return cell.startsWith("'") ? cell.substring(1) : cell;
    }

    /** As much of JSON as an entry needs: objects, strings, numbers, null. */
    private static class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Map<String, Object> object() {
            Map<String, Object> object = new LinkedHashMap<>();
            take('{');
            while (next() != '}') {
                if (!object.isEmpty()) take(',');
                String name = string();
                take(':');
                if (object.containsKey(name)) throw new IllegalArgumentException("twice " + name);
                object.put(name, value());
            }
            take('}');
            return object;
        }

        private Object value() {
            if (next() == '{') return object();
            if (next() == '"') return string();
            int from = at;
            while (at < text.length() && ",}".indexOf(text.charAt(at)) < 0) at++;
            String word = text.substring(from, at).strip();
            return word.equals("null") ? null : word;
        }

        private String string() {
            StringBuilder string = new StringBuilder();
            take('"');
            while (text.charAt(at) != '"') {
                char c = text.charAt(at++);
                if (c != '\\') string.append(c);
                else {
                    char escaped = text.charAt(at++);
                    switch (escaped) {
                        case 'n' -> string.append('\n');
                        case 'r' -> string.append('\r');
                        case 't' -> string.append('\t');
                        case 'b' -> string.append('\b');
                        case 'f' -> string.append('\f');
                        case 'u' -> {
                            string.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                            at += 4;
                        }
                        default -> string.append(escaped);
                    }
                }
            }
            at++;
            return string.toString();
        }

        private char next() {
            while (text.charAt(at) == ' ') at++;
            return text.charAt(at);
        }

        private void take(char wanted) {
            if (next() != wanted) throw new IllegalArgumentException("no " + wanted + " at " + at);
            at++;
        }
    }

    private void readKeys(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = PEM.matcher(Files.readString(file));
        while (pem.find()) {
            byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
            keys.put(hex(sha256(bytes)).substring(0, 16), KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(bytes)));
        }
        if (keys.isEmpty()) throw new IllegalArgumentException(file + " has no public key");
    }

    private boolean isSigned(String by, String text, String signature) throws GeneralSecurityException {
        PublicKey key = keys.get(by);
        if (key == null) return false;
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(key);
        ed25519.update(bytes(text));
        try {
            return ed25519.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException noSignature) {
            return false;
        }
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private void found(String zh, String en) {
        found.add(zh + "。" + en + ".");
    }
}
