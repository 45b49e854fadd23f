package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.TestDatabase;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine's own executor with its threads, which end; and rooms whose work fails or does not come back. */
@Tag("issue-15.4")
class BackgroundWorkTest {
    private static final long AWHILE = Duration.ofMinutes(20).toNanos();

    private final CityClock clock = new CityClock();
    private final AtomicLong later = new AtomicLong();

    private BackgroundWork work(Optional<JobExecutor> jobs, Optional<ScheduledWork> rooms) {
        return new BackgroundWork(
                jobs,
                rooms,
                new Timetable(clock, null, null, Optional.empty(), List.of()),
                () -> System.nanoTime() + later.get());
    }

    @Test
    void anExecutorThatStandsIsNoticed() {
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration
                .setProcessEngineName("background")
                .setDataSource(TestDatabase.fresh("background"))
                .setDatabaseSchemaUpdate("true")
                .setJobExecutorActivate(false)
                .setMetricsEnabled(false)
                .setDbMetricsReporterActivate(false);
        ProcessEngine engine = configuration.buildProcessEngine();
        JobExecutor executor = configuration.getJobExecutor();
        executor.setWaitTimeInMillis(100);
        executor.setMaxWait(200);
        try {
            BackgroundWork work = work(Optional.of(executor), Optional.empty());
            later.addAndGet(AWHILE);
            assertThat(work.trouble()).as("never begun").containsExactly(Map.entry("jobs", "stopped"));
            executor.start();
            isWellAgain(work);
            executor.shutdown();
            assertThat(work.trouble()).as("not yet").isEmpty();
            later.addAndGet(AWHILE);
            assertThat(work.trouble()).containsExactly(Map.entry("jobs", "stopped"));
            executor.start();
            isWellAgain(work);
            later.addAndGet(AWHILE);
            isWellAgain(work);
        } finally {
            executor.shutdown();
            engine.close();
        }
    }

    private static void isWellAgain(BackgroundWork work) {
        Awaitility.await("it asks for jobs again")
                .atMost(Duration.ofSeconds(60))
                .until(() -> work.trouble().isEmpty());
    }

    private static class Mails implements DueWork {
        private final AtomicReference<RuntimeException> trouble = new AtomicReference<>();
        int done;

        @Override
        public Optional<Instant> next() {
            return Optional.of(Instant.EPOCH);
        }

        @Override
        public void run() {
            if (trouble.get() != null) throw trouble.get();
            done++;
        }
    }

    private static class Payments extends Mails {}

    @Test
    void aRoomWhoseWorkFailsIsNamedAndTheOthersGoOn() {
        Mails mails = new Mails();
        Payments payments = new Payments();
        mails.trouble.set(new IllegalStateException("of 张三 nobody should read"));
        var scheduled = new ScheduledWork(clock, List.of(mails, payments));
        scheduled.tick();
        BackgroundWork work = work(Optional.empty(), Optional.of(scheduled));
        assertThat(work.trouble()).containsExactly(Map.entry("mails", "IllegalStateException"));
        assertThat(payments.done).isOne();
        mails.trouble.set(null);
        scheduled.tick();
        assertThat(work.trouble()).isEmpty();
        later.addAndGet(AWHILE);
        assertThat(work.trouble())
                .as("nobody has looked for twenty minutes")
                .containsExactly(Map.entry("schedule", "silent"));
    }
}
