package cn.jincai.revision;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of the decision, kept sealed.
 *
 * @param wrong    of a correction, the words that the decision says
 * @param right    the words that stand instead
 * @param benefits codes of those that are revoked or looked at again
 * @param result   of a reconsideration or a suit: {@code upheld} or {@code revoked}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Change(
        @Nullable String wrong,
        @Nullable String right,
        List<String> benefits,
        @Nullable String result) {
    static final int LONGEST = 500;
    static final String UPHELD = "upheld", REVOKED = "revoked";

    public Change {
        benefits = benefits == null ? List.of() : List.copyOf(benefits);
    }

    static Change ofWords(String wrong, String right) {
        return new Change(wrong, right, List.of(), null);
    }

    static Change of(List<String> benefits) {
        return new Change(null, null, benefits, null);
    }

    boolean isUpheld() {
        return UPHELD.equals(result);
    }
}
