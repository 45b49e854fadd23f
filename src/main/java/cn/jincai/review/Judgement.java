package cn.jincai.review;

import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Reason;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseAssessments;
import cn.jincai.filing.DataChecks;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What a case comes to, benefit by benefit, when the rules' proposal and people's words are put together (rulebook 7.1 to 7.3). */
@Component
class Judgement {
    private static final String UNKNOWN = "DATA_UNAVAILABLE";
    static final String PANEL_REFUSED = "PANEL_REFUSED";
    private static final String NOT_PROVEN = "NOT_PROVEN";
    /** Reasons that people gave, not the rules. */
    static final Set<String> BY_PEOPLE = Set.of(PANEL_REFUSED, NOT_PROVEN, Reason.REVIEW_REFUSED);

    private static final Text APPEAL = Text.of("review.appeal");

    private final CaseAssessments assessments;
    private final DataChecks dataChecks;
    private final Packages packages;

    Judgement(CaseAssessments assessments, DataChecks dataChecks, Packages packages) {
        this.assessments = assessments;
        this.dataChecks = dataChecks;
        this.packages = packages;
    }

    /**
     * @param assessment with what people said
     * @param benefits each with its outcome, {@code open} where there is none yet
     * @param open     benefits that a reviewer must still clear, refuse by name or return
     * @param unasked  benefits that people refuse though nothing speaks against them but what nobody was asked for; they stay open
     * @param cleared  benefits that need a person's look (MANUAL) and would be granted by this approval
     */
    record Result(
            Assessment assessment,
            List<DecidedBenefit> benefits,
            Set<String> open,
            Set<String> unasked,
            Set<String> cleared) {
        boolean grantsAnything() {
            return benefits.stream().anyMatch(DecidedBenefit::isGranted);
        }

        List<Opinion.Outcome> outcomes() {
            return benefits.stream().map(DecidedBenefit::outcomeOnly).toList();
        }
    }

    Assessment proposal(Case file) {
        return assessments.of(file);
    }

    /** With everything refused, as {@code reject} does. */
    Result refusingAll(Case file, Set<Integer> refusedLevels) {
        List<String> all =
                assessments.of(file).benefits().stream().map(Benefit::code).toList();
        return of(file, new Statement(List.of(), all), refusedLevels);
    }

    Result of(Case file, Statement said, Set<Integer> refusedLevels) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        Set<String> lapsed = dataChecks.lapsedBenefits(file), refused = Set.copyOf(said.refused());
        Set<String> not = new HashSet<>(refused);
        not.addAll(lapsed);
        Assessment plain = assessments.of(file, said.adjustments(Set.of(), Set.of()));
        Assessment withLevels = assessments.of(file, said.adjustments(not, Set.of()));
        Assessment assessment =
                refusedLevels.isEmpty() ? withLevels : assessments.of(file, said.adjustments(not, refusedLevels));
        Assessment unwaived = said.waived().isEmpty()
                ? assessment
                : assessments.of(file, said.withoutWaivers().adjustments(not, refusedLevels));
        List<DecidedBenefit> benefits = new ArrayList<>();
        Set<String> open = new LinkedHashSet<>(), unasked = new LinkedHashSet<>(), cleared = new LinkedHashSet<>();
        for (int i = 0; i < assessment.benefits().size(); i++) {
            Benefit benefit = assessment.benefits().get(i);
            Benefit before = withLevels.benefits().get(i),
                    byRules = plain.benefits().get(i);
            if (refused.contains(benefit.code())) {
                List<Reason> why = peoplesReason(scheme, file, byRules, others(file, said, not, i));
                if (why.isEmpty()) unasked.add(benefit.code());
                benefits.add(why.isEmpty() ? without(benefit, "open", byRules.reasons()) : refused(benefit, why));
            } else if (lapsed.contains(benefit.code())) {
                benefits.add(without(benefit, "lapsed", byRules.reasons()));
            } else if (benefit.verdict() == Verdict.REJECT) {
                boolean byPanel = before.verdict() != Verdict.REJECT;
                benefits.add(refused(benefit, byPanel ? List.of(reason(scheme, PANEL_REFUSED)) : rejecting(benefit)));
            } else if (isOpen(benefit) || leftToPeople(scheme, assessment, benefit)) {
                open.add(benefit.code());
                benefits.add(without(benefit, "open", benefit.reasons()));
            } else {
                if (benefit.verdict() == Verdict.MANUAL) cleared.add(benefit.code());
                benefits.add(granted(
                        scheme,
                        benefit,
                        needed(said.waived(), unwaived.benefits().get(i))));
            }
        }
        return new Result(assessment, List.copyOf(benefits), open, unasked, cleared);
    }

    /** No line of it is granted: each that only people can judge is cleared by its number, or none is. */
    private static boolean leftToPeople(Scheme scheme, Assessment assessment, Benefit benefit) {
        return !assessment.lines().isEmpty()
                && benefit.verdict() == Verdict.MANUAL
                && scheme.rules().benefits().stream()
                        .anyMatch(b -> b.perLine() && b.benefit().equals(benefit.code()));
    }

    /** Those waivers without which the rules would refuse this benefit. */
    private static List<String> needed(List<String> waived, Benefit unwaived) {
        return rejecting(unwaived).stream()
                .map(Reason::code)
                .filter(waived::contains)
                .distinct()
                .toList();
    }

    /** MANUAL of a known fact is cleared by approving with an opinion; what is unknown or still to be supplemented stays open (rulebook 7.2). */
    private static boolean isOpen(Benefit benefit) {
        return benefit.reasons().stream().anyMatch(Judgement::isOpen);
    }

    private static boolean isOpen(Reason reason) {
        return reason.effect() == Verdict.SUPPLEMENT || reason.code().equals(UNKNOWN);
    }

    private static List<Reason> rejecting(Benefit benefit) {
        return benefit.reasons().stream()
                .filter(r -> r.effect() == Verdict.REJECT)
                .toList();
    }

    /** The benefit as the rules see it once the others are refused: what rests on a refused one is refused by the rules. */
    private Benefit others(Case file, Statement said, Set<String> refused, int which) {
        Set<String> others = new HashSet<>(refused);
        others.remove(proposal(file).benefits().get(which).code());
        return assessments
                .of(file, said.adjustments(others, Set.of()))
                .benefits()
                .get(which);
    }

    /**
     * The rules' own reasons where they reject; else what stays unproven after it was asked for, or the reviewer's own judgement of what is known.
     * None where only a silent source or a year without a notice stands in the way: that is never a reason to refuse (rulebook 2.10, 7.2).
     */
    private List<Reason> peoplesReason(Scheme scheme, Case file, Benefit benefit, Benefit afterOthers) {
        if (benefit.verdict() == Verdict.REJECT && !rejecting(benefit).isEmpty()) return rejecting(benefit);
        if (isOpen(benefit)) {
            if (benefit.reasons().stream().anyMatch(r -> isOpen(r) && wasAsked(file, r))) {
                return List.of(reason(scheme, NOT_PROVEN));
            }
            if (!rejecting(afterOthers).isEmpty()) return rejecting(afterOthers);
            if (benefit.reasons().stream().allMatch(Judgement::isOpen)) return List.of();
        }
        return List.of(reason(scheme, Reason.REVIEW_REFUSED));
    }

    /** What is unknown of a fact that is known is the calendar's, which nobody but the city can put right. */
    private boolean wasAsked(Case file, Reason open) {
        boolean byCalendar = open.code().equals(UNKNOWN) && open.actual() != null;
        String fact = open.fact();
        return !byCalendar && fact != null && dataChecks.wasAskedToProve(file, fact);
    }

    /** In the words of the scheme, where it has some for what people decide. */
    private static Reason reason(Scheme scheme, String code) {
        Scheme.ReasonText words = scheme.reasons().get(code);
        return new Reason(
                code,
                null,
                Verdict.REJECT,
                null,
                null,
                null,
                Text.of("review.basis").zh(),
                Status.UNVERIFIED,
                words == null ? null : words.mend(),
                null,
                words == null || words.appeal() == null ? APPEAL : words.appeal(),
                words == null ? Text.of("review.reason." + code) : words.message());
    }

    private static DecidedBenefit refused(Benefit b, List<Reason> reasons) {
        return without(b, "refused", reasons);
    }

    private static DecidedBenefit without(Benefit b, String outcome, List<Reason> reasons) {
        return new DecidedBenefit(
                b.code(),
                b.fund(),
                outcome,
                Money.NONE,
                null,
                null,
                null,
                List.of(),
                reasons,
                Money.NONE,
                List.of(),
                null);
    }

    private static DecidedBenefit granted(Scheme scheme, Benefit b, List<String> waived) {
        Money amount = new Money(b.amountFen());
        return new DecidedBenefit(
                b.code(),
                b.fund(),
                "granted",
                amount,
                b.level(),
                b.monthlyFen() == null ? null : new Money(b.monthlyFen()),
                b.months(),
                b.instalments(),
                List.of(),
                scheme.benefit(b.code()).isPaidByRun() ? Money.NONE : amount,
                waived,
                null);
    }
}
