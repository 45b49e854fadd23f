package cn.jincai.inquiry;

import cn.jincai.kernel.CaseNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a file of evidence says of itself: lines, their parts divided by tabs.
 *
 * @param headSeq  number of the last entry that the record had then
 * @param headHash and its hash
 * @param files    by their names
 * @param entries  hashes by their numbers, in the order of the chain
 * @param unsigned all lines before the signature
 */
record Manifest(
        CaseNumber number,
        String made,
        long headSeq,
        String headHash,
        boolean chainWhole,
        Map<String, Listed> files,
        Map<Long, String> entries,
        String unsigned,
        String key,
        String signature) {
    /** @param kept hash that was kept when it was handed in, or - */
    record Listed(String sha256, long bytes, String kept) {}

    /** Empty where it is no manifest. */
    static Optional<Manifest> read(String text) {
        int last = text.lastIndexOf("\nsignature\t") + 1;
        List<String[]> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) lines.add(line.split("\t", -1));
        try {
            if (last == 0 || !lines.get(0)[0].equals(EvidenceFile.TYPE) || !lines.get(0)[1].equals("1"))
                return Optional.empty();
            Map<String, Listed> files = new LinkedHashMap<>();
            Map<Long, String> entries = new LinkedHashMap<>();
            Map<String, String[]> once = new LinkedHashMap<>();
            for (String[] line : lines)
                switch (line[0]) {
                    case "file" -> files.put(line[3], new Listed(line[1], Long.parseLong(line[2]), line[4]));
                    case "entry" -> entries.put(Long.parseLong(line[1]), line[2]);
                    default -> once.put(line[0], line);
                }
            String[] head = part(once, "head"), signature = part(once, "signature");
            return Optional.of(new Manifest(
                    new CaseNumber(part(once, "case")[1]),
                    part(once, "made")[1],
                    Long.parseLong(head[1]),
                    head[2],
                    part(once, "chain")[1].equals("whole"),
                    files,
                    entries,
                    text.substring(0, last),
                    signature[1],
                    signature[2]));
        } catch (RuntimeException noManifest) { // a part that is missing, or none of its kind
            return Optional.empty();
        }
    }

    private static String[] part(Map<String, String[]> once, String name) {
        return Objects.requireNonNull(once.get(name), name);
    }
}
