package cn.jincai.process.worklists;

import cn.jincai.filing.CaseSummary;
import cn.jincai.filing.sight.CaseNames;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step;
import cn.jincai.process.TaskLists;
import cn.jincai.process.TaskLists.Waiting;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the cards of a page of a list, with a few questions for all of them. Who may see them is found out before. */
@Component
public class Cards {
    private final TaskLists tasks;
    private final CaseNames names;
    private final Packages packages;
    private final CityClock clock;

    Cards(TaskLists tasks, CaseNames names, Packages packages, CityClock clock) {
        this.tasks = tasks;
        this.names = names;
        this.packages = packages;
        this.clock = clock;
    }

    public List<Card> ofTasks(Actor who, List<OpenTask> found) {
        List<Waiting> waiting = tasks.waiting(found);
        Map<CaseNumber, String> people = names.onLists(
                who,
                found.stream().map(OpenTask::number).filter(Objects::nonNull).collect(Collectors.toSet()));
        return IntStream.range(0, found.size())
                .mapToObj(i -> ofTask(who, found.get(i), waiting.get(i), people))
                .toList();
    }

    private Card ofTask(Actor who, OpenTask task, Waiting waiting, Map<CaseNumber, String> people) {
        LocalDate last = task.due() == null
                ? null
                : task.due().minusMillis(1).atZone(CityClock.ZONE).toLocalDate();
        Long left = daysLeft(last);
        boolean mine = who.account().equals(task.assignee());
        return new Card(
                task.id(),
                task.number(),
                task.run(),
                scheme(task.scheme()),
                task.number() == null ? null : people.get(task.number()),
                task.amountFen(),
                task.step(),
                todo(waiting),
                last,
                left,
                Card.Light.of(left, task.raised()),
                detail(waiting),
                task.reminded(),
                task.returned(),
                mine ? null : task.assignee(),
                mine);
    }

    /** What the leader signs of a payment is no award: finance asks that it be given up. */
    private static Text todo(Waiting waiting) {
        return waiting.step().is(Step.Kind.SIGNS) && waiting.payment() != null
                ? Text.of("review.here.give-up")
                : waiting.step().name();
    }

    private @Nullable Text detail(Waiting waiting) {
        if (waiting.objection() != null) return Text.same(waiting.objection());
        if (waiting.payment() == null || waiting.scheme() == null) return null;
        Text benefit = packages.inForce().stream()
                .filter(pack -> pack.scheme().equals(waiting.scheme()))
                .flatMap(pack -> pack.catalogue().benefits().stream())
                .filter(b -> b.code().equals(waiting.payment().benefit()))
                .map(Scheme.Benefit::name)
                .findFirst()
                .orElse(Text.same(waiting.payment().benefit()));
        return waiting.payment().instalment() == null
                ? benefit
                : Text.of("process.list.instalment", benefit, waiting.payment().instalment());
    }

    List<Card> ofCases(Actor who, List<CaseSummary> found) {
        Map<CaseNumber, String> people =
                names.onLists(who, found.stream().map(CaseSummary::number).collect(Collectors.toSet()));
        return found.stream()
                .map(file -> {
                    Long left = daysLeft(file.promisedBy());
                    return new Card(
                            file.number().value(),
                            file.number(),
                            null,
                            scheme(file.scheme()),
                            people.get(file.number()),
                            null,
                            file.stage(),
                            file.step().status(),
                            file.promisedBy(),
                            left,
                            Card.Light.of(left, false),
                            null,
                            false,
                            false,
                            null,
                            false);
                })
                .toList();
    }

    /** The name of today, or the code of one that is no longer in force. */
    public @Nullable Text scheme(@Nullable String code) {
        if (code == null) return null;
        return packages.inForce().stream()
                .filter(pack -> pack.scheme().equals(code))
                .map(pack -> pack.catalogue().name())
                .findFirst()
                .orElseGet(() -> Text.same(code));
    }

    private @Nullable Long daysLeft(@Nullable LocalDate last) {
        return last == null ? null : ChronoUnit.DAYS.between(clock.today(), last);
    }
}
