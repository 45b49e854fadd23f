package cn.jincai.policy.reading;

import cn.jincai.policy.Findings;
import cn.jincai.policy.YamlEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * {@code scheme.yaml} with what it takes from {@code common/common.yaml}: reasons, remedies and promise wherever it has none of its own, facts and derived values that
 * it names by a mere word. Whatever it writes itself stands instead of the common one of the same name, whole. Each entry knows the file that it is in.
 */
public final class SchemeFile {
    public static final String OWN = "scheme.yaml", COMMON = "common/common.yaml";

    private final YamlEntry own;
    private final YamlEntry common;

    public SchemeFile(SortedMap<String, byte[]> files, Findings findings) {
        own = YamlEntry.read(OWN, files.get(OWN), findings);
        common = YamlEntry.read(COMMON, files.get(COMMON), findings)
                .knows("facts", "reasons", "appeal", "promises", "derived", "pools");
    }

    /** The scheme's own part. */
    public YamlEntry own() {
        return own;
    }

    public List<YamlEntry> facts() {
        return named(own.get("facts"), common.get("facts"), "name", "policy.yaml.name.sharedFact");
    }

    List<YamlEntry> derived() {
        return named(own.get("rules").get("derived"), common.get("derived"), "fact", "policy.yaml.name.sharedDerived");
    }

    public List<YamlEntry> pools() {
        return named(own.get("pools"), common.get("pools"), "code", "policy.yaml.name.sharedPool");
    }

    /** By code, the scheme's own first. */
    public Map<String, YamlEntry> reasons() {
        Map<String, YamlEntry> reasons = new LinkedHashMap<>(own.get("reasons").map());
        common.get("reasons").map().forEach(reasons::putIfAbsent);
        return reasons;
    }

    /** What the scheme says under a key, otherwise what the common part says. */
    YamlEntry shared(String key) {
        return own.has(key) ? own.get(key) : common.get(key);
    }

    private static List<YamlEntry> named(YamlEntry own, YamlEntry common, String key, String what) {
        Map<String, YamlEntry> known = new LinkedHashMap<>();
        for (YamlEntry entry : common.list()) {
            String name = entry.get(key).text();
            if (known.put(name, entry) != null) entry.wrong("policy.yaml.TWICE", name);
        }
        List<YamlEntry> chosen = new ArrayList<>();
        for (YamlEntry entry : own.list()) {
            if (entry.isMap() || entry.isMissing()) chosen.add(entry);
            else if (known.containsKey(entry.text())) chosen.add(known.get(entry.text()));
            else entry.known(known.keySet(), what);
        }
        return chosen;
    }
}
