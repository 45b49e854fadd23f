package cn.jincai.assessment;

import java.util.List;

/**
 * A table with its rows understood.
 *
 * @param levels of an entitlement table, the best (lowest) first; empty where its rows give none
 */
record CompiledTable(String id, boolean entitlement, List<Rule> rules, int[] levels) {
    CompiledTable(String id, boolean entitlement, List<Rule> rules) {
        this(id, entitlement, rules, rules.stream().mapToInt(Rule::level).filter(l -> l > 0).distinct().sorted().toArray());
    }

    /** The best level among the rows in the bitmap, 0 where there is none. */
    int best(long[] rows) {
        int best = 0;
        for (Rule rule : rules)
            if ((rows[rule.number() >>> 6] >>> rule.number() & 1) != 0 && (best == 0 || rule.level() < best)) best = rule.level();
        return best;
    }
}
