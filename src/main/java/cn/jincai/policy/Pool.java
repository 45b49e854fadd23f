package cn.jincai.policy;

import cn.jincai.kernel.Text;
import java.util.List;
import java.util.Map;

/**
 * A sum that several benefits share, of one scheme or of several: what one of them has paid the others no longer pay.
 *
 * @param atMost   what it holds: a number of the rules
 * @param benefits that take from it
 * @param within   as for a {@link Scheme.Count}: what was granted in this time is taken off
 * @param left     by benefit of this scheme: the derived number that says what is left for it, after those before it
 */
public record Pool(
        String code,
        Text name,
        String atMost,
        List<String> benefits,
        String within,
        Scheme.Span span,
        Map<String, String> left) {
    /** The derived number that says what it holds. */
    public String cap() {
        return code + "Holds";
    }
}
