package cn.jincai.process.bulk;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.TaskResult;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.policy.Steps;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.Tasks;
import cn.jincai.process.bulk.BulkApproval.Item;
import cn.jincai.process.bulk.BulkApproval.State;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Carries out what was approved together once its time to be taken back is over: each in a transaction of its own, in the name of whoever chose it, with the questions that a task
 * done alone is asked. What is refused is given back with its reason.
 */
@Service
class BulkWork implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(BulkWork.class);

    private final BulkTable table;
    private final BulkApprovals bulks;
    private final Tasks tasks;
    private final CaseFile cases;
    private final Accounts accounts;

    BulkWork(BulkTable table, BulkApprovals bulks, Tasks tasks, CaseFile cases, Accounts accounts) {
        this.table = table;
        this.bulks = bulks;
        this.tasks = tasks;
        this.cases = cases;
        this.accounts = accounts;
    }

    @Override
    public Optional<Instant> next() {
        return table.firstDue();
    }

    @Override
    public void run() {
        for (BulkApproval bulk : table.due()) {
            for (Item item : bulk.in(State.WAITING)) carryOut(bulk, item);
            table.close(bulk.id());
        }
    }

    private void carryOut(BulkApproval bulk, Item item) {
        if (!table.waits(item.id())) return; // another node was faster
        try {
            attempt(bulk, item);
        } catch (Problem refused) {
            if (!refused.code().equals(Tasks.OVERTAKEN)) leaveOut(bulk, item, LikeTasks.words(refused));
            // else in the next round
        } catch (RuntimeException failed) {
            LOG.warn(
                    "one of the bulk approval {} could not be carried out: {}",
                    bulk.id(),
                    failed.getClass().getName());
            leaveOut(bulk, item, Text.of("process.bulk.FAILED"));
        }
    }

    private void attempt(BulkApproval bulk, Item item) {
        Actor who = accounts.actor(bulk.account());
        Step step = steps(item).get(bulk.step());
        String outcome = Objects.requireNonNull(LikeTasks.approving(step), step.key());
        TaskRef task = new TaskRef(
                item.task(), step, item.number(), null, item.payment() == null ? null : Long.toString(item.payment()));
        TaskResult done = tasks.complete(who, item.task(), fields(outcome, table.opinion(bulk.id())), () -> {
            if (!table.holdsAtOnce(item.id())) throw Tasks.overtaken();
            if (accounts.look(bulk.account()).map(Account::locked).orElse(true))
                throw Problem.forbidden("process.bulk.LOCKED");
            bulks.mustBePlain(who, task, item.amountFen());
            table.settle(item.task(), State.DONE, null); // undone with everything else where the step is refused
        });
        if (done.told() != null) table.note(item.id(), done.told().text());
        else if (!done.outcome().equals(outcome)) table.note(item.id(), Text.of("process.bulk.otherwise"));
    }

    private Steps steps(Item item) {
        return cases.get(item.number()).stage().steps();
    }

    private static Map<String, Object> fields(String outcome, @Nullable String opinion) {
        Map<String, Object> fields = new HashMap<>(Map.of("outcome", outcome));
        if (opinion != null) fields.put("opinion", opinion);
        return fields;
    }

    private void leaveOut(BulkApproval bulk, Item item, Text why) {
        if (table.settle(item.task(), State.LEFT_OUT, why) && !item.heldBefore())
            bulks.giveBack(accounts.actor(bulk.account()), item.task());
    }
}
