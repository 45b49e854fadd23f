package cn.jincai.review.panel;

import org.jspecify.annotations.Nullable;

/**
 * An expert at the moment of a draw.
 *
 * @param leftOut code of why he was not in the pool; null for one who was
 */
public record Candidate(String account, @Nullable String leftOut) {
    /** His field is not that of the case. */
    public static final String FIELD = "FIELD";
    /** He sat in the round before. */
    public static final String SEATED = "SEATED";

    /** He has said that he is away on the day of the draw. */
    public static final String ABSENT = "ABSENT";

    public boolean isEligible() {
        return leftOut == null;
    }
}
