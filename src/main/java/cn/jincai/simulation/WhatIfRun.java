package cn.jincai.simulation;

import cn.jincai.filing.archive.ArchivedFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A run while it runs: threads take chunks of people until all are done or somebody cancels; each counts for itself. */
final class WhatIfRun {
    private static final int CHUNK = 20_000, PAGE = 500;

    final String id;
    private final AtomicLong done = new AtomicLong();
    private volatile boolean cancelled;

    WhatIfRun(String id) {
        this.id = id;
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    long done() {
        return done.get();
    }

    /**
     * @param alone    facts that only the package before knows, or null
     * @param each     called about every half second by the thread that waits
     */
    WhatIfTally madeUp(
            WhatIfComparison comparison,
            Population people,
            @Nullable Population alone,
            WhatIf asked,
            int threads,
            Runnable each)
            throws InterruptedException {
        AtomicLong next = new AtomicLong();
        long first = asked.from().toEpochDay();
        int days = (int) (asked.to().toEpochDay() - first) + 1;
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "what-if-worker");
            thread.setDaemon(true);
            thread.setPriority(Thread.NORM_PRIORITY - 1);
            return thread;
        });
        try {
            List<Future<WhatIfTally>> parts = new ArrayList<>();
            for (int t = 0; t < threads; t++)
                parts.add(workers.submit(() -> {
                    WhatIfComparison.Worker worker = comparison.worker();
                    for (long from; !cancelled && (from = next.getAndAdd(CHUNK)) < asked.people(); ) {
                        long to = Math.min(asked.people(), from + CHUNK);
                        for (long number = from; number < to; number++)
                            worker.compare(people, alone, asked.seed(), number, first, days);
                        done.addAndGet(to - from);
                    }
                    return worker.tally;
                }));
            WhatIfTally all = await(parts.get(0), each);
            for (Future<WhatIfTally> part : parts.subList(1, threads)) all.add(await(part, each));
            return all;
        } finally {
            cancelled |= Thread.currentThread().isInterrupted();
            workers.shutdownNow();
        }
    }

    private static WhatIfTally await(Future<WhatIfTally> part, Runnable each) throws InterruptedException {
        while (true)
            try {
                return part.get(500, TimeUnit.MILLISECONDS);
            } catch (TimeoutException running) {
                each.run();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
    }

    /** Read page by page by this thread alone: opening what was sealed takes longer than deciding. */
    WhatIfTally archived(
            WhatIfComparison comparison, ArchivedFacts cases, WhatIf asked, boolean samples, Runnable each) {
        WhatIfComparison.Worker worker = comparison.worker();
        long last = 0;
        for (List<ArchivedFacts.Archived> page;
                !cancelled
                        && !(page = cases.after(last, PAGE, asked.scheme(), asked.from(), asked.to(), samples))
                                .isEmpty();
                each.run())
            for (ArchivedFacts.Archived file : page) {
                worker.compare(file);
                last = file.id();
                done.incrementAndGet();
            }
        return worker.tally;
    }
}
