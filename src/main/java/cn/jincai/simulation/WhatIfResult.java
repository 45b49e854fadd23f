package cn.jincai.simulation;

import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.explanation.BenefitChange;
import cn.jincai.assessment.explanation.Explained;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a what-if run. Sums are fen. A number that is null is hidden, because fewer than five real people, or what could be reckoned from it, stand
 * behind it.
 *
 * @param people  assessed by both packages
 * @param failed  whom a package failed; they are in no figure
 * @param failure how the first of them failed, or null
 * @param partial not everybody is in it: cancelled, or a package failed for some
 * @param remarks what has to be known to read the figures
 * @param whole   the person over all benefits
 * @param margins what a made-up population rests on
 */
public record WhatIfResult(
        long people,
        long failed,
        @Nullable String failure,
        boolean partial,
        List<Text> remarks,
        Figures whole,
        List<Figures> benefits,
        List<BudgetYear> budget,
        List<Typical> typical,
        List<MadeUp> margins) {
    /** Fewer people than this are hidden from those without the right. */
    public static final int SMALL = 5;

    /** @param people, {@code beforeFen}, {@code afterFen}: null where hidden */
    public record Cell(
            @Nullable Long people,
            @Nullable Long beforeFen,
            @Nullable Long afterFen) {
        static final Cell HIDDEN = new Cell(null, null, null);

        public boolean isHidden() {
            return people == null;
        }
    }

    /**
     * One benefit, or the person as a whole.
     *
     * @param benefit its code; null for the whole
     * @param fund    null for the whole
     */
    public record Figures(
            @Nullable String benefit,
            Text name,
            @Nullable String fund,
            Map<BenefitChange, Cell> total,
            List<Breakdown> by) {}

    /** @param fact by which the figures are broken down; {@code year} for the year of the application */
    public record Breakdown(String fact, Text label, List<Group> groups) {}

    /** @param code of the fact, a year, or null where the fact is not known */
    public record Group(@Nullable String code, Text name, Map<BenefitChange, Cell> cells) {}

    /**
     * What a fund pays in a year to those who apply in the period.
     *
     * @param people granted by either package on an application of that year
     */
    public record BudgetYear(
            String fund,
            int year,
            @Nullable Long people,
            @Nullable Long beforeFen,
            @Nullable Long afterFen) {}

    /**
     * People of whom the same conditions hold before and after.
     *
     * @param person one of them: number of a made-up person, or id of an archived assessment
     */
    public record Typical(String benefit, BenefitChange change, long people, long person) {}

    /**
     * A typical case with what both packages say of it.
     *
     * @param number from 1, by which its explanations are asked for
     * @param facts  null where they are not shown
     */
    public record Case(
            int number,
            String benefit,
            BenefitChange change,
            long people,
            @Nullable LocalDate applicationDate,
            @Nullable Map<String, Object> facts,
            Assessment before,
            Assessment after) {}

    /** A typical case explained for its benefit by the package before and the one after; without what was found where its facts are not shown. */
    public record Explanations(Case typical, Explained before, Explained after) {}

    /** How one fact of the population is spread; {@code status} and {@code source} are null where it is spread by its type. */
    public record MadeUp(
            String fact,
            Text label,
            @Nullable Status status,
            @Nullable Text source) {}
}
