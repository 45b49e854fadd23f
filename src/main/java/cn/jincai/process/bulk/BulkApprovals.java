package cn.jincai.process.bulk;

import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.payment.PlainPayments;
import cn.jincai.policy.Step;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.TaskMoved;
import cn.jincai.process.Tasks;
import cn.jincai.process.bulk.BulkApproval.Item;
import cn.jincai.process.bulk.BulkApproval.State;
import cn.jincai.review.PlainCase;
import cn.jincai.review.PlainCases;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Like tasks are chosen together, wait, and can be taken back until they are carried out ({@link BulkWork}). Each is taken for whoever chose it, by the same questions as a task
 * that is taken alone; what is refused is left out with its reason and stops none of the others.
 */
@Service
public class BulkApprovals {
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("HH:mm").withZone(CityClock.ZONE);
    /** So many of somebody's are shown. */
    private static final int SHOWN = 10;

    private final Tasks tasks;
    private final HistoryService history;
    private final LikeTasks like;
    private final BulkTable table;
    private final CaseFile cases;
    private final CityClock clock;
    private final Duration waits;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;

    BulkApprovals(
            Tasks tasks,
            HistoryService history,
            LikeTasks like,
            BulkTable table,
            CaseFile cases,
            CityClock clock,
            @Value("${jincai.bulk-waits:PT10M}") Duration waits,
            TransactionOperations transaction,
            ApplicationEventPublisher events) {
        this.tasks = tasks;
        this.history = history;
        this.like = like;
        this.table = table;
        this.cases = cases;
        this.clock = clock;
        this.waits = waits;
        this.transaction = transaction;
        this.events = events;
    }

    /** A task as the page showed it. @param amountFen what it came to then, in fen */
    public record Shown(String task, long amountFen) {}

    /**
     * @param key     of the press of the button, a UUID of the page
     * @param step    a key; tasks of another step or scheme are left out
     * @param opinion one for all, or null
     */
    public record Chosen(
            String key,
            String scheme,
            String step,
            List<Shown> tasks,
            @Nullable String opinion) {}

    /** How long what was chosen can be taken back. */
    public Duration waits() {
        return waits;
    }

    /**
     * Takes each of these tasks and lets it wait; what can't be taken, or came to something else meanwhile, is left out with its reason. Pressed twice it is one.
     *
     * @return the number of the bulk approval
     * @throws Problem INVALID for nothing, too many, or an opinion that none of them could have; nothing is taken then
     */
    public long choose(Actor who, Chosen chosen) {
        if (!chosen.key.matches("[0-9a-f-]{36}")) throw Problem.notFound();
        Optional<Long> before = table.pressed(chosen.key, who.account());
        if (before.isPresent()) return before.get();
        if (chosen.tasks.isEmpty()) throw Problem.invalid("tasks", "process.bulk.NOTHING_CHOSEN");
        if (chosen.tasks.size() > LikeTasks.MOST)
            throw Problem.invalid("tasks", "process.bulk.TOO_MANY", LikeTasks.MOST);
        String opinion = PlainCases.opinion(chosen.opinion);
        Step step = aStep(who, chosen);
        if (step.kind().isOfPayment() && opinion != null) PlainPayments.mayBeSaid(opinion);
        Instant due = clock.instant().plus(waits);
        long bulk;
        try {
            bulk = table.add(chosen.key, who.account(), chosen.scheme, step.key(), opinion, due);
        } catch (DuplicateKeyException twice) {
            return table.pressed(chosen.key, who.account()).orElseThrow(() -> twice);
        }
        for (Shown shown : chosen.tasks) choose(who, bulk, chosen, due, shown);
        table.close(bulk);
        return bulk;
    }

    /** Of the first task that is there. @throws Problem INVALID where there is none any more, or the step is none that is done together */
    private Step aStep(Actor who, Chosen chosen) {
        for (Shown shown : chosen.tasks) {
            Optional<TaskRef> task = find(who, shown.task);
            if (task.isPresent() && task.get().step().key().equals(chosen.step)) {
                if (LikeTasks.approving(task.get().step()) == null) break;
                return task.get().step();
            }
        }
        throw Problem.invalid("tasks", "process.bulk.NOTHING_LEFT");
    }

    private Optional<TaskRef> find(Actor who, String task) {
        try {
            return Optional.of(tasks.show(who, task));
        } catch (Problem gone) {
            return Optional.empty();
        }
    }

    private void choose(Actor who, long bulk, Chosen chosen, Instant due, Shown shown) {
        Optional<TaskRef> found = find(who, shown.task);
        if (found.isEmpty()) {
            gone(who, shown.task)
                    .ifPresent(number -> table.leftOut(
                            bulk, shown.task, number, null, shown.amountFen, Text.of("process.task.DONE_ALREADY")));
            return;
        }
        TaskRef task = found.get();
        if (task.number() == null) return;
        try {
            mustBePlain(who, task, chosen, shown.amountFen);
            tasks.claim(who, task.id(), had -> {
                table.waits(bulk, task, shown.amountFen, had);
                tell(who, task.ofCase(), task.step(), bulk, "chosen", AT.format(due));
            });
        } catch (Problem refused) {
            table.leftOut(
                    bulk, task.id(), task.ofCase(), BulkTable.payment(task), shown.amountFen, LikeTasks.words(refused));
        }
    }

    /** @throws Problem with the reason */
    private void mustBePlain(Actor who, TaskRef task, Chosen chosen, long amountFen) {
        boolean alike = task.step().key().equals(chosen.step)
                && cases.get(task.ofCase()).scheme().equals(chosen.scheme);
        if (!alike) throw Problem.conflict("process.bulk.NOT_ALIKE");
        mustBePlain(who, task, amountFen);
    }

    /**
     * Asked when it is chosen and once more when it is carried out.
     *
     * @throws Problem with the reason where a person has to look at it by itself, or it comes to another sum
     */
    void mustBePlain(Actor who, TaskRef task, long amountFen) {
        PlainCase now = like.look(who, task);
        if (now.leftOut() != null) throw new Problem(Problem.Kind.CONFLICT, "NOT_PLAIN", now.leftOut(), List.of());
        if (now.amountFen() != amountFen) throw Problem.conflict("process.bulk.OTHER_SUM");
    }

    /** The case of a task that somebody has done meanwhile, where it is one that the officer may see. */
    private Optional<CaseNumber> gone(Actor who, String task) {
        return history.createHistoricTaskInstanceQuery().taskId(task).list().stream()
                .flatMap(
                        t -> history
                                .createHistoricProcessInstanceQuery()
                                .processInstanceId(t.getProcessInstanceId())
                                .list()
                                .stream())
                .filter(run ->
                        run.getBusinessKey() != null && run.getBusinessKey().startsWith("JC"))
                .map(run -> new CaseNumber(run.getBusinessKey()))
                .filter(number -> !cases.open(who, List.of(number)).isEmpty())
                .findFirst();
    }

    /** His own. @throws Problem NOT_FOUND */
    public BulkApproval find(Actor who, long id) {
        return table.find(id).filter(b -> b.account().equals(who.account())).orElseThrow(Problem::notFound);
    }

    /** His latest, the newest first. */
    public List<BulkApproval> of(Actor who) {
        return table.of(who.account(), SHOWN);
    }

    /** The step that all of it wait at; where its package can't be read, under its key alone. */
    public Step step(BulkApproval bulk) {
        try {
            return bulk.items().stream()
                    .findFirst()
                    .map(item -> cases.get(item.number()).stage().steps().get(bulk.step()))
                    .orElseGet(() -> Step.undeclared(bulk.step()));
        } catch (Problem unreadable) {
            return Step.undeclared(bulk.step());
        }
    }

    /** What is said of each while something of it waits; afterwards it is each case's own. Null where nothing is said, or what was does not open any more. */
    public @Nullable String opinion(BulkApproval bulk) {
        try {
            return table.opinion(bulk.id());
        } catch (Problem exchanged) {
            return null;
        }
    }

    /** When each of these tasks that waits is carried out, by task. */
    public Map<String, Instant> due(Collection<String> some) {
        return table.due(some);
    }

    /** Those in which something of this case waits, for whoever sees the case. */
    public List<BulkApproval> of(CaseNumber number) {
        return table.of(number);
    }

    /**
     * Takes back what still waits, and gives it back to whoever may take it, unless he had it before.
     *
     * @param item one of it, or null for all
     * @return how many were taken back
     * @throws Problem NOT_FOUND, CONFLICT where nothing of it waits any more
     */
    public int takeBack(Actor who, long id, @Nullable Long item) {
        BulkApproval bulk = find(who, id);
        int back = 0;
        for (Item one : bulk.in(State.WAITING))
            if (item == null || item == one.id()) back += takeBack(who, bulk, one) ? 1 : 0;
        table.close(id);
        if (back == 0) throw Problem.conflict("process.bulk.OVER");
        return back;
    }

    private boolean takeBack(Actor who, BulkApproval bulk, Item one) {
        boolean waited = Boolean.TRUE.equals(transaction.execute(t -> {
            if (!table.holds(one.id())) return false;
            table.settle(one.task(), State.TAKEN_BACK, null);
            Step step = cases.get(one.number()).stage().steps().get(bulk.step());
            tell(who, one.number(), step, bulk.id(), "taken-back");
            return true;
        }));
        if (waited && !one.heldBefore()) giveBack(who, one.task());
        return waited;
    }

    /** A task that nobody else may take, or that went another way meanwhile, stays where it is. */
    void giveBack(Actor who, String task) {
        try {
            tasks.release(who, task, null);
        } catch (Problem stays) {
            // it is nobody else's, or not his any more
        }
    }

    /** Whoever hands one in by itself, or gives it back, has taken it out of what waits. */
    @EventListener
    void moved(TaskMoved task) {
        if (task.done()) table.settle(task.task(), State.DONE, Text.of("process.bulk.by-itself"));
        else table.settle(task.task(), State.TAKEN_BACK, Text.of("process.bulk.given-back"));
    }

    private void tell(Actor who, CaseNumber number, Step step, long bulk, String what, Object... more) {
        Object[] values = new Object[more.length + 1];
        values[0] = bulk;
        System.arraycopy(more, 0, values, 1, more.length);
        events.publishEvent(new CaseEvent(
                number,
                "bulk-" + what,
                step.key(),
                Text.of("process.event.bulk-" + what, values),
                who,
                step.role(),
                Audience.OFFICERS,
                Map.of("bulk", Long.toString(bulk), "step", step.key())));
    }
}
