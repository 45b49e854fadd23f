package cn.jincai.assessment.rules;

import java.util.List;

/**
 * A table with its rows understood.
 *
 * @param rows   bits of its rows
 * @param levels by row number, 0 where a row gives none
 */
public record CompiledTable(String id, boolean entitlement, List<Rule> rules, long[] rows, int[] levels) {
    static CompiledTable of(String id, boolean entitlement, List<Rule> rules) {
        int last = rules.stream().mapToInt(Rule::number).max().orElse(0);
        long[] rows = new long[CompiledRules.words(last + 1)];
        int[] levels = new int[last + 1];
        for (Rule rule : rules) {
            rows[rule.number() >>> 6] |= 1L << rule.number();
            levels[rule.number()] = rule.level();
        }
        return new CompiledTable(id, entitlement, rules, rows, levels);
    }

    boolean givesLevels() {
        return rules.stream().anyMatch(r -> r.level() > 0);
    }

    /** The best (lowest) level among the rows of this bitmap, 0 where it has none of them. */
    int best(long[] bitmap) {
        int best = 0;
        for (int w = 0; w < rows.length; w++)
            for (long bits = bitmap[w] & rows[w]; bits != 0; bits &= bits - 1) {
                int level = levels[(w << 6) + Long.numberOfTrailingZeros(bits)];
                if (best == 0 || level < best) best = level;
            }
        return best;
    }
}
