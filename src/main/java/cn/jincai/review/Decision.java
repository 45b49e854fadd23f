package cn.jincai.review;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signed decision 决定.
 *
 * @param number  of the document, such as 晋才决〔2026〕12号
 * @param outcome granted when one benefit is
 * @param service how it was handed over otherwise than on the portal, or null
 */
public record Decision(
        String number,
        LocalDate date,
        String outcome,
        List<DecidedBenefit> benefits,
        long document,
        @Nullable Service service,
        @Nullable Remedies remedies) {
    /** Recorded by the counter from the signed receipt 送达回证. */
    public record Service(LocalDate on, ServiceMethod how) {}

    /** The last days for reconsideration (60 days) and suit (six months), counted from when the person knew: the first opening or the recorded service, whichever was earlier; null until then. */
    public record Remedies(LocalDate knownOn, LocalDate reconsiderationUntil, LocalDate suitUntil) {}
}
