package cn.jincai.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Lots that everybody can draw again, with nothing but {@code sha256sum}: each member's lot is the SHA-256 of seed, a blank and the member, in hex, and the smallest lots are
 * drawn. Whoever knows the seed only once the pool is closed can favour nobody.
 */
public record Draw(String seed) {
    /** As many of the pool as are wanted, or all of it, the smallest lot first. */
    public List<String> of(Collection<String> pool, int wanted) {
        return pool.stream()
                .distinct()
                .sorted(Comparator.comparing(this::lot))
                .limit(wanted)
                .toList();
    }

    public String lot(String member) {
        return Sha256.of((seed + " " + member).getBytes(StandardCharsets.UTF_8));
    }
}
