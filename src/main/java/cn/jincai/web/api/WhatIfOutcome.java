package cn.jincai.web.api;

import cn.jincai.assessment.explanation.BenefitChange;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Text;
import cn.jincai.payment.Budget;
import cn.jincai.simulation.WhatIf;
import cn.jincai.simulation.WhatIfResult;
import cn.jincai.simulation.WhatIfResult.Breakdown;
import cn.jincai.simulation.WhatIfResult.Cell;
import cn.jincai.simulation.WhatIfResult.Figures;
import cn.jincai.simulation.WhatIfResult.Group;
import cn.jincai.simulation.WhatIfs;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What a what-if run looks like from outside, for the call and for the page: progress, the funds beside their budget lines, a table for a spreadsheet. */
@Component
public class WhatIfOutcome {
    public static final String ASKERS = "hasAnyAuthority('policy-admin', 'policy-approver', 'leader')",
            READERS = "hasAnyAuthority('policy-admin', 'policy-approver', 'leader', 'auditor')";

    private static final List<String> COLUMNS =
            List.of("benefit", "name", "fund", "by", "group", "groupName", "change", "people", "before", "after");
    private static final long LONGEST = TimeUnit.MINUTES.toMillis(30);

    private final WhatIfs whatIfs;
    private final Budget budget;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "what-if-progress");
        thread.setDaemon(true);
        return thread;
    });

    WhatIfOutcome(WhatIfs whatIfs, Budget budget) {
        this.whatIfs = whatIfs;
        this.budget = budget;
    }

    /**
     * A fund's year beside its budget line. Sums in fen.
     *
     * @param people, {@code beforeFen}, {@code afterFen}: null where hidden
     * @param lineFen, {@code usedFen}: null where no line is entered
     */
    public record FundYear(
            String fund,
            int year,
            @Nullable Long people,
            @Nullable Long beforeFen,
            @Nullable Long afterFen,
            @Nullable Long lineFen,
            @Nullable Long usedFen) {
        /** What the line has left is less than what the package would pay. */
        public boolean isShort() {
            return lineFen != null && usedFen != null && afterFen != null && afterFen > lineFen - usedFen;
        }
    }

    public List<FundYear> funds(WhatIfResult result) {
        Map<String, Budget.Line> lines =
                budget.lines().stream().collect(Collectors.toMap(l -> l.fund() + l.year(), l -> l));
        return result.budget().stream()
                .map(b -> {
                    Optional<Budget.Line> line = Optional.ofNullable(lines.get(b.fund() + b.year()));
                    return new FundYear(
                            b.fund(),
                            b.year(),
                            b.people(),
                            b.beforeFen(),
                            b.afterFen(),
                            line.map(l -> l.sum().fen()).orElse(null),
                            line.map(l -> l.used().fen()).orElse(null));
                })
                .toList();
    }

    /** How far a run is. */
    record Progress(WhatIf.State state, long done, long people, int percent) {
        static Progress of(WhatIf run) {
            return new Progress(run.state(), run.done(), run.people(), run.percent());
        }
    }

    /** Server-sent events: {@code progress} whenever it moves, {@code over} at the end. */
    public SseEmitter events(String id, Actor who) {
        whatIfs.find(id, who); // refused or not found before anything is sent
        SseEmitter events = new SseEmitter(LONGEST);
        AtomicBoolean gone = new AtomicBoolean();
        AtomicReference<Progress> told = new AtomicReference<>();
        events.onCompletion(() -> gone.set(true));
        events.onTimeout(events::complete);
        looks.scheduleWithFixedDelay(
                () -> {
                    if (gone.get() || !tell(events, told, id, who))
                        throw new CancellationException(); // the way in which a repeated task ends itself
                },
                0,
                250,
                TimeUnit.MILLISECONDS);
        return events;
    }

    /** @return whether there is more to tell */
    private boolean tell(SseEmitter events, AtomicReference<Progress> told, String id, Actor who) {
        try {
            WhatIf run = whatIfs.find(id, who);
            Progress now = Progress.of(run);
            if (!now.equals(told.getAndSet(now)))
                events.send(SseEmitter.event().name("progress").data(now, MediaType.APPLICATION_JSON));
            if (!run.hasEnded()) return true;
            events.send(SseEmitter.event().name("over").data(now, MediaType.APPLICATION_JSON));
            events.complete();
        } catch (IOException | RuntimeException e) {
            events.completeWithError(e); // who listened has gone, or the database does not answer
        }
        return false;
    }

    @PreDestroy
    void stop() {
        looks.shutdownNow();
    }

    /** One line a cell, sums in yuan, for a spreadsheet; empty before the run is over. */
    public Optional<ResponseEntity<byte[]>> csv(WhatIfs.View view) {
        return Optional.ofNullable(view.result())
                .map(result -> FileAnswer.attachment(
                        "what-if-" + view.run().id() + ".csv", "text/csv;charset=UTF-8", table(result)));
    }

    private byte[] table(WhatIfResult result) {
        StringBuilder table = new StringBuilder("\ufeff");
        CSVFormat format =
                CSVFormat.DEFAULT.builder().setQuoteMode(QuoteMode.ALL).get();
        try (CSVPrinter csv = new CSVPrinter(table, format)) {
            csv.printRecord(
                    COLUMNS.stream().map(c -> Text.of("web.whatIf.csv." + c).both()));
            print(csv, result.whole());
            for (Figures f : result.benefits()) print(csv, f);
            for (FundYear y : funds(result))
                csv.printRecord(
                        "",
                        "",
                        text(y.fund()),
                        "budget",
                        y.year(),
                        "",
                        "",
                        y.people() == null ? "*" : y.people(),
                        yuan(y.beforeFen()),
                        yuan(y.afterFen()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void print(CSVPrinter csv, Figures f) throws IOException {
        print(csv, f, "", "", "", f.total());
        for (Breakdown by : f.by())
            for (Group group : by.groups())
                print(csv, f, by.fact(), group.code(), group.name().zh(), group.cells());
    }

    private static void print(
            CSVPrinter csv, Figures f, String by, @Nullable String group, String name, Map<BenefitChange, Cell> cells)
            throws IOException {
        for (Map.Entry<BenefitChange, Cell> cell : cells.entrySet())
            csv.printRecord(
                    text(f.benefit()),
                    text(f.name().zh()),
                    text(f.fund()),
                    text(by),
                    text(group),
                    text(name),
                    cell.getKey(),
                    cell.getValue().isHidden() ? "*" : cell.getValue().people(),
                    yuan(cell.getValue().beforeFen()),
                    yuan(cell.getValue().afterFen()));
    }

    private static String yuan(@Nullable Long fen) {
        return fen == null ? "*" : new Money(fen).yuan().replace(",", "");
    }

    /** What a spreadsheet would take for a formula is kept a text. */
    private static String text(@Nullable String words) {
        if (words == null || words.isEmpty()) return "";
        return "=+-@\t\r".indexOf(words.charAt(0)) >= 0 ? "'" + words : words;
    }
}
