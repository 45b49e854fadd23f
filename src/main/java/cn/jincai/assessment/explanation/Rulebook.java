package cn.jincai.assessment.explanation;

import cn.jincai.assessment.explanation.Explained.Basis;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ruleset as people read it.
 *
 * @param sheets tables of conditions, then of entitlements
 * @param values every parameter over time
 */
public record Rulebook(String ruleset, LocalDate inForceFrom, List<Sheet> sheets, List<History> values) {
    /** @param name as the table calls itself */
    public record Sheet(String id, String name, boolean entitlement, List<Line> lines) {}

    /**
     * A row in a sentence, with the values that hold on the day of reading.
     *
     * @param then what a person is told; null for an entitlement, and where that speaks of the case's own values
     */
    public record Line(
            String rule,
            Text sentence,
            @Nullable Text then,
            Status status,
            @Nullable Basis basis) {}

    /** @param chosenBy the date that picks the value */
    public record History(String name, Text label, String unit, Text chosenBy, List<Period> periods) {}

    /**
     * @param from  first day, null for always
     * @param until last day, null where no later value is known
     * @param is    null where nothing is asked in this time
     * @param now   it holds on the day of reading
     */
    public record Period(
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable Object is,
            Text shown,
            Status status,
            @Nullable Text source,
            @Nullable LocalDate comparedOn,
            @Nullable Text note,
            boolean now) {}

    /**
     * What nobody has compared with a published text, or what is made up and the city must replace.
     *
     * @param code  a parameter's name, or a rule's id
     * @param what  the value's label, or the rule in a sentence
     * @param value null for a rule
     * @param from  the first day on which it holds, null for always and for rules
     */
    public record Unproven(
            String file,
            String code,
            Text what,
            @Nullable Text value,
            @Nullable LocalDate from,
            Status status) {}

    /**
     * What is not the same in another version, row by row and value by value.
     *
     * @param before null for what is new
     * @param after  null for what is gone
     * @param by     difference of a number, null for others
     */
    public record Change(
            String place,
            Text label,
            @Nullable Text before,
            @Nullable Text after,
            @Nullable Text by) {}
}
