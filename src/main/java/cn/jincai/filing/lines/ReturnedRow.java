package cn.jincai.filing.lines;

import cn.jincai.kernel.Text;
import java.util.List;

/**
 * A row of a table that could not be taken into a roster.
 *
 * @param row    as the program counts it that made the table
 * @param cells  as they were typed, in the order of the table's columns
 * @param faults what is wrong with it; at least one
 */
public record ReturnedRow(long row, List<String> cells, List<Fault> faults) {
    /** @param column from 0 @param what is wrong there and what to do, without the value */
    public record Fault(int column, Text what) {}

    /** What stands in the place of a fault, as it was typed. */
    public String typed(Fault fault) {
        return cells.get(fault.column);
    }

    /** All that is to be done, one after the other. */
    public Text whole(List<Text> columns) {
        return Text.joined(
                "filing.roster.also",
                faults.stream()
                        .map(f -> Text.of("filing.roster.inColumn", columns.get(f.column), f.what))
                        .toList());
    }
}
