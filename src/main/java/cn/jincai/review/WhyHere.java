package cn.jincai.review;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.DataChecks;
import cn.jincai.filing.deadlines.CaseDeadlines;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import cn.jincai.policy.TaskRef;
import cn.jincai.review.discretion.LikeCases;
import cn.jincai.review.notice.Objections;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Why a case stands where it stands, beyond that its turn has come: who sent it back, what was objected to, what people decided against the rules. For the
 * line that stands above a task; empty where there is nothing to say.
 */
@Service
@Transactional(readOnly = true)
public class WhyHere {
    private final CaseFile cases;
    private final Opinions opinions;
    private final Reviews reviews;
    private final Panels panels;
    private final DataChecks dataChecks;
    private final CaseDeadlines deadlines;
    private final Packages packages;

    WhyHere(
            CaseFile cases,
            Opinions opinions,
            Reviews reviews,
            Panels panels,
            DataChecks dataChecks,
            CaseDeadlines deadlines,
            Packages packages) {
        this.cases = cases;
        this.opinions = opinions;
        this.reviews = reviews;
        this.panels = panels;
        this.dataChecks = dataChecks;
        this.deadlines = deadlines;
        this.packages = packages;
    }

    /** @param task of a case; what it is about within the case comes first */
    public List<Text> of(Actor reader, TaskRef task) {
        Case file = cases.get(task.ofCase());
        Step step = task.step();
        if (step.is(Kind.OBJECTION) && task.subject() != null)
            return List.of(Text.of("review.here.objection", Objections.number(Long.parseLong(task.subject()))));
        if (step.is(Kind.SIGNS) && task.subject() != null) return List.of(Text.of("review.here.give-up"));
        if (step.is(Kind.REVISES)) return List.of(Text.of("review.here.revision", step.name()));
        if (step.is(Kind.FOLLOWS_UP)) return List.of(Text.of("review.here.complaint"));
        List<Opinion> said = reviews.opinions(reader, file.number());
        List<Text> why = new ArrayList<>();
        cameBack(file, step, said).ifPresent(why::add);
        if (step.is(Kind.CHECKS_DATA) && !dataChecks.silent(file.number()).isEmpty())
            why.add(Text.of("review.here.silent"));
        if (step.is(Kind.REVIEWS, Kind.SIGNS)) againstTheRules(file, why);
        if (step.is(Kind.REVIEWS) && step.role() == Role.LEADER) leaderAsked(file.number(), why);
        deadlines
                .find(file.number())
                .filter(d -> d.remindedAt() != null && !d.stands())
                .ifPresent(d -> why.add(Text.of("review.here.deadline", d.lawfulBy())));
        return List.copyOf(why);
    }

    /** What of that which was said last led back to this step. */
    private static Optional<Text> cameBack(Case file, Step step, List<Opinion> said) {
        Optional<Opinion> last = Opinions.last(said);
        if (last.isEmpty()) return Optional.empty();
        Steps steps = file.stage().steps();
        Opinion o = last.get();
        boolean own = o.step().equals(step.key());
        Optional<Step> by = steps.find(o.step());
        if (by.filter(s -> s.is(Kind.OBJECTION)).isPresent() && o.outcome().equals("uphold"))
            return Optional.of(Text.of("review.here.objection-upheld"));
        if (o.outcome().equals("changed")) return Optional.of(Text.of("review.here.changed"));
        if (own && (o.outcome().equals("return") || o.outcome().equals("supplement")))
            return Optional.of(Text.of("review.here.supplemented"));
        if (o.outcome().equals("return"))
            return Optional.of(
                    Text.of("review.here.returned", by.map(Step::name).orElse(Text.same(o.step()))));
        boolean again = step.is(Kind.REVIEWS)
                && steps.isFirst(step)
                && said.stream()
                        .anyMatch(one ->
                                one.step().equals(step.key()) && !one.outcome().equals("return"));
        return again ? Optional.of(Text.of("review.here.fact")) : Optional.empty();
    }

    /** A waiver, a benefit or line refused by name, a level that the panel did not confirm. */
    private void againstTheRules(Case file, List<Text> why) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        opinions.lastReview(file).ifPresent(o -> {
            if (!o.waived().isEmpty())
                why.add(Text.of(
                        "review.here.waived",
                        Text.joined(
                                "kernel.list",
                                o.waived().stream()
                                        .map(code -> scheme.reasons().get(code))
                                        .filter(Objects::nonNull)
                                        .map(reason -> LikeCases.withoutValues(reason.message()))
                                        .toList())));
            if (o.outcome().equals("reject")) why.add(Text.of("review.here.rejected"));
            else if (!o.refused().isEmpty())
                why.add(Text.of(
                        "review.here.refused",
                        Text.joined(
                                "kernel.list",
                                o.refused().stream()
                                        .map(code -> scheme.benefit(code).name())
                                        .toList())));
            long lines = Stream.concat(o.refusedLines().stream(), o.clearedLines().stream())
                    .count();
            if (lines > 0) why.add(Text.of("review.here.lines", lines));
        });
        if (!panels.refusedLevels(file.number()).isEmpty()) why.add(Text.of("review.here.panel"));
    }

    private void leaderAsked(CaseNumber number, List<Text> why) {
        if (reviews.disagree(number)) why.add(Text.of("review.here.disagree"));
        if (reviews.leftByThePanel(number)) why.add(Text.of("review.here.undecided"));
        if (reviews.aboveTheLeadersSum(number)) why.add(Text.of("review.here.sum"));
    }
}
