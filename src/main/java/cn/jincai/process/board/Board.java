package cn.jincai.process.board;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step;
import cn.jincai.process.TaskLists;
import cn.jincai.process.worklists.DoneTasks;
import cn.jincai.process.worklists.DoneTasks.Done;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.OpenTaskFigures;
import cn.jincai.process.worklists.OpenTaskFigures.By;
import cn.jincai.process.worklists.OpenTaskFigures.Figures;
import cn.jincai.process.worklists.OpenTaskFigures.Part;
import cn.jincai.process.worklists.OpenTaskFigures.Which;
import cn.jincai.process.worklists.TaskReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The figures of the board. What is shut to the reader is neither counted nor told. */
@Service
public class Board {
    /** Of what is finished, so many are looked at: the last ones. */
    public static final int LAST = 100;

    private static final int MOST_STEPS = 60;

    private final OpenTaskFigures tasks;
    private final DoneTasks done;
    private final CaseClocks clocks;
    private final TaskLists lists;
    private final Packages packages;

    Board(OpenTaskFigures tasks, DoneTasks done, CaseClocks clocks, TaskLists lists, Packages packages) {
        this.tasks = tasks;
        this.done = done;
        this.clocks = clocks;
        this.lists = lists;
        this.packages = packages;
    }

    /**
     * What is open at a step or in somebody's hands.
     *
     * @param key       the step's key, or the account
     * @param name      of the step; null of a person
     * @param group     whose step it is; null of a person, and where it is for people by name
     * @param lateSince the first day on which what is longest late was late; null where nothing is
     * @param times     of the last {@link #LAST} that were done
     * @param limitDays working days of the step's limit; null of a person, and where it has none
     */
    public record Line(
            String key,
            @Nullable Text name,
            @Nullable Text group,
            long open,
            long today,
            long late,
            @Nullable LocalDate lateSince,
            Times times,
            @Nullable Integer limitDays) {}

    /** By step, in the order of the way of a case. */
    @Transactional(readOnly = true)
    public List<Line> steps(Actor who, @Nullable String scheme) {
        TaskReader reader = lists.reader(who);
        List<Line> lines = new ArrayList<>();
        for (String key : tasks.keys(By.STEP, scheme, "", MOST_STEPS)) {
            Line line = step(reader, key, scheme);
            if (line.open > 0) lines.add(line);
        }
        return lines;
    }

    private Line step(TaskReader reader, String key, @Nullable String scheme) {
        Part part = new Part(By.STEP, key, scheme);
        Figures figures = tasks.of(reader, part);
        OpenTask first = figures.first();
        Step step = first == null ? null : lists.step(first);
        List<Done> last = done.last(reader, part, LAST);
        return new Line(
                key,
                step == null ? null : step.name(),
                step == null || step.role() == null ? null : step.role().text(),
                figures.open(),
                figures.today(),
                figures.late(),
                lateSince(figures),
                Times.of(last.stream().map(Done::workingDays).toList()),
                last.stream()
                        .map(Done::limitDays)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /** @param next the account after which the next page begins; null on the last one */
    public record People(List<Line> lines, @Nullable String next) {}

    /**
     * By whoever has taken something that is open to the reader, in the order of accounts.
     *
     * @param after the account after which the page begins; empty for the first
     * @param most  accounts that are looked at for one page
     */
    @Transactional(readOnly = true)
    public People people(Actor who, @Nullable String scheme, String after, int most) {
        TaskReader reader = lists.reader(who);
        List<Line> lines = new ArrayList<>();
        List<String> accounts = tasks.keys(By.HOLDER, scheme, after, most);
        for (String account : accounts) {
            Part part = new Part(By.HOLDER, account, scheme);
            Figures figures = tasks.of(reader, part);
            if (figures.open() > 0)
                lines.add(new Line(
                        account,
                        null,
                        null,
                        figures.open(),
                        figures.today(),
                        figures.late(),
                        lateSince(figures),
                        Times.of(done.last(reader, part, LAST).stream()
                                .map(Done::workingDays)
                                .toList()),
                        null));
        }
        return new People(lines, accounts.size() == most ? accounts.get(most - 1) : null);
    }

    private static @Nullable LocalDate lateSince(Figures figures) {
        OpenTask first = figures.first();
        return figures.late() == 0 || first == null || first.due() == null
                ? null
                : first.due()
                        .minusMillis(1)
                        .atZone(CityClock.ZONE)
                        .toLocalDate()
                        .plusDays(1);
    }

    /**
     * The cases of a scheme between acceptance and signature.
     *
     * @param counts   by what they are counted as: {@code running}, {@code promise} (past the promised day), {@code reminded}, {@code reached} (the last lawful day has come), {@code law} (past
     *     it)
     * @param times    of the last {@link #LAST} that were signed
     * @param promised working days promised; 0 where nothing was signed yet
     * @param lawful   working days allowed; 0 where nothing was signed yet
     * @param late     how many of the last ones took more than was promised to them
     */
    public record SchemeLine(
            String scheme, Text name, Map<String, Long> counts, Times times, int promised, int lawful, long late) {}

    /** Of each scheme in which something runs, or was signed; one that is no longer in force comes last, for as long as something of it runs. */
    @Transactional(readOnly = true)
    public List<SchemeLine> schemes(Actor who) {
        TaskReader reader = lists.reader(who);
        Map<String, Text> names = new LinkedHashMap<>();
        for (PolicyPackage pack : packages.inForce())
            names.put(pack.scheme(), pack.catalogue().name());
        for (CaseClocks.Running running : clocks.schemes())
            names.computeIfAbsent(running.scheme(), scheme -> lastName(running));
        List<SchemeLine> lines = new ArrayList<>();
        for (Map.Entry<String, Text> scheme : names.entrySet()) {
            SchemeLine line = scheme(reader, scheme.getKey(), scheme.getValue());
            if (line.counts.getOrDefault(CaseClocks.Which.RUNNING.code(), 0L) > 0 || line.times.count() > 0)
                lines.add(line);
        }
        return lines;
    }

    private Text lastName(CaseClocks.Running running) {
        return packages.ifWhole(running.hash())
                .map(pack -> pack.catalogue().name())
                .orElseGet(() -> Text.same(running.scheme()));
    }

    private SchemeLine scheme(TaskReader reader, String scheme, Text name) {
        List<CaseClocks.Signed> signed = clocks.signed(reader, scheme, LAST);
        Map<String, Long> counts = new LinkedHashMap<>();
        for (CaseClocks.Which which : CaseClocks.Which.values())
            counts.put(which.code(), clocks.count(reader, which, scheme));
        return new SchemeLine(
                scheme,
                name,
                counts,
                Times.of(signed.stream().map(CaseClocks.Signed::workingDays).toList()),
                signed.isEmpty() ? 0 : signed.get(0).promisedDays(),
                signed.isEmpty() ? 0 : signed.get(0).lawfulDays(),
                signed.stream().filter(s -> s.workingDays() > s.promisedDays()).count());
    }

    /** As it is called by one of the packages in force, or its key. */
    public Text stepName(String key) {
        return packages.inForce().stream()
                .flatMap(pack -> pack.steps().find(key).stream())
                .map(Step::name)
                .findFirst()
                .orElseGet(() -> Text.same(key));
    }

    /** What a diagram shows at a step. @param median working days of the last {@link #LAST}; null where none was done */
    public record Mark(long open, long late, @Nullable Double median) {}

    /** By step of the scheme, whatever version a case goes by; only steps where something is open or was done. */
    @Transactional(readOnly = true)
    public Map<String, Mark> marks(Actor who, PolicyPackage pack) {
        TaskReader reader = lists.reader(who);
        Map<String, Mark> marks = new LinkedHashMap<>();
        for (Step step : pack.steps().all()) {
            if (!step.kind().isTask()) continue;
            Part part = new Part(By.STEP, step.key(), pack.scheme());
            Times times = Times.of(done.last(reader, part, LAST).stream()
                    .map(Done::workingDays)
                    .toList());
            long open = tasks.count(reader, part, Which.OPEN);
            if (open > 0 || times.count() > 0)
                marks.put(
                        step.key(),
                        new Mark(
                                open,
                                tasks.count(reader, part, Which.LATE),
                                times.count() == 0 ? null : times.median()));
        }
        return marks;
    }
}
