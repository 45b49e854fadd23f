import java.io.BufferedReader;
import java.io.IOException;
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
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks an export of the audit record, with nothing but a JDK (17 or newer) and this file:
 *
 *     java bin/CheckAudit.java export.txt public-key.pem [earlier-export.txt or jincai.audit-heads.txt ...]
 *
 * Both are downloaded by an auditor from the page "Audit record". Of the further files only the signed heads count: they show whether a longer chain was
 * once signed than the export has now, and whether what was signed then is still there. Exit code 0 where all is well, 1 where something was found, 2 where
 * a file can't be read.
 *
 * An export has one line for each entry, its parts divided by tabs, \- for nothing at all. The hash of an entry is SHA-256 over its parts, each with its length in
 * bytes before it ("3:abc", "-:" for nothing): number, time, kind, case, stage, Chinese, English, account, role, the hash before, then names and values of the
 * details. A head is signed with Ed25519 over its line up to the tab before the signature.
 */
class CheckAudit {
    private static final String START = "0".repeat(64);
    private static final Pattern PEM = Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----");

    private record Head(long seq, String hash, String at, String key) {}

    private final Map<String, PublicKey> keys = new HashMap<>();
    private final TreeMap<Long, List<Head>> signed = new TreeMap<>();
    private final List<String> found = new ArrayList<>();
    private long seq;
    private String previous = START;
    private boolean chainBroken;
    private boolean ended;

    public static void main(String[] files) {
        if (files.length < 2) {
            System.err.println("java CheckAudit.java export.txt public-key.pem [earlier-export.txt ...]");
            System.exit(2);
        }
        try {
            System.exit(new CheckAudit().check(files));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unread) {
            System.err.println("无法读取 Can't be read: " + unread);
            System.exit(2);
        }
    }

    private int check(String[] files) throws IOException, GeneralSecurityException {
        readKeys(Path.of(files[1]));
        readHeads(Path.of(files[0]));
        for (int i = 2; i < files.length; i++) readHeads(Path.of(files[i]));
        readChain(Path.of(files[0]));
        if (!chainBroken)
            for (Head beyond : last(signed.tailMap(seq, false)))
                found("链尾被截去，或数据库被恢复到较早的状态：已签名至第 " + beyond.seq + " 条（" + beyond.at + "），只有 " + seq + " 条",
                        "the end was cut off, or the database went back to an older state: signed up to entry " + beyond.seq + " at " + beyond.at
                                + ", there are only " + seq);
        if (signed.isEmpty()) found("没有任何有效签名", "there is no valid signature at all");
        found.forEach(System.out::println);
        if (found.isEmpty()) tellWell();
        return found.isEmpty() ? 0 : 1;
    }

    private void tellWell() {
        Head head = last(signed).get(0);
        System.out.println("完好：全部 " + seq + " 条记录首尾相连。All " + seq + " entries are linked.");
        System.out.println("已签名至第 " + head.seq + " 条，" + head.at + "，密钥 " + head.key + "。Signed up to entry " + head.seq + " at " + head.at + " with key "
                + head.key + ".");
        if (head.seq < seq)
            System.out.println("第 " + (head.seq + 1) + " 条起尚未签名。Entries from " + (head.seq + 1) + " on are not signed yet.");
    }

    private static List<Head> last(SortedMap<Long, List<Head>> heads) {
        return heads.isEmpty() ? List.of() : heads.get(heads.lastKey()).subList(0, 1);
    }

    private void readKeys(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = PEM.matcher(Files.readString(file));
        while (pem.find()) {
            byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
            keys.put(hex(MessageDigest.getInstance("SHA-256").digest(bytes)).substring(0, 16),
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(bytes)));
        }
        if (keys.isEmpty()) throw new IllegalArgumentException(file + " has no public key");
    }

    private void readHeads(Path file) throws IOException, GeneralSecurityException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("head\t")) continue;
                String[] parts = line.split("\t", -1);
                if (parts.length != 7 || !isSigned(line, parts[5], parts[6])) {
                    found("签名无效：" + line, "not signed with this key: " + line);
                    continue;
                }
                Head head = new Head(Long.parseLong(parts[1]), parts[2], parts[3], parts[5]);
                signed.computeIfAbsent(head.seq, any -> new ArrayList<>()).add(head);
            }
        }
    }

    private boolean isSigned(String line, String by, String signature) throws GeneralSecurityException {
        PublicKey key = keys.get(by);
        if (key == null) return false;
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(key);
        ed25519.update(line.substring(0, line.lastIndexOf('\t')).getBytes(StandardCharsets.UTF_8));
        try {
            return ed25519.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException noSignature) {
            return false;
        }
    }

    private void readChain(Path file) throws IOException, GeneralSecurityException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String first = lines.readLine();
            if (first == null || !first.startsWith("jincai-audit-export\t1\t"))
                throw new IllegalArgumentException(file + " is no export of the audit record");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("\t", -1);
                if (parts[0].equals("entry") && !chainBroken) entry(parts);
                else if (parts[0].equals("end")) end(parts);
                else if (!parts[0].equals("head") && !parts[0].equals("entry")) found("无法识别的一行：" + line, "a line that is not known: " + line);
            }
        }
        if (!ended) found("文件不完整", "the file is not complete");
    }

    private void entry(String[] parts) throws GeneralSecurityException {
        seq++;
        if (parts.length < 12 || parts.length % 2 != 0) broken("残缺", "is not complete");
        else if (!parts[1].equals(Long.toString(seq))) broken("缺少这一条", "is missing");
        else if (!parts[10].equals(previous)) broken("与上一条不相连", "does not join the entry before");
        else if (!parts[11].equals(hash(parts))) broken("内容被改动", "was changed");
        else {
            previous = parts[11];
            for (Head head : signed.getOrDefault(seq, List.of()))
                if (!head.hash.equals(previous)) {
                    broken("与 " + head.at + " 签名的链不符，至此的记录被重写", "is not what was signed at " + head.at + ": the entries up to here were rewritten");
                    return;
                }
        }
    }

    /** One finding is enough: behind it nothing fits. */
    private void broken(String zh, String en) {
        chainBroken = true;
        found("第 " + seq + " 条：" + zh, "entry " + seq + " " + en);
    }

    private void end(String[] parts) {
        ended = true;
        long last = Long.parseLong(parts[1]);
        if (chainBroken || last == seq && parts[2].equals(previous)) return;
        if (last < seq) found("第 " + (last + 1) + " 条：链尾之后另有插入的记录", "entry " + (last + 1) + " was put in behind the end of the chain");
        else found("链尾被截断：应有 " + last + " 条，只有 " + seq + " 条", "the end was cut off: there should be " + last + " entries, there are " + seq);
    }

    /** Parts 1 to 9, the hash before, the details. */
    private static String hash(String[] parts) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int i = 1; i < parts.length; i++) {
            if (i == 11) continue;
            if (parts[i].equals("\\-")) digest.update("-:".getBytes(StandardCharsets.UTF_8));
            else {
                byte[] bytes = plain(parts[i]).getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
        }
        return hex(digest.digest());
    }

    private static String plain(String part) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c != '\\' || i + 1 == part.length()) plain.append(c);
            else
                switch (part.charAt(++i)) {
                    case 't' -> plain.append('\t');
                    case 'n' -> plain.append('\n');
                    case 'r' -> plain.append('\r');
                    default -> plain.append(part.charAt(i));
                }
        }
        return plain.toString();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private void found(String zh, String en) {
        found.add(zh + "。" + en + ".");
    }
}
