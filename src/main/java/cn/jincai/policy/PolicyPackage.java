package cn.jincai.policy;

import cn.jincai.kernel.Sha256;
import cn.jincai.policy.forms.Form;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * All files of one scheme, read and checked; never changed. A case keeps to the package of its first submission.
 *
 * @param hash     SHA-256 over the sorted paths and contents, in hexadecimal: two packages are the same exactly when it is
 * @param rulesets by {@code inForceFrom}, the oldest first
 * @param files    by path: {@code scheme.yaml}, {@code rulesets/2026-01/conditions.dmn}, {@code forms/application.form}, {@code common/review.bpmn} ...
 */
public record PolicyPackage(
        String scheme,
        String hash,
        Scheme catalogue,
        Steps steps,
        List<Ruleset> rulesets,
        Map<String, Form> forms,
        SortedMap<String, byte[]> files) {
    public static final String OWN_DIAGRAM = "process.bpmn", SHARED_DIAGRAM = "common/case.bpmn";

    /** The diagram of a case from filing to its end: the scheme's own, otherwise the one that schemes share. */
    public String caseDiagram() {
        return caseDiagram(files);
    }

    static String caseDiagram(SortedMap<String, byte[]> files) {
        return files.containsKey(OWN_DIAGRAM) ? OWN_DIAGRAM : SHARED_DIAGRAM;
    }

    /** The ruleset in force on a day; the oldest also serves the days before. */
    public Ruleset rulesetOn(LocalDate day) {
        Ruleset held = rulesets.get(0);
        for (Ruleset ruleset : rulesets) if (!ruleset.inForceFrom().isAfter(day)) held = ruleset;
        return held;
    }

    public static String hash(SortedMap<String, byte[]> files) {
        Sha256 hash = new Sha256();
        files.forEach((path, content) -> {
            byte[] name = path.getBytes(StandardCharsets.UTF_8);
            hash.add(ByteBuffer.allocate(8)
                            .putInt(name.length)
                            .putInt(content.length)
                            .array())
                    .add(name)
                    .add(content);
        });
        return hash.hex();
    }
}
