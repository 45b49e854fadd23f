package cn.jincai.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param equalParts number of equal parts, the last takes the remainder; 1 for money paid at once
 * @param monthsEach months in a part instead, for a monthly sum; 0 where not used
 * @param appliedFor the integer fact that says which part is applied for, or null
 * @param deduct     the sum already received, or null
 * @param deductFrom the part from which it is taken
 * @param windows    windows by part
 */
public record Instalments(
        int equalParts,
        int monthsEach,
        @Nullable String appliedFor,
        @Nullable String deduct,
        int deductFrom,
        Map<Integer, Window> windows) {
    public static final Instalments AT_ONCE = new Instalments(1, 0, null, null, 0, Map.of());

    /** Derived dates, either may be null. */
    public record Window(@Nullable String from, @Nullable String to) {}
}
