package cn.jincai.audit;

import cn.jincai.audit.AuditLog.Heard;
import cn.jincai.kernel.CaseEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Hears of everything and writes it in the transaction in which it happened, just before that commits: so the chain's end is locked for a
 * moment only, as the last of all locks, and two cases never wait for each other crosswise. A refused attempt and a damage stay on record although what surrounds them
 * is undone: it is written once that is over, over the same connection. Nobody who holds a connection asks for another (decision 117).
 */
@Component
class AuditListener {
    private static final Logger LOG = LoggerFactory.getLogger(AuditListener.class);
    private static final Set<String> KEPT_WHATEVER_HAPPENS = Set.of("refused-attempt", "package-damaged");

    private final AuditLog log;
    private final DataSource tables;

    AuditListener(AuditLog log, DataSource tables) {
        this.log = log;
        this.tables = tables;
    }

    @EventListener
    void hear(CaseEvent event) {
        Heard heard = log.heard(event);
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) log.add(List.of(heard));
        else if (KEPT_WHATEVER_HAPPENS.contains(event.kind()))
            ofThisTransaction().whateverHappens.add(heard);
        else ofThisTransaction().withIt.add(heard);
    }

    private Pending ofThisTransaction() {
        for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations())
            if (synchronization instanceof Pending pending) return pending;
        Pending pending = new Pending();
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending;
    }

    private class Pending implements TransactionSynchronization, Ordered {
        private final List<Heard> withIt = new ArrayList<>(), whateverHappens = new ArrayList<>();
        private final Map<Object, Integer> heardBefore = new HashMap<>();

        @Override
        public void savepoint(Object savepoint) {
            heardBefore.put(savepoint, withIt.size());
        }

        /** A part of the transaction is undone, and with it what was heard in it. */
        @Override
        public void savepointRollback(Object savepoint) {
            withIt.subList(heardBefore.getOrDefault(savepoint, 0), withIt.size())
                    .clear();
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            if (!withIt.isEmpty()) log.add(withIt);
        }

        /** The transaction is over and its connection still this thread's. What is thrown here, Spring would swallow. */
        @Override
        public void afterCompletion(int status) {
            if (whateverHappens.isEmpty()) return;
            Connection own = DataSourceUtils.getConnection(tables);
            try {
                own.setReadOnly(false);
                log.append(whateverHappens);
                own.commit();
            } catch (SQLException | RuntimeException unwritten) {
                LOG.error(
                        "{} refused attempts or damages could not be put on record: {}",
                        whateverHappens.size(),
                        unwritten.getClass().getName());
                undo(own);
            } finally {
                DataSourceUtils.releaseConnection(own, tables);
            }
        }

        private static void undo(Connection own) {
            try {
                own.rollback();
            } catch (SQLException gone) {
                LOG.error("nor undone: {}", gone.getClass().getName());
            }
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }
    }
}
