package cn.jincai.process;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.runtime.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Lets time pass in the demo and in tests: what falls due on the way runs in the order of its time, with the clock standing at that time. */
@Service
public class Timetable {
    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);
    /** Beyond this a job or a room's work that comes back at the same time is left alone, so that one broken case does not stop the clock. */
    private static final int TRIES = 10;

    private static final int AT_ONCE = 100;

    private final CityClock clock;
    private final EngineClock engineClock;
    private final ManagementService jobs;
    /** Empty where jobs run only when the clock is moved. */
    private final Optional<JobExecutor> executor;

    private final List<DueWork> rooms;
    private volatile boolean moving;

    Timetable(
            CityClock clock,
            EngineClock engineClock,
            ManagementService jobs,
            Optional<JobExecutor> executor,
            List<DueWork> rooms) {
        this.clock = clock;
        this.engineClock = engineClock;
        this.jobs = jobs;
        this.executor = executor;
        this.rooms = List.copyOf(rooms);
    }

    /** @param target made of the time that the clock shows; meanwhile it is moved from nowhere else */
    public synchronized Instant advance(UnaryOperator<Instant> target) {
        return advanceTo(target.apply(clock.instant()));
    }

    /** Shows what another node may have moved the clock to, but not while it is moved here: it would go on to where it was meant to be before. */
    public synchronized void follow() {
        engineClock.follow();
    }

    /** @return the time that the clock shows when all that fell due has run */
    public synchronized Instant advanceTo(Instant target) {
        var paused = executor.filter(JobExecutor::isActive);
        moving = true;
        paused.ifPresent(JobExecutor::shutdown);
        try {
            var tried = new HashMap<Object, Integer>();
            for (var due = earliest(target, tried); due.isPresent(); due = earliest(target, tried)) {
                moveTo(due.get().at());
                run(due.get(), tried);
            }
            moveTo(target);
            return clock.instant();
        } finally {
            paused.ifPresent(JobExecutor::start);
            moving = false;
        }
    }

    /** Meanwhile jobs are run here, and the executor rests. */
    boolean isMoving() {
        return moving;
    }

    private record Due(Instant at, Object key, Runnable work) {}

    private Optional<Due> earliest(Instant target, Map<Object, Integer> tried) {
        var first = earliestJob(target, tried);
        for (DueWork room : rooms) {
            var at = next(room)
                    .filter(next ->
                            !next.isAfter(target) && tried.getOrDefault(room.getClass() + " " + next, 0) < TRIES);
            if (at.isPresent()
                    && (first.isEmpty() || at.get().isBefore(first.get().at())))
                first = Optional.of(new Due(at.get(), room.getClass() + " " + at.get(), room::run));
        }
        return first;
    }

    /** A room that can't even say when stops nobody else. */
    private static Optional<Instant> next(DueWork room) {
        try {
            return room.next();
        } catch (RuntimeException failed) {
            LOG.warn(
                    "{} does not say when it is due: {}",
                    room.getClass().getName(),
                    failed.getClass().getName());
            return Optional.empty();
        }
    }

    /** Not one job alone but all that are due when it is, asked for at once: after a notice of weeks they are as many as there are cases. */
    private Optional<Due> earliestJob(Instant target, Map<Object, Integer> tried) {
        // "lower than" leaves the very millisecond out
        var query = jobs.createJobQuery()
                .active()
                .withRetriesLeft()
                .duedateLowerThan(Date.from(target.plusMillis(1)))
                .orderByJobDuedate()
                .asc();
        for (int from = 0; ; from += AT_ONCE) {
            List<Job> found = query.listPage(from, AT_ONCE);
            if (found.isEmpty()) return Optional.empty();
            var open = found.stream()
                    .filter(job -> tried.getOrDefault(job.getId(), 0) < TRIES)
                    .toList();
            if (!open.isEmpty()) {
                Instant at = open.get(0).getDuedate().toInstant();
                return Optional.of(new Due(at, at, () -> runJobs(open, at, tried)));
            }
        }
    }

    /** One of each process, since what it does may end or move the others. */
    private void runJobs(List<Job> open, Instant first, Map<Object, Integer> tried) {
        Instant by = first.isAfter(clock.instant()) ? first : clock.instant();
        var processes = new HashSet<String>();
        for (Job job : open)
            if (!job.getDuedate().toInstant().isAfter(by) && processes.add(job.getProcessInstanceId()))
                run(new Due(first, job.getId(), () -> jobs.executeJob(job.getId())), tried);
    }

    private void run(Due due, Map<Object, Integer> tried) {
        tried.merge(due.key(), 1, Integer::sum);
        try {
            due.work().run();
        } catch (RuntimeException failed) {
            // the engine has counted the failure down from the job's retries; the job stays and is shown as an incident
            LOG.warn(
                    "what fell due at {} failed: {}",
                    due.at(),
                    failed.getClass().getName());
        }
    }

    /** Never back: what was due earlier than now runs now. */
    private void moveTo(Instant to) {
        Duration ahead = Duration.between(clock.instant(), to);
        if (!ahead.isNegative() && !ahead.isZero())
            engineClock.moveTo(clock.offset().plus(ahead).plusMillis(1));
    }
}
