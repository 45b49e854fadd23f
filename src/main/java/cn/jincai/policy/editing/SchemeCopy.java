package cn.jincai.policy.editing;

import java.util.Map;
import java.util.Set;

/**
 * A scheme copied as a new one, as it was typed.
 *
 * @param code     of the new one: small letters, digits, hyphens
 * @param benefits the new code by that of the old, only of those that the new one has; a benefit's code is one scheme's alone
 * @param firstDay of its rules, as people write days; empty: that of the old
 * @param values   of those that were looked at: by ruleset, parameter and day with dots between, as {@link #value} writes it
 * @param without  facts that it does not ask for
 */
public record SchemeCopy(
        String code,
        String nameZh,
        String nameEn,
        Map<String, String> benefits,
        String firstDay,
        Map<String, ValueEdit> values,
        Set<String> without) {
    /** @param day {@code YYYY-MM-DD} or {@code always} */
    public static String value(String ruleset, String parameter, String day) {
        return ruleset + "." + parameter + "." + day;
    }
}
