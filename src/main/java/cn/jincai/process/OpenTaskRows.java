package cn.jincai.process;

import cn.jincai.calendar.NoticeLoaded;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.deadlines.CaseDeadlines;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Lock;
import cn.jincai.kernel.Role;
import cn.jincai.payment.Payments;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.OpenTaskTable;
import cn.jincai.review.Reviews;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.task.IdentityLink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the row of a task, when it comes, and at the start for tasks from before there was a table. */
@Component
class OpenTaskRows implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(OpenTaskRows.class);

    private final OpenTaskTable table;
    private final Completions rooms;
    private final PackageDeployment packages;
    private final CaseFile cases;
    private final CaseDeadlines deadlines;
    private final Reviews reviews;
    private final Payments payments;
    private final ProcessEngineConfigurationImpl engine;
    private final TransactionTemplate transaction;
    private final JdbcClient db;

    OpenTaskRows(
            OpenTaskTable table,
            Completions rooms,
            PackageDeployment packages,
            CaseFile cases,
            CaseDeadlines deadlines,
            Reviews reviews,
            Payments payments,
            ProcessEngineConfigurationImpl engine,
            TransactionTemplate transaction,
            JdbcClient db) {
        this.table = table;
        this.rooms = rooms;
        this.packages = packages;
        this.cases = cases;
        this.deadlines = deadlines;
        this.reviews = reviews;
        this.payments = payments;
        this.engine = engine;
        this.transaction = transaction;
        this.db = db;
    }

    /** One node after the other, so that none writes a row twice. */
    @Override
    public void afterSingletonsInstantiated() {
        transaction.executeWithoutResult(status -> {
            Lock.TASKLIST_SETUP.hold(db);
            int strays = table.removeStrays();
            List<String> missing = table.missing();
            missing.forEach(this::make);
            if (strays + missing.size() > 0)
                LOG.info("open tasks: {} rows made, {} without a task removed", missing.size(), strays);
        });
    }

    private void make(String id) {
        engine.getCommandExecutorTxRequired().execute(command -> {
            table.insert(row(command.getTaskManager().findTaskById(id)));
            return null;
        });
    }

    /** What was recorded may have changed what the case comes to. */
    @EventListener(condition = "#event.kind() == 'fact-recorded' and #event.number() != null")
    void recorded(CaseEvent event) {
        CaseNumber number = event.number();
        if (number != null) table.amount(number, ofCase(number));
    }

    @EventListener(condition = "#event.kind() == 'deadline-near' and #event.number() != null")
    void reminded(CaseEvent event) {
        CaseNumber number = event.number();
        if (number != null) table.reminded(number, true);
    }

    /** By the later days somebody is reminded again. */
    @EventListener(condition = "#event.kind() == 'extended' and #event.number() != null")
    void extended(CaseEvent event) {
        CaseNumber number = event.number();
        if (number != null) table.reminded(number, false);
    }

    /** Holidays that nobody had known of moved the days of some cases later. */
    @EventListener
    @Order(1) // after the clocks were counted anew
    void recounted(NoticeLoaded notice) {
        table.remindedNoMore();
    }

    OpenTask row(DelegateTask task) {
        TaskRef ref = rooms.ref(task);
        Set<IdentityLink> candidates = task.getCandidates();
        String group = candidates.stream()
                .map(IdentityLink::getGroupId)
                .filter(id -> id != null)
                .findFirst()
                .orElse(null);
        CaseNumber number = ref.number();
        boolean ofGroup = ref.step().role() != null && ref.step().role().code().equals(group);
        return new OpenTask(
                ref.id(),
                task.getProcessDefinitionId(),
                ref.step().key(),
                ref.step().kind().code(),
                group,
                candidates.stream()
                        .map(IdentityLink::getUserId)
                        .filter(id -> id != null)
                        .toList(),
                ref.step().decides(),
                number,
                ref.run(),
                ref.subject(),
                number == null
                        ? packages.scheme(task.getProcessDefinitionId()).orElse(null)
                        : cases.get(number).scheme(),
                amount(ref),
                task.getCreateTime().toInstant(),
                task.getDueDate() == null ? null : task.getDueDate().toInstant(),
                task.getAssignee(),
                isReturned(ref),
                task.getPriority() >= Overdue.PRIORITY,
                number != null
                        && deadlines
                                .find(number)
                                .filter(d -> d.remindedAt() != null && !d.stands())
                                .isPresent(),
                number == null
                        || ref.run() != null
                        || !ofGroup
                        || ref.step().is(Kind.REVIEWS) && table.wasUpheld(number)
                        || ref.step().is(Kind.REVISES) && ref.step().role() != Role.LEADER);
    }

    private boolean isReturned(TaskRef ref) {
        if (ref.step().isOfPayment(ref.subject()))
            return ref.subject() != null
                    && payments.history(Long.parseLong(ref.subject())).stream()
                            .anyMatch(step -> ref.step().key().equals(step.step()));
        return ref.number() != null
                && !ref.step().is(Kind.PANEL, Kind.OBJECTION)
                && table.wasAt(ref.number(), ref.step().key());
    }

    private @Nullable Long amount(TaskRef ref) {
        if (ref.step().isOfPayment(ref.subject()))
            return ref.subject() == null
                    ? null
                    : payments.find(Long.parseLong(ref.subject())).amountFen();
        return ref.number() == null ? null : ofCase(ref.number());
    }

    /** What it comes to now, less what reviewers and panels have refused. */
    private long ofCase(CaseNumber number) {
        return reviews.standing(number).stream()
                .filter(b -> !b.outcome().equals("refused"))
                .mapToLong(b -> b.amount().fen())
                .sum();
    }
}
