package cn.jincai.inquiry;

import cn.jincai.audit.AuditEntry;
import cn.jincai.audit.AuditKey;
import cn.jincai.audit.AuditLog;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Sha256;
import cn.jincai.kernel.Text;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Whether a file of evidence is still the one that was taken, and the record still says what it says: each file against the manifest, the manifest against its signature, each entry of the record
 * computed again and, where the list was signed here, compared with the record of today. Of a manifest alone the same, but for the files.
 */
@Service
public class EvidenceCheck {
    /** A zip that unfolds to more is none of ours. */
    private static final long MOST_BYTES = 2_000_000_000L;

    private static final int MOST_FILES = 2_000, MOST_KEPT = 64 * 1024 * 1024;

    private final AuditKey key;
    private final AuditLog log;
    private final EvidenceFile evidence;
    private final CaseFile cases;
    private final JsonColumns json;
    private final ApplicationEventPublisher events;

    EvidenceCheck(
            AuditKey key,
            AuditLog log,
            EvidenceFile evidence,
            CaseFile cases,
            JsonColumns json,
            ApplicationEventPublisher events) {
        this.key = key;
        this.log = log;
        this.evidence = evidence;
        this.cases = cases;
        this.json = json;
        this.events = events;
    }

    public record Finding(boolean well, Text text) {}

    /** @param made as the manifest says */
    public record Checked(CaseNumber number, String made, List<Finding> findings) {
        public boolean isWell() {
            return findings.stream().allMatch(Finding::well);
        }
    }

    /** Of a zip: hashes of its files by name, and what is read of it. */
    private static final class Unpacked {
        private final Map<String, String> hashes = new TreeMap<>();
        private final Map<String, byte[]> kept = new HashMap<>();
        private final List<Finding> found = new ArrayList<>();
    }

    /**
     * @param file a zip of evidence or its manifest, on the disk
     * @throws Problem FORBIDDEN for whoever does not audit; NOT_FOUND for a case that he may not open; INVALID on {@code file} for what is neither
     */
    public Checked check(Actor who, Path file) throws IOException {
        who.mustBe(Role.AUDITOR);
        boolean isZip = startsAsZip(file);
        Unpacked zip = isZip ? unpacked(file) : new Unpacked();
        byte[] told = isZip
                ? zip.kept.get(EvidenceFile.MANIFEST)
                : Files.size(file) > MOST_KEPT ? null : Files.readAllBytes(file);
        if (told == null) throw Problem.invalid("file", "inquiry.check.NO_EVIDENCE");
        Manifest manifest = Manifest.read(new String(told, StandardCharsets.UTF_8))
                .orElseThrow(() -> Problem.invalid("file", "inquiry.check.NO_EVIDENCE"));
        List<Finding> findings = new ArrayList<>(zip.found);
        boolean signed = key.hasSigned(manifest.key(), EvidenceFile.signed(manifest.unsigned()), manifest.signature())
                && manifest.unsigned().length() + signatureLength(manifest)
                        == new String(told, StandardCharsets.UTF_8).length();
        add(findings, signed, "signature");
        // of a list that was not made here anybody could make one, and ask so what the record has of any case
        if (signed && !cases.admitsAsOfficer(who, manifest.number())) throw Problem.notFound();
        if (!manifest.chainWhole()) findings.add(new Finding(false, Text.of("inquiry.check.chain")));
        if (isZip) {
            files(manifest, zip, findings);
            entries(manifest, zip.kept.getOrDefault(EvidenceFile.RECORD, new byte[0]), findings);
        }
        if (signed) {
            if (isZip) sealed(manifest, file, findings);
            record(manifest, findings);
        }
        Checked checked = new Checked(manifest.number(), manifest.made(), findings);
        events.publishEvent(CaseEvent.forAuditors(
                "inquiry.event.evidence-checked",
                who,
                Role.AUDITOR,
                Map.of("case", manifest.number().value(), "well", String.valueOf(checked.isWell()))));
        return checked;
    }

    private static int signatureLength(Manifest manifest) {
        return ("signature\t" + manifest.key() + "\t" + manifest.signature() + "\n").length();
    }

    private static void add(List<Finding> findings, boolean well, String what, Object... values) {
        findings.add(new Finding(well, Text.of("inquiry.check." + what + (well ? ".well" : ".wrong"), values)));
    }

    private static boolean startsAsZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(2);
            return first.length == 2 && first[0] == 'P' && first[1] == 'K';
        }
    }

    /** As every program that opens it reads it: by the list at its end. */
    private static Unpacked unpacked(Path file) throws IOException {
        Unpacked unpacked = new Unpacked();
        long left = MOST_BYTES;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_FILES) throw Problem.invalid("file", "inquiry.check.NO_EVIDENCE");
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                String name = entry.getName();
                try (InputStream in = zip.getInputStream(entry)) {
                    left -= read(unpacked, name, in, left);
                } catch (ZipException damaged) {
                    unpacked.found.add(new Finding(false, Text.of("inquiry.check.unreadable", name)));
                    unpacked.hashes.put(name, "");
                }
            }
        } catch (ZipException noZip) {
            throw Problem.invalid("file", "inquiry.check.NO_ZIP");
        }
        return unpacked;
    }

    private static long read(Unpacked into, String name, InputStream in, long left) throws IOException {
        boolean keep = name.equals(EvidenceFile.MANIFEST) || name.equals(EvidenceFile.RECORD);
        if (keep) {
            byte[] content = in.readNBytes(MOST_KEPT);
            into.kept.put(name, content);
            add(into, name, Sha256.of(content));
            return content.length;
        }
        Sha256 hash = new Sha256();
        long length = 0;
        for (byte[] piece = in.readNBytes(1 << 16); piece.length > 0; piece = in.readNBytes(1 << 16)) {
            length += piece.length;
            if (length > left) throw Problem.invalid("file", "inquiry.check.NO_EVIDENCE");
            hash.add(piece);
        }
        add(into, name, hash.hex());
        return length;
    }

    private static void add(Unpacked into, String name, String hash) {
        if (into.hashes.put(name, hash) != null)
            into.found.add(new Finding(false, Text.of("inquiry.check.twice", name)));
    }

    private static void files(Manifest manifest, Unpacked zip, List<Finding> findings) {
        int well = 0;
        for (Map.Entry<String, Manifest.Listed> listed : manifest.files().entrySet()) {
            String name = listed.getKey(), is = zip.hashes.get(name);
            Manifest.Listed was = listed.getValue();
            if (is == null) findings.add(new Finding(false, Text.of("inquiry.check.missing", name)));
            else if (!is.equals(was.sha256())) findings.add(new Finding(false, Text.of("inquiry.check.changed", name)));
            else if (!was.kept().equals("-") && !was.kept().equals(was.sha256()))
                findings.add(new Finding(false, Text.of("inquiry.check.otherThanHandedIn", name)));
            else well++;
        }
        for (String name : zip.hashes.keySet())
            if (!name.equals(EvidenceFile.MANIFEST) && !manifest.files().containsKey(name))
                findings.add(new Finding(false, Text.of("inquiry.check.putIn", name)));
        findings.add(new Finding(
                well == manifest.files().size(),
                Text.of("inquiry.check.files", well, manifest.files().size())));
    }

    /** Byte for byte, as the record says. */
    private void sealed(Manifest manifest, Path file, List<Finding> findings) throws IOException {
        Sha256 hash = new Sha256();
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] piece = in.readNBytes(1 << 16); piece.length > 0; piece = in.readNBytes(1 << 16))
                hash.add(piece);
        }
        String is = hash.hex();
        boolean known = evidence.entries(manifest.number(), Long.MAX_VALUE).stream()
                .filter(entry -> entry.kind().equals(EvidenceFile.SEALED))
                .anyMatch(entry -> is.equals(entry.details().get("sha256")));
        add(findings, known, "sealed");
    }

    /** Those in the zip: each computed again, and the same as in the manifest. */
    private void entries(Manifest manifest, byte[] lines, List<Finding> findings) {
        Map<Long, String> told = new TreeMap<>();
        boolean well = true;
        for (String line : new String(lines, StandardCharsets.UTF_8).split("\n")) {
            try {
                JsonNode one = json.read(line, JsonNode.class);
                if (!one.has("seq")) continue; // the signature
                AuditEntry entry = entry(one);
                well &= entry.computedHash().equals(entry.hash()) && told.put(entry.seq(), entry.hash()) == null;
            } catch (RuntimeException noEntry) {
                well = false;
            }
        }
        add(findings, well && told.equals(new TreeMap<>(manifest.entries())), "entries", told.size());
    }

    private static AuditEntry entry(JsonNode one) {
        TreeMap<String, String> details = new TreeMap<>();
        one.get("details")
                .fields()
                .forEachRemaining(d -> details.put(d.getKey(), d.getValue().textValue()));
        return new AuditEntry(
                one.get("seq").longValue(),
                Instant.parse(one.get("at").textValue()),
                one.get("kind").textValue(),
                one.get("case").textValue(),
                one.get("stage").textValue(),
                new Text(one.get("zh").textValue(), one.get("en").textValue()),
                one.get("account").textValue(),
                one.get("role").textValue(),
                details,
                one.get("previous").textValue(),
                one.get("hash").textValue());
    }

    /** What the record of today has: every entry of then as it was, none gone and none put in, and the end of then. */
    private void record(Manifest manifest, List<Finding> findings) {
        List<AuditEntry> now = evidence.entries(manifest.number(), manifest.headSeq());
        Set<Long> seen = new HashSet<>();
        int well = 0;
        for (AuditEntry entry : now) {
            seen.add(entry.seq());
            String was = manifest.entries().get(entry.seq());
            if (was == null)
                findings.add(new Finding(false, Text.of("inquiry.check.entryPutIn", String.valueOf(entry.seq()))));
            else if (!was.equals(entry.hash()) || !was.equals(entry.computedHash()))
                findings.add(new Finding(false, Text.of("inquiry.check.entryChanged", String.valueOf(entry.seq()))));
            else well++;
        }
        for (Long seq : manifest.entries().keySet())
            if (!seen.contains(seq))
                findings.add(new Finding(false, Text.of("inquiry.check.entryMissing", String.valueOf(seq))));
        findings.add(new Finding(
                well == manifest.entries().size(),
                Text.of("inquiry.check.record", well, manifest.entries().size())));
        boolean head = log.entry(manifest.headSeq())
                .filter(e -> e.hash().equals(manifest.headHash()) && e.hash().equals(e.computedHash()))
                .isPresent();
        add(findings, head, "head", String.valueOf(manifest.headSeq()));
    }
}
