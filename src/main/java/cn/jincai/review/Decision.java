package cn.jincai.review;

import java.time.LocalDate;
import java.util.List;

/**
 * A signed decision 决定.
 *
 * @param number  of the document, such as 晋才决〔2026〕12号
 * @param outcome granted when one benefit is
 */
public record Decision(String number, LocalDate date, String outcome, List<Decided> benefits, Long document, Remedies remedies) {
    /** The last days for reconsideration (60 days) and suit (six months), counted from when the person knew; null until then. */
    public record Remedies(LocalDate knownOn, LocalDate reconsiderationUntil, LocalDate suitUntil) {}
}
