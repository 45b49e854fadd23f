package cn.jincai.policy.editing;

import java.util.List;
import java.util.Map;

/**
 * A worked case as it was typed, or as its form shows it.
 *
 * @param noticesUntil    the last year whose notice on holidays it takes as known, or empty
 * @param facts           by name, written as {@link FactText} has it; those that are unknown are empty or left out
 * @param lines           of a roster, likewise; one that is all empty is none
 * @param verdict         of the whole case, or empty where nothing is said of it
 * @param expect          by benefit and word ({@code verdict}, {@code amountFen}, {@code monthlyFen}, {@code months}, {@code level}, {@code instalments}, {@code reasons}), sums in yuan,
 *                        reasons as codes with commas
 * @param expectOfLines   of each of the lines, in their order, by word
 */
public record CaseEdit(
        String nameZh,
        String nameEn,
        String applicationDate,
        String noticesUntil,
        Map<String, String> facts,
        List<Map<String, String>> lines,
        String verdict,
        Map<String, Map<String, String>> expect,
        List<Map<String, String>> expectOfLines) {
    /** The verdict of a benefit that is not applied for. */
    public static final String NOT_ASKED = "NOT_ASKED";

    static boolean isEmpty(Map<String, String> typed) {
        return typed.values().stream().allMatch(String::isBlank);
    }
}
