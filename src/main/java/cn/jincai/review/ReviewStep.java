package cn.jincai.review;

import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Reason;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseAssessments;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import cn.jincai.policy.TaskRef;
import cn.jincai.review.discretion.LikeCases;
import cn.jincai.review.discretion.Overrides;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One of the three reviews 初审、复核、领导审核: each states the whole, and the last one holds (rulebook 7.2, 7.3, 7.5). */
@Component
class ReviewStep {
    private final CaseFile cases;
    private final CaseLifecycle way;
    private final Judgement judgement;
    private final Opinions opinions;
    private final Panels panels;
    private final Packages packages;
    private final CaseAssessments assessments;
    private final SettledPerson person;
    private final ReviewedLines lines;
    private final Overrides overrides;

    ReviewStep(
            CaseFile cases,
            CaseLifecycle way,
            Judgement judgement,
            Opinions opinions,
            Panels panels,
            Packages packages,
            CaseAssessments assessments,
            SettledPerson person,
            ReviewedLines lines,
            Overrides overrides) {
        this.cases = cases;
        this.way = way;
        this.judgement = judgement;
        this.opinions = opinions;
        this.panels = panels;
        this.packages = packages;
        this.assessments = assessments;
        this.person = person;
        this.lines = lines;
        this.overrides = overrides;
    }

    void complete(Actor who, TaskRef task, String outcome, TaskFields fields) {
        Case file = cases.get(task.ofCase());
        switch (outcome) {
            case "return" -> sendBack(who, task, fields);
            case "reject" -> {
                String words = fields.opinionRequired();
                var result = judgement.refusingAll(file, panels.refusedLevels(task.ofCase()));
                checkAsked("outcome", result);
                List<String> all = assessments.of(file).benefits().stream()
                        .map(Benefit::code)
                        .toList();
                List<Overrides.One> beside = refusedThoughGranted(assessments.of(file), all);
                String reason = overrideReason(fields, beside);
                opinions.add(task, who, outcome, words, List.of(), all, result.outcomes());
                overrides.keep(task, who.account(), file.scheme(), beside, reason);
            }
            default -> approve(who, task, file, outcome, fields);
        }
    }

    private void approve(Actor who, TaskRef task, Case file, String outcome, TaskFields fields) {
        Statement said = new Statement(
                fields.list("waive"),
                fields.list("reject"),
                fields.list(ReviewedLines.REJECT),
                fields.list(ReviewedLines.CLEAR));
        Assessment proposal = assessments.of(file);
        checkWaivers(file, proposal, said.waived());
        checkBenefits(proposal, said.refused());
        lines.check(file, said);
        Set<Integer> levels = panels.refusedLevels(task.ofCase());
        var result = judgement.of(file, said, levels);
        checkAsked("reject", result);
        if (!result.open().isEmpty()) throw Problem.invalid("reject", "review.STILL_OPEN", Text.list(result.open()));
        if (!result.grantsAnything()) throw Problem.invalid("outcome", "review.NOTHING_TO_APPROVE");
        person.mustBe(file);
        boolean needsWords = said.saysSomething() || !result.cleared().isEmpty();
        String words = needsWords ? fields.opinionRequired() : fields.opinion();
        List<Overrides.One> beside = beside(proposal, said);
        String reason = overrideReason(fields, beside);
        assessments.keep(file, task.step().key(), said.adjustments(Set.copyOf(said.refused()), levels));
        opinions.add(task, who, outcome, words, said, result.outcomes());
        overrides.keep(task, who.account(), file.scheme(), beside, reason);
    }

    /** All that goes beside the assessment: waivers, and refusals of what the rules grant (rulebook 7.3). */
    private static List<Overrides.One> beside(Assessment proposal, Statement said) {
        Set<String> granted = ReviewedLines.granted(proposal);
        return Stream.of(
                        said.waived().stream().map(code -> new Overrides.One(Overrides.Kind.WAIVED, code)),
                        refusedThoughGranted(proposal, said.refused()).stream(),
                        said.refusedLines().stream()
                                .filter(granted::contains)
                                .map(line -> new Overrides.One(Overrides.Kind.REFUSED_LINE, line)))
                .flatMap(Function.identity())
                .toList();
    }

    private static List<Overrides.One> refusedThoughGranted(Assessment proposal, List<String> refused) {
        return proposal.benefits().stream()
                .filter(b -> b.verdict() == Verdict.APPROVE && refused.contains(b.code()))
                .map(b -> new Overrides.One(Overrides.Kind.REFUSED, b.code()))
                .toList();
    }

    /** Of the form's list. @throws Problem INVALID where it is asked for, something goes beside the assessment, and none is chosen */
    private static @Nullable String overrideReason(TaskFields fields, List<Overrides.One> beside) {
        if (beside.isEmpty() || !fields.values().containsKey(Overrides.REASON)) return null;
        String reason = Objects.toString(fields.values().get(Overrides.REASON), "");
        if (reason.isBlank()) throw Problem.invalid(Overrides.REASON, "review.override.REQUIRED");
        return reason;
    }

    /** Reasons that may be waived in this case. What they compare is told in the case file, so the names leave the values out. */
    List<Choice> waivable(Case file) {
        var scheme = packages.byHash(file.packageHash()).catalogue();
        Set<String> standing = standing(assessments.of(file));
        return scheme.waivable().stream()
                .filter(standing::contains)
                .flatMap(code -> Stream.ofNullable(scheme.reasons().get(code))
                        .map(words -> new Choice(code, LikeCases.withoutValues(words.message()))))
                .toList();
    }

    /** Benefits that may be refused by name: not those of which only a fact is missing that nobody was asked to prove. */
    List<Choice> refusable(Case file) {
        var scheme = packages.byHash(file.packageHash()).catalogue();
        Set<Integer> levels = panels.refusedLevels(file.number());
        return assessments.of(file).benefits().stream()
                .filter(benefit -> judgement
                        .of(file, new Statement(List.of(), List.of(benefit.code())), levels)
                        .unasked()
                        .isEmpty())
                .map(benefit -> new Choice(
                        benefit.code(),
                        withGrounds(scheme.benefit(benefit.code()).name(), benefit)))
                .toList();
    }

    /** With what the rules say of it: their reasons, or what they would grant. */
    private static Text withGrounds(Text name, Benefit benefit) {
        Text grounds = Text.joined(
                "kernel.list",
                benefit.reasons().stream()
                        .map(Reason::message)
                        .filter(Objects::nonNull)
                        .map(ReviewStep::withoutFullStop)
                        .distinct()
                        .toList());
        if (!grounds.zh().isEmpty()) return Text.of("review.choice.grounds", name, grounds);
        return benefit.amountFen() > 0
                ? Text.of(
                        "review.choice.sum",
                        name,
                        new Money(benefit.amountFen()).yuan().replaceAll("\\.00$", ""))
                : name;
    }

    private static Text withoutFullStop(Text words) {
        return new Text(words.zh().replaceAll("。$", ""), words.en().replaceAll("\\.$", ""));
    }

    /** A list to tick in a form: what there is, and what is ticked from the start. */
    interface Ticking {
        void tick(String key, List<Choice> options, List<String> ticked);
    }

    /** Of a case with a roster alone. @param before what the review before said, of which a refusal of everything says nothing of lines */
    void tickLines(Case file, Optional<Opinion> before, Ticking form) {
        if (!lines.isAsked(file)) return;
        form.tick(
                ReviewedLines.REJECT,
                lines.refusable(file),
                before.map(Opinion::refusedLines).orElse(List.of()));
        form.tick(
                ReviewedLines.CLEAR,
                lines.clearable(file),
                before.map(Opinion::clearedLines).orElse(List.of()));
    }

    private static Set<String> standing(Assessment proposal) {
        Set<String> standing = new HashSet<>();
        proposal.benefits()
                .forEach(b -> b.reasons().stream()
                        .filter(r -> r.effect() == Verdict.REJECT)
                        .map(Reason::code)
                        .forEach(standing::add));
        return standing;
    }

    /** Only REJECT reasons that stand and that the package marks waivable (rulebook 7.3). */
    private void checkWaivers(Case file, Assessment proposal, List<String> waived) {
        var waivable = packages.byHash(file.packageHash()).catalogue().waivable();
        Set<String> standing = standing(proposal);
        for (String code : waived) {
            if (!waivable.contains(code)) throw Problem.invalid("waive", "review.NOT_WAIVABLE", code);
            if (!standing.contains(code)) throw Problem.invalid("waive", "review.NOT_STANDING", code);
        }
    }

    private static void checkBenefits(Assessment proposal, List<String> refused) {
        Set<String> known =
                new HashSet<>(proposal.benefits().stream().map(Benefit::code).toList());
        for (String code : refused) {
            if (!known.contains(code)) throw Problem.invalid("reject", "review.reject.UNKNOWN_BENEFIT", code);
        }
    }

    /** What nobody was asked for is no reason to refuse: a source that is silent, a year without a notice (rulebook 2.10, 7.2). */
    private static void checkAsked(String field, Judgement.Result result) {
        if (result.unasked().isEmpty()) return;
        throw Problem.invalid(field, "review.NEVER_ASKED", Text.list(result.unasked()));
    }

    /** Once for each step, counted anew after a return from a later step or an upheld objection; only the leader may more often. */
    private void sendBack(Actor who, TaskRef task, TaskFields fields) {
        String words = fields.opinionRequired();
        Steps steps = cases.get(task.ofCase()).stage().steps();
        if (task.step().role() != Role.LEADER && hasReturned(task, steps))
            throw Problem.invalid("outcome", "review.RETURNED_BEFORE");
        if (steps.isFirst(task.step())) {
            way.ask(
                    task.ofCase(),
                    task.step(),
                    fields.list("items"),
                    Text.same(words),
                    who,
                    task.step().doneBy());
        }
        opinions.add(task, who, "return", words, List.of(), List.of(), List.of());
    }

    private boolean hasReturned(TaskRef task, Steps steps) {
        List<String> inOrder = steps.keys(Kind.REVIEWS, Kind.SIGNS), objections = steps.keys(Kind.OBJECTION);
        String step = task.step().key();
        boolean returned = false;
        for (Opinion o : opinions.of(task.ofCase())) {
            boolean anew = o.outcome().equals("return") && inOrder.indexOf(o.step()) > inOrder.indexOf(step)
                    || objections.contains(o.step()) && o.outcome().equals("uphold");
            if (anew) returned = false;
            if (o.step().equals(step) && o.outcome().equals("return")) returned = true;
        }
        return returned;
    }
}
