package cn.jincai.policy;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A file in which two packages differ. {@code how} is {@code added}, {@code removed} or {@code changed}. */
public record PackageDifference(String path, String how) {
    /** In order of path. */
    static List<PackageDifference> between(SortedMap<String, byte[]> now, SortedMap<String, byte[]> then) {
        SortedMap<String, byte[]> both = new TreeMap<>(now);
        both.putAll(then);
        return both.keySet().stream()
                .filter(path -> !Arrays.equals(now.get(path), then.get(path)))
                .map(path -> new PackageDifference(
                        path, !now.containsKey(path) ? "added" : !then.containsKey(path) ? "removed" : "changed"))
                .toList();
    }
}
