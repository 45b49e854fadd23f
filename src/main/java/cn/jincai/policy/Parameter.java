package cn.jincai.policy;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of the rules that changes with time, from {@code parameters.yaml}.
 *
 * @param unit     {@code fen}, {@code months}, {@code years}, {@code count}, {@code date}, {@code flag}, {@value #PERCENT} or {@value #RATIO}
 * @param chosenBy the date fact that picks the value, or {@code governingDate}
 * @param values   the oldest first
 */
public record Parameter(String name, String unit, String chosenBy, Text label, List<Dated> values) {
    /** The scheme's own governing date picks the value. */
    public static final String BY_GOVERNING_DATE = "governingDate";

    /** Units of a {@link Rate}. */
    public static final String PERCENT = "percent", RATIO = "ratio";

    private static final int FEN_IN_A_YUAN = 100;

    /**
     * @param from       the first day on which it holds; {@link LocalDate#MIN} for {@code always}
     * @param is         a whole number, a day, a flag or a {@link Rate}; null for {@code none}: nothing is asked in that time
     * @param source     code of a document in {@code sources.yaml}
     * @param comparedOn the day on which a person last compared it with the text, or null
     */
    public record Dated(
            LocalDate from,
            @Nullable Object is,
            Status status,
            String source,
            @Nullable LocalDate comparedOn,
            @Nullable Text note) {}

    public boolean isRate() {
        return unit.equals(PERCENT) || unit.equals(RATIO);
    }

    /** The value that holds on a day, or {@link LocalDate#MIN} for the first; null before there is one, and where that value is {@code none}. */
    public @Nullable Object heldOn(LocalDate day) {
        Dated dated = on(day);
        return dated == null ? null : dated.is();
    }

    /** The same with what is said about it; null before the first. */
    public @Nullable Dated on(LocalDate day) {
        Dated held = null;
        for (Dated dated : values) if (!dated.from().isAfter(day)) held = dated;
        return held;
    }

    /** One sum is a hundred times the other, or more: perhaps one of them is in yuan. */
    public static boolean isHundredfold(Object was, Object is) {
        return was instanceof Long a
                && is instanceof Long b
                && a > 0
                && b > 0
                && Math.max(a, b) / FEN_IN_A_YUAN >= Math.min(a, b);
    }
}
