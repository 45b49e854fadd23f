package cn.jincai.review;

import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Instalment;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import cn.jincai.review.notice.Notices;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the gateways of the diagrams ask about the reviews of a case. */
@Service
@Transactional
public class Reviews {
    private final CurrentJudgement standing;
    private final CaseFile cases;
    private final Opinions opinions;
    private final Judgement judgement;
    private final Panels panels;
    private final Notices notices;
    private final Packages packages;

    Reviews(
            CurrentJudgement standing,
            CaseFile cases,
            Opinions opinions,
            Judgement judgement,
            Panels panels,
            Notices notices,
            Packages packages) {
        this.standing = standing;
        this.cases = cases;
        this.opinions = opinions;
        this.judgement = judgement;
        this.panels = panels;
        this.notices = notices;
        this.packages = packages;
    }

    /** What was said so far, for the case file. Nobody sees the votes of a panel that still runs, nor an expert those of the others (rulebook 7.6). */
    public List<Opinion> opinions(Actor reader, CaseNumber number) {
        Case file = cases.get(number);
        List<String> panels = file.stage().steps().keys(Kind.PANEL);
        boolean voting = file.stage().is(Kind.PANEL) || reader.is(Role.EXPERT);
        return opinions.of(number).stream()
                .filter(o ->
                        !voting || !panels.contains(o.step()) || o.account().equals(reader.account()))
                .toList();
    }

    public List<DecidedBenefit> standing(CaseNumber number) {
        return standing.of(number);
    }

    public boolean anythingGranted(CaseNumber number) {
        return standing(number).stream().anyMatch(DecidedBenefit::isGranted);
    }

    /** On an override, on disagreement of the two reviews, after a panel without a majority, or where all instalments of what is granted exceed the package's limit. */
    public boolean leaderAsked(CaseNumber number) {
        return aboveTheLeadersSum(number) || disagree(number) || overridden(number) || leftByThePanel(number);
    }

    boolean aboveTheLeadersSum(CaseNumber number) {
        Long above = scheme(number).leaderAboveFen();
        return above != null && grantsMoreThan(number, above);
    }

    /**
     * Whether a second review is needed: always, but where the scheme says that one is enough. Then too for whatever the rules do not grant by themselves: a refusal, a waiver,
     * the clearing of a MANUAL; for what was returned or objected to; and where a leader is asked.
     */
    public boolean secondAsked(CaseNumber number) {
        if (!scheme(number).way().oneReview()) return true;
        List<Opinion> said = opinions.of(number);
        if (said.size() != 1 || !said.get(0).outcome().equals("approve") || leaderAsked(number)) return true;
        Opinion only = said.get(0);
        Judgement.Result result = judgement.of(cases.get(number), Statement.NONE, panels.refusedLevels(number));
        return Statement.of(only).saysSomething()
                || !result.cleared().isEmpty()
                || !result.benefits().stream().allMatch(DecidedBenefit::isGranted);
    }

    /** A panel without a majority leaves it to the leader, who decides for good (rulebook 7.6); a return to the review before decides nothing. */
    boolean leftByThePanel(CaseNumber number) {
        Steps steps = cases.get(number).stage().steps();
        return panels.undecidedAt(number)
                .filter(since -> opinions.of(number).stream()
                        .noneMatch(o -> o.at().isAfter(since)
                                && !o.outcome().equals("return")
                                && steps.find(o.step())
                                        .filter(step -> step.is(Kind.REVIEWS) && step.role() == Role.LEADER)
                                        .isPresent()))
                .isPresent();
    }

    /** Whether all instalments of what is granted come to more than this, in fen. */
    public boolean grantsMoreThan(CaseNumber number, long fen) {
        return standing(number).stream()
                        .filter(DecidedBenefit::isGranted)
                        .flatMap(b -> b.instalments().stream())
                        .mapToLong(Instalment::amountFen)
                        .sum()
                > fen;
    }

    public boolean grants(CaseNumber number, String benefit) {
        return standing(number).stream().anyMatch(b -> b.isGranted() && b.code().equals(benefit));
    }

    /** Whether this level or a better one is granted (1 is the best). */
    public boolean grantsLevel(CaseNumber number, int level) {
        return standing(number).stream().anyMatch(b -> b.isGranted() && b.level() != null && b.level() <= level);
    }

    boolean disagree(CaseNumber number) {
        List<Opinion> said = reviews(number);
        return said.stream()
                .anyMatch(one -> !one.result().equals(said.get(0).result())
                        || !one.waived().equals(said.get(0).waived())
                        || !Set.copyOf(one.refusedLines())
                                .equals(Set.copyOf(said.get(0).refusedLines()))
                        || !Set.copyOf(one.clearedLines())
                                .equals(Set.copyOf(said.get(0).clearedLines())));
    }

    /** A waiver, or a refusal of what the rules grant (rulebook 7.3), a whole benefit or a line, in either review. */
    private boolean overridden(CaseNumber number) {
        Case file = cases.get(number);
        Set<String> proposed = new HashSet<>();
        Assessment proposal = judgement.proposal(file);
        proposal.benefits().stream().filter(b -> b.verdict() == Verdict.APPROVE).forEach(b -> proposed.add(b.code()));
        Set<String> lines = ReviewedLines.granted(proposal);
        return reviews(number).stream()
                .anyMatch(o -> !o.waived().isEmpty()
                        || o.refused().stream().anyMatch(proposed::contains)
                        || o.refusedLines().stream().anyMatch(lines::contains));
    }

    /** The level that the panel is to look at: the best one granted that needs one. */
    public int panelLevel(CaseNumber number) {
        return Panels.levelOf(standing(number), scheme(number).panelLevels()).orElseThrow();
    }

    /** A level that needs a panel is granted, and no panel has dealt with that or a better level yet (1 is the best). */
    public boolean panelAsked(CaseNumber number) {
        List<Integer> needs = scheme(number).panelLevels();
        return standing(number).stream()
                .filter(DecidedBenefit::isGranted)
                .map(DecidedBenefit::level)
                .filter(level -> level != null && needs.contains(level))
                .anyMatch(level -> !panels.hasDealtWith(number, level));
    }

    /** A benefit is granted, or a level or sum is higher, than a notice has shown; of a scheme with a limit for it, only above that. */
    public boolean noticeAsked(CaseNumber number) {
        Long above = scheme(number).noticeAboveFen();
        if (above != null && !grantsMoreThan(number, above)) return false;
        return notices.wouldShowMore(number, shown(number));
    }

    /** What is to be granted, as a notice shows it. */
    public List<Notices.Shown> shown(CaseNumber number) {
        Scheme scheme = scheme(number);
        return standing(number).stream()
                .filter(DecidedBenefit::isGranted)
                .map(b -> new Notices.Shown(b.code(), scheme.benefit(b.code()).name(), b.level(), b.amount()))
                .toList();
    }

    /** What each review before the leader's last said; a return says nothing. */
    private List<Opinion> reviews(CaseNumber number) {
        List<Opinion> said = opinions.of(number).stream()
                .filter(o -> !o.outcome().equals("return"))
                .toList();
        return cases.get(number).stage().steps().all(Kind.REVIEWS).stream()
                .filter(step -> step.role() != Role.LEADER)
                .flatMap(step ->
                        Opinions.last(said.stream()
                                        .filter(o -> o.step().equals(step.key()))
                                        .toList())
                                .stream())
                .toList();
    }

    private Scheme scheme(CaseNumber number) {
        return packages.byHash(cases.get(number).packageHash()).catalogue();
    }
}
