package cn.jincai.process;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.camunda.bpm.engine.impl.jobexecutor.AcquireJobsCommandFactory;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultAcquireJobsCommandFactory;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Whether what nobody waits for is still done: the engine's executor asks for jobs, and the rooms' own work is looked at. A thread that has ended, or hangs, says
 * nothing by itself, and pages are answered all the same (decision 138). Time is the machine's: the city's may stand or jump.
 */
@Service
public class BackgroundWork {
    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(2);
    /** A run of many people takes its minutes. */
    private static final Duration IN_HAND = Duration.ofMinutes(15);

    private final Optional<JobExecutor> executor;
    private final Optional<ScheduledWork> rooms;
    private final Timetable timetable;
    private final LongSupplier nanoTime;
    private volatile long askedForJobs;
    private volatile @Nullable AcquireJobsCommandFactory heard;

    @Autowired
    BackgroundWork(Optional<JobExecutor> executor, Optional<ScheduledWork> rooms, Timetable timetable) {
        this(executor, rooms, timetable, System::nanoTime);
    }

    BackgroundWork(
            Optional<JobExecutor> executor, Optional<ScheduledWork> rooms, Timetable timetable, LongSupplier nanoTime) {
        this.executor = executor;
        this.rooms = rooms;
        this.timetable = timetable;
        this.nanoTime = nanoTime;
        askedForJobs = nanoTime.getAsLong();
        executor.ifPresent(this::listen);
    }

    /** The engine has no sign of life of its own but this: in each of its rounds it asks how to ask for jobs. It forgets whom when it is stopped. */
    private void listen(JobExecutor jobs) {
        var asking = new DefaultAcquireJobsCommandFactory(jobs);
        askedForJobs = nanoTime.getAsLong();
        heard = most -> {
            askedForJobs = nanoTime.getAsLong();
            return asking.getCommand(most);
        };
        jobs.setAcquireJobsCmdFactory(heard);
    }

    /** What stands still or fails, by name, and how; empty while all is well, and for what is switched off. */
    public Map<String, String> trouble() {
        Map<String, String> trouble = new TreeMap<>();
        if (!timetable.isMoving()) executor.ifPresent(jobs -> look(jobs, trouble));
        rooms.ifPresent(work -> {
            trouble.putAll(work.failed());
            if (!timetable.isMoving() && isOver(IN_HAND, work.looked())) trouble.put(work.inHand(), "silent");
        });
        return trouble;
    }

    private void look(JobExecutor jobs, Map<String, String> trouble) {
        if (jobs.isActive() && jobs.getAcquireJobsCmdFactory() != heard) listen(jobs);
        else if (isOver(BETWEEN_ROUNDS, askedForJobs)) trouble.put("jobs", jobs.isActive() ? "silent" : "stopped");
    }

    private boolean isOver(Duration patience, long since) {
        return nanoTime.getAsLong() - since > patience.toNanos();
    }
}
