package cn.jincai.web.office;

import cn.jincai.calendar.Calendars;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.KnownFact;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Text;
import cn.jincai.payment.PaymentView;
import cn.jincai.payment.Payments;
import cn.jincai.payment.Runs;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.Tasks;
import cn.jincai.review.DecidedBenefit;
import cn.jincai.review.Decision;
import cn.jincai.review.WhyHere;
import cn.jincai.staffing.Handovers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the line that stands above a task, from what its reader may see of the case: nothing of it comes from the engine, nothing goes there. */
@Component
class Gists {
    private final WhyHere whyHere;
    private final Tasks tasks;
    private final Handovers handovers;
    private final Calendars calendars;
    private final CityClock clock;

    Gists(WhyHere whyHere, Tasks tasks, Handovers handovers, Calendars calendars, CityClock clock) {
        this.whyHere = whyHere;
        this.tasks = tasks;
        this.handovers = handovers;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * @param file     as the reader sees it
     * @param task     null where the file is read by itself
     * @param standing what the case comes to now
     * @param decision null before the signature
     */
    Gist of(
            Actor who,
            CaseView file,
            Scheme scheme,
            @Nullable TaskRef task,
            List<DecidedBenefit> standing,
            @Nullable Decision decision) {
        List<DecidedBenefit> benefits = decision == null ? standing : decision.benefits();
        TaskRef here = task != null ? task : new TaskRef("", file.step(), file.number(), null, null);
        return new Gist(
                scheme.name(),
                said(file, "name"),
                said(file, "employerName"),
                benefits.stream()
                        .filter(b -> !b.outcome().equals("refused"))
                        .map(DecidedBenefit::amount)
                        .mapToLong(Money::fen)
                        .sum(),
                benefits.stream()
                        .map(DecidedBenefit::level)
                        .filter(Objects::nonNull)
                        .min(Integer::compare)
                        .orElse(null),
                verdict(file, benefits, decision),
                why(who, here, task),
                decision == null ? open(file, scheme, standing) : List.of(),
                left(task == null ? file.stageEnds() : tasks.due(who, task.id()).orElse(null)));
    }

    /** Of a task about money: what is paid, to whom, and why it is parked. */
    Gist of(
            Actor who,
            Payments.Sheet sheet,
            Scheme scheme,
            TaskRef task,
            @Nullable String person,
            @Nullable String employer) {
        PaymentView payment = sheet.payment();
        Text benefit = scheme.benefit(payment.benefit()).name();
        return new Gist(
                scheme.name(),
                person,
                employer,
                payment.amountFen(),
                null,
                null,
                payment.reason() == null ? List.of(benefit) : List.of(benefit, payment.reason()),
                List.of(),
                left(tasks.due(who, task.id()).orElse(null)));
    }

    /** Of a run as a whole: how much goes out to how many. @param scheme as people call it; null where no package has it any more */
    Gist ofRun(Actor who, Runs.Run run, @Nullable Text scheme, String task) {
        return new Gist(
                scheme == null ? Text.same(run.scheme()) : scheme,
                null,
                null,
                run.sumFen(),
                null,
                null,
                List.of(Text.of("web.gist.run", run.number(), run.payments().size())),
                List.of(),
                left(tasks.due(who, task).orElse(null)));
    }

    /** A colleague's words with which the task came to its holder, before all else. */
    private List<Text> why(Actor who, TaskRef here, @Nullable TaskRef task) {
        List<Text> why = new ArrayList<>();
        if (task != null)
            handovers
                    .last(task.id())
                    .filter(h -> h.to().equals(who.account()))
                    .ifPresent(h -> why.add(Text.of("web.gist.handed-over", h.by(), h.words())));
        why.addAll(whyHere.of(who, here));
        return why;
    }

    private static @Nullable String said(CaseView file, String key) {
        String words = file.answers().path(key).asText("");
        return words.isBlank() ? null : words;
    }

    private static @Nullable String verdict(CaseView file, List<DecidedBenefit> benefits, @Nullable Decision decision) {
        if (decision != null)
            return benefits.stream().anyMatch(DecidedBenefit::isGranted) ? "outcome.granted" : "outcome.refused";
        if (file.unchecked()) return "verdict.unchecked";
        return file.assessment() == null
                ? null
                : "verdict." + file.assessment().verdict().name();
    }

    /** Benefits that nobody can decide yet, and facts of which two sides say different things. Before any source was asked, neither says anything. */
    private static List<Text> open(CaseView file, Scheme scheme, List<DecidedBenefit> standing) {
        if (file.unchecked()) return List.of();
        List<Text> open = new ArrayList<>();
        standing.stream()
                .filter(b -> b.outcome().equals("open"))
                .map(b -> scheme.benefit(b.code()).name())
                .forEach(open::add);
        file.facts().stream()
                .filter(KnownFact::isDisputed)
                .flatMap(f -> scheme.fact(f.name()).stream())
                .map(f -> Text.of("web.gist.differs", f.label()))
                .forEach(open::add);
        return open;
    }

    private @Nullable DaysLeft left(@Nullable Instant end) {
        return Optional.ofNullable(end)
                .map(at -> at.minusMillis(1).atZone(CityClock.ZONE).toLocalDate())
                .map(last -> DaysLeft.of(last, clock.today(), calendars.current()))
                .orElse(null);
    }
}
