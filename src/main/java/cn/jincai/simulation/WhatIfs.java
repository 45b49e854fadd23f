package cn.jincai.simulation;

import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Proposal;
import cn.jincai.policy.Publication;
import jakarta.annotation.PreDestroy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * What-if runs: asked for, one at a time, kept. One runs, one more may wait, a third is refused: a run takes all the processors that it may have. The package
 * in force is only read.
 */
@Service
public class WhatIfs {
    public static final long MOST_PEOPLE = 1_000_000;
    /** A run that is over can't be cancelled. */
    public static final String OVER_ALREADY = "OVER_ALREADY";

    private static final int MOST_YEARS = 10, MOST_AT_ONCE = 2;
    private static final Logger LOG = LoggerFactory.getLogger(WhatIfs.class);

    private final Assessments assessments;
    private final Explanations explanations;
    private final Packages packages;
    private final Publication publication;
    private final Calendars calendars;
    private final ArchivedCases archive;
    private final WhatIfTable table;
    private final JsonColumns json;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final Map<String, WhatIfRun> runs = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private final ExecutorService queue = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "what-if");
        thread.setDaemon(true);
        return thread;
    });

    WhatIfs(
            Assessments assessments,
            Explanations explanations,
            Packages packages,
            Publication publication,
            Calendars calendars,
            ArchivedCases archive,
            WhatIfTable table,
            JsonColumns json,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.assessments = assessments;
        this.explanations = explanations;
        this.packages = packages;
        this.publication = publication;
        this.calendars = calendars;
        this.archive = archive;
        this.table = table;
        this.json = json;
        this.clock = clock;
        this.events = events;
    }

    /**
     * What is asked. A proposal or a package, the rest may be null.
     *
     * @param scheme   if given, both packages have to be of it
     * @param hash     of the package to try
     * @param proposal whose package to try
     * @param against  of the package to compare with; null: the one in force today
     * @param over     null: made-up people
     * @param people   of a made-up population, up to a million; null: 100 000
     * @param seed     null: 1
     * @param from     first day of application; null: today, for the archive the first there is
     * @param to       last day; null: a year later less a day, for the archive the last there is
     */
    public record Asked(
            String scheme,
            String hash,
            Long proposal,
            String against,
            WhatIf.Over over,
            Long people,
            Long seed,
            LocalDate from,
            LocalDate to) {}

    /** A run with its figures, null before it is over; {@code hidden} where small groups are. */
    public record View(WhatIf run, WhatIfResult result, boolean hidden) {}

    /** @throws Problem FORBIDDEN, NOT_FOUND, INVALID with what is wrong, TOO_MANY where one runs and one waits */
    public WhatIf ask(Asked asked, Actor by) {
        if (!by.isAny(Role.POLICY_ADMIN, Role.POLICY_APPROVER, Role.LEADER))
            throw Problem.forbidden("simulation.mayAsk.ROLE");
        Proposal proposal = asked.proposal() == null ? null : publication.find(asked.proposal());
        String after = proposal == null ? asked.hash() : proposal.hash();
        if (after == null || after.isBlank()) throw Problem.invalid("package", "simulation.REQUIRED");
        String scheme = packages.byHash(after).scheme();
        String before = asked.against() == null || asked.against().isBlank()
                ? packages.inForce(scheme).hash()
                : asked.against();
        if (asked.scheme() != null && !asked.scheme().equals(scheme)
                || !packages.byHash(before).scheme().equals(scheme))
            throw Problem.invalid("scheme", "simulation.OTHER_SCHEME");
        WhatIf.Over over = asked.over() == null ? WhatIf.Over.SYNTHETIC : asked.over();
        boolean archived = over == WhatIf.Over.ARCHIVE;
        if (asked.from() != null && asked.to() != null && asked.to().isBefore(asked.from()))
            throw Problem.invalid("to", "simulation.PERIOD");
        ArchivedCases.Extent real = archived ? archive.extent(scheme, asked.from(), asked.to(), false) : null;
        boolean samples = archived && real.cases() == 0;
        ArchivedCases.Extent extent = samples ? archive.extent(scheme, asked.from(), asked.to(), true) : real;
        if (archived && extent.cases() == 0) throw Problem.invalid("population", "simulation.EMPTY_ARCHIVE");
        LocalDate from = archived ? extent.first() : asked.from() == null ? clock.today() : asked.from();
        LocalDate to = archived
                ? extent.last()
                : asked.to() == null ? from.plusYears(1).minusDays(1) : asked.to();
        if (to.isBefore(from)
                || from.getYear() < 1990
                || to.getYear() > 2099
                || to.getYear() - from.getYear() >= MOST_YEARS)
            throw Problem.invalid("to", "simulation.years.PERIOD", MOST_YEARS);
        long people = archived ? extent.cases() : asked.people() == null ? 100_000 : asked.people();
        if (!archived && (people < 1 || people > MOST_PEOPLE))
            throw Problem.invalid("people", "simulation.NUMBER", MOST_PEOPLE);
        WhatIf run = new WhatIf(
                UUID.randomUUID().toString(),
                scheme,
                before,
                after,
                over,
                people,
                asked.seed() == null ? 1 : asked.seed(),
                from,
                to,
                WhatIf.State.WAITING,
                0,
                by.account(),
                clock.instant(),
                null,
                null);
        enqueue(run, samples);
        events.publishEvent(CaseEvent.forAuditors(
                "simulation.event.what-if-asked",
                by,
                null,
                Map.of(
                        "scheme",
                        scheme,
                        "before",
                        before,
                        "after",
                        after,
                        "population",
                        over.code(),
                        "run",
                        run.id())));
        return run;
    }

    private synchronized void enqueue(WhatIf asked, boolean samples) {
        if (runs.size() >= MOST_AT_ONCE) throw Problem.of(Problem.Kind.TOO_MANY, "simulation.BUSY");
        WhatIfRun run = new WhatIfRun(asked.id());
        runs.put(asked.id(), run);
        try {
            table.insert(asked, samples);
        } catch (RuntimeException e) {
            runs.remove(asked.id());
            throw e;
        }
        queue.execute(() -> {
            try {
                make(asked, samples, run);
            } finally {
                runs.remove(asked.id());
            }
        });
    }

    private void make(WhatIf asked, boolean samples, WhatIfRun run) {
        try {
            if (stopping) return;
            if (run.isCancelled()) {
                table.ends(asked.id(), WhatIf.State.CANCELLED, 0, null);
                return;
            }
            table.begins(asked.id());
            PolicyPackage before = packages.byHash(asked.before()), after = packages.byHash(asked.after());
            SchemeRules old = assessments.rules(before), now = assessments.rules(after);
            Population people = PopulationReader.of(after, now, new Findings()),
                    alone = PopulationReader.of(before, old, new Findings()).without(now.vocabulary);
            WorkingCalendar calendar = calendars.current();
            WhatIfComparison comparison =
                    new WhatIfComparison(old, now, people.breakdown, calendar, asked.from(), asked.to());
            Runnable seen = () -> table.runs(asked.id(), run.done());
            boolean archived = asked.over() == WhatIf.Over.ARCHIVE;
            WhatIfTally tally = archived
                    ? run.archived(comparison, archive, asked, samples, seen)
                    : run.madeUp(
                            comparison,
                            people,
                            alone.isEmpty() ? null : alone,
                            asked,
                            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors())),
                            seen);
            if (stopping) return; // nobody cancelled it: the next one to look finds it silent
            List<WhatIfResult.MadeUp> margins = archived ? List.of() : people.told();
            WhatIfResult result = new WhatIfFigures(comparison, tally)
                    .result(run.isCancelled(), remarks(asked, samples, people, calendar, run, tally), margins);
            table.ends(
                    asked.id(),
                    run.isCancelled() ? WhatIf.State.CANCELLED : WhatIf.State.DONE,
                    run.done(),
                    json.write(result));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt(); // the application goes down
        } catch (RuntimeException e) {
            if (stopping) return;
            LOG.error(
                    "what-if run {} failed: {} at {}",
                    asked.id(),
                    e.getClass().getName(),
                    e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]); // its text might hold a fact
            table.ends(asked.id(), WhatIf.State.FAILED, run.done(), null);
        }
    }

    private static List<Text> remarks(
            WhatIf asked,
            boolean samples,
            Population people,
            WorkingCalendar calendar,
            WhatIfRun run,
            WhatIfTally tally) {
        List<Text> remarks = new ArrayList<>();
        if (run.isCancelled()) remarks.add(Text.of("simulation.remark.cancelled", run.done(), asked.people()));
        if (tally.failed > 0) remarks.add(Text.of("simulation.remark.failed", tally.failed, tally.failure));
        if (asked.over() == WhatIf.Over.SYNTHETIC) remarks.add(people.about);
        else remarks.add(Text.of(samples ? "simulation.remark.samples" : "simulation.remark.archive"));
        List<Integer> missing = IntStream.rangeClosed(
                        asked.from().getYear(), asked.to().getYear())
                .filter(y -> !calendar.isLoaded(y))
                .boxed()
                .toList();
        if (!missing.isEmpty()) remarks.add(Text.of("simulation.remark.noNotice", missing));
        return remarks;
    }

    /** Newest first. */
    public List<WhatIf> latest(Actor by) {
        mayRead(by);
        table.interrupt(List.copyOf(runs.keySet()));
        return table.latest().stream().map(this::live).toList();
    }

    /** How far it is. @throws Problem NOT_FOUND */
    public WhatIf find(String id, Actor by) {
        mayRead(by);
        table.interrupt(List.copyOf(runs.keySet()));
        return live(table.find(id).orElseThrow(Problem::notFound));
    }

    private WhatIf live(WhatIf w) {
        WhatIfRun run = runs.get(w.id());
        return run == null || w.hasEnded()
                ? w
                : new WhatIf(
                        w.id(),
                        w.scheme(),
                        w.before(),
                        w.after(),
                        w.over(),
                        w.people(),
                        w.seed(),
                        w.from(),
                        w.to(),
                        w.state(),
                        run.done(),
                        w.askedBy(),
                        w.askedAt(),
                        w.startedAt(),
                        w.endedAt());
    }

    /** With its figures. Small groups of real people are seen by the leader and by auditors only. */
    public View view(String id, Actor by) {
        WhatIf run = find(id, by);
        Optional<WhatIfResult> result = result(run);
        boolean hides = hides(run, by);
        return new View(run, result.map(r -> hides ? SmallGroups.hide(r) : r).orElse(null), hides);
    }

    private Optional<WhatIfResult> result(WhatIf run) {
        return table.result(run.id()).map(kept -> json.read(kept, WhatIfResult.class));
    }

    private boolean hides(WhatIf run, Actor by) {
        return run.over() == WhatIf.Over.ARCHIVE
                && !table.isOverSamples(run.id())
                && !by.isAny(Role.LEADER, Role.AUDITOR);
    }

    /**
     * The typical cases of a run that is over, assessed once more by both packages. Of real people those without the right see which conditions were met,
     * and no facts.
     */
    public List<WhatIfResult.Case> cases(View view) {
        if (view.result() == null) return List.of();
        List<WhatIfResult.Typical> all = typical(view.run());
        TypicalCases cases = typicalCases(view.run());
        return view.result().typical().stream()
                .flatMap(t -> cases.of(all.indexOf(t) + 1, t, view.hidden()).stream())
                .toList();
    }

    /**
     * A typical case explained by both packages, made when it is asked for. Who may not see facts of real people is told the conditions without what was found.
     *
     * @param number as {@link #cases} tells it
     * @throws Problem NOT_FOUND also for one that is hidden from whoever asks
     */
    public WhatIfResult.Explanations explain(View view, int number) {
        List<WhatIfResult.Typical> all = view.result() == null ? List.of() : typical(view.run());
        if (number < 1 || number > all.size() || !view.result().typical().contains(all.get(number - 1)))
            throw Problem.notFound();
        return typicalCases(view.run())
                .explained(number, all.get(number - 1), view.hidden(), explanations)
                .orElseThrow(Problem::notFound);
    }

    /** All of them, whoever looks, so that a number means the same to everybody. */
    private List<WhatIfResult.Typical> typical(WhatIf run) {
        return result(run).map(WhatIfResult::typical).orElse(List.of());
    }

    private TypicalCases typicalCases(WhatIf run) {
        return new TypicalCases(assessments, archive, packages.byHash(run.before()), packages.byHash(run.after()), run);
    }

    /** Ends a run that waits or runs; the figures cover those assessed until then. @throws Problem CONFLICT where it is over */
    public void cancel(String id, Actor by) {
        WhatIf run = find(id, by);
        if (!run.askedBy().equals(by.account()) && !by.isAny(Role.POLICY_ADMIN, Role.LEADER))
            throw Problem.forbidden("simulation.mayCancel.ROLE");
        WhatIfRun own = runs.get(id);
        if (run.hasEnded() || own == null) throw Problem.conflict("simulation.OVER_ALREADY");
        own.cancel();
    }

    private static void mayRead(Actor by) {
        if (!by.isAny(Role.POLICY_ADMIN, Role.POLICY_APPROVER, Role.LEADER, Role.AUDITOR))
            throw Problem.forbidden("simulation.mayRead.ROLE");
    }

    @PreDestroy
    void stop() {
        stopping = true;
        runs.values().forEach(WhatIfRun::cancel);
        queue.shutdownNow();
    }
}
