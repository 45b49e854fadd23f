package cn.jincai.policy.editing;

import org.jspecify.annotations.Nullable;

/**
 * A dated value of a parameter as it was typed.
 *
 * @param from       the first day on which it holds, {@code YYYY-MM-DD}; empty where there is none
 * @param is         as people write it: yuan for a sum, a percentage without its sign, {@code true} or {@code false}; empty for "nothing is asked in that time"
 * @param source     code of a document of the ruleset
 * @param comparedOn the day on which a person compared it with the text, or empty
 * @param noteZh     both or none
 */
public record ValueEdit(
        String from,
        String is,
        String status,
        String source,
        @Nullable String comparedOn,
        @Nullable String noteZh,
        @Nullable String noteEn) {}
