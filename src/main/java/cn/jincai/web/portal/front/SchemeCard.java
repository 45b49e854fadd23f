package cn.jincai.web.portal.front;

import cn.jincai.assessment.explanation.AmountSheet;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Scheme;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A scheme as it is shown among others.
 *
 * @param most what each of its benefits gives at most, in their order
 */
record SchemeCard(Scheme scheme, List<Most> most) {
    /**
     * @param fen     the largest sum that the rules name
     * @param monthly whether it is one of each month
     * @param status  of that sum: an illustrative one is said to be one wherever it stands
     */
    record Most(Text benefit, long fen, boolean monthly, Status status) {}

    static SchemeCard of(Scheme scheme, List<AmountSheet> sheets) {
        return new SchemeCard(
                scheme, sheets.stream().flatMap(s -> most(s).stream()).toList());
    }

    /** Empty where the rules only say how it is worked out. */
    private static Optional<Most> most(AmountSheet sheet) {
        return of(sheet, false)
                .max(Comparator.comparingLong(Most::fen))
                .or(() -> of(sheet, true).max(Comparator.comparingLong(Most::fen)));
    }

    private static Stream<Most> of(AmountSheet sheet, boolean monthly) {
        return sheet.lines().stream()
                .flatMap(l -> Stream.ofNullable(monthly ? l.monthlyFen() : l.fen())
                        .map(fen -> new Most(sheet.name(), fen, monthly, l.status())));
    }
}
