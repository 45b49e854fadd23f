package cn.jincai.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.Benchmark;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A what-if run over a million made-up people: the package in force and a changed one, every figure that the page shows, two threads. The baseline makes
 * the same people on two threads and does nothing with them. Interleaved rounds in one JVM, CPU time of the process, medians; wall time and the heap's peak
 * are told beside it.
 */
class WhatIfBench {
    private static final int PEOPLE = 1_000_000, ROUNDS = 7, THREADS = 2;
    private static final LocalDate FROM = LocalDate.of(2026, 1, 1), TO = LocalDate.of(2026, 12, 31);

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private volatile long seen;

    private record Measured(double cpuMillis, double wallMillis) {}

    private interface Work {
        void run() throws InterruptedException;
    }

    @Test
    void aMillionPeopleAreTriedWhileTheMeetingWaits() throws Exception {
        PolicyPackage before = CityPackages.of("skills-award");
        PolicyPackage after = CityPackages.with(
                "skills-award",
                "rulesets/2026-01/parameters.yaml",
                text -> text.replace("always: {is: 12, status: ILLUSTRATIVE", "always: {is: 24, status: ILLUSTRATIVE")
                        .replace(
                                "always: {is: 300000, status: ILLUSTRATIVE",
                                "always: {is: 350000, status: ILLUSTRATIVE"));
        SchemeRules old = new SchemeRules(before), now = new SchemeRules(after);
        Population people = PopulationReader.of(after, now, new Findings());
        WhatIfComparison comparison =
                new WhatIfComparison(old, now, people.breakdown, CityCalendar.calendar(), FROM, TO);
        WhatIf asked = new WhatIf(
                "bench",
                "skills-award",
                before.hash(),
                after.hash(),
                WhatIf.Over.SYNTHETIC,
                PEOPLE,
                1,
                FROM,
                TO,
                WhatIf.State.RUNNING,
                0,
                "bench",
                Instant.EPOCH,
                null,
                null);
        Work all = () -> {
            WhatIfTally tally = new WhatIfRun("bench").madeUp(comparison, people, null, asked, THREADS, () -> {});
            seen += new WhatIfFigures(comparison, tally)
                    .result(false, List.of(), people.told())
                    .people();
        };
        Work bare = () -> generate(people);
        for (int warm = 0; warm < 3; warm++) {
            all.run();
            bare.run();
        }
        double[] ours = new double[ROUNDS],
                base = new double[ROUNDS],
                wall = new double[ROUNDS],
                baseWall = new double[ROUNDS];
        long peak = 0;
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            heap().forEach(MemoryPoolMXBean::resetPeakUsage);
            Measured whole = measured(all);
            peak = Math.max(
                    peak,
                    heap().stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum());
            Measured made = measured(bare);
            ours[round] = whole.cpuMillis;
            wall[round] = whole.wallMillis;
            base[round] = made.cpuMillis;
            baseWall[round] = made.wallMillis;
        }
        double times = Benchmark.median(ours) / Benchmark.median(base);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("people", PEOPLE);
        details.put("threads", THREADS);
        details.put("timesTheBareLoop", times);
        details.put("cpuMillis", Benchmark.median(ours));
        details.put("wallMillis", Benchmark.median(wall));
        details.put("baselineCpuMillis", Benchmark.median(base));
        details.put("baselineWallMillis", Benchmark.median(baseWall));
        details.put("peakHeapMiB", peak >> 20);
        details.put("rounds", ROUNDS);
        details.put("checksum", seen);
        Benchmark kept =
                new Benchmark("what-if", 1 / times, "a bare loop that makes the same people", 1 / 4.0, details).keep();
        assertThat(kept.ratio()).isGreaterThanOrEqualTo(kept.atLeast());
        assertThat(peak >> 20).isLessThanOrEqualTo(512);
    }

    private Measured measured(Work work) throws InterruptedException {
        long cpu = system.getProcessCpuTime(), wall = System.nanoTime();
        work.run();
        return new Measured((system.getProcessCpuTime() - cpu) / 1e6, (System.nanoTime() - wall) / 1e6);
    }

    private void generate(Population people) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        long first = FROM.toEpochDay();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Thread thread = new Thread(() -> {
                Slots slots = people.vocabulary.noSlots();
                long sum = 0;
                for (long from; (from = next.getAndAdd(20_000)) < PEOPLE; )
                    for (long n = from; n < from + 20_000; n++) {
                        long person = Population.person(1, n);
                        people.lay(person, people.applicationDay(person, first, 365), slots);
                        sum += slots.value[0] + slots.value[slots.value.length - 1];
                    }
                seen += sum;
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) thread.join();
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(p -> p.getType() == MemoryType.HEAP)
                .toList();
    }
}
