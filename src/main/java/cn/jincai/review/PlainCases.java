package cn.jincai.review;

import cn.jincai.assessment.Benefit;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseAssessments;
import cn.jincai.filing.CaseFacts;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.filing.DataChecks;
import cn.jincai.filing.KnownFact;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.TaskRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Cases that may be approved together with others: all that is asked for is granted by the rules alone, nobody has said anything against it or beyond it, and nothing is
 * left that a reviewer would have to put in words. Whoever is in doubt looks at the case by itself.
 */
@Service
public class PlainCases {
    /** What may be done together at a step: the outcome that goes on as asked for, never one against the applicant. */
    private static final Map<Kind, String> APPROVING =
            Map.of(Kind.ACCEPTS, "accept", Kind.REVIEWS, "approve", Kind.SIGNS, "sign");

    /** Steps whose earlier words count: what the counter asked for was supplied since. */
    private static final Set<Kind> HEARD =
            Set.of(Kind.ASKS_EMPLOYER, Kind.GIVES_OPINION, Kind.REVIEWS, Kind.PANEL, Kind.OBJECTION, Kind.SIGNS);

    private final FourEyes fourEyes;
    private final CaseFile cases;
    private final CaseLifecycle way;
    private final CaseFacts facts;
    private final CaseAssessments assessments;
    private final DataChecks dataChecks;
    private final Opinions opinions;
    private final Panels panels;
    private final Judgement judgement;
    private final SettledPerson person;
    private final ReviewedLines lines;
    private final Packages packages;

    PlainCases(
            FourEyes fourEyes,
            CaseFile cases,
            CaseLifecycle way,
            CaseFacts facts,
            CaseAssessments assessments,
            DataChecks dataChecks,
            Opinions opinions,
            Panels panels,
            Judgement judgement,
            SettledPerson person,
            ReviewedLines lines,
            Packages packages) {
        this.fourEyes = fourEyes;
        this.cases = cases;
        this.way = way;
        this.facts = facts;
        this.assessments = assessments;
        this.dataChecks = dataChecks;
        this.opinions = opinions;
        this.panels = panels;
        this.judgement = judgement;
        this.person = person;
        this.lines = lines;
        this.packages = packages;
    }

    /** The outcome by which cases go on together at this step; null where each is looked at by itself. */
    public static @Nullable String approving(Step step) {
        return APPROVING.get(step.kind());
    }

    /** @throws Problem INVALID for words that no opinion may have; null where there are none */
    public static @Nullable String opinion(@Nullable String words) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("opinion", words);
        return new TaskFields(fields).opinion();
    }

    /**
     * What the task comes to without a word of a person's own, or why it is looked at by itself.
     *
     * @throws Problem with the reason where the person may not act, or the case can't be decided as it stands
     */
    @Transactional(readOnly = true)
    public PlainCase look(Actor who, TaskRef task) {
        if (approving(task.step()) == null || task.subject() != null)
            return PlainCase.leftOut(Text.of("review.plain.step"));
        fourEyes.mayAct(who, task);
        Case file = cases.get(task.ofCase());
        Text why = oneByOne(file, task.step());
        if (why != null) return PlainCase.leftOut(why);
        return task.step().is(Kind.ACCEPTS) ? accepted(file) : granted(file);
    }

    /** What people said, or are asked to look at, whatever the rules say. */
    private @Nullable Text oneByOne(Case file, Step step) {
        if (!file.stage().code().equals(step.key())) return Text.of("review.plain.elsewhere");
        if ("denied".equals(file.employerWord())) return Text.of("review.plain.employer");
        if (way.identityDiffers(file.number())) return Text.of("review.plain.identity");
        if (lines.isAsked(file)) return Text.of("review.plain.roster");
        for (KnownFact fact : facts.sheet(file)) {
            if (fact.isDisputed()) return Text.of("review.plain.disputed", label(file, fact));
            if (CaseFacts.OFFICER.equals(fact.source())) return Text.of("review.plain.recorded", label(file, fact));
        }
        for (Opinion said : opinions.of(file.number())) {
            Text why = heard(file, said);
            if (why != null) return why;
        }
        return null;
    }

    private Text label(Case file, KnownFact fact) {
        return packages.byHash(file.packageHash())
                .catalogue()
                .fact(fact.name())
                .map(Scheme.Fact::label)
                .orElseGet(() -> Text.same(fact.name()));
    }

    private static @Nullable Text heard(Case file, Opinion said) {
        if (Statement.of(said).saysSomething()) return Text.of("review.plain.beyond");
        Step at = file.stage().steps().find(said.step()).orElseGet(() -> Step.undeclared(said.step()));
        if (!HEARD.contains(at.kind())) return null;
        Step.Outcome outcome = at.outcomes().get(said.outcome());
        boolean against = at.is(Kind.OBJECTION) || outcome == null || outcome.refuses();
        return against ? Text.of("review.plain.against", at.name()) : null;
    }

    /** 受理: nothing is missing, and nothing is only promised. */
    private PlainCase accepted(Case file) {
        return new PlainCase(0, way.incomplete(file.number()).orElse(null));
    }

    private PlainCase granted(Case file) {
        Set<Integer> refusedLevels = panels.refusedLevels(file.number());
        Judgement.Result result = judgement.of(file, Statement.NONE, refusedLevels);
        if (!refusedLevels.isEmpty()) return PlainCase.leftOut(Text.of("review.plain.panel"));
        if (!result.cleared().isEmpty())
            return PlainCase.leftOut(Text.of("review.plain.manual", names(file, List.copyOf(result.cleared()))));
        List<String> not = result.benefits().stream()
                .filter(b -> !b.isGranted())
                .map(DecidedBenefit::code)
                .toList();
        if (!not.isEmpty()) return PlainCase.leftOut(Text.of("review.plain.refused", names(file, not)));
        if (!dataChecks.silent(file.number()).isEmpty()) return PlainCase.leftOut(Text.of("review.plain.silent"));
        boolean same = opinions.lastReview(file)
                .map(last -> last.result().equals(result.outcomes()))
                .orElse(true);
        if (!same) return PlainCase.leftOut(Text.of("review.plain.changed"));
        person.mustBe(file);
        return new PlainCase(
                result.benefits().stream().mapToLong(b -> b.amount().fen()).sum(), null);
    }

    private Text names(Case file, List<String> benefits) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        return Text.joined(
                "review.plain.and",
                assessments.of(file).benefits().stream()
                        .map(Benefit::code)
                        .filter(benefits::contains)
                        .map(code -> scheme.benefit(code).name())
                        .toList());
    }
}
