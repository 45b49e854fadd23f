package cn.jincai.assessment.explanation;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a benefit is, as people look it up: one line for each level or case that the rules name.
 *
 * @param benefit its code
 */
public record AmountSheet(String benefit, Text name, List<Line> lines) {
    /**
     * @param when   what the rules ask of whoever gets it
     * @param gives  what they give
     * @param fen    the sum in fen where it is one that stands in the values; null where it has to be worked out, is paid by the month, or is no sum
     * @param monthlyFen the sum of a month in fen, likewise
     * @param status the weaker one of the rule's and its values'
     */
    public record Line(
            Text when,
            Text gives,
            @Nullable Long fen,
            @Nullable Long monthlyFen,
            Status status) {}
}
