package cn.jincai.simulation;

import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.filing.archive.ArchivedFacts;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    private static final int MOST_YEARS = 10;

    private final Assessments assessments;
    private final Explanations explanations;
    private final Packages packages;
    private final Publication publication;
    private final ArchivedFacts archive;
    private final WhatIfTable table;
    private final WhatIfQueue queue;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    WhatIfs(
            Assessments assessments,
            Explanations explanations,
            Packages packages,
            Publication publication,
            ArchivedFacts archive,
            WhatIfTable table,
            WhatIfQueue queue,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.assessments = assessments;
        this.explanations = explanations;
        this.packages = packages;
        this.publication = publication;
        this.archive = archive;
        this.table = table;
        this.queue = queue;
        this.clock = clock;
        this.events = events;
    }

    /**
     * What is asked, as the call brings it. A proposal or a package, the rest may be null.
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
    @JsonIgnoreProperties(ignoreUnknown = false)
    public record Asked(
            @Nullable String scheme,
            @JsonProperty("package") @Nullable String hash,
            @Nullable Long proposal,
            @Nullable String against,
            @JsonProperty("population") WhatIf.@Nullable Over over,
            @Nullable Long people,
            @Nullable Long seed,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    /** A run with its figures, null before it is over; {@code hidden} where small groups are. */
    public record View(WhatIf run, @Nullable WhatIfResult result, boolean hidden) {}

    /** @throws Problem FORBIDDEN, NOT_FOUND, INVALID with what is wrong, TOO_MANY where one runs and one waits */
    public WhatIf ask(Asked asked, Actor by) {
        if (!by.isAny(Role.POLICY_ADMIN, Role.POLICY_APPROVER, Role.LEADER))
            throw Problem.forbidden("simulation.mayAsk.ROLE");
        String after = tried(asked), scheme = packages.byHash(after).scheme(), before = comparedWith(asked, scheme);
        WhatIf.Over over = asked.over() == null ? WhatIf.Over.SYNTHETIC : asked.over();
        boolean archived = over == WhatIf.Over.ARCHIVE;
        if (asked.from() != null && asked.to() != null && asked.to().isBefore(asked.from()))
            throw Problem.invalid("to", "simulation.PERIOD");
        ArchivedFacts.Extent extent =
                archived ? archive.extent(scheme, asked.from(), asked.to(), false) : madeUp(asked);
        boolean samples = archived && extent.cases() == 0;
        if (samples) extent = archive.extent(scheme, asked.from(), asked.to(), true);
        LocalDate first = extent.first(), last = extent.last();
        if (first == null || last == null) throw Problem.invalid("population", "simulation.EMPTY_ARCHIVE");
        check(extent.cases(), first, last, archived);
        WhatIf run = new WhatIf(
                UUID.randomUUID().toString(),
                scheme,
                before,
                after,
                over,
                extent.cases(),
                asked.seed() == null ? 1 : asked.seed(),
                first,
                last,
                WhatIf.State.WAITING,
                0,
                by.account(),
                clock.instant(),
                null,
                null);
        queue.add(run, samples);
        tell(run, by);
        return run;
    }

    private String tried(Asked asked) {
        String hash = asked.proposal() == null
                ? asked.hash()
                : publication.find(asked.proposal()).hash();
        if (hash == null || hash.isBlank()) throw Problem.invalid("package", "simulation.REQUIRED");
        return hash;
    }

    private String comparedWith(Asked asked, String scheme) {
        String hash = asked.against() == null || asked.against().isBlank()
                ? packages.inForce(scheme).hash()
                : asked.against();
        if (asked.scheme() != null && !asked.scheme().equals(scheme)
                || !packages.byHash(hash).scheme().equals(scheme))
            throw Problem.invalid("scheme", "simulation.OTHER_SCHEME");
        return hash;
    }

    private ArchivedFacts.Extent madeUp(Asked asked) {
        LocalDate from = asked.from() == null ? clock.today() : asked.from();
        LocalDate to = asked.to() == null ? from.plusYears(1).minusDays(1) : asked.to();
        return new ArchivedFacts.Extent(asked.people() == null ? 100_000 : asked.people(), from, to);
    }

    private static void check(long cases, LocalDate from, LocalDate to, boolean archived) {
        if (to.isBefore(from)
                || from.getYear() < 1990
                || to.getYear() > 2099
                || to.getYear() - from.getYear() >= MOST_YEARS)
            throw Problem.invalid("to", "simulation.years.PERIOD", MOST_YEARS);
        if (!archived && (cases < 1 || cases > MOST_PEOPLE))
            throw Problem.invalid("people", "simulation.NUMBER", MOST_PEOPLE);
    }

    private void tell(WhatIf run, Actor by) {
        Map<String, String> about = Map.of(
                "scheme",
                run.scheme(),
                "before",
                run.before(),
                "after",
                run.after(),
                "population",
                run.over().code(),
                "run",
                run.id());
        events.publishEvent(CaseEvent.forAuditors("simulation.event.what-if-asked", by, null, about));
    }

    /** Newest first. */
    public List<WhatIf> latest(Actor by) {
        mayRead(by);
        table.interrupt(queue.ids());
        return table.latest().stream().map(this::live).toList();
    }

    /** How far it is. @throws Problem NOT_FOUND */
    public WhatIf find(String id, Actor by) {
        mayRead(by);
        table.interrupt(queue.ids());
        return live(table.find(id).orElseThrow(Problem::notFound));
    }

    private WhatIf live(WhatIf w) {
        return w.hasEnded()
                ? w
                : queue.find(w.id()).map(run -> w.withDone(run.done())).orElse(w);
    }

    /** The newest run in which a package was tried, with its figures; empty where nobody has. */
    public Optional<View> latestOf(String hash, Actor by) {
        mayRead(by);
        return table.latestOf(hash).map(run -> view(run.id(), by));
    }

    /** With its figures. Small groups of real people are seen by the leader and by auditors only. */
    public View view(String id, Actor by) {
        WhatIf run = find(id, by);
        Optional<WhatIfResult> result = table.result(id);
        boolean hides = hides(run, by);
        return new View(run, result.map(r -> hides ? SmallGroups.hide(r) : r).orElse(null), hides);
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
        List<WhatIfResult.Typical> all = typical(view.run());
        if (view.result() == null
                || number < 1
                || number > all.size()
                || !view.result().typical().contains(all.get(number - 1))) throw Problem.notFound();
        return typicalCases(view.run())
                .explained(number, all.get(number - 1), view.hidden(), explanations)
                .orElseThrow(Problem::notFound);
    }

    /** All of them, whoever looks, so that a number means the same to everybody. */
    private List<WhatIfResult.Typical> typical(WhatIf run) {
        return table.result(run.id()).map(WhatIfResult::typical).orElse(List.of());
    }

    private TypicalCases typicalCases(WhatIf run) {
        return new TypicalCases(assessments, archive, packages.byHash(run.before()), packages.byHash(run.after()), run);
    }

    /** Ends a run that waits or runs; the figures cover those assessed until then. @throws Problem CONFLICT where it is over */
    public void cancel(String id, Actor by) {
        WhatIf run = find(id, by);
        if (!run.askedBy().equals(by.account()) && !by.isAny(Role.POLICY_ADMIN, Role.LEADER))
            throw Problem.forbidden("simulation.mayCancel.ROLE");
        if (run.hasEnded()) throw Problem.conflict("simulation.OVER_ALREADY");
        queue.find(id)
                .orElseThrow(() -> Problem.conflict("simulation.OVER_ALREADY"))
                .cancel();
    }

    private static void mayRead(Actor by) {
        if (!by.isAny(Role.POLICY_ADMIN, Role.POLICY_APPROVER, Role.LEADER, Role.AUDITOR))
            throw Problem.forbidden("simulation.mayRead.ROLE");
    }
}
