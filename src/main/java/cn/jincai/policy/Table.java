package cn.jincai.policy;

import java.util.List;
import java.util.Map;

/**
 * A decision table as it stands in a DMN file; cells are still text.
 *
 * @param file    path inside the package
 * @param columns its inputs, from left to right
 * @param rows    from top to bottom
 */
public record Table(String file, String id, String name, List<Column> columns, List<Row> rows) {
    /** @param expression a fact, a derived value or a parameter */
    public record Column(String label, String expression) {}

    /**
     * @param number  from 1, as Modeler counts
     * @param rule    the rule's id as the rulebook gives it; rows that say one rule in two halves share it
     * @param cells   one for each column; empty where the row does not look
     * @param outputs by name, only those that are filled
     */
    public record Row(int number, String rule, List<String> cells, Map<String, String> outputs) {}

    public String place(Row row) {
        return "table " + id + ", row " + row.number() + " (" + row.rule() + ")";
    }
}
