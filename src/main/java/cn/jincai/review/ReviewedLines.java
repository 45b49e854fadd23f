package cn.jincai.review;

import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Reason;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseAssessments;
import cn.jincai.filing.CaseLines;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What reviewers may say of single lines of a roster (decision 181): refuse one that the rules would grant or leave to people, clear one that they leave to people. */
@Component
class ReviewedLines {
    /** Fields of a review's form. */
    static final String REJECT = "rejectLines", CLEAR = "clearLines";

    private final CaseAssessments assessments;
    private final CaseLines lines;
    private final Packages packages;

    ReviewedLines(CaseAssessments assessments, CaseLines lines, Packages packages) {
        this.assessments = assessments;
        this.lines = lines;
        this.packages = packages;
    }

    /** Of which something is granted, by number. */
    static Set<String> granted(Assessment assessment) {
        return ids(assessment, line -> line.benefits().stream().anyMatch(b -> b.verdict() == Verdict.APPROVE));
    }

    private static Set<String> ids(Assessment assessment, Predicate<AssessedLine> which) {
        return assessment.lines().stream().filter(which).map(AssessedLine::id).collect(Collectors.toUnmodifiableSet());
    }

    /** Not one of which only something is not known: that is never a reason to refuse (rulebook 2.10), and nothing is granted for it as it is. */
    private static boolean isRefusable(AssessedLine line) {
        return line.benefits().stream().anyMatch(b -> b.verdict() == Verdict.APPROVE || isLeftToPeople(b));
    }

    private static boolean isClearable(AssessedLine line) {
        return line.benefits().stream().anyMatch(ReviewedLines::isLeftToPeople);
    }

    private static boolean isLeftToPeople(Benefit benefit) {
        return benefit.verdict() == Verdict.MANUAL
                && benefit.reasons().stream().noneMatch(r -> r.code().equals(Reason.DATA_UNAVAILABLE));
    }

    /** Whether the scheme of the case decides anything for each line. */
    boolean isAsked(Case file) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        return scheme.applying().roster() != null
                && scheme.rules().benefits().stream().anyMatch(Scheme.BenefitRules::perLine);
    }

    List<Choice> refusable(Case file) {
        Set<String> waivable =
                Set.copyOf(packages.byHash(file.packageHash()).catalogue().waivable());
        return choices(
                file,
                ids(
                        assessments.of(file),
                        line -> isRefusable(line)
                                || line.benefits().stream()
                                        .anyMatch(b -> !b.reasons().isEmpty()
                                                && b.reasons().stream().allMatch(r -> waivable.contains(r.code())))));
    }

    List<Choice> clearable(Case file) {
        return choices(file, ids(assessments.of(file), ReviewedLines::isClearable));
    }

    List<Choice> choices(Case file, Set<String> ids) {
        return lines.of(file).stream()
                .filter(line -> ids.contains(String.valueOf(line.line())))
                .map(line ->
                        new Choice(String.valueOf(line.line()), Text.of("review.lines.line", line.line(), line.name())))
                .toList();
    }

    /** @throws Problem INVALID with every line that is none, is said twice, or of which that can't be said once the reasons are waived */
    void check(Case file, Statement said) {
        if (said.refusedLines().isEmpty() && said.clearedLines().isEmpty()) return;
        Assessment waived =
                assessments.of(file, new Statement(said.waived(), List.of()).adjustments(Set.of(), Set.of()));
        Set<String> all = ids(waived, line -> true);
        List<Problem.Mistake> mistakes = new ArrayList<>();
        mistakes(REJECT, said.refusedLines(), all, ids(waived, ReviewedLines::isRefusable), mistakes);
        mistakes(CLEAR, said.clearedLines(), all, ids(waived, ReviewedLines::isClearable), mistakes);
        List<String> both = said.clearedLines().stream()
                .filter(said.refusedLines()::contains)
                .toList();
        if (!both.isEmpty()) mistakes.add(Problem.Mistake.of(CLEAR, "review.lines.BOTH", Text.list(both)));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
    }

    private static void mistakes(
            String field, List<String> named, Set<String> all, Set<String> fit, List<Problem.Mistake> mistakes) {
        List<String> none = named.stream().filter(id -> !all.contains(id)).toList();
        List<String> unfit = named.stream()
                .filter(id -> all.contains(id) && !fit.contains(id))
                .toList();
        if (!none.isEmpty()) mistakes.add(Problem.Mistake.of(field, "review.lines.UNKNOWN_LINE", Text.list(none)));
        if (!unfit.isEmpty())
            mistakes.add(Problem.Mistake.of(
                    field,
                    field.equals(REJECT) ? "review.lines.NOT_REFUSABLE" : "review.lines.NOT_CLEARABLE",
                    Text.list(unfit)));
    }
}
