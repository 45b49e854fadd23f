package cn.jincai.audit;

import cn.jincai.audit.AuditLog.Heard;
import cn.jincai.kernel.CaseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hears of everything and writes it in the transaction in which it happened, just before that commits: so the chain's end is locked for a
 * moment only, as the last of all locks, and two cases never wait for each other crosswise. A look and a refused attempt stay on record
 * even when what surrounds them is undone.
 */
@Component
class Listening {
    private static final Set<String> KEPT_WHATEVER_HAPPENS = Set.of("refused-attempt", "looked-at", "package-damaged");

    private final AuditLog log;
    private final TransactionTemplate ofItsOwn;

    Listening(AuditLog log, PlatformTransactionManager transactions) {
        this.log = log;
        this.ofItsOwn = new TransactionTemplate(transactions);
        this.ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @EventListener
    void hear(CaseEvent event) {
        Heard heard = log.heard(event);
        if (KEPT_WHATEVER_HAPPENS.contains(event.kind())) ofItsOwn.executeWithoutResult(status -> log.add(List.of(heard)));
        else if (TransactionSynchronizationManager.isSynchronizationActive() && TransactionSynchronizationManager.isActualTransactionActive()) ofThisTransaction().add(heard);
        else log.add(List.of(heard));
    }

    private List<Heard> ofThisTransaction() {
        for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations())
            if (synchronization instanceof Pending pending) return pending.heard;
        Pending pending = new Pending();
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending.heard;
    }

    private class Pending implements TransactionSynchronization, Ordered {
        private final List<Heard> heard = new ArrayList<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            log.add(heard);
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }
    }
}
