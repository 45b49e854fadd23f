package cn.jincai.simulation;

import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.filing.archive.ArchivedFacts;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The runs asked for, made one after another: one runs, one more may wait. */
@Component
class WhatIfQueue {
    private static final int MOST_AT_ONCE = 2;
    private static final Logger LOG = LoggerFactory.getLogger(WhatIfQueue.class);

    private final Assessments assessments;
    private final Packages packages;
    private final Calendars calendars;
    private final ArchivedFacts archive;
    private final WhatIfTable table;
    private final Map<String, WhatIfRun> runs = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private final ExecutorService queue = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "what-if");
        thread.setDaemon(true);
        return thread;
    });

    WhatIfQueue(
            Assessments assessments, Packages packages, Calendars calendars, ArchivedFacts archive, WhatIfTable table) {
        this.assessments = assessments;
        this.packages = packages;
        this.calendars = calendars;
        this.archive = archive;
        this.table = table;
    }

    /** @throws Problem TOO_MANY where one runs and one waits */
    synchronized void add(WhatIf asked, boolean samples) {
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
            WhatIfResult result = result(asked, samples, run);
            if (stopping) return; // nobody cancelled it: the next one to look finds it silent
            table.ends(asked.id(), run.isCancelled() ? WhatIf.State.CANCELLED : WhatIf.State.DONE, run.done(), result);
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

    private WhatIfResult result(WhatIf asked, boolean samples, WhatIfRun run) throws InterruptedException {
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
        List<WhatIfResult.MadeUp> margins = archived ? List.of() : people.told();
        List<Text> remarks = remarks(asked, samples, people, calendar, run, tally);
        long rosters = archived ? archive.rosters(asked.scheme(), asked.from(), asked.to(), samples) : 0;
        if (rosters > 0) remarks.add(Text.of("simulation.remark.rosters", rosters));
        return new WhatIfFigures(comparison, tally).result(run.isCancelled(), remarks, margins);
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
        if (tally.failure != null) remarks.add(Text.of("simulation.remark.failed", tally.failed, tally.failure));
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

    /** Of those that wait or run. */
    Optional<WhatIfRun> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    List<String> ids() {
        return List.copyOf(runs.keySet());
    }

    @PreDestroy
    void stop() {
        stopping = true;
        runs.values().forEach(WhatIfRun::cancel);
        queue.shutdownNow();
    }
}
