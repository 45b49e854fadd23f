import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
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
 *
 * A stamp is what a time-stamping service (RFC 3161) said of a head's whole line. Checked of it: that it is of this line, and signed with the key of the certificate
 * that is in it. Not checked, since a JDK alone can't: whether that certificate is the service's and was valid and not revoked then. Its owner and fingerprint are told:
 * compare them with what the service publishes, or check the token with "openssl ts -verify".
 */
class CheckAudit {
    private static final String START = "0".repeat(64);
    private static final Pattern PEM = Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----");

    private record Head(long seq, String hash, String at, String key) {}

    private final Map<String, PublicKey> keys = new HashMap<>();
    private final TreeMap<Long, List<Head>> signed = new TreeMap<>();
    private final Map<String, String> heads = new HashMap<>();
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final List<String> stamped = new ArrayList<>();
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
        for (Map.Entry<String, String> stamp : tokens.entrySet()) readStamp(stamp.getKey(), stamp.getValue());
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
        stamped.forEach(System.out::println);
        if (!stamped.isEmpty())
            System.out.println("时间戳证书是否可信、当时是否有效或被吊销未检查，请与时间戳机构公布的信息核对。"
                    + "Whether the certificates of the stamps are to be trusted, and were valid and not revoked, was not checked: compare them with what the service publishes.");
    }

    private void readStamp(String signature, String token) {
        String head = heads.get(signature);
        if (head == null) {
            found("有时间戳的签名不见了：" + signature, "a head that was stamped is not there: " + signature);
            return;
        }
        String entry = head.split("\t", -1)[1];
        try {
            stamped.add("第 " + entry + " 条的签名有时间戳 The head of entry " + entry + " was stamped: " + stampOf(head, Base64.getDecoder().decode(token)));
        } catch (GeneralSecurityException | RuntimeException notOne) {
            found("第 " + entry + " 条签名的时间戳无效：" + notOne.getMessage(), "the stamp on the head of entry " + entry + " is not valid: " + notOne.getMessage());
        }
    }

    /** @return when, and by whom */
    private static String stampOf(String head, byte[] token) throws GeneralSecurityException {
        List<Der> signedData = Der.read(token).parts().get(1).parts().get(0).parts();
        byte[] info = signedData.get(2).parts().get(1).parts().get(0).content();
        List<Der> said = Der.read(info).parts(), imprint = said.get(2).parts();
        if (!Arrays.equals(imprint.get(1).content(), digest(imprint.get(0), head.getBytes(StandardCharsets.UTF_8))))
            throw new GeneralSecurityException("it is of another text");

        List<Der> signer = signedData.get(signedData.size() - 1).parts().get(0).parts();
        byte[] attributes = signer.get(3).whole();
        attributes[0] = 0x31; // signed as the set that it is
        byte[] told = signer.get(3).parts().stream()
                .map(Der::parts)
                .filter(attribute -> hex(attribute.get(0).content()).equals("2a864886f70d010904"))
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("it does not say what was signed"))
                .get(1).parts().get(0).content();
        if (!Arrays.equals(told, digest(signer.get(2), info))) throw new GeneralSecurityException("it was changed");

        BigInteger serial = new BigInteger(signer.get(1).parts().get(1).content());
        X509Certificate certificate = null;
        for (Der one : signedData.get(3).parts()) {
            var known = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(one.whole()));
            if (known.getSerialNumber().equals(serial)) certificate = known;
        }
        if (certificate == null) throw new GeneralSecurityException("its certificate is not with it");
        Signature signature = Signature.getInstance(name(signer.get(2)).replace("-", "") + "with" + certificate.getPublicKey().getAlgorithm().replaceAll("^EC$", "ECDSA"));
        signature.initVerify(certificate);
        signature.update(attributes);
        if (!signature.verify(signer.get(5).content())) throw new GeneralSecurityException("it is not signed with its certificate");
        return new String(said.get(4).content(), StandardCharsets.US_ASCII) + ", " + certificate.getSubjectX500Principal() + ", SHA-256 "
                + hex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    private static byte[] digest(Der algorithm, byte[] text) throws GeneralSecurityException {
        return MessageDigest.getInstance(name(algorithm)).digest(text);
    }

    private static String name(Der algorithm) throws GeneralSecurityException {
        return switch (hex(algorithm.parts().get(0).content())) {
            case "608648016503040201" -> "SHA-256";
            case "608648016503040202" -> "SHA-384";
            case "608648016503040203" -> "SHA-512";
            default -> throw new GeneralSecurityException("its hash is none of SHA-256, SHA-384 and SHA-512");
        };
    }

    /** A value of ASN.1 as DER: a tag, a length, and as many bytes, in which others may stand. */
    private record Der(byte[] all, int start, int from, int end) {
        static Der read(byte[] all) {
            return at(all, 0);
        }

        private static Der at(byte[] all, int start) {
            int length = all[start + 1] & 0xff, from = start + 2;
            if (length > 0x80) {
                int bytes = length & 0x7f;
                length = new BigInteger(1, Arrays.copyOfRange(all, from, from + bytes)).intValueExact();
                from += bytes;
            }
            return new Der(all, start, from, Math.addExact(from, length));
        }

        List<Der> parts() {
            List<Der> parts = new ArrayList<>();
            for (int at = from; at < end; at = parts.get(parts.size() - 1).end) parts.add(at(all, at));
            return parts;
        }

        byte[] content() {
            return Arrays.copyOfRange(all, from, end);
        }

        byte[] whole() {
            return Arrays.copyOfRange(all, start, end);
        }
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
                String[] parts = line.split("\t", -1);
                if (parts[0].equals("stamp") && parts.length == 3) tokens.put(parts[1], parts[2]);
                if (!parts[0].equals("head")) continue;
                if (parts.length != 7 || !isSigned(line, parts[5], parts[6])) {
                    found("签名无效：" + line, "not signed with this key: " + line);
                    continue;
                }
                Head head = new Head(Long.parseLong(parts[1]), parts[2], parts[3], parts[5]);
                heads.put(parts[6], line);
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
                else if (!List.of("head", "entry", "stamp").contains(parts[0])) found("无法识别的一行：" + line, "a line that is not known: " + line);
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
